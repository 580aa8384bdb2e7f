"""Redacts robots.txt, where a site may name a page that it was asked to take down."""

from urllib.parse import urlsplit

from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import redact
from scraper.reading.redaction.source import MARK
from scraper.reading.redaction.urls import urls_in
from scraper.reading.urls import join, paths_above


def redact_any(page: Page, forgotten: Forgotten) -> bytes | None:
    """As `redact`; in robots.txt also comments, and rules for folders of forgotten pages."""
    if urlsplit(page.url).path != "/robots.txt" or page.body.lstrip().startswith(b"<"):
        return redact(page, forgotten)
    lines = page.body.splitlines(keepends=True)
    body = b"".join(_redacted_line(line, page.url, forgotten) for line in lines)
    return body if body != page.body else None


def _redacted_line(line: bytes, url: str, forgotten: Forgotten) -> bytes:
    text = line.decode("utf-8", "replace").strip()
    end = line[len(line.rstrip(b"\r\n")) :]
    if _has_forgotten_path(text, url, forgotten) or _has_forgotten_text(text, forgotten):
        return MARK + end
    return line


def _has_forgotten_path(text: str, url: str, forgotten: Forgotten) -> bool:
    """Whether a path in a rule is that of a forgotten page, or below it."""
    rules = filter(None, (join(url, path.rstrip("*$")) for path in urls_in(text)))
    places = (place for rule in rules for place in (rule, *paths_above(rule)))
    return any(forgotten.links_to_forgotten(url, place) for place in places)


def _has_forgotten_text(text: str, forgotten: Forgotten) -> bool:
    """Whether a comment, a rule or a whole line holds a text of a forgotten page."""
    parts = (text, *text.split("#"), text.partition(":")[2])
    return any(forgotten.matches_value(part.strip()) for part in parts)
