"""Blanking what a page quotes of a forgotten one: the steps of `redact.py`."""
