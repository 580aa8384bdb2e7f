"""WARC files: writing, reading, sorting, and replaying them into rows.

Written: files, names, records (their headers), originals (what a revisit repeats), decisions (what
a run decided). Read: walk (every record, also of damaged files), tails, mending, overlaps, replay
(into rows). Sorted: ordering (files), interleave and arranging (visits).
"""
