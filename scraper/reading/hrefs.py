"""Links that a page discloses, absolute but not judged: HTML anchors, alternates, sitemaps."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

from scraper.reading.page import Page

_ANCHORS = etree.XPath("//a/@href | //area/@href", smart_strings=False)
_NEXT = etree.XPath("//link[@rel='next' or @rel='prev']/@href", smart_strings=False)
_ALTERNATES = etree.XPath("//link[@hreflang]/@href", smart_strings=False)
_CANONICAL = etree.XPath(
    "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content", smart_strings=False
)
_BASE = etree.XPath("string((//base/@href)[1])", smart_strings=False)
_ENTRIES = etree.XPath("//*[local-name()='url' or local-name()='sitemap']")


def absolute(page: Page, href: str) -> str | None:
    """`href` made absolute; None when it is no URL ("http://[bad/")."""
    try:
        return urljoin(_base(page), href.strip())
    except ValueError:
        return None


def anchors(page: Page) -> Iterator[str]:
    """Absolute URLs of the page's links, in order."""
    yield from _all(page, (*_ANCHORS(page.root), *_NEXT(page.root)))


def alternates(page: Page) -> Iterator[str]:
    """Absolute URLs of the same page in other languages (`hreflang`)."""
    yield from _all(page, _ALTERNATES(page.root))


def canonicals(page: Page) -> Iterator[str]:
    """Absolute URLs that the page gives as its own (`canonical`, `og:url`)."""
    yield from _all(page, _CANONICAL(page.root))


def sitemap_entries(body: bytes) -> Iterator[tuple[str, str | None]]:
    """URL and lastmod, as written, of each entry of a sitemap or sitemap index."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return
    if root is None:
        return
    for entry in _ENTRIES(root):
        values = {
            etree.QName(child).localname: (child.text or "").strip()
            for child in entry
            if isinstance(child.tag, str)
        }
        if url := values.get("loc"):
            yield url, values.get("lastmod") or None


def _base(page: Page) -> str:
    base = _BASE(page.root)
    return urljoin(page.url, base) if base else page.url


def _all(page: Page, hrefs: tuple[str, ...]) -> Iterator[str]:
    for href in hrefs:
        if (url := absolute(page, href)) is not None:
            yield url
