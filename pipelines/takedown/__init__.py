"""Finds and removes everything that belongs to a forgotten question.

target: what is meant, by same_question (all its URLs) and phrases (its words). from_warcs removes
and redacts records, by decoding and mentions; other_files redacts the rest, by quotations. known
tells of a database or a list of tombstones that a backup brought back.
"""
