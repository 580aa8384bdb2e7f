"""What the head of a page tells: its title, its own URL, the same page in other languages."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

# Already absolute, with nothing to take out.
_CLEAN = re.compile(r"https?://[a-z\d.-]+(?::\d+)?(?:/[\w/~-]*)?", re.ASCII)


class Head(NamedTuple):
    """What a page's head tells of the page; URLs are absolute."""

    base: str  # what relative links are relative to: the page's URL, or as <base> tells
    title: str
    canonical: tuple[str, ...]  # `canonical` and `og:url`
    alternate: tuple[str, ...]  # the same page in other languages (`hreflang`)


def read_head(root: etree._Element, url: str) -> Head:
    """Read the head of the page at `url`; what is no URL ("http://[bad/") is left out."""
    base, title = url, ""
    canonical, alternate = [], []
    head = root.find("head")
    for element in () if head is None else head:
        tag, get = element.tag, element.get
        if tag == "title":
            title = " ".join((element.text or "").split())
        elif tag == "base":
            base = absolute(url, get("href", "")) or base
        elif tag == "meta" and get("property") == "og:url":
            canonical.append(get("content", ""))
        elif tag == "link" and get("hreflang"):
            alternate.append(get("href", ""))
        elif tag == "link" and get("rel") == "canonical":
            canonical.append(get("href", ""))
    return Head(
        base, title, tuple(every_absolute(base, canonical)), tuple(every_absolute(base, alternate))
    )


def absolute(base: str, href: str) -> str | None:
    """`href` made absolute; None when it is no URL."""
    if _CLEAN.fullmatch(href):
        return href
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return None


def every_absolute(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    """The URLs among `hrefs`, made absolute."""
    return (url for href in hrefs if href and (url := absolute(base, href)) is not None)
