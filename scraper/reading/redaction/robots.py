"""robots.txt: whoever asked a site to take a page down may be named there."""

from urllib.parse import urlsplit

from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import redact
from scraper.reading.redaction.source import MARK
from scraper.reading.redaction.urls import urls_in
from scraper.reading.urls import join, paths_above


def redact_any(page: Page, forgotten: Forgotten) -> bytes | None:
    """As `redact`, which knows nothing of comments and of rules that hold for whole folders."""
    if urlsplit(page.url).path != "/robots.txt" or page.body.lstrip().startswith(b"<"):
        return redact(page, forgotten)
    lines = page.body.splitlines(keepends=True)
    body = b"".join(_kept(line, page.url, forgotten) for line in lines)
    return body if body != page.body else None


def _kept(line: bytes, url: str, forgotten: Forgotten) -> bytes:
    text = line.decode("utf-8", "replace").strip()
    end = line[len(line.rstrip(b"\r\n")) :]
    return MARK + end if _names(text, url, forgotten) or _says(text, forgotten) else line


def _names(text: str, url: str, forgotten: Forgotten) -> bool:
    """Whether a path in a rule lies where a forgotten page lies, or below it."""
    rules = filter(None, (join(url, one.rstrip("*$")) for one in urls_in(text)))
    places = (place for rule in rules for place in (rule, *paths_above(rule)))
    return any(forgotten.links_to_forgotten(url, place) for place in places)


def _says(text: str, forgotten: Forgotten) -> bool:
    """Whether a comment, a rule or all of a line says something of theirs."""
    parts = (text, *text.split("#"), text.partition(":")[2])
    return any(forgotten.matches_value(part.strip()) for part in parts)
