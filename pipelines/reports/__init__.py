"""Reports of a run: its row, field coverage, progress, logs, and hints about problems.

runs: the row; ending and end_reason: why it ended; new_problems: what is to be told of; counting
and coverage: fields that fewer pages have; crawl_progress, logs: what is told meanwhile; hints:
what to do.
"""
