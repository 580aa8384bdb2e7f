"""Reads headings that are broken over lines, and section labels that share a line.

<h1>Tingling in<br>the Calf - Neurology</h1>
<h2>Similar Q&A <a href="/similar">View all</a></h2>
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from lxml import etree

from scraper.reading.adoctor.words.labels import ANNOUNCED, SECTIONS, TABLE, Label, label_of
from scraper.reading.css.elements import HEADINGS
from scraper.reading.visible.blocks import fold
from scraper.reading.visible.line import Line, holders

_LONGEST = 80  # characters of a label with what stands beside it
_PREFIXES = {
    wording[:4].lower()
    for labels in TABLE.values()
    for label in SECTIONS
    for wording in labels[label]
}
_ASCII_PREFIXES = set(filter(str.isascii, _PREFIXES))
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
    """The words of a section's label that shares its line with a link, number or badge; else ""."""
    text = line.text
    if (line.heading is None and not line.links) or len(text) > _LONGEST:
        return ""
    match = find_section_label(text)
    if match is None:
        return ""
    before, words, behind = text[: match.start()], match[0], text[match.end() :]
    for linked, _ in line.links:
        before, behind = before.replace(linked, ""), behind.replace(linked, "")
    if line.heading is None:
        is_list = label_of(words) is not Label.MORE_INFO and not behind.startswith((":", "："))
        return words if is_list and not _has_letters(before + behind) else ""
    pieces = islice(line.element.itertext(), _MOST_PIECES)
    if _has_letters(behind) and words not in (fold(str(piece)) for piece in pieces):
        return ""
    is_sign = before.isascii() and len(before.strip()) == 1  # an `i` in a circle
    return "" if _has_letters(before) and not is_sign else words


@lru_cache(maxsize=8192)
def find_section_label(text: str) -> re.Match[str] | None:
    """The first section label in a text."""
    lowered = text.lower()  # rules out most lines at a tenth of the pattern's cost
    beginnings = _ASCII_PREFIXES if text.isascii() else _PREFIXES
    return ANNOUNCED.search(text) if any(map(lowered.__contains__, beginnings)) else None


def may_hold_section_label(text: str) -> bool:
    """Whether a line may be one whose `section_label` is in its text."""
    return len(text) <= _LONGEST and find_section_label(text) is not None


def section_label(line: Line) -> Label | None:
    """The label that a line is or holds; None without one."""
    if len(line.text) > _LONGEST:  # as most are
        return None
    return label_of(section_words(line) or line.text)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))
