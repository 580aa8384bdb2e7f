"""Signals of our own, sent through Scrapy's signal manager."""

robots_fetched = object()
"""A host's robots.txt was read, or could not be. Sent once per host and day of a run.

Handlers take `origin: str` ("https://host"), `responses: list[Response]` (redirects first; may be
empty) and `robots: scraper.politeness.robots_rules.Robots`.
"""
