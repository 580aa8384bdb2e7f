"""Tells where a sign alone on a line belongs to the line above, as pages lay labels out in boxes.

Ask Date | : | 2020/10/26        ( | Neurology | )        Mr. Oak | , | 20~29 year old male

Of a text it is a line: a naive splitter makes `(Really?` and `)` of `(Really?)`.
"""

from collections.abc import Sequence

from scraper.reading.adoctor.people.asker_marks import MOST_PIECES
from scraper.reading.adoctor.people.doctors import read_doctor
from scraper.reading.adoctor.words.labels import Label, dated, is_dated, label_of, may_be_dated
from scraper.reading.visible.line import Line

_BRACKETS = {")": "(", "）": "（", "]": "[", "］": "［", "】": "【"}
_OPENING = frozenset(_BRACKETS.values())
_COLONS = frozenset(":：")
_STOPS = frozenset(",，、.。;；")
_ENDS = tuple(".!?…。！？")


def closes(line: Line, lines: Sequence[Line], index: int) -> bool:
    """Whether line `index`, one sign, is the end of a line above it that is no sentence."""
    above, sign = line.text, lines[index].text
    if above.endswith(_ENDS) or line.heading != lines[index].heading:
        return False
    if (opening := _BRACKETS.get(sign)) is not None:
        return above.rfind(opening) > above.rfind(sign)
    if sign in _COLONS and (label_of(above) or is_dated(above) or read_doctor(above + sign)):
        return True
    return (sign in _COLONS or sign in _STOPS) and _is_above_ask_date(lines, index)


def _is_above_ask_date(lines: Sequence[Line], index: int) -> bool:
    below = lines[index + 1 : index + 1 + MOST_PIECES]
    return any(may_be_dated(each.text) and dated(each.text, Label.ASK_DATE) for each in below)


def opens(lines: Sequence[Line], index: int) -> bool:
    """Whether line `index` is a bracket alone that one of the next two lines closes."""
    following = lines[index + 1 : index + 3]
    return lines[index].text in _OPENING and any(line.text[-1] in _BRACKETS for line in following)
