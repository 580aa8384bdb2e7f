"""The versions of records: what changed, when, and why.

differences: what, for people; versions: all of a question's; asof: the whole database as of a
moment. Why, is stored: pipelines.storing.causes.
"""
