"""Finds where the essay ends above what the page shows between it and the next section.

<h2>More Info</h2><div class="essay">...</div>
<div class="newsletter"><form>...</form></div>      <h2>Similar Q&A</h2>
"""

import re
from collections.abc import Sequence
from itertools import groupby, starmap
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.line_kinds import has_only_site_links, is_link_line, is_sentence
from scraper.reading.adoctor.lists.links import leads_to_tag
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.mentions import article_of
from scraper.reading.adoctor.words.closings import is_closing_line
from scraper.reading.adoctor.words.counters import is_counter
from scraper.reading.adoctor.words.furniture import is_page_furniture
from scraper.reading.adoctor.words.share import is_share_label
from scraper.reading.adoctor.words.stamps import is_stamp
from scraper.reading.css.elements import HEADINGS, TAGS
from scraper.reading.visible.line import Line, are_alike, holders, kind_of, without_links

_TEXT_TAGS = (
    TAGS["inline"]
    | HEADINGS.keys()
    | frozenset(("p", "center", "ul", "ol", "dl", "pre", "blockquote", "figure", "table"))
)
_BESIDE_TAGS = re.compile(
    r"(?:[\W_]|\b(?:in|tags?|tagged|posted in|filed under|categor(?:y|ies)|and)\b"
    r"|標籤|分類|關鍵字)*",
    re.IGNORECASE,
)
_WRITTEN = ("text", "email", "search", "tel", "url")  # types of fields
_LONGEST_FORM, _LONGEST_CAPTION = 4, 2  # lines of a box with a form, and above a longer form
_BULLETS = ("- ", "• ")
_ENTRIES = frozenset(("li", "td", "dd", "dt"))
_ROLES = ("form", "search")


class _Boxes(NamedTuple):
    """The elements around the label of an essay, and around its first line."""

    label: frozenset[etree._Element]
    first: dict[etree._Element, etree._Element | None]  # and the one within it


def essay_end(lines: Sequence[Line], marks: Marks, label: int, stop: int) -> tuple[int, bool]:
    """The line after the essay below `label`, above line `stop`, and whether in doubt.

    Boxes of another kind, behind that in which the essay began and below all of the essay, are none
    of it if they have a form, other people or no lines but links, days and the like; nor is what is
    below a line that pages end with. Any other such box is kept, and in doubt where it has a
    heading of its own, or where no sentence stands in it or below.
    """
    first = label + 1
    while stop > first + 1 and (
        _is_share_bar(lines[stop - 1], lines[stop - 2]) or _lists_tags(lines[stop - 1])
    ):
        stop -= 1
    if first >= stop:
        return stop, False
    path = list(holders(lines[first].first))
    within = dict(zip(path, [None, *path], strict=False))
    boxes = _Boxes(frozenset(holders(lines[label].first)), within)
    begin = stop
    while begin > first + 1 and _other_box(lines[begin - 1], boxes) is not None:
        begin -= 1
    by_box = groupby(range(begin, stop), lambda i: _other_box(lines[i], boxes))
    runs = [(box, list(run)) for box, run in by_box]
    while runs and (_are_of_page(lines, runs[-1][1]) or _is_foreign(lines, marks, *runs[-1])):
        runs.pop()
    end = runs[-1][1][-1] + 1 if runs else begin
    doubtful = (run[0] for box, run in runs if _may_be_foreign(lines, marks, box, run, end))
    first_doubtful = next(doubtful, stop)
    closed = next((i for i in range(first + 1, end) if is_closing_line(lines[i].text)), end)
    if any(is_sentence(lines[i]) for i in range(closed, end)):
        return end, True
    return closed, first_doubtful < closed


def _is_share_bar(line: Line, above: Line) -> bool:
    """Whether a line is a share label whose buttons are icons, and no word of the text above."""
    return is_share_label(line.text) and not (line.text.isalpha() and are_alike(line, above))


