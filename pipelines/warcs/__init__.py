"""WARC files: writing, reading, sorting, and replaying them into rows."""
