"""Leaves out initials in place of a portrait, at the beginning of a line that names the person.

<span class="avatar">林</span> <span>林明宇 醫師回覆 神經科</span>
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from scraper.reading.adoctor.cleaning.end_buttons import behind
from scraper.reading.adoctor.people.asker_marks import ask_mark
from scraper.reading.adoctor.people.doctors import begins_doctor, read_doctor
from scraper.reading.adoctor.people.people import is_titled, read_asker
from scraper.reading.adoctor.words.furniture import MOST_INITIALS, is_initial
from scraper.reading.adoctor.words.labels import is_dated
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.openers import text_in


def without_initials(lines: Sequence[Line]) -> list[Line]:
    """The lines without initials in an element of their own before a name that has them.

    The element tells them from a name: 丁丁 is one.
    """
    return [
        line if line.unmarked or not _may_begin_with_initial(line) else _without_initial(line)
        for line in lines
    ]


def _may_begin_with_initial(line: Line) -> bool:
    words = (line.first.text or "").strip()
    return line.first is not line.last and 0 < len(words) <= MOST_INITIALS


def _without_initial(line: Line) -> Line:
    around = set(holders(line.last))
    boxes = list(takewhile(lambda box: box not in around, holders(line.first)))
    words = text_in(line.first)
    rest = line.text.removeprefix(words).lstrip()
    if not boxes or not words or rest in ("", line.text):
        return line
    if not is_initial(words, _name_in(replace(line, text=rest))):
        return line
    return replace(line, text=rest, first=behind(boxes[-1]))


def _name_in(line: Line) -> str | None:
    """The name in an asker or doctor line, or in one that is only a name with its title."""
    if is_dated(line.text):
        ask = ask_mark([line], 0)
        asker = ask.asker if ask else None
    elif begins_doctor(line.text) and (doctor := read_doctor(line.text)):
        return f"Dr. {doctor.name}"  # the initial may be that of the title
    else:
        asker = read_asker(line.text) if is_titled(line.text) else None
    return asker.name if asker else None
