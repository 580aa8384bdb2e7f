"""The cards under `Similar Q&A`.

Understanding Muscle Weakness          title
Hello, doctor. Since spring I...       question excerpt
Dr. Lin Mingyu reply Neurology         perhaps missing, with the reply's excerpt
Hello: Based on what you write...      reply excerpt
[Read More] Understanding Muscle Weakness
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from scraper.items import SimilarQuestion
from scraper.reading.adoctor.lists.card_titles import (
    POINTERS,
    bare_title,
    has_title,
    title_end_of,
    told_behind,
)
from scraper.reading.adoctor.lists.excerpts import excerpt_texts, read_excerpt
from scraper.reading.adoctor.lists.line_links import Resolve
from scraper.reading.adoctor.lists.other_lists import list_end
from scraper.reading.adoctor.lists.unseen_links import unseen_link
from scraper.reading.adoctor.marks import LONGEST_CARD, Marks
from scraper.reading.adoctor.people.doctor_marks import DoctorMark
from scraper.reading.adoctor.people.doctors import is_department, read_unusual_doctor
from scraper.reading.adoctor.words.furniture import is_initial
from scraper.reading.adoctor.words.headings import heading_end
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.visible.line import Line


class Place(NamedTuple):
    """Lines of one card: its first, its `[Read More]`, the one after the last; who replied.

    `words` is the line after the title, which may be broken over lines; the first line where the
    title stands behind `[Read More]` alone.
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
    cards = [range(place.first, place.end) for place in found]
    end, doubtful = list_end(lines, start - 1, cards, stop) if cards else (stop, False)
    found = tuple(place for place in found if place.first < end)
    unread = doubtful or _misses_doctor(lines, marks, found, range(start, end))
    kept: dict[tuple[SimilarQuestion, Place | None], Place] = {}
    for place in found:
        card = _card(lines, marks, place, resolve)
        # A copy for narrow screens says the same; two that were blanked lead nowhere.
        kept.setdefault((card, None if card.url else place), place)
    return Cards(tuple(card for card, _ in kept), tuple(kept.values()), ("unread-lines",) * unread)


def _misses_doctor(
    lines: Sequence[Line], marks: Marks, kept: Sequence[Place], within: range
) -> bool:
    """Whether a doctor line belongs to no card, as where one has lost its end, or none reads it.

    Or whether its department may stand below it.
    """
    found = {index for index in marks.doctors if index in within}
    if found - {place.doctor.start for place in kept if place.doctor}:
        return True
    if any(_may_miss_department(lines, place) for place in kept):
        return True
    unanswered = (place for place in kept if place.doctor is None)
    return any(
        read_unusual_doctor(line.text) is not None
        for place in unanswered
        for line in lines[place.words : place.more]
    )


def _may_miss_department(lines: Sequence[Line], place: Place) -> bool:
    doctor = place.doctor
    if doctor is None or doctor.line.department is not None or doctor.end + 1 >= place.more:
        return False
    return is_department(lines[doctor.end].text)


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
            if place is None and marks.read_more[index] and 0 < index - first <= LONGEST_CARD:
                place = _untitled_place(lines, marks, first, index)
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
    for repeated, end in told_behind(lines, marks, more, stop):
        for begin in range(max(first, more - LONGEST_CARD), more if repeated else first):
            if (title_end := title_end_of(lines, begin, repeated)) is not None:
                return _place(marks, begin, more, end, title_end)
    return None


def places(lines: Sequence[Line], marks: Marks, start: int, stop: int) -> Iterator[Place]:
    """What stands above each `[Read More]` in lines start to stop - 1, be it a card or not."""
    first = start
    for index in marks.read_more:
        if first <= index < stop:
            place = _untitled_place(lines, marks, first, index)
            for repeated, end in told_behind(lines, marks, index, stop):
                if (title_end := title_end_of(lines, first, repeated)) is not None:
                    place = _place(marks, first, index, end, title_end)
                    break
            yield place
            first = place.end


def _place(marks: Marks, first: int, more: int, end: int, title_end: int) -> Place:
    words = min(title_end, more)
    return Place(first, more, end, _doctor(marks, words, more), words)


def _untitled_place(lines: Sequence[Line], marks: Marks, first: int, more: int) -> Place:
    """A card whose title is not repeated; of two doctors it is the last one's, below a heading."""
    doctors = [marks.doctors[i] for i in range(first, more) if i in marks.doctors]
    for above, below in pairwise(doctors):
        headings = (i for i in range(above.end, below.start) if lines[i].heading is not None)
        begun = [i for i in headings if heading_end(lines, i - 1, i + 1) == i]
        first = max(begun, default=first)
    doctor = _doctor(marks, first, more)
    if not has_title(lines, first, doctor.start if doctor else more, marks.read_more[more]):
        return _place(marks, first, more, more + 1, first)
    return _place(marks, first, more, more + 1, heading_end(lines, first, more))


def _title(lines: Sequence[Line], marks: Marks, place: Place) -> str:
    """The title as `[Read More]` has it, if it has."""
    if place.words == place.first < place.more:
        return without_icons(marks.read_more[place.more]).rstrip(POINTERS)
    title = " ".join(line.text for line in lines[place.first : place.words])
    repeated = " ".join(line.text for line in lines[place.more : place.end]).rstrip(POINTERS)
    is_whole = repeated.casefold().endswith(title.casefold())
    bare = title if is_whole else bare_title(title)
    if repeated.casefold().endswith(f" {bare.casefold()}"):
        title = bare
    return without_icons(title) or title


def _doctor(marks: Marks, start: int, more: int) -> DoctorMark | None:
    return next((marks.doctors[i] for i in range(start, more) if i in marks.doctors), None)


def _card(lines: Sequence[Line], marks: Marks, place: Place, resolve: Resolve) -> SimilarQuestion:
    _, more, _, doctor, words = place
    last = [marks.before_read_more[more]] if more in marks.before_read_more else []
    cut, below = (doctor.start, doctor.end) if doctor else (more, more)
    dates = (mark.start for mark in marks.reply_dates.values() if mark.day and mark.end == more)
    end = next((start for start in dates if start > below), more)
    asked = list(lines[words:cut])
    if doctor and asked and is_initial(asked[-1].text, doctor.line.name):
        asked.pop()
    question, question_complete = _excerpt([*excerpt_texts(asked), *(() if doctor else last)])
    reply, reply_complete = None, False
    if doctor:
        reply, reply_complete = _excerpt([*excerpt_texts(lines[below:end]), *last])
    return SimilarQuestion(
        title=_title(lines, marks, place),
        url=url_of(lines, place, resolve),
        question_excerpt=question,
        question_complete=question_complete,
        doctor=doctor.line.name if doctor else None,
        department=doctor.line.department if doctor else None,
        reply_excerpt=reply,
        reply_complete=reply_complete,
    )


def _excerpt(texts: Sequence[str]) -> tuple[str | None, bool]:
    return read_excerpt("\n".join(texts)) if texts else (None, False)


def url_of(lines: Sequence[Line], place: Place, resolve: Resolve) -> str | None:
    """The link of `[Read More]`, else of the title, around the whole card, or without words."""
    first, more, end, _, words = place
    for line in (*lines[more:end], *lines[first:words]):
        for _, href in line.links:
            if (url := resolve(href)) is not None:
                return url
    around = {href for line in lines[first:more] for text, href in line.links if text == line.text}
    found = {url for href in around if (url := resolve(href)) is not None}
    return found.pop() if len(found) == 1 else unseen_link(lines, first, end, resolve)
