"""What two tellings of one question say together, neither mixed with another question's."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from scraper.items import Reply
from scraper.reading.sameness import long_enough, normal, without_dots

_MOST_ALIKE = 9  # answers of the same words that are looked at, of many
_OPENING = 40  # letters: of a cut answer there are more, of a greeting there are fewer
_PARTING = re.compile(r"\s*[|·•«»]|\s+[-–—:/]\s")  # between a title and the site's name


class Answer(NamedTuple):
    """A reply, the warning that its day could not be read, and what else tells it from others."""

    reply: Reply
    warnings: tuple[str, ...] = ()
    moment: str | None = None  # a day with its time, as written
    address: str | None = None  # its own URL or identifier, as written


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one syntax tells about the page's question."""

    title: str | None
    text: str | None
    author: str | None
    asked_on: date | None
    answers: tuple[Answer, ...]
    stated: int  # how many answers there are, by the page's own count
    of_page: bool  # a QAPage says that the page is about it
    language: str | None  # as written
    addresses: tuple[str, ...]  # its own URL and identifiers, as written
    links: tuple[str, ...]  # where it leads
    warnings: tuple[str, ...]  # of the question alone


def fuller(first: Told | None, second: Told | None) -> Told | None:
    """Return the one with more answers, or else more words; the other fills what it lacks.

    Of two that tell of different questions it is that of the QAPage, alone; None when there is
    no telling.
    """
    if first is None or second is None:
        return first or second
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    if _differ(rich, poor):
        return next((side for side in (rich, poor) if side.of_page), None)
    return _completed(rich, poor, _partners(rich.answers, poor.answers, strict=False))


def one_of(first: Told, second: Told) -> Told:
    """Return what two items of one syntax tell of one question: as `fuller`, with all answers."""
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    partners = _partners(rich.answers, poor.answers, strict=False)
    whole = _completed(rich, poor, partners)
    known = {_opening(answer) for answer in whole.answers}
    others = _without(poor.answers, partners)
    return replace(
        whole, answers=(*whole.answers, *(one for one in others if _opening(one) not in known))
    )


def _completed(rich: Told, poor: Told, partners: dict[int, int]) -> Told:
    asked_on = rich.asked_on or poor.asked_on
    return replace(
        rich,
        title=rich.title or poor.title,
        text=uncut(rich.text or "", poor.text or "") or None,
        author=rich.author or poor.author,
        asked_on=asked_on,
        answers=tuple(_filled(rich.answers, poor.answers, partners)),
        stated=max(rich.stated, poor.stated),
        of_page=rich.of_page or poor.of_page,
        language=rich.language or poor.language,
        addresses=(*rich.addresses, *poor.addresses),
        links=(*rich.links, *poor.links),
        warnings=() if asked_on else rich.warnings or poor.warnings,
    )


def together(
    first: Sequence[Answer], second: Iterable[Answer], *, copies: bool = False
) -> Sequence[Answer]:
    """The answers of two lists that a page gives, those that stand in both once.

    `copies`: those that stand in the second twice are two.
    """
    added = list(second if copies else _distinct(second))
    partners = _partners(first, added, strict=True)
    return [*_filled(first, added, partners), *_without(added, partners)]


def _without(answers: Sequence[Answer], partners: dict[int, int]) -> list[Answer]:
    """Those that are no partner of another list's answer."""
    taken = set(partners.values())
    return [answer for place, answer in enumerate(answers) if place not in taken]


