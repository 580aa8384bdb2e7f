"""Queries shared by commands and exports.

records: rows as records; lookup: a question by id or URL; excerpts: what is known of pages from
others only.
"""