def _lists_tags(line: Line) -> bool:
    """Whether a line is links marked as tags: `Posted in Neurology Tagged sleep, diet`."""
    if not line.links or is_sentence(line) or any(box.tag == "li" for box in holders(line.first)):
        return False
    rest = without_links(line.text, line.links)
    links = [*line.element.iter("a")] if _BESIDE_TAGS.fullmatch(rest) is not None else []
    return bool(links) and all("tag" in link.get("rel", "").split() for link in links)


def _other_box(line: Line, boxes: _Boxes) -> etree._Element | None:
    """The box around a line beside that of the essay, if it is of another kind; else None."""
    other = None
    for around in holders(line.first):
        if around in boxes.first:
            break
        other = around
    if other is None or around not in boxes.label:
        return None
    own = boxes.first[around]
    if own in boxes.label:
        return other
    if own is None or own.tag in _TEXT_TAGS:
        return None if other.tag in _TEXT_TAGS else other
    return None if kind_of(own) == kind_of(other) else other


def _may_be_foreign(
    lines: Sequence[Line], marks: Marks, box: etree._Element | None, run: Sequence[int], end: int
) -> bool:
    """Whether a box of the essay, which ends above line `end`, may be none of it."""
    has_heading = len(run) > 1 and lines[run[0]].heading is not None
    is_below_text = not any(map(_may_be_of_text, lines[run[0] : end]))
    return has_heading or is_below_text or _is_foreign(lines, marks, box, run)


def _is_foreign(
    lines: Sequence[Line], marks: Marks, box: etree._Element | None, run: Sequence[int]
) -> bool:
    """Whether the lines of a box are page furniture, a list of links, other people or a form."""
    if box is None or box.tag in _TEXT_TAGS:
        return False
    first = lines[run[0]]
    entries = run[1:] if first.heading is not None else run
    return (
        is_closing_line(first.text)
        or is_counter(first.text)
        or (len(entries) > 1 and all(has_only_site_links(lines[i]) for i in entries))
        or any(i in marks.doctors or i in marks.reply_dates for i in run)
        or any(ask.start in run and ask.asked_on for ask in marks.asks)
        or box.get("role") in _ROLES
        or _is_form(box, [lines[i] for i in run])
    )


def _are_of_page(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether the lines of a box are the page's own, and not announced: `Vaccination days:`."""
    is_announced = lines[run[0] - 1].text.endswith((":", "："))
    return not is_announced and all(_is_of_page(lines[i]) for i in run)


def _is_of_page(line: Line) -> bool:
    """Whether a line is no sentence, but links to the site, a day or other known furniture."""
    if is_sentence(line) or (not is_link_line(line) and any(starmap(_is_reference, line.links))):
        return False
    return has_only_site_links(line) or is_stamp(line) or is_page_furniture(line.text)


def _is_reference(words: str, href: str) -> bool:
    """Whether a link among words leads a reader on, and is no permalink."""
    return href not in words and (article_of(href) is not None or leads_to_tag(href))


def _may_be_of_text(line: Line) -> bool:
    """Whether a line is a sentence or heading, announces what follows or is an entry of a list."""
    return (
        is_sentence(line)
        or line.heading is not None
        or not line.text[-1].isalnum()
        or line.text.startswith(_BULLETS)
        or any(box.tag in _ENTRIES for box in holders(line.first))
    )


def _is_form(box: etree._Element, lines: Sequence[Line]) -> bool:
    """Whether a box is a form, be it a long one without sentences."""
    form = box if box.tag == "form" else box.find(".//form")
    if form is None or (form is box and not has_field(form)):
        return False
    if len(lines) <= _LONGEST_FORM:
        return True
    caption = [line for line in lines if form not in holders(line.first)]
    is_words = len(caption) > _LONGEST_CAPTION or any(map(is_sentence, lines))
    return not is_words and has_field(form)


def has_field(form: etree._Element) -> bool:
    """Whether words are written into a form."""
    fields = form.iter("input", "textarea")
    return any((field.get("type") or "text").lower() in _WRITTEN for field in fields)
