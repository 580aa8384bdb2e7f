"""Lists of a question that stand in a <nav>: below their label, or headed by it.

<h2>Related FAQ</h2><nav><a href="/faq/knee">Knee</a><br>(Neurology)</nav>
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from scraper.reading.article.headings import section_words
from scraper.reading.article.labels import (
    DATES,
    LISTS,
    Label,
    begins_read_more,
    dated,
    label_of,
    may_be_dated,
)
from scraper.reading.css.elements import ROLES
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.lines import Line, holders


def without_list_navs(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines; those in a <nav> that is a list of the question lose that landmark."""
    held = {index for found in _navs(lines) for index in range(*found)}
    if not held:
        return lines
    return [each._replace(landmark=None) if i in held else each for i, each in enumerate(lines)]


def _navs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    for index, line in enumerate(lines):
        if line.landmark != "nav":
            continue
        above = lines[index - 1] if index else None
        if above is not None and above.landmark not in APART and (label := _list(above)):
            start = index
        elif line.heading is not None and (label := _list(line)):
            start = index + 1
        else:
            continue
        held = _held(lines, start, _nav_around(line.first))
        if _holds_list(held, label) and (start == index or _is_missed(lines, index, label)):
            yield index, start + len(held)


def _held(lines: Sequence[Line], start: int, nav: etree._Element | None) -> Sequence[Line]:
    """The lines from `start` on that a <nav> holds."""
    end = start
    while nav is not None and end < len(lines) and nav in holders(lines[end].first):
        end += 1
    return lines[start:end]


def _list(line: Line) -> Label | None:
    label = label_of(section_words(line) or line.text)
    return label if label in LISTS else None


def _nav_around(element: etree._Element) -> etree._Element | None:
    navs = (e for e in holders(element) if e.tag == "nav" or ROLES.get(e.get("role", "")) == "nav")
    nav = next(navs, None)
    return None if nav is None or "dialog" in nav.get("role", "") else nav


def _holds_list(lines: Sequence[Line], label: Label) -> bool:
    if label is Label.SIMILAR:
        return any(begins_read_more(line.text) is not None for line in lines)
    return any("/faq/" in href for line in lines for _, href in line.links)


def _is_missed(lines: Sequence[Line], index: int, label: Label) -> bool:
    """Whether a question stands above and has no such list elsewhere."""
    if any(line.landmark not in APART and _list(line) is label for line in lines):
        return False
    return any(
        may_be_dated(line.text) and any(dated(line.text, date) for date in DATES)
        for line in lines[:index]
    )
