"""What a heading is that is broken over lines, or holds more than its words.

<h1>Tingling in<br>the Calf - Neurology</h1>
<h2>Similar Q&A <a href="/similar">View all</a></h2>
"""

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from scraper.reading.adoctor.words.labels import ANNOUNCED, SECTIONS, TABLE, Label, label_of
from scraper.reading.css.elements import HEADINGS
from scraper.reading.visible.blocks import fold
from scraper.reading.visible.line import Line, holders

_LONGEST = 80  # characters of a label with what stands beside it
_BEGINNINGS = {
    wording[:4].lower()
    for labels in TABLE.values()
    for label in SECTIONS
    for wording in labels[label]
}
_ASCII_BEGINNINGS = set(filter(str.isascii, _BEGINNINGS))
_MOST_PIECES = 16  # of text in a heading


def heading_end(lines: Sequence[Line], start: int, stop: int) -> int:
    """The line after those, from `start` on, that stand in one heading with it."""
    end = start + 1
    if lines[start].heading is not None and end < stop and lines[end].heading is not None:
        heading = _heading(lines[start])
        while end < stop and heading is not None and _heading(lines[end]) is heading:
            end += 1
    return end


def _heading(line: Line) -> etree._Element | None:
    around = holders(line.first)
    return next((e for e in around if e.tag in HEADINGS or e.get("role") == "heading"), None)


def section_words(line: Line) -> str:
    """A section's label in a line that also holds a link, a number, a badge or quotes; else ""."""
    text = line.text
    if (line.heading is None and not line.links) or len(text) > _LONGEST:
        return ""
    found = announced(text)
    if found is None:
        return ""
    before, words, behind = text[: found.start()], found[0], text[found.end() :]
    for linked, _ in line.links:
        before, behind = before.replace(linked, ""), behind.replace(linked, "")
    if line.heading is None:
        is_list = label_of(words) is not Label.MORE_INFO and not behind.startswith((":", "："))
        return words if is_list and not _speaks(before + behind) else ""
    pieces = islice(line.element.itertext(), _MOST_PIECES)
    if _speaks(behind) and words not in (fold(str(piece)) for piece in pieces):
        return ""
    return "" if _speaks(before) else words


def announced(text: str) -> re.Match[str] | None:
    """A section's label in a text."""
    lowered = text.lower()  # most lines are told by it, at a tenth of the price
    beginnings = _ASCII_BEGINNINGS if text.isascii() else _BEGINNINGS
    return ANNOUNCED.search(text) if any(map(lowered.__contains__, beginnings)) else None


def section_label(line: Line) -> Label | None:
    """The label that a line is or holds; None without one."""
    return label_of(section_words(line) or line.text)


def _speaks(text: str) -> bool:
    return any(map(str.isalpha, text))
