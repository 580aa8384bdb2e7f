"""WARC files: writing, reading, sorting.

Written: files, names, records (their headers), decisions (what a run decided). Read: walk (every
record, also of damaged files), tails, mending, overlaps. Sorted: ordering (files), interleave
(visits).
"""
