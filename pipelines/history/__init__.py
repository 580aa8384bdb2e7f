"""The versions of records: what changed, when, and why.

causes: why; differences: what, for people; versions: all of a question's; rewriting: the rows.
"""
