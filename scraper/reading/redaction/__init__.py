"""Blanking what a page quotes of a forgotten one: the steps of `scraper.reading.redact`."""
