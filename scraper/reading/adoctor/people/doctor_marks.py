"""Finds doctor lines, which may be split over several lines of the page.

<h3>Dr. Lin Moshan reply Neurology</h3>
<div><div>Dr. Lin Moshan reply</div><div>Neurology</div></div>  <p>the reply's first line</p>
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scraper.reading.adoctor.people.asker_marks import MOST_PIECES
from scraper.reading.adoctor.people.badges import read_without_badges
from scraper.reading.adoctor.people.doctors import (
    DR,
    DR_ALONE,
    LONGEST,
    DoctorLine,
    continues_department,
    is_department_cut_off,
    is_medical_field,
    is_reply_word,
    read_doctor,
)
from scraper.reading.adoctor.people.page_departments import PageDepartments
from scraper.reading.adoctor.words.labels import SECTIONS, Label, dated, label_of, may_be_dated
from scraper.reading.visible.line import Line, common, holders

_LONGEST_PIECE = 120  # characters: a name of 60 and a department of 60
_SEPARATORS = tuple("·・•|｜/")  # between `reply` and a department on the next line


class DoctorMark(NamedTuple):
    """Lines start to end - 1 are a doctor line."""

    start: int
    end: int
    line: DoctorLine
    unread: bool = False  # whether words left out at its end may be part of the department


def doctor_mark(
    lines: Sequence[Line], index: int, departments: PageDepartments
) -> DoctorMark | None:
    """The doctor line that begins at line `index`; None if none does.

    Below `Dr. X reply` stands the department, or the reply's first words: the longest reading
    takes the next line in, the bare one leaves it to the reply.
    """
    bare = longest = None
    for longest in _readings(lines, index, departments):
        if longest.line.department is None:
            bare = longest
    if bare is None or longest is None:
        return longest
    return longest if _is_department_below(lines, bare, longest, departments) else bare


def _readings(
    lines: Sequence[Line], index: int, departments: PageDepartments
) -> Iterator[DoctorMark]:
    """Read one line, two lines, three ... from `index` on as a doctor line; yield what succeeds.

    Lines are added until the department is whole, or until the text is no doctor line any more.
    """
    text, is_read = "", False
    for end in range(index + 1, min(index + MOST_PIECES, len(lines) + 1)):
        piece = lines[end - 1].text
        if text and (len(piece) > _LONGEST_PIECE or piece[:2] in DR):
            return
        if text and (label_of(piece) in SECTIONS or _ends_text(piece)):
            return
        if text in DR_ALONE and not piece.isascii():  # an excerpt that is just `Dr.`
            return
        text = f"{text} {piece}".strip()
        if len(text) > LONGEST:
            return
        doctor, unread = read_without_badges(text, lines[end - 1], departments)
        if doctor is not None:
            yield DoctorMark(start=index, end=end, line=doctor, unread=unread)
            if _is_department_complete(doctor.department, lines[end : end + 1]):
                return
        elif is_read:
            return
        is_read = doctor is not None


def _is_department_complete(department: str | None, following: Sequence[Line]) -> bool:
    if not department or is_department_cut_off(department):
        return False
    return not any(continues_department(line.text) for line in following)


def _ends_text(text: str) -> bool:
    """Whether a line ends a reply; a section's label may be a line of it as well."""
    label = label_of(text)
    if (label is not None and label not in SECTIONS) or read_doctor(text) is not None:
        return True
    parts = dated(text, Label.REPLY_DATE) if may_be_dated(text) else None
    return parts is not None and not any(map(str.isalnum, parts[0]))


def _is_department_below(
    lines: Sequence[Line], bare: DoctorMark, mark: DoctorMark, departments: PageDepartments
) -> bool:
    """Whether the lines from `bare` to `mark` are the department, and no words of the reply.

    They are where they stand in a box with the doctor line, below `reply` alone or `reply ·`, and
    where they are a field of medicine or named by a title, a tag or another doctor line.
    """
    if mark.end == len(lines) or lines[mark.end - 1].text.endswith((".", "。")):
        return False
    if _ends_text(lines[mark.end].text):  # else the reply would have no words
        return False
    above = lines[bare.end - 1]
    ends_box = any(
        common(above.last, line.last) not in holders(below.first)
        for line, below in pairwise(lines[bare.end : mark.end + 1])
    )
    department = mark.line.department or ""
    return (
        ends_box
        or is_reply_word(above.text)
        or above.text.endswith(_SEPARATORS)
        or is_medical_field(department)
        or department in departments.in_titles
        or department in departments.in_doctor_lines
    )
