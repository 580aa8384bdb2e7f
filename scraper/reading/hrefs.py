"""Links that a page discloses, absolute but not judged."""

from collections.abc import Iterator

from lxml import etree

from scraper.reading.heads import every_absolute
from scraper.reading.page import Page

_ANCHORS = etree.XPath("//a/@href | //area/@href")


def anchors(page: Page) -> Iterator[str]:
    """Absolute URLs of the page's links, in order."""
    found = _ANCHORS(page.root)
    return every_absolute(page.head.base, map(str, found if isinstance(found, list) else ()))
