"""The links of cards and tags: where they stand in a line's text, and those without words.

Als (Neurology), Neuro (Urology)        the link `Neuro` is none of `Neurology`
<div><h4>Other Knees</h4> ... <a class="stretched-link" href="/article/9"></a></div>
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.words.labels import begins_read_more, label_of
from scraper.reading.visible.line import Line, holders

Resolve = Callable[[str], str | None]  # an href as written -> a canonical URL in scope, or None

_FAQ = re.compile(r"(?:^|/)faq[/?].")
_DEPTH = 12  # elements around a card's first line


class Resolvers(NamedTuple):
    """How links of one page are resolved, each by what may be at its other end."""

    question: Resolve  # another question
    tag: Resolve  # any other page of the site, be it out of scope
    page: Resolve  # any page in scope


def links_to_tag(line: Line) -> bool:
    """Whether a link of a line leads to the page of a FAQ tag."""
    return any(leads_to_tag(href) for _, href in line.links)


def leads_to_tag(href: str) -> bool:
    """Whether an address is that of a FAQ tag's page."""
    return _FAQ.search(href) is not None


def link_places(line: Line) -> Iterator[tuple[int, int, str]]:
    """Where each link of a line begins and ends in its text, and its href."""
    end = 0
    for text, href in filter(all, line.links):
        start = _find_words(line.text, text, end)
        if start < 0:
            return
        end = start + len(text)
        yield start, end, href


def _find_words(text: str, words: str, start: int) -> int:
    """Where words stand in a text from `start` on, rather between signs than in other words."""
    place = first = text.find(words, start)
    while place >= 0 and _is_within_words(text[start:place].rstrip(), text[place + len(words) :]):
        place = text.find(words, place + 1)
    return first if place < 0 else place


def _is_within_words(before: str, behind: str) -> bool:
    """Whether what stands between two texts is part of a name, or a department of its own."""
    if before[-1:].isalnum() or behind[:1].isalnum():
        return True
    return before.endswith(("(", "（")) and behind.startswith((")", "）"))


def unseen_link(
    lines: Sequence[Line], start: int, end: int, resolve: Resolve, *, alone: bool = False
) -> str | None:
    """The URL of the only link without words in the box of lines start to end - 1.

    The box holds no line of another card; if `alone`, no other line.
    """
    shown = {href for line in lines[start:end] for _, href in line.links}
    last = set(holders(lines[end - 1].last))
    for box in islice(holders(lines[start].first), _DEPTH):
        if box in last:
            if any(alone or _is_of_another(line) for line in _beside(lines, start, end, box)):
                return None
            hrefs = {href for link in box.iter("a") if (href := link.get("href"))} - shown
            urls = {url for href in hrefs if (url := resolve(href)) is not None}
            if urls:
                return urls.pop() if len(urls) == 1 else None
    return None


def _beside(lines: Sequence[Line], start: int, end: int, box: etree._Element) -> Iterator[Line]:
    """The other lines in a box."""
    above = (lines[index] for index in range(start - 1, -1, -1))
    below = (lines[index] for index in range(end, len(lines)))
    for side in (above, below):
        yield from takewhile(lambda line: box in holders(line.first), side)


def _is_of_another(line: Line) -> bool:
    return label_of(line.text) is not None or begins_read_more(line.text) is not None
