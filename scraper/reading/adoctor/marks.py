"""Finds all lines that may be a label, an asker line, a doctor line or a reply date.

Which of them are the page's own is decided later, from all marks together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from scraper.reading.adoctor.people.asker_marks import AskMark, ask_mark
from scraper.reading.adoctor.people.doctor_marks import DoctorMark, doctor_mark
from scraper.reading.adoctor.people.doctors import IN_PARENTHESES, begins_doctor
from scraper.reading.adoctor.people.label_days import day_after
from scraper.reading.adoctor.people.page_departments import PageDepartments
from scraper.reading.adoctor.words.headings import section_words
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.adoctor.words.labels import (
    Label,
    begins_read_more,
    dated,
    label_of,
    may_be_dated,
    read_more,
)
from scraper.reading.visible.line import Line

LONGEST_CARD = 60  # lines from a card's title to its `Read More`
_LONGEST_HAN_NAME = 10
_SHORT = 60  # characters of lines that stand on many pages: menus, labels, names, titles


class DateMark(NamedTuple):
    """Lines start to end - 1 are a reply date; `day` is None when it cannot be read."""

    start: int
    end: int
    day: date | None


@dataclass(slots=True)
class Marks:
    """The marks of a page by line number, in reading order."""

    labels: dict[int, Label] = field(default_factory=dict)  # lines that are a label alone
    asks: list[AskMark] = field(default_factory=list)
    doctors: dict[int, DoctorMark] = field(default_factory=dict)  # by first line
    reply_dates: dict[int, DateMark] = field(default_factory=dict)  # by first line
    read_more: dict[int, str] = field(default_factory=dict)  # what follows `[Read More]`
    before_read_more: dict[int, str] = field(default_factory=dict)  # what precedes it, if any

    def lines_of(self, label: Label) -> list[int]:
        """The lines that are this label alone."""
        return [index for index, found in self.labels.items() if found is label]


class _Features(NamedTuple):
    """What a line may be by its text alone."""

    label: Label | None
    read_more: tuple[str, bool] | None  # what follows `Read More`, and whether brackets are missing
    may_be_dated: bool
    may_begin_doctor: bool


def find_marks(lines: Sequence[Line]) -> Marks:
    """Find every line that may be a label, an asker line or a doctor line."""
    marks, departments = Marks(), PageDepartments(lines)
    for index, line in enumerate(lines):
        if line.unmarked:
            continue
        text = line.text
        features = _short_features(text) if len(text) <= _SHORT else _features(text)
        if features is not None:
            _add_marks(marks, lines, index, features, departments)
        elif (line.heading is not None or line.links) and (label := label_of(section_words(line))):
            marks.labels[index] = label
        if line.links and index not in marks.read_more:
            _add_read_more_at_end(marks, line, index)
    return marks


def _features(text: str) -> _Features | None:
    """Features of a line; None for an ordinary one."""
    label, rest, is_date = label_of(text), begins_read_more(text), may_be_dated(text)
    is_doctor = begins_doctor(text)
    if label is None and rest is None and not is_date and not is_doctor:
        return None
    return _Features(label, ("", False) if label is Label.READ_MORE else rest, is_date, is_doctor)


_short_features = lru_cache(maxsize=8192)(_features)


def _add_marks(
    marks: Marks,
    lines: Sequence[Line],
    index: int,
    features: _Features,
    departments: PageDepartments,
) -> None:
    """Add the marks of one line; those of people and days may take in its neighbours."""
    if features.label is not None:
        marks.labels[index] = features.label
    if features.read_more is not None:
        rest, is_bare = features.read_more
        if not is_bare or _is_title_above(lines, index, rest.casefold()):
            marks.read_more[index] = rest
    if features.may_be_dated:
        if (ask := ask_mark(lines, index)) is not None:
            marks.asks.append(ask)
        if (reply_date := _reply_date(lines, index)) is not None:
            marks.reply_dates[index] = reply_date
    if features.may_begin_doctor:
        if _follows_name(lines, index) and index - 1 not in marks.doctors:
            _add_doctor(marks, lines, index - 1, departments)
        _add_doctor(marks, lines, index, departments)


def _add_read_more_at_end(marks: Marks, line: Line, index: int) -> None:
    """Add the mark of a link `[Read More]` behind other words."""
    link = line.links[-1][0]
    if not link or link[0].isalnum() or (rest := read_more(link)) is None:
        return
    before, _, behind = line.text.rpartition(link)
    if words := before.strip():
        marks.read_more[index] = (rest + behind).strip()
        marks.before_read_more[index] = words


def _is_title_above(lines: Sequence[Line], index: int, title: str) -> bool:
    """Whether one of the lines of a card above line `index` is its title."""
    above = lines[max(index - LONGEST_CARD, 0) : index]
    return any(line.text.casefold() == title for line in above)


def _add_doctor(
    marks: Marks, lines: Sequence[Line], index: int, departments: PageDepartments
) -> None:
    """Add the doctor line at line `index`; it replaces one right above without department."""
    if (doctor := doctor_mark(lines, index, departments)) is None:
        return
    above = next(reversed(marks.doctors.values()), None)
    has_department = doctor.line.department is not None
    if has_department and above and above.end == index and above.line.department is None:
        del marks.doctors[above.start]  # a button or a heading: `查看醫師回覆`
    marks.doctors[index] = doctor


def _follows_name(lines: Sequence[Line], index: int) -> bool:
    """Whether a doctor's name may stand on the line before `醫師回覆`."""
    if not index or not lines[index].text.startswith(("醫師", "醫生", "主治醫", "住院醫")):
        return False
    return len(IN_PARENTHESES.sub("", lines[index - 1].text)) <= _LONGEST_HAN_NAME


def _reply_date(lines: Sequence[Line], index: int) -> DateMark | None:
    """The reply date that begins at line `index`; words before its label make it none."""
    parts = dated(lines[index].text, Label.REPLY_DATE)
    if parts is None or without_icons(parts[0]).strip(" -–—•·*|"):
        return None
    end, day = day_after(lines, index, parts[1])
    return DateMark(start=index, end=end, day=day)
