"""Where the essay ends above what the page shows between it and the next section.

<h2>More Info</h2><div class="essay">...</div>
<div class="newsletter"><form>...</form></div>      <h2>Similar Q&A</h2>
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.link_lines import has_only_site_links
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.text_rows import is_sentence
from scraper.reading.adoctor.words.closings import is_closing_line
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.css.elements import HEADINGS, TAGS
from scraper.reading.visible.line import Line, are_alike, holders

_FLAT = (
    TAGS["inline"]
    | HEADINGS.keys()
    | frozenset(("p", "center", "ul", "ol", "dl", "pre", "blockquote", "figure", "table"))
)
_FIELD = ".//form"
_FORM_LINES = 4
_ROLES = ("form", "search")


class _Boxes(NamedTuple):
    """The elements around the label of an essay, and around its first line."""

    label: frozenset[etree._Element]
    first: dict[etree._Element, etree._Element | None]  # and the one within it


def essay_end(lines: Sequence[Line], marks: Marks, label: int, stop: int) -> tuple[int, bool]:
    """The line after the essay below `label`, above line `stop`, and whether in doubt.

    Boxes of another kind, behind that in which the essay began and below all of the essay, are none
    of it if they have a form, a list of links or other people; nor is what is below a line that
    pages end with. Any other such box is kept, and in doubt where it has a heading of its own.
    """
    first = label + 1
    while stop > first + 1 and _is_share_bar(lines[stop - 1], lines[stop - 2]):
        stop -= 1
    if first >= stop:
        return stop, False
    path = list(holders(lines[first].first))
    within = dict(zip(path, [None, *path], strict=False))
    boxes = _Boxes(frozenset(holders(lines[label].first)), within)
    begin = stop
    while begin > first + 1 and _unit(lines[begin - 1], boxes) is not None:
        begin -= 1
    units = [
        (unit, list(run))
        for unit, run in groupby(range(begin, stop), lambda i: _unit(lines[i], boxes))
    ]
    while units and _is_foreign(lines, marks, *units[-1]):
        units.pop()
    end = units[-1][1][-1] + 1 if units else begin
    strange = (run[0] for unit, run in units if _may_be_foreign(lines, marks, unit, run))
    doubted = next(strange, stop)
    closed = next((i for i in range(first + 1, end) if is_closing_line(lines[i].text)), end)
    if any(is_sentence(lines[i]) for i in range(closed, end)):
        return end, True
    return closed, doubted < closed


def _is_share_bar(line: Line, above: Line) -> bool:
    """Whether a line is a share label whose buttons are icons, and no word of the text above."""
    return is_share_label(line.text) and not (line.text.isalpha() and are_alike(line, above))


def _unit(line: Line, boxes: _Boxes) -> etree._Element | None:
    """The element around a line that is of another kind than that of the essay beside it."""
    unit = None
    for box in holders(line.first):
        if box in boxes.first:
            break
        unit = box
    if unit is None or box not in boxes.label:
        return None
    own = boxes.first[box]
    if own in boxes.label:
        return unit
    if own is None or own.tag in _FLAT:
        return None if unit.tag in _FLAT else unit
    return None if _kind(own) == _kind(unit) else unit


def _kind(box: etree._Element) -> tuple[str, str | None]:
    return box.tag, box.get("class")


def _may_be_foreign(
    lines: Sequence[Line], marks: Marks, unit: etree._Element | None, run: Sequence[int]
) -> bool:
    headed = unit is not None and len(run) > 1 and lines[run[0]].heading is not None
    return headed or _is_foreign(lines, marks, unit, run)


def _is_foreign(
    lines: Sequence[Line], marks: Marks, unit: etree._Element | None, run: Sequence[int]
) -> bool:
    """Whether the lines of a box are of something else than an essay."""
    if unit is None or unit.tag in _FLAT:
        return False
    first = lines[run[0]]
    listed = run[1:] if first.heading is not None else run
    return (
        is_closing_line(first.text)
        or is_counter(first.text)
        or (len(listed) > 1 and all(has_only_site_links(lines[i]) for i in listed))
        or any(i in marks.doctors or i in marks.reply_dates for i in run)
        or any(ask.start in run and ask.asked_on for ask in marks.asks)
        or unit.get("role") in _ROLES
        or (len(run) <= _FORM_LINES and unit.find(_FIELD) is not None)
    )
