"""The WARC files: written, walked, brought into order, and played back into rows."""
