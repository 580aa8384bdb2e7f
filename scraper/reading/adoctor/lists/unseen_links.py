"""Finds the link of a card or tag that shows no words.

<div><h4>Other Knees</h4> ... <a class="stretched-link" href="/article/9"></a></div>
"""

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from lxml import etree

from scraper.reading.adoctor.lists.line_links import Resolve
from scraper.reading.adoctor.words.labels import begins_read_more, label_of
from scraper.reading.visible.line import Line, holders

_DEPTH = 12  # elements around a card's first line


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
