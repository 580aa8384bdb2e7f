"""The lines of a page that carry a label or name a person, found before anything is decided."""

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

_LONGEST_HAN_NAME = 10
FARTHEST = 60  # lines from a card's title to its `Read More`


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMark:
    """Lines start to end - 1 are a reply date; `day` is None when it cannot be read."""

    start: int
    end: int
    day: date | None


@dataclass(slots=True)
class Marks:
    """Everything on a page that may be a label, in reading order."""

    labels: dict[int, Label] = field(default_factory=dict)  # lines that are a label alone
    asks: list[AskMark] = field(default_factory=list)
    doctors: dict[int, DoctorMark] = field(default_factory=dict)  # by first line
    replied: dict[int, DateMark] = field(default_factory=dict)  # by first line
    read_more: dict[int, str] = field(default_factory=dict)  # line -> what follows the label
    before_more: dict[int, str] = field(default_factory=dict)  # and what stands before it, if any

    def at(self, label: Label) -> list[int]:
        """Lines that are this label alone."""
        return [index for index, found in self.labels.items() if found is label]


def find_marks(lines: Sequence[Line]) -> Marks:
    """Find every line that may be a label, an asker line or a doctor line."""
    marks, departments = Marks(), PageDepartments(lines)
    for index, line in enumerate(lines):
        text = line.text
        signs = _signs_of_short(text) if len(text) <= _SHORT else _signs(text)
        if signs is not None:
            _mark(marks, lines, index, signs, departments)
        elif (line.heading is not None or line.links) and (label := label_of(section_words(line))):
            marks.labels[index] = label
        if line.links and index not in marks.read_more:
            _mark_end(marks, line, index)
    return marks


class _Signs(NamedTuple):
    """What a line may be, told without the lines around it."""

    label: Label | None
    read_more: tuple[str, bool] | None  # what follows the label, and whether it has no brackets
    dated: bool
    doctor: bool  # it may begin a doctor line


def _signs(text: str) -> _Signs | None:
    """Signs of a line; None for an ordinary one."""
    label, rest, date = label_of(text), begins_read_more(text), may_be_dated(text)
    doctor = begins_doctor(text)
    if label is None and rest is None and not date and not doctor:
        return None
    return _Signs(label, ("", False) if label is Label.READ_MORE else rest, date, doctor)


_SHORT = 28  # characters of lines that stand on many pages: menus, labels, names
_signs_of_short = lru_cache(maxsize=8192)(_signs)


def _mark(
    marks: Marks, lines: Sequence[Line], index: int, signs: _Signs, departments: PageDepartments
) -> None:
    if signs.label is not None:
        marks.labels[index] = signs.label
    if signs.read_more is not None:
        rest, bare = signs.read_more
        if not bare or _is_above(lines, index, rest.casefold()):
            marks.read_more[index] = rest
    if signs.dated:
        if (ask := ask_mark(lines, index)) is not None:
            marks.asks.append(ask)
        if (replied := _date_mark(lines, index)) is not None:
            marks.replied[index] = replied
    if signs.doctor:
        if _follows_name(lines, index) and index - 1 not in marks.doctors:
            _add_doctor(marks, lines, index - 1, departments)
        _add_doctor(marks, lines, index, departments)


def _mark_end(marks: Marks, line: Line, index: int) -> None:
    """Note the link `[Read More]` behind other words."""
    link = line.links[-1][0]
    if not link or link[0].isalnum() or (rest := read_more(link)) is None:
        return
    before, _, behind = line.text.rpartition(link)
    if words := before.strip():
        marks.read_more[index] = (rest + behind).strip()
        marks.before_more[index] = words


def _is_above(lines: Sequence[Line], index: int, title: str) -> bool:
    """Whether one of the lines of a card above line `index` is its title."""
    return any(line.text.casefold() == title for line in lines[max(index - FARTHEST, 0) : index])


def _add_doctor(
    marks: Marks, lines: Sequence[Line], index: int, departments: PageDepartments
) -> None:
    if (doctor := doctor_mark(lines, index, departments)) is None:
        return
    above = next(reversed(marks.doctors.values()), None)
    whole = doctor.line.department is not None
    if whole and above is not None and above.end == index and above.line.department is None:
        del marks.doctors[above.start]  # a button or a heading: `查看醫師回覆`
    marks.doctors[index] = doctor


def _follows_name(lines: Sequence[Line], index: int) -> bool:
    """Whether a doctor's name may stand on the line before `醫師回覆`."""
    if not index or not lines[index].text.startswith(("醫師", "醫生")):
        return False
    return len(IN_PARENTHESES.sub("", lines[index - 1].text)) <= _LONGEST_HAN_NAME


def _date_mark(lines: Sequence[Line], index: int) -> DateMark | None:
    parts = dated(lines[index].text, Label.REPLY_DATE)
    if parts is None or without_icons(parts[0]).strip(" -–—•·*|"):
        return None
    end, day = day_after(lines, index, parts[1])
    return DateMark(start=index, end=end, day=day)
