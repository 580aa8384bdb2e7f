"""Which answers of two tellings are the same, and what one has that the other lacks."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from scraper.items import Reply
from scraper.reading.sameness import is_distinctive, normal, without_dots

_LEAST_CUT = 40  # letters of a text that is cut without a sign of it
_MOST_ALIKE = 9  # answers of the same words that are looked at, of many


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, the warning that its day could not be read, and what else tells it from others."""

    reply: Reply
    warnings: tuple[str, ...] = ()
    clock: str | None = None  # hour and minute, as written
    address: str | None = None  # its own URL or identifier, as written
    place: int | None = field(default=None, compare=False)  # on the page, where markup shows it


def together(
    first: Sequence[Answer], second: Iterable[Answer], *, copies: bool = False
) -> Sequence[Answer]:
    """The answers of two lists that a page gives, those that stand in both once.

    `copies`: those that stand in the second twice are two.
    """
    added = list(second if copies else _distinct(second))
    partners = partners_of(first, added, strict=True)
    return [*filled(first, added, partners), *without(added, partners)]


def without(answers: Sequence[Answer], partners: dict[int, int]) -> list[Answer]:
    """Those that are no partner of another list's answer."""
    taken = set(partners.values())
    return [answer for place, answer in enumerate(answers) if place not in taken]


def _distinct(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Leave out copies in one list; a few words that nobody signed may well be said twice."""
    seen: set[Answer] = set()
    for answer in answers:
        signed = answer.reply.doctor and answer.reply.replied_on
        if answer not in seen or not (signed or is_distinctive(answer.reply.text)):
            yield answer
        seen.add(answer)


def key_of(text: str) -> str:
    """What is equal in two tellings of one text, whose lines may be broken elsewhere."""
    return "".join(normal(text).split())


def uncut(text: str, other: str) -> str:
    """The text, or the other one that goes on where it is cut, or has the lines that it lacks."""
    whole, more = key_of(text), key_of(other)
    if whole == more:
        return max(text, other, key=lambda each: each.count("\n"))
    beginning = key_of(without_dots(text))
    return other if more != beginning and more.startswith(beginning) else text


def filled(
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
    place = other.place if one.place is None else one.place
    return replace(one, reply=reply, warnings=warnings, place=place)


def in_page_order(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers by their places on the page, or as they are where it does not show all."""
    placed = [(answer.place, answer) for answer in answers]
    if all(place is not None for place, _ in placed):
        placed.sort(key=lambda pair: pair[0] or 0)
    return tuple(answer for _, answer in placed)


def partners_of(
    answers: Sequence[Answer], others: Sequence[Answer], *, strict: bool
) -> dict[int, int]:
    """Which answers are the same: by their text, whole or cut, when nothing contradicts it.

    `strict`: nor do their days and times. Two syntaxes may tell one moment in two time zones.
    """
    partners: dict[int, int] = {}
    taken: set[int] = set()
    index, index_of_others = _Index(answers), _Index(others)
    for place, answer in enumerate(answers):
        for other in index_of_others.like(answer.reply.text, dots=strict):
            if other not in taken and _agree(answer, others[other], strict=strict):
                partners[place] = other
                taken.add(other)
                break
    for other, answer in enumerate(others):
        for place in index.like(answer.reply.text, dots=strict) if other not in taken else ():
            if place not in partners and _agree(answers[place], answer, strict=strict):
                partners[place] = other
                break
    return partners


def _agree(one: Answer, other: Answer, *, strict: bool) -> bool:
    replies = (one.reply, other.reply)
    days = {reply.replied_on for reply in replies} - {None}
    clocks = {one.clock, other.clock} - {None}
    names = [normal(reply.doctor) for reply in replies if reply.doctor]
    if len(set(names)) > 1 or (strict and max(len(days), len(clocks)) > 1):
        return False
    texts = [reply.text for reply in replies]
    known = len(names) > 1 or key_of(texts[0]) == key_of(texts[1])
    return known or is_distinctive(min(map(without_dots, texts), key=len))


class _Index:
    """Answers by their texts, found also by the beginning of one."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        keys = [key_of(answer.reply.text) for answer in answers]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            self._places[key].append(place)
        self._sorted = sorted(self._places)

    def like(self, text: str, *, dots: bool) -> Iterator[int]:
        """Yield the places of this text or, where it is cut, of the one that begins so.

        `dots`: a cut ends in them; otherwise a long text may be cut without.
        """
        key, beginning = key_of(text), without_dots(text)
        yield from islice(self._places.get(key, ()), _MOST_ALIKE)
        start = key_of(beginning)
        if not start or (beginning == text and (dots or len(start) < _LEAST_CUT)):
            return
        at = bisect_left(self._sorted, start)
        begun = [one for one in self._sorted[at : at + 2] if one.startswith(start) and one != key]
        if len(begun) == 1:
            yield from self._places[begun[0]][:_MOST_ALIKE]
