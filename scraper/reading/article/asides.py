"""What stands beside the content: the asides of a page that hold none of its sections.

<aside><h3>Need help?</h3><p>Call us.</p></aside>                      is left out
<aside><h3>Need help?</h3> <h3>Similar Q&A</h3> ... </aside>           is read from its label on
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from scraper.reading.article.doctors import begins_doctor
from scraper.reading.article.headings import section_words
from scraper.reading.article.labels import Label, dated, label_of, may_be_dated
from scraper.reading.visible.lines import Line

_SECTIONS = (Label.MORE_INFO, Label.SIMILAR, Label.RELATED)


class Content(NamedTuple):
    """The lines that may be content, and between which of them an aside was left out."""

    lines: list[Line]
    gaps: tuple[int, ...] = ()  # numbers of the lines before which one stood


def without_asides(lines: list[Line]) -> Content:
    """The lines without asides, unless these hold sections, the asker line or the only reply."""
    content: list[Line] = []
    gaps: list[int] = []
    beside: list[list[Line]] = []
    for is_beside, group in groupby(lines, _is_beside):
        run = list(group)
        if is_beside and not (content and _section(content[-1])):
            own = next((i for i in range(len(run) - 1) if _section(run[i])), len(run))
            if own:
                gaps.append(len(content))
                beside.append(run[:own])
            run = run[own:]
        content.extend(run)
    return Content(lines) if _are_missed(beside, content) else Content(content, tuple(gaps))


def _is_beside(line: Line) -> bool:
    if line.landmark == "header":
        return next(line.last.iterancestors("aside"), None) is not None
    return line.landmark == "aside"


def _section(line: Line) -> bool:
    """Whether a line is the label of a section; a mere link to more information is none."""
    label = label_of(section_words(line) or line.text)
    if label is Label.MORE_INFO and line.heading is None:
        return all(href.startswith("#") for words, href in line.links if label_of(words))
    return label in _SECTIONS


def _are_missed(asides: Sequence[Sequence[Line]], content: Sequence[Line]) -> bool:
    """Whether the content lacks an asker line or a reply that stands in an aside."""
    answered = [aside for aside in asides if begins_doctor(aside[0].text)]
    return any(
        any(_holds(aside, label) for aside in held) and not _holds(content, label)
        for label, held in ((Label.ASK_DATE, asides), (Label.REPLY_DATE, answered))
    )


def _holds(lines: Iterable[Line], label: Label) -> bool:
    return any(may_be_dated(line.text) and dated(line.text, label) for line in lines)
