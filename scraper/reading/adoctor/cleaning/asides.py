"""Leaves out the asides of a page that hold none of its sections.

<aside><h3>Need help?</h3><p>Call us.</p></aside>                      is left out
<aside><h3>Need help?</h3> <h3>Similar Q&A</h3> ... </aside>           is read from its label on
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.line_kinds import is_sentence, row_of
from scraper.reading.adoctor.people.doctors import begins_doctor
from scraper.reading.adoctor.words.furniture import is_page_furniture
from scraper.reading.adoctor.words.headings import section_label
from scraper.reading.adoctor.words.labels import SECTIONS, Label, dated, label_of, may_be_dated
from scraper.reading.css.elements import ROLES
from scraper.reading.visible.line import Line, holders


class Content(NamedTuple):
    """The lines that may be content, and between which of them an aside was left out."""

    lines: list[Line]
    gaps: tuple[int, ...] = ()  # numbers of the lines before which one stood
    notes: tuple[int, ...] = ()  # those where it is but sentences, which may end the text above


def without_asides(lines: list[Line]) -> Content:
    """The lines without asides, unless these hold sections, the asker line or the only reply.

    A section goes on in the asides behind its label, unless it began in one itself.
    """
    content: list[Line] = []
    gaps: list[int] = []
    notes: list[int] = []
    asides: list[list[Line]] = []
    continues_section = False
    end = 0
    for aside, group in groupby(lines, _aside_around):
        run = list(group)
        end += len(run)
        if aside is None:
            continues_section = False
        elif not continues_section:
            continues_section = bool(content) and _is_section_label(content[-1])
        if aside is not None and not continues_section:
            is_aside_below = end < len(lines) and _aside_around(lines[end]) is not None
            places = range(len(run) if is_aside_below else len(run) - 1)
            label = next((i for i in places if _is_section_label(run[i])), len(run))
            if label:
                gaps.append(len(content))
                if _ends_box(content, aside) and all(map(_may_be_of_text, run[:label])):
                    notes.append(len(content))
                asides.append(run[:label])
            run = run[label:]
        content.extend(run)
    if _are_missed(asides, content):
        return Content(lines)
    return Content(content, tuple(gaps), tuple(notes))


def _ends_box(above: Sequence[Line], aside: etree._Element) -> bool:
    """Whether an aside stands in the box of the text above it, unlike a page's side column."""
    if not above:
        return False
    box, tag = row_of(above[-1])
    return aside.getparent() is (box.getparent() if tag == "li" and box is not None else box)


def _may_be_of_text(line: Line) -> bool:
    is_plain = line.heading is None and not line.links
    return is_plain and is_sentence(line) and not is_page_furniture(line.text)


def _aside_around(line: Line) -> etree._Element | None:
    """The outermost aside that a line stands in, in a header of it too."""
    if line.landmark not in ("aside", "header"):
        return None
    outermost_first = reversed([*holders(line.last)])
    asides = (e for e in outermost_first if "aside" in (e.tag, ROLES.get(e.get("role", ""))))
    return next(asides, None)


def _is_section_label(line: Line) -> bool:
    """Whether a line is the label of a section; a mere link to more information is none."""
    label = section_label(line)
    if label is Label.MORE_INFO and line.heading is None:
        return all(href.startswith("#") for words, href in line.links if label_of(words))
    return label in SECTIONS


def _are_missed(asides: Sequence[Sequence[Line]], content: Sequence[Line]) -> bool:
    """Whether the content lacks an asker line or a reply that stands in an aside."""
    replies = [aside for aside in asides if begins_doctor(aside[0].text)]
    return any(
        any(_has_date(aside, label) for aside in candidates) and not _has_date(content, label)
        for label, candidates in ((Label.ASK_DATE, asides), (Label.REPLY_DATE, replies))
    )


def _has_date(lines: Iterable[Line], label: Label) -> bool:
    return any(may_be_dated(line.text) and dated(line.text, label) for line in lines)
