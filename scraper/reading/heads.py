"""Reads a page's <head>: its title, its own URL, the same page in other languages."""

from typing import NamedTuple

from lxml import etree

from scraper.reading.urls import base_url, joined


class Head(NamedTuple):
    """A page's <head>; URLs are absolute."""

    base: str  # what relative links resolve against: the page's URL, or that of <base>
    title: str
    canonical: tuple[str, ...]  # `canonical`, then `og:url`, which is often wrong
    alternate: tuple[str, ...]  # the same page in other languages (`hreflang`)


def read_head(root: etree._Element, url: str) -> Head:
    """Read the head of the page at `url`; what is no URL ("http://[bad/") is left out."""
    base, title = base_url(root, url), ""
    canonical: list[str] = []
    shared: list[str] = []
    alternate = []
    head = root.find("head")
    for element in () if head is None else head:
        tag, get = element.tag, element.get
        if tag == "title":
            title = title or " ".join((element.text or "").split())
        elif (stated := own_url(element)) is not None:
            (canonical if tag == "link" else shared).append(stated)
        elif tag == "link" and get("hreflang"):
            alternate.append(get("href", ""))
    own = (*canonical, *shared)
    return Head(base, title, tuple(joined(base, own)), tuple(joined(base, alternate)))


def own_url(element: etree._Element) -> str | None:
    """The page's own URL as an element states it (`canonical`, `og:url`); it may be relative."""
    tag, get = element.tag, element.get
    if tag == "link" and "canonical" in get("rel", "").lower().split():
        return get("href", "")
    return get("content", "") if tag == "meta" and get("property") == "og:url" else None
