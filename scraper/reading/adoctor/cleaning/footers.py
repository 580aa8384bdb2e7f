"""Tells the page's own footer, below which nothing of a question stands, from footers of parts."""

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from scraper.reading.adoctor.marks import LONGEST_CARD
from scraper.reading.adoctor.people.doctors import begins_doctor
from scraper.reading.adoctor.words.labels import (
    DATES,
    LISTS,
    Label,
    dated,
    is_dated,
    label_of,
    read_more,
)
from scraper.reading.css.elements import LANDMARKS, ROLES
from scraper.reading.visible.contexts import APART
from scraper.reading.visible.line import Line, holders


def without_inner_footers(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines; those in a footer above a part of the question or of a card lose that landmark."""
    landmarks = [line.landmark for line in lines]
    if "footer" not in landmarks:
        return lines
    first = landmarks.index("footer")
    below = range(len(lines) - 1, first - 1, -1)
    end = next((i + 1 for i in below if _is_of_question(lines[i]) or _ends_part(lines, i)), first)
    relabelled = [
        replace(line, landmark=_landmark(line.first)) if line.landmark == "footer" else line
        for line in lines[first:end]
    ]
    return [*lines[:first], *relabelled, *lines[end:]]


def _is_of_question(line: Line) -> bool:
    """Whether a line is a label of the question, and not of a menu, widget or cookie notice."""
    if line.landmark in APART:
        return False
    label = label_of(line.text)
    if label is not None and label not in DATES:
        return (label in LISTS and not line.links) or (
            label is Label.MORE_INFO and line.heading is not None
        )
    return line.landmark != "aside" and is_dated(line.text)


def _ends_part(lines: Sequence[Line], place: int) -> bool:
    """Whether a line ends the footer of a card or a reply above it.

    It is `[Read More]` of a title above the footer, or begins the footer with a reply date.
    """
    if lines[place].landmark != "footer":
        return False
    above = lines[max(place - LONGEST_CARD, 0) : place]
    begins = not above or above[-1].landmark != "footer"
    if (title := read_more(lines[place].text)) is None:
        return begins and _dates_reply(lines, place)
    titled = [line.landmark for line in above if line.text == title]
    return begins or (bool(titled) and "footer" not in titled)


def _dates_reply(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the reply date of the doctor line above it, which has no other."""
    parts = dated(lines[place].text, Label.REPLY_DATE)
    if parts is None or parts[0]:
        return False
    above = (lines[i].text for i in range(place - 1, -1, -1))
    for text in above:
        if begins_doctor(text):
            return True
        if is_dated(text) or label_of(text) in LISTS or read_more(text) is not None:
            return False
    return False


def _landmark(element: etree._Element) -> str | None:
    """Landmark of an element whose footer is none."""
    marks = (LANDMARKS.get(e.tag) or ROLES.get(e.get("role", "")) for e in holders(element))
    return next((mark for mark in marks if mark not in (None, "footer")), None)
