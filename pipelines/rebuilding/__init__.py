"""Puts a rebuilt archive in the place of the old one.

staging does it, all or nothing; lost_warcs refuses what would lose captures.
"""
