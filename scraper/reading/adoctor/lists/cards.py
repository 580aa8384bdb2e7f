"""Reads the cards under `Similar Q&A`.

Understanding Cold Toes          title
Hello, doctor. Since spring I...       question excerpt
Dr. Lin Moshan reply Neurology         perhaps missing, with the reply's excerpt
Hello: Based on what you write...      reply excerpt
[Read More] Understanding Cold Toes
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from scraper.items import SimilarQuestion
from scraper.reading.adoctor.lists.card_titles import (
    POINTERS,
    bare_titles,
    has_title,
    repeated_titles,
    title_end_of,
)
from scraper.reading.adoctor.lists.excerpts import excerpts_in, may_have_others, read_excerpt
from scraper.reading.adoctor.lists.links import Resolve, unseen_link
from scraper.reading.adoctor.lists.other_lists import list_end
from scraper.reading.adoctor.marks import LONGEST_CARD, Marks
from scraper.reading.adoctor.people.doctor_marks import DoctorMark
from scraper.reading.adoctor.people.doctors import is_department, read_unusual_doctor
from scraper.reading.adoctor.words.headings import heading_end
from scraper.reading.adoctor.words.icons import without_icons
from scraper.reading.visible.line import Line

_STOPS = tuple(".!?…。！？")


class Place(NamedTuple):
    """The lines of one card."""

    first: int
    more: int  # `[Read More]`
    end: int  # the line after the last
    doctor: DoctorMark | None
    words: int  # the line after the title; the first one where that stands behind `[Read More]`


class Cards(NamedTuple):
    """The cards, where each stands, and codes of what was odd."""

    cards: tuple[SimilarQuestion, ...]
    places: tuple[Place, ...]
    warnings: tuple[str, ...]


def read_cards(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> Cards:
    """Read the cards in lines start to stop - 1; each ends with its `[Read More]`."""
    all_places = card_places(lines, marks, start, stop, resolve)
    ranges = [range(place.first, place.end) for place in all_places]
    end, is_doubtful = list_end(lines, start - 1, ranges, stop) if ranges else (stop, False)
    own_places = [place for place in all_places if place.first < end]
    unread = is_doubtful or _misses_doctor(lines, marks, own_places, range(start, end))
    cards: dict[tuple[SimilarQuestion, Place | None], Place] = {}
    for place in own_places:
        title, within = _title(lines, marks, place), range(place.words, place.more)
        excerpts = excerpts_in(lines, marks, within, place.doctor, title)
        unread = unread or any(map(may_have_others, excerpts))
        unread = unread or (not excerpts[0] and _goes_on(title, marks.read_more[place.more]))
        card = _card(place, title, excerpts, url_of(lines, place, resolve))
        # A copy for narrow screens says the same; two that were blanked lead nowhere.
        cards.setdefault((card, None if card.url else place), place)
    warnings = ("unread-lines",) if unread else ()
    return Cards(tuple(card for card, _ in cards), tuple(cards.values()), warnings)


def _goes_on(title: str, repeated: str) -> bool:
    """Whether words follow a title that `[Read More]` repeats, perhaps those of the excerpt."""
    bare = without_icons(repeated).rstrip(POINTERS)
    rest = title.removeprefix(bare)
    return bare != "" and rest != title and any(map(str.isalpha, rest))


def _misses_doctor(
    lines: Sequence[Line], marks: Marks, cards: Sequence[Place], within: range
) -> bool:
    """Whether a doctor line is in no card or could not be read, or its department may be below."""
    doctors = {index for index in marks.doctors if index in within}
    if doctors - {place.doctor.start for place in cards if place.doctor}:
        return True
    if any(_may_miss_department(lines, place) for place in cards):
        return True
    unanswered = (place for place in cards if place.doctor is None)
    return any(
        not line.text.endswith(_STOPS) and read_unusual_doctor(line.text) is not None
        for place in unanswered
        for line in lines[place.words : place.more]
    )


def _may_miss_department(lines: Sequence[Line], place: Place) -> bool:
    doctor = place.doctor
    if doctor is None or doctor.line.department is not None or doctor.end + 1 >= place.more:
        return False
    return is_department(lines[doctor.end].text)


def is_in_card(cards: Sequence[Place], index: int) -> bool:
    """Whether a line stands below a card's title and above its `[Read More]`."""
    above = bisect_left(cards, index, key=attrgetter("first"))
    return above > 0 and index < cards[above - 1].more


