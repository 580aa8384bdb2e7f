"""Datasette loads every file here; each holds the hooks of one concern.

asking: forms and suggestions; search: what is typed there. question, evidence: pages of our own;
cells: how values look on all; pages: the order of sorted tables. display, safeguard: every page's
and answer's outside; mistakes: wrong URLs and slow queries.
"""
