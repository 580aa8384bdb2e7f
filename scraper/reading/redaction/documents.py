"""Redacts documents that are not HTML: sitemaps, feeds, lists of URLs, JSON."""

import re
from codecs import BOM_UTF8

from scraper.reading.redaction.blanking import Blanking
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.source import MARK, NOWHERE, Source
from scraper.reading.redaction.urls import is_url

_ROOT = re.compile(
    rb"<(?:(?P<html>!doctype\s+html|html|head|body)"
    rb"|(?P<xml>(?:\w+:)?(?:urlset|sitemapindex|rss|feed)))\b",
    re.IGNORECASE,
)
_ELEMENT = re.compile(rb"<(?:a|p|br|b|i|div|span|ul|ol|li|dl|table|title|h[1-6])\b", re.IGNORECASE)
_HEAD = 1024  # bytes in which a document's first element stands, a server's notice before it
_ITEM = re.compile(r"<((?:\w+:)?(?:url|sitemap|item|entry))\b[^>]*>.*?</\1\s*>", re.DOTALL)
_KEPT = frozenset(("lastmod", "changefreq", "priority", "pubdate", "updated", "published"))


def kind_of(body: bytes) -> str:
    """The kind of document that a body is: html, xml, json or text."""
    start = body[:_HEAD].removeprefix(BOM_UTF8).lstrip()
    root = _ROOT.search(start)
    if root is not None:
        return str(root.lastgroup)
    if start.startswith(b"<"):
        return "xml" if start.startswith(b"<?xml") else "html"
    if start.startswith((b"{", b"[")):
        return "json"
    return "html" if _ELEMENT.search(body) else "text"


def blank_items(base: str, forgotten: Forgotten, blanking: Blanking) -> None:
    """Blank the texts of the entries of a sitemap or feed that are about a forgotten page."""
    source = blanking.source
    spans = [match.span() for match in _ITEM.finditer(source.body.decode("latin-1"))]
    items: list[list[tuple[int, str]]] = [[] for _ in spans]
    place, name = 0, ""
    for number, token in enumerate(source.tokens):
        if token.kind == "tag":
            name = token.name.rpartition(":")[2]
        while place < len(spans) and spans[place][1] <= token.start:
            place += 1
        if token.kind == "text" and place < len(spans) and spans[place][0] <= token.start:
            items[place].append((number, name))
    for item in filter(None, items):
        shown = {number: source.shown(source.tokens[number]).strip() for number, _ in item}
        if not any(text and _leads_to(base, text, forgotten) for text in shown.values()):
            continue
        for number, name in item:
            if shown[number] and name not in _KEPT:
                blanking.text(number, NOWHERE if is_url(shown[number]) else MARK)


def _leads_to(base: str, text: str, forgotten: Forgotten) -> bool:
    """Whether a text is a link to a forgotten page, or a URL that holds its words or its URL."""
    return forgotten.links_to_forgotten(base, text) or (
        is_url(text) and (forgotten.matches_value(text) or forgotten.cites(base, text))
    )


def blank_list(base: str, forgotten: Forgotten, source: Source) -> None:
    """Blank lines of plain text."""
    place = 0
    for line in source.body.splitlines(keepends=True):
        shown = source.text(place, place + len(line)).strip()
        if shown and _leads_to(base, shown, forgotten):
            source.put(place, place + len(line), NOWHERE)
        elif shown and forgotten.matches_value(shown):
            source.put(place, place + len(line), MARK)
        place += len(line)
