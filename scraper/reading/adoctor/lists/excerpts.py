"""Reads excerpts on cards, and whether they are the whole text.

The site escapes a text (`"` takes 6 characters, `'` 6 as `&#039;`, `<` 4, `&` 5), cuts it at
exactly 280 escaped characters and adds `...`; what is shorter is shown whole. So the page tells
whether an excerpt is complete, and a cut may fall inside an entity: `&quo...`. Dots at the end of
a shorter text may be the asker's own: they go as well, since what is left is surely a beginning.
So does whatever else stands for them: `…`, `. . .`; but `……` is how Chinese lines end, and no cut.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.reading.adoctor.cleaning.controls import is_control
from scraper.reading.adoctor.marks import Marks
from scraper.reading.adoctor.people.doctor_marks import DoctorMark
from scraper.reading.adoctor.words.furniture import is_initial
from scraper.reading.adoctor.words.labels import is_dated
from scraper.reading.adoctor.words.stamps import LETTERS, is_stamp
from scraper.reading.visible.folds import STOPS
from scraper.reading.visible.line import Line, are_alike, holders, kind_of

_CUT_AT = 280  # escaped characters
_DOTS = "..."
_SIGNS = re.compile(r"(?:[…⋯]|\.\s?\.\s?\.)+")  # of a cut, read backwards
_MOST_SIGNS = 24
_OWN_SIGNS = ("……", "⋯⋯")
_WIDTH = {'"': 5, "'": 5, "&": 4, "<": 3, ">": 3}  # by how much escaping lengthens each
_STUB = re.compile(r"&(?:a|am|amp|l|lt|g|gt|q|qu|quo|quot|#|#0|#03|#039)?$")


def excerpts_in(
    lines: Sequence[Line], marks: Marks, within: range, doctor: DoctorMark | None, title: str
) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of a card's two excerpts, question and reply, without another asker line."""
    words, more = within.start, within.stop
    question = list(lines[words : doctor.start if doctor else more])
    for ask in reversed(marks.asks):
        is_asker = ask.asked_on and ask.asker and ask.asker.sex
        if is_asker and words <= ask.start < words + len(question):
            del question[ask.start - words : ask.end - words]
    last = marks.before_read_more.get(more, title)
    last = "" if last.casefold() == title.casefold() else last
    if doctor is None:
        return _excerpt_lines(_with_last(question, lines[more], last)), ()
    if question and is_initial(question[-1].text, doctor.line.name):
        question.pop()
    dates = (mark.start for mark in marks.reply_dates.values() if mark.day and mark.end == more)
    reply_end = next((start for start in dates if start > doctor.end), more)
    reply = _with_last(lines[doctor.end : reply_end], lines[more], last)
    return _excerpt_lines(question), _excerpt_lines(reply)


def _with_last(lines: Sequence[Line], more: Line, words: str) -> Sequence[Line]:
    """An excerpt with the words before `[Read More]` in its line, unless they are the card's own.

    These are in an element of their own, and in a box unlike that of the excerpt.
    """
    if not words or is_dated(words):
        return lines
    last = replace(more, text=words, links=(), last=more.first)
    is_own = not lines or more.first in holders(more.last) or words.endswith(STOPS)
    is_own = is_own or are_alike(last, lines[-1]) or kind_of(more.element) == ("p", None)
    return [*lines, last] if is_own else lines


def _excerpt_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of an excerpt, without the card's own: buttons, a day or counters, `Q`, `答`."""
    words = [line for line in lines if not is_control(line)] or list(lines)
    while len(words) > 1 and (words[0].text in LETTERS or _is_of_card(*words[:2])):
        del words[0]
    while len(words) > 1 and _is_of_card(*words[:-3:-1]):
        del words[-1]
    return words


def _is_of_card(line: Line, beside: Line) -> bool:
    """Whether a day or counters stand in an element of another kind than the words beside them."""
    return is_stamp(line) and not are_alike(line, beside)


def may_have_others(lines: Sequence[Line]) -> bool:
    """Whether an excerpt may begin or end with a line that is none of it: `New`, `2020/10/26`."""
    if len(lines) <= 1:
        return False
    first, second, last = *lines[:2], lines[-1]
    is_other = not are_alike(first, second)
    return is_other or is_stamp(first) or is_stamp(last)


def read_excerpt(text: str) -> tuple[str, bool]:
    """The excerpt without the dots and the stub of a cut, and whether it is the whole text."""
    signs = _SIGNS.match(text[-_MOST_SIGNS:][::-1])
    is_short = escaped_length(text) <= _CUT_AT
    if signs is None or (is_short and text.endswith(_OWN_SIGNS)):
        return text, is_short
    shown = text.removesuffix(_DOTS)
    is_cut_here = shown != text and escaped_length(shown) == _CUT_AT
    if not is_cut_here:  # else the asker's own dots may stand before the cut
        shown = text[: -signs.end()]
    return _without_stub(shown).rstrip(), False


def escaped_length(text: str) -> int:
    """Characters of `text` once it is escaped as the site does it."""
    return len(text) + sum(text.count(sign) * more for sign, more in _WIDTH.items())


def _without_stub(shown: str) -> str:
    """Drop what is left of a character whose entity the cut went through.

    Parsers show `&quot` without its semicolon as `"`, so that the text seems too long by one, and
    `&#0`, `&#03` as a replacement or control character.
    """
    if shown.endswith(("\ufffd", "\x03")):
        return shown[:-1]
    if escaped_length(shown) > _CUT_AT and shown[-1] in _WIDTH:
        return shown[:-1]
    stub = _STUB.search(shown)
    if stub is None:
        return shown
    head = shown[: stub.start()]
    return head if escaped_length(head) + len(stub[0]) == _CUT_AT else shown