def _distinct(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Leave out copies in one list; a few words that nobody signed may well be said twice."""
    seen: set[Answer] = set()
    for answer in answers:
        signed = answer.reply.doctor and answer.reply.replied_on
        if answer not in seen or not (signed or long_enough(answer.reply.text)):
            yield answer
        seen.add(answer)


def is_question(answer: Answer, told: Told) -> bool:
    """Whether an answer is the question itself, as some themes fill the place of none."""
    reply = answer.reply
    if reply.doctor and normal(reply.doctor) != normal(told.author or ""):
        return False
    is_of_day = reply.replied_on in (None, told.asked_on)
    return is_of_day and _key(reply.text) == _key(told.text or "")


def _opening(answer: Answer) -> str:
    return _key(answer.reply.text)[:_OPENING]


def _fullness(side: Told) -> tuple[int, int]:
    words = [side.text or "", *(answer.reply.text for answer in side.answers)]
    return len(side.answers), sum(map(len, words))


def _differ(one: Told, other: Told) -> bool:
    """Whether they tell of different questions; not when they have nothing to compare."""
    said = [pair for pair in ((one.title, other.title), (one.text, other.text)) if all(pair)]
    if one.title and other.title and _title_is(one.title, other.title):
        return False
    if one.text and other.text and begin_alike(one.text, other.text):
        return False
    return bool(said)


def _title_is(one: str, other: str) -> bool:
    """Whether two titles are the same, but for a cut or the site's name behind one of them."""
    short, long = sorted((normal(one), normal(other)), key=len)
    if long.startswith(short) and _PARTING.match(long, len(short)):
        return True
    return begin_alike(one, other, cut=True)


def begin_alike(one: str, other: str, *, cut: bool = False) -> bool:
    """Whether one text is the beginning of the other; `cut`: and ends in the dots of a cut."""
    if _key(one) == _key(other):
        return True
    for short, long in ((one, other), (other, one)):
        beginning = without_dots(short)
        told = long_enough(beginning) and (not cut or beginning != short)
        if told and _key(long).startswith(_key(beginning)):
            return True
    return False


def _key(text: str) -> str:
    """What is equal in two tellings of one text, whose lines may be broken elsewhere."""
    return "".join(normal(text).split())


def uncut(text: str, other: str) -> str:
    """The text, or the other one that goes on where it is cut."""
    beginning, more = _key(without_dots(text)), _key(other)
    return other if more != beginning and more.startswith(beginning) else text


def _filled(
    answers: Sequence[Answer], others: Sequence[Answer], partners: dict[int, int]
) -> Iterator[Answer]:
    """Yield the answers, each with what the same one among the others knows more of it."""
    for place, answer in enumerate(answers):
        yield _joined(answer, others[partners[place]]) if place in partners else answer


def _joined(one: Answer, other: Answer) -> Answer:
    replied_on = one.reply.replied_on or other.reply.replied_on
    reply = replace(
        one.reply,
        doctor=one.reply.doctor or other.reply.doctor,
        text=uncut(one.reply.text, other.reply.text),
        replied_on=replied_on,
    )
    warnings = () if replied_on else one.warnings or other.warnings
    return one._replace(reply=reply, warnings=warnings)


def _partners(
    answers: Sequence[Answer], others: Sequence[Answer], *, strict: bool
) -> dict[int, int]:
    """Which answers are the same: by their text, whole or cut, when nothing contradicts it.

    `strict`: nor do their days and times. Two syntaxes may tell one moment in two time zones.
    """
    partners: dict[int, int] = {}
    taken: set[int] = set()
    index, index_of_others = _Index(answers), _Index(others)
    for place, answer in enumerate(answers):
        for other in index_of_others.like(answer.reply.text):
            if other not in taken and _agree(answer, others[other], strict=strict):
                partners[place] = other
                taken.add(other)
                break
    for other, answer in enumerate(others):
        for place in index.like(answer.reply.text) if other not in taken else ():
            if place not in partners and _agree(answers[place], answer, strict=strict):
                partners[place] = other
                break
    return partners


def _agree(one: Answer, other: Answer, *, strict: bool) -> bool:
    replies = (one.reply, other.reply)
    days = {reply.replied_on for reply in replies} - {None}
    moments = {one.moment, other.moment} - {None}
    names = [normal(reply.doctor) for reply in replies if reply.doctor]
    if len(set(names)) > 1 or (strict and max(len(days), len(moments)) > 1):
        return False
    texts = [reply.text for reply in replies]
    known = len(names) > 1 or _key(texts[0]) == _key(texts[1])
    return known or long_enough(min(map(without_dots, texts), key=len))


class _Index:
    """Answers by their texts, found also by the beginning of one."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        keys = [_key(answer.reply.text) for answer in answers]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            self._places[key].append(place)
        self._sorted = sorted(self._places)

    def like(self, text: str) -> Iterator[int]:
        """Yield the places of this text or, where it is cut, of the one that begins so."""
        key, beginning = _key(text), without_dots(text)
        yield from islice(self._places.get(key, ()), _MOST_ALIKE)
        start = _key(beginning)
        if beginning == text or not start:
            return
        at = bisect_left(self._sorted, start)
        begun = [one for one in self._sorted[at : at + 2] if one.startswith(start) and one != key]
        if len(begun) == 1:
            yield from self._places[begun[0]][:_MOST_ALIKE]
