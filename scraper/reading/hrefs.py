"""Links that a page discloses, absolute but not judged: HTML anchors, alternates, sitemaps."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from scraper.reading.page import Page

_ANCHORS = etree.XPath("//a/@href | //area/@href | //link[@rel='next']/@href")
_ALTERNATES = etree.XPath("//link[@hreflang]/@href")
_CANONICAL = etree.XPath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
_BASE = etree.XPath("(//base/@href)[1]")


def absolute(page: Page, href: str) -> str | None:
    """`href` made absolute; None when it is no URL ("http://[bad/")."""
    try:
        base = next(iter(_strings(page, _BASE)), "")
        return urljoin(urljoin(page.url, base), href.strip())
    except ValueError:
        return None


def anchors(page: Page) -> Iterator[str]:
    """Absolute URLs of the page's links, in order."""
    return _found(page, _ANCHORS)


def alternates(page: Page) -> Iterator[str]:
    """Absolute URLs of the same page in other languages (`hreflang`)."""
    return _found(page, _ALTERNATES)


def canonicals(page: Page) -> Iterator[str]:
    """Absolute URLs that the page gives as its own (`canonical`, `og:url`)."""
    return _found(page, _CANONICAL)


def sitemap_entries(body: bytes) -> Iterator[tuple[str, str | None]]:
    """URL and lastmod, as written, of each entry of a sitemap or sitemap index."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return
    for entry in [] if root is None else root.iter("{*}url", "{*}sitemap"):
        if url := _child(entry, "loc"):
            yield url, _child(entry, "lastmod")


def _child(entry: etree._Element, name: str) -> str | None:
    return (entry.findtext(f"{{*}}{name}") or "").strip() or None


def _found(page: Page, path: etree.XPath) -> Iterator[str]:
    for href in _strings(page, path):
        if (url := absolute(page, href)) is not None:
            yield url


def _strings(page: Page, path: etree.XPath) -> list[str]:
    found = path(page.root)
    return [str(value) for value in found] if isinstance(found, list) else []
