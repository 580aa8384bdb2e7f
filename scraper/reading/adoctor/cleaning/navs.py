"""Finds lists of a question that stand in a <nav>, below their label or with it as heading.

<h2>Related FAQ</h2><nav><a href="/faq/knee">Knee</a><br>(Neurology)</nav>
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.adoctor.words.labels import LISTS, Label, begins_read_more, is_dated
from scraper.reading.css.elements import ROLES
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import WITHIN

_BRACKETED = re.compile(r"[(（]\s*([^()（）]*?)\s*[)）]")
_TAGS, _TAG = re.compile(r"/faq(?:[/?#]|$)"), re.compile(r"/faq/[^/?#]")


def without_list_navs(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines; those in a <nav> that is a list of the question lose that landmark."""
    listed = {index for start, end in _list_navs(lines) for index in range(start, end)}
    if not listed:
        return lines
    return [replace(line, landmark=None) if i in listed else line for i, line in enumerate(lines)]


def _list_navs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first line of each list in a <nav>, and the one after its last."""
    missing = None
    for index, line in enumerate(lines):
        if line.landmark != "nav":
            continue
        below = index > 0 and lines[index - 1].landmark not in APART
        if below and (label := _list_label(lines[index - 1])):
            start = index
        elif line.heading is not None and (label := _list_label(line)):
            start = index + 1
        else:
            continue
        nav = _nav_around(line.first)
        if nav is None or (start == index and not _is_beside(lines, index - 1, nav)):
            continue
        entries = _lines_in(lines, start, nav)
        if not _are_list(entries, label):
            continue
        if start > index:
            asked_at, labels = missing = missing or _missing_lists(lines)
            if index < asked_at or label not in labels:
                continue
        yield index, start + len(entries)


def _is_beside(lines: Sequence[Line], index: int, nav: etree._Element) -> bool:
    """Whether the label of this index opens the box that stands beside a <nav>.

    At the end of a box that holds more, what follows the box is no longer below the label.
    """
    around = set(nav.iterancestors())
    boxes = [box for box in holders(lines[index].first) if box not in around]
    return not boxes or index == 0 or boxes[-1] not in holders(lines[index - 1].last)


def _lines_in(lines: Sequence[Line], start: int, nav: etree._Element) -> Sequence[Line]:
    """The lines from `start` on that a <nav> holds, up to the heading of another list."""
    end = start
    while end < len(lines) and nav in holders(lines[end].first):
        if lines[end].heading is not None and _list_label(lines[end]):
            break
        end += 1
    return lines[start:end]


def _list_label(line: Line) -> Label | None:
    label = section_label(line)
    return label if label in LISTS else None


def _nav_around(element: etree._Element) -> etree._Element | None:
    navs = (e for e in holders(element) if e.tag == "nav" or ROLES.get(e.get("role", "")) == "nav")
    nav = next(navs, None)
    return None if nav is None or "dialog" in nav.get("role", "") else nav


def _are_list(lines: Sequence[Line], label: Label) -> bool:
    """Whether lines are cards, or links to tags and to nothing else, unlike a menu's."""
    if label is Label.SIMILAR:
        return any(begins_read_more(line.text) is not None for line in lines)
    hrefs = [href for line in lines for href in _hrefs(line)]
    return all(map(_TAGS.search, hrefs)) and any(map(_TAG.search, hrefs))


def _hrefs(line: Line) -> Iterator[str]:
    """Where the links of a line lead, but those of (departments) and those within the page."""
    departments = set(_BRACKETED.findall(line.text))
    for text, href in line.links:
        if text not in departments and not href.startswith(WITHIN):
            yield href


def _missing_lists(lines: Sequence[Line]) -> tuple[int, Sequence[Label]]:
    """The first dated line, and the lists that have no label outside of <nav> and footer."""
    dates = (i for i, line in enumerate(lines) if is_dated(line.text))
    shown = {_list_label(line) for line in lines if line.landmark not in APART}
    return next(dates, len(lines)), [label for label in LISTS if label not in shown]
