"""Reports of a run: its row, field coverage, progress, logs, and hints about problems."""
