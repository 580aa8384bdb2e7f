"""Links that a page discloses, absolute but not judged: HTML anchors, alternates, sitemaps."""

from collections.abc import Iterator

from lxml import etree

from scraper.reading.heads import every_absolute
from scraper.reading.page import Page

_ANCHORS = etree.XPath("//a/@href | //area/@href")


def anchors(page: Page) -> Iterator[str]:
    """Absolute URLs of the page's links, in order."""
    found = _ANCHORS(page.root)
    return every_absolute(page.head.base, map(str, found if isinstance(found, list) else ()))


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
