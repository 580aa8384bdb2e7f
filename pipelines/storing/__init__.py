"""Writes visits, questions and their versions as rows.

archived: what is written; visits: all of it; rows: questions, by rewriting what differs, each
version with its causes; copies: which pages make none; whereabouts: whose record it is; storable:
values that need repair; fulltext: the index; fields: what the run's report counts.
"""
