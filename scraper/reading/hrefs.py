"""Links that a page discloses, absolute but not judged: HTML anchors, alternates, sitemaps."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from scraper.reading.page import Page

_ANCHORS = etree.XPath("//a/@href | //area/@href")


class Head(NamedTuple):
    """What a page's head tells of the page; URLs are absolute."""

    base: str  # what relative links are relative to: the page's URL, or as <base> tells
    title: str
    canonical: tuple[str, ...]  # `canonical` and `og:url`
    alternate: tuple[str, ...]  # the same page in other languages (`hreflang`)


def read_head(page: Page) -> Head:
    """Read title and links of the head; what is no URL ("http://[bad/") is left out."""
    base, title = page.url, ""
    canonical, alternate = [], []
    head = page.root.find("head")
    for element in () if head is None else head:
        tag, get = element.tag, element.get
        if tag == "title":
            title = " ".join((element.text or "").split())
        elif tag == "base":
            base = absolute(page.url, get("href", "")) or base
        elif tag == "meta" and get("property") == "og:url":
            canonical.append(get("content", ""))
        elif tag == "link" and get("hreflang"):
            alternate.append(get("href", ""))
        elif tag == "link" and get("rel") == "canonical":
            canonical.append(get("href", ""))
    return Head(base, title, tuple(_all(base, canonical)), tuple(_all(base, alternate)))


def absolute(base: str, href: str) -> str | None:
    """`href` made absolute; None when it is no URL."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def anchors(page: Page) -> Iterator[str]:
    """Absolute URLs of the page's links, in order."""
    found = _ANCHORS(page.root)
    return _all(read_head(page).base, map(str, found if isinstance(found, list) else ()))


def _all(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    return (url for href in hrefs if href and (url := absolute(base, href)) is not None)


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
