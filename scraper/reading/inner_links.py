"""Finds links within a page that are written with the page's own URL."""

import re
from urllib.parse import urlsplit

from lxml import etree

from scraper.reading.urls import base_url, join

OWN_URL = "data-qarchive-own-url"  # the `href` as written; a permalink is no control
_UNSETTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # by lxml


def shorten_inner_links(root: etree._Element, url: str) -> None:
    """Make `#x` of the links within the page at `url` that name its URL.

    So browsers write them when they save a page, and scripts where there is a `<base>`.
    """
    own, base = _page(url), ""
    for link in root.iter("a"):
        page, sign, place = (href := link.get("href", "")).partition("#")
        if not (page and sign) or _UNSETTABLE.search(href):
            continue
        base = base or base_url(root, url)
        if _page(join(base, page)) == own:
            link.set("href", sign + place)
            link.set(OWN_URL, href)


def restore_inner_links(root: etree._Element) -> None:
    """Undo `shorten_inner_links`."""
    for link in root.iter("a"):
        if (href := link.get(OWN_URL)) is not None:
            link.set("href", href)
            del link.attrib[OWN_URL]


def _page(url: str | None) -> tuple[str, str, str]:
    """Host, path and query, in one spelling where sites have several."""
    parts = urlsplit(url or "")
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query
