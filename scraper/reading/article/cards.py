"""The cards under `Similar Q&A`.

Understanding Muscle Weakness          title
Hello, doctor. Since spring I...       question excerpt
Dr. Lin Mingyu reply Neurology         perhaps missing, with the reply's excerpt
Hello: Based on what you write...      reply excerpt
[Read More] Understanding Muscle Weakness
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from scraper.items import SimilarQuestion
from scraper.reading.article.excerpts import read_excerpt
from scraper.reading.article.icons import without_icons
from scraper.reading.article.marks import FARTHEST, DoctorMark, Marks
from scraper.reading.visible.lines import Line

Resolve = Callable[[str], str | None]  # an href as written -> the question's canonical URL

_POINTERS = " →»›▶►▸➜➔"  # which may stand behind a repeated title
_MOST_PIECES = 4  # lines over which a title may be broken
# `1. Card A`, `[Urology] Card A`, `Card A (3)`: the site's, where `[Read More]` repeats it bare.
_BADGE = r"[\[【(（][^\[\]【】()（）]{1,30}[\]】)）]"
_BADGED = re.compile(rf"(?:(?:{_BADGE}|#?\d{{1,3}}[.)、．:：])\s*)*(?P<bare>.+?)(?:\s*{_BADGE})*")


class Place(NamedTuple):
    """Lines of one card: its first, its `[Read More]`, the one after the last; who replied.

    `words` is the line after the title, which may be broken over lines.
    """

    first: int
    more: int
    end: int
    doctor: DoctorMark | None
    words: int


_first = attrgetter("first")


class Cards(NamedTuple):
    """The cards, where each stands, and codes of what was odd."""

    cards: tuple[SimilarQuestion, ...]
    places: tuple[Place, ...]
    warnings: tuple[str, ...]


def read_cards(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> Cards:
    """Read the cards in lines start to stop - 1; each ends with its `[Read More]`."""
    found = card_places(lines, marks, start, stop, resolve)
    unread = ("unread-lines",) if _misses_doctor(marks, found, start, stop) else ()
    kept: dict[tuple[SimilarQuestion, Place | None], Place] = {}
    for place in found:
        card = _card(lines, place, resolve)
        # A copy for narrow screens says the same; two that were blanked lead nowhere.
        kept.setdefault((card, None if card.url else place), place)
    return Cards(tuple(card for card, _ in kept), tuple(kept.values()), unread)


def _misses_doctor(marks: Marks, kept: Sequence[Place], start: int, stop: int) -> bool:
    """Whether a doctor line stands between the cards, where a card was that lost its end."""
    between = (index for index in marks.doctors if start <= index < stop)
    return any(not is_in_card(kept, index) for index in between)


def is_in_card(kept: Sequence[Place], index: int) -> bool:
    """Whether a line stands below a card's title and above its `[Read More]`."""
    above = bisect_left(kept, index, key=_first)
    return above > 0 and index < kept[above - 1].more


def card_places(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> tuple[Place, ...]:
    """Where cards stand in lines start to stop - 1, told from whatever else ends in `Read More`.

    A card's `[Read More]` repeats its title; what stands above that title is no part of it. Other
    titles are cut short or missing: there a link must lead to a question.
    """
    found = tuple(_card_places(lines, marks, start, stop, resolve))
    return found or tuple(_linked_places(lines, marks, start, stop, resolve))


def _card_places(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> Iterator[Place]:
    first = start
    for index in marks.read_more:
        if first <= index < stop:
            place = _repeated_place(lines, marks, first, index, stop)
            if place is None and marks.read_more[index] and 0 < index - first <= FARTHEST:
                place = _place(marks, first, index, None)
                if url_of(lines, place, resolve) is None:
                    continue
            if place is not None:
                yield place
                first = place.end


def _linked_places(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> Iterator[Place]:
    for place in places(lines, marks, start, stop):
        if place.more > place.first and url_of(lines, place, resolve) is not None:
            yield place


def _repeated_place(
    lines: Sequence[Line], marks: Marks, first: int, more: int, stop: int
) -> Place | None:
    """The card from the first line on that its `[Read More]` repeats."""
    repeated = _repeated(lines, marks, more, stop)
    for begin in range(max(first, more - FARTHEST), more if repeated else first):
        if (title_end := _title_end(lines, begin, repeated)) is not None:
            return _place(marks, begin, more, title_end)
    return None


def places(lines: Sequence[Line], marks: Marks, start: int, stop: int) -> Iterator[Place]:
    """What stands above each `[Read More]` in lines start to stop - 1, be it a card or not."""
    first = start
    for index in marks.read_more:
        if first <= index < stop:
            title_end = _title_end(lines, first, _repeated(lines, marks, index, stop))
            place = _place(marks, first, index, title_end)
            yield place
            first = place.end


def _place(marks: Marks, first: int, more: int, title_end: int | None) -> Place:
    end = more + 1 if marks.read_more[more] or title_end is None else more + 2
    words = min(title_end or first + 1, more)
    return Place(first, more, end, _doctor(marks, words, more), words)


def _repeated(lines: Sequence[Line], marks: Marks, more: int, stop: int) -> str:
    rest = marks.read_more[more] or (lines[more + 1].text if more + 1 < stop else "")
    return without_icons(rest).rstrip(_POINTERS)


def begins_card(lines: Sequence[Line], marks: Marks, start: int) -> bool:
    """Whether a card begins at a line: the next `[Read More]` repeats that line."""
    more = next((index for index in marks.read_more if index > start), None)
    if more is None:
        return False
    return _title_end(lines, start, _repeated(lines, marks, more, len(lines))) is not None


def _title_end(lines: Sequence[Line], first: int, repeated: str) -> int | None:
    """The line after a card's title; None when none that begins at `first` is repeated."""
    title = ""
    for end in range(first + 1, min(first + _MOST_PIECES, len(lines)) + 1):
        title = f"{title} {lines[end - 1].text}".strip()
        if len(title) >= len(repeated):
            return end if _repeats(repeated, title) else None
    return None


def _repeats(repeated: str, title: str) -> bool:
    told, shown = repeated.casefold(), title.casefold()
    return told == shown or bool(told and told in shown and _bare(title).casefold() == told)


def _bare(title: str) -> str:
    """A title without the number and the badges beside it."""
    title = without_icons(title)
    match = _BADGED.fullmatch(title)
    return match["bare"] if match else title


def _title(lines: Sequence[Line], place: Place) -> str:
    """The title as `[Read More]` has it, if it has."""
    title = " ".join(line.text for line in lines[place.first : place.words])
    repeated = " ".join(line.text for line in lines[place.more : place.end]).rstrip(_POINTERS)
    is_whole = repeated.casefold().endswith(title.casefold())
    bare = title if is_whole else _bare(title)
    if repeated.casefold().endswith(f" {bare.casefold()}"):
        title = bare
    return without_icons(title) or title


def _doctor(marks: Marks, start: int, more: int) -> DoctorMark | None:
    return next((marks.doctors[i] for i in range(start, more) if i in marks.doctors), None)


def _card(lines: Sequence[Line], place: Place, resolve: Resolve) -> SimilarQuestion:
    _, more, _, doctor, words = place
    cut = doctor.start if doctor else more
    question, question_complete = _excerpt(lines[words:cut])
    reply, reply_complete = _excerpt(lines[doctor.end : more]) if doctor else (None, False)
    return SimilarQuestion(
        title=_title(lines, place),
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
