"""Where the last section of a question page ends, when no label follows it."""

import re
from bisect import bisect
from collections.abc import Sequence

from scraper.reading.article.closings import closing, note
from scraper.reading.article.labels import Label
from scraper.reading.article.marks import Marks
from scraper.reading.article.titles import is_counter
from scraper.reading.css.elements import TAGS
from scraper.reading.visible.lines import Line, holders

NO_BOXES = TAGS["inline"] | {"p", "center"}
_CONTENTS = ("main", "article")


def last_end(lines: Sequence[Line], marks: Marks, start: int) -> tuple[int, bool]:
    """The line after the last section: where its box closes, or at what pages close with.

    `start` is the line after the asker line. Also whether the section may as well go on.
    """
    labels = [index for index in marks.at(Label.MORE_INFO) if index >= start]
    ends = {mark.end for mark in marks.replied.values()}
    below = [index for index in labels if index in ends] or labels
    stop = _box_end(lines, start - 1, below[-1]) if below and start else len(lines)
    goes_on = stop < len(lines) and not _is_closed(lines[stop - 1], lines[stop])
    last = max((i for i in (*marks.replied, *labels) if start <= i < stop), default=start)
    for index in range(last + 1, stop):
        if closing(lines[index].text):
            return index, False
        if _leads_on(lines[index]):
            return index - (lines[index - 1].heading is not None and index - 1 > last), False
    while below and stop > last + 2 and _is_behind(lines[stop - 1]):
        stop -= 1
    return stop, goes_on


def _box_end(lines: Sequence[Line], asker: int, label: int) -> int:
    """The line after the smallest box that holds the asker, the label and the line below it."""
    below = range(label + 1, len(lines))
    held = [lines[asker].last, *(lines[index].last for index in below[:1])]
    around = set.intersection(*(set(holders(element)) for element in held))
    boxes = (box for box in holders(lines[label].first) if box.tag not in NO_BOXES)
    box = next(box for box in boxes if box in around)  # at last the body
    return bisect(below, 0, key=lambda i: box not in holders(lines[i].last)) + label + 1


def _is_closed(line: Line, following: Line) -> bool:
    """Whether the page's content ends between two lines."""
    around = set(holders(following.first))
    return closing(following.text) or any(
        box.tag in _CONTENTS and box not in around for box in holders(line.last)
    )


def _leads_on(line: Line) -> bool:
    """Whether a line is nothing but a link to another question: `← Previous`."""
    return _is_linked(line) and all("/article/" in href for _, href in line.links)


def _is_behind(line: Line) -> bool:
    """Whether a line at the end of a text is none of it: `Home`, `Views: 123`."""
    inside = _is_linked(line) and all(_SITE.match(href) for _, href in line.links)
    return inside or is_counter(line.text) or note(line.text)


def _is_linked(line: Line) -> bool:
    return bool(line.links) and line.text == " ".join(text for text, _ in line.links)


_SITE = re.compile(r"(?:https?:)?//(?:www\.)?adoctor\.tw(?:/|$)|/?(?![a-z]+:|/|#)", re.IGNORECASE)
