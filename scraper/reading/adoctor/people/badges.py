"""Badges and buttons at the end of a doctor line, which are no part of the department.

<h3>Dr. Lin Moshan reply Neurology <span class="badge">Verified</span> <button>Follow</button></h3>
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, takewhile
from typing import NamedTuple

from lxml import etree

from scraper.reading.adoctor.people.doctors import (
    DoctorLine,
    continues_department,
    is_department_cut_off,
    names_medical_field,
    read_doctor,
    read_unusual_doctor,
)
from scraper.reading.adoctor.people.page_departments import PageDepartments
from scraper.reading.visible.line import Line, holders, kind_of
from scraper.reading.visible.openers import is_pressed, whole_text

_COMMA = re.compile("[,，|｜]")
_MOST_ATTEMPTS = 8  # texts without badges that are read of one doctor line
_DEPTH = 12  # elements from the last words to the outermost badge


class DoctorReading(NamedTuple):
    """A doctor line as read, and whether words left out may be part of the department."""

    doctor: DoctorLine | None
    unread: bool


class _Trimmed(NamedTuple):
    """A text without the elements that end it."""

    text: str
    words: str  # of the elements
    badge: etree._Element  # the first of the elements
    last: etree._Element  # that holds the last words of `text`

    @property
    def is_button(self) -> bool:
        return is_pressed(self.badge)

    @property
    def is_marked(self) -> bool:
        """Whether the elements look unlike the words before them."""
        return self.is_button or bool(self.badge.keys())


def read_without_badges(text: str, last_line: Line, departments: PageDepartments) -> DoctorReading:
    """Read a doctor line that ends with `last_line`, perhaps without elements at its end.

    What a comma parts from a department that a title or tag names may be a hospital.
    """
    reading = _read(text, last_line, departments, iter(range(_MOST_ATTEMPTS)))
    department = reading.doctor and reading.doctor.department
    if not reading.doctor or not department or not (comma := _COMMA.search(department)):
        return reading
    before = department[: comma.start()].rstrip()
    if department in departments.in_titles or before not in departments.in_titles:
        return reading
    return DoctorReading(reading.doctor._replace(department=before), unread=True)


def _read(
    text: str, last_line: Line, departments: PageDepartments, attempts: Iterator[int]
) -> DoctorReading:
    """Read a text; `attempts` is how many shorter ones may still be read, on all levels."""
    doctor = read_doctor(text) or _read_known_department(text, departments)
    is_one_element = last_line.first is last_line.last
    if is_one_element or (
        doctor and (doctor.department is None or doctor.department in departments.in_titles)
    ):
        return DoctorReading(doctor, unread=False)
    for trimmed, _ in zip(without_last_elements(text, last_line), attempts, strict=False):
        shorter_line = replace(last_line, last=trimmed.last)
        shorter, unread = _read(trimmed.text, shorter_line, departments, attempts)
        if shorter is None or not shorter.department or is_department_cut_off(shorter.department):
            continue
        is_named = shorter.department in departments.in_titles
        if doctor and not (trimmed.is_marked or is_named):
            continue
        if trimmed.is_button or is_named or not names_medical_field(trimmed.words):
            is_certain = trimmed.is_button or (is_named and (trimmed.is_marked or doctor is None))
            return DoctorReading(shorter, unread or not is_certain)
    return DoctorReading(doctor, unread=False)


def _read_known_department(text: str, departments: PageDepartments) -> DoctorLine | None:
    """A doctor line whose department has an unusual shape, but is named by a title or tag."""
    doctor = read_unusual_doctor(text)
    return doctor if doctor is not None and doctor.department in departments.in_titles else None


def without_last_elements(text: str, line: Line) -> Iterator[_Trimmed]:
    """Yield a text without the elements at its end, from the innermost one out.

    Neighbours of one kind are left out together: a badge may have an element for each word.
    """
    around = set(holders(line.first))
    for box in takewhile(lambda box: box not in around, islice(holders(line.last), _DEPTH)):
        badge, words = box, whole_text(box)
        before = _element_before(box)
        while before is not None and kind_of(before) == kind_of(box) and len(words) < len(text):
            badge, words = before, f"{whole_text(before)} {words}"
            before = _element_before(before)
        rest = text.removesuffix(words)
        last = badge.getparent() if before is None else before
        if last is None or badge in around or not rest.endswith(" "):
            continue
        rest = rest.rstrip()
        is_whole = rest[-1:].isalnum() or rest.endswith((")", "）", "."))
        if is_whole and not _continues_line(badge, words):
            yield _Trimmed(rest, words, badge, last)


def _continues_line(element: etree._Element, words: str) -> bool:
    """Whether an element goes on with the words before it: `<b>(Adults)</b>`, `<b> Eye</b>`."""
    written = "".join(map(str, element.itertext()))
    if written[:1].isspace() and not written[-1:].isspace():
        return True
    return continues_department(words) or words.startswith(("(", "（"))


def _element_before(element: etree._Element) -> etree._Element | None:
    """The sibling right before an element, with no words between them."""
    for before in element.itersiblings(preceding=True):
        if (before.tail or "").strip():
            return None
        if isinstance(before.tag, str):  # no comment
            return before
    return None
