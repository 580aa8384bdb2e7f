"""The cards under `Similar Q&A`.

Understanding Muscle Weakness          title
Hello, doctor. Since spring I...       question excerpt
Dr. Lin Mingyu reply Neurology         perhaps missing, with the reply's excerpt
Hello: Based on what you write...      reply excerpt
[Read More] Understanding Muscle Weakness
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scraper.items import SimilarQuestion
from scraper.reading.excerpts import read_excerpt
from scraper.reading.lines import Line
from scraper.reading.marks import DoctorMark, Marks

Resolve = Callable[[str], str | None]  # an href as written -> the question's canonical URL

_MOST_PIECES = 4  # lines over which a title may be broken


class Place(NamedTuple):
    """Lines of one card: its first, its `[Read More]`, the one after the last; who replied.

    `words` is the line after the title, which may be broken over lines.
    """

    first: int
    more: int
    end: int
    doctor: DoctorMark | None
    words: int


class Cards(NamedTuple):
    """The cards, and the line after the last one."""

    cards: tuple[SimilarQuestion, ...]
    end: int
    places: tuple[Place, ...]  # of each card


def read_cards(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> Cards:
    """Read the cards in lines start to stop - 1; each ends with its `[Read More]`."""
    cards, kept, end = [], [], start
    for place in places(lines, marks, start, stop):
        if place.more > place.first:  # else a `[Read More]` with nothing above it
            cards.append(_card(lines, place, resolve))
            kept.append(place)
        end = place.end
    return Cards(tuple(cards), end, tuple(kept))


def places(lines: Sequence[Line], marks: Marks, start: int, stop: int) -> Iterator[Place]:
    """Where each card stands in lines start to stop - 1."""
    first = start
    for index in sorted(marks.read_more):
        if first <= index < stop:
            rest = marks.read_more[index]
            repeated = rest or (_text(lines, index + 1) if index + 1 < stop else "")
            title_end = _title_end(lines, first, repeated)
            end = index + 1 if rest or title_end is None else index + 2
            words = min(title_end or first + 1, index)
            yield Place(first, index, end, _doctor(marks, words, index), words)
            first = end


def begins_card(lines: Sequence[Line], marks: Marks, start: int) -> bool:
    """Whether a card begins at a line: the next `[Read More]` repeats that line."""
    index = next((i for i in sorted(marks.read_more) if i > start), None)
    if index is None:
        return False
    repeated = marks.read_more[index] or _text(lines, index + 1)
    return _title_end(lines, start, repeated) is not None


def _text(lines: Sequence[Line], index: int) -> str:
    return lines[index].text if index < len(lines) else ""


def _title_end(lines: Sequence[Line], first: int, repeated: str) -> int | None:
    """The line after a card's title; None when none that begins at `first` is repeated."""
    title = ""
    for end in range(first + 1, min(first + _MOST_PIECES, len(lines)) + 1):
        title = f"{title} {lines[end - 1].text}".strip()
        if len(title) >= len(repeated):
            return end if title.casefold() == repeated.casefold() else None
    return None


def _doctor(marks: Marks, start: int, more: int) -> DoctorMark | None:
    return next((marks.doctors[i] for i in range(start, more) if i in marks.doctors), None)


def _card(lines: Sequence[Line], place: Place, resolve: Resolve) -> SimilarQuestion:
    first, more, _, doctor, words = place
    cut = doctor.start if doctor else more
    question, question_complete = _excerpt(lines[words:cut])
    reply, reply_complete = _excerpt(lines[doctor.end : more]) if doctor else (None, False)
    return SimilarQuestion(
        title=" ".join(line.text for line in lines[first:words]),
        url=url_of(lines, place, resolve),
        question_excerpt=question,
        question_complete=question_complete,
        doctor=doctor.doctor.doctor if doctor else None,
        department=doctor.doctor.department if doctor else None,
        reply_excerpt=reply,
        reply_complete=reply_complete,
    )


def _excerpt(lines: Sequence[Line]) -> tuple[str | None, bool]:
    return read_excerpt("\n".join(line.text for line in lines)) if lines else (None, False)


def url_of(lines: Sequence[Line], place: Place, resolve: Resolve) -> str | None:
    """The link of `[Read More]`, else of the title, else one that is around the whole card."""
    first, more, end, _, words = place
    for line in (*lines[more:end], *lines[first:words]):
        for _, href in line.links:
            if (url := resolve(href)) is not None:
                return url
    around = {href for line in lines[first:more] for text, href in line.links if text == line.text}
    found = {url for href in around if (url := resolve(href)) is not None}
    return found.pop() if len(found) == 1 else None