def card_places(
    lines: Sequence[Line], marks: Marks, start: int, stop: int, resolve: Resolve
) -> tuple[Place, ...]:
    """Where cards stand in lines start to stop - 1; other things end with `Read More` as well.

    A card's `[Read More]` repeats its title; what stands above that title is no part of it. Where
    a title is cut short or missing, a link must lead to a question.
    """
    titled = tuple(_titled_places(lines, marks, start, stop, resolve))
    return titled or tuple(_linked_places(lines, marks, start, stop, resolve))


def _titled_places(
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
    for repeated, end in repeated_titles(lines, marks, more, stop):
        for begin in range(max(first, more - LONGEST_CARD), more if repeated else first):
            if (title_end := title_end_of(lines, begin, repeated)) is not None:
                return _place(marks, begin, more, end, title_end)
    return None


def places(lines: Sequence[Line], marks: Marks, start: int, stop: int) -> Iterator[Place]:
    """Yield what ends with a `[Read More]` in lines start to stop - 1, be it a card or not."""
    first = start
    for index in marks.read_more:
        if first <= index < stop:
            place = _untitled_place(lines, marks, first, index)
            for repeated, end in repeated_titles(lines, marks, index, stop):
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
        titles = [i for i in headings if heading_end(lines, i - 1, i + 1) == i]
        first = max(titles, default=first)
    doctor = _doctor(marks, first, more)
    if not has_title(lines, first, doctor.start if doctor else more, marks.read_more[more]):
        return _place(marks, first, more, more + 1, first)
    return _place(marks, first, more, more + 1, heading_end(lines, first, more))


def _title(lines: Sequence[Line], marks: Marks, place: Place) -> str:
    """The title of a card, without badges that `[Read More]` does not repeat."""
    if place.words == place.first < place.more:
        return without_icons(marks.read_more[place.more]).rstrip(POINTERS)
    own = lines[place.first : place.words]
    title = " ".join(line.text for line in own)
    repeated = " ".join(line.text for line in lines[place.more : place.end]).rstrip(POINTERS)
    if not repeated.casefold().endswith(title.casefold()):
        bare = bare_titles(title, own[0] if len(own) == 1 else None)
        title = next((t for t in bare if repeated.casefold().endswith(f" {t.casefold()}")), title)
    return without_icons(title) or title


def _doctor(marks: Marks, start: int, more: int) -> DoctorMark | None:
    """The first doctor line of a card; one that stands in place of the question is an excerpt."""
    doctor = next((marks.doctors[i] for i in range(start, more) if i in marks.doctors), None)
    if doctor is None or doctor.start > start:
        return doctor
    below = marks.doctors.get(doctor.end)
    return below if below is not None and below.end < more else doctor


def _card(
    place: Place, title: str, excerpts: tuple[Sequence[Line], Sequence[Line]], url: str | None
) -> SimilarQuestion:
    doctor = place.doctor
    question_texts, reply_texts = ([line.text for line in excerpt] for excerpt in excerpts)
    question, question_complete = _excerpt(question_texts)
    reply, reply_complete = _excerpt(reply_texts) if doctor else (None, False)
    return SimilarQuestion(
        title=title,
        url=url,
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
    urls = {url for href in around if (url := resolve(href)) is not None}
    return urls.pop() if len(urls) == 1 else unseen_link(lines, first, end, resolve)
