"""Answers that a page's data holds twice: which are the same, and one answer made of both."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from scraper.items import Reply
from scraper.reading.sameness import is_distinctive, normal, text_key, without_dots

_LINK = re.compile(r"\[([^][]*)\]\((?:[^\s()]|\([^\s()]*\))*+\)")  # of Markdown
_EMPHASIS = re.compile(  # no times, as in 2*5 mg
    r"(?<![\w*`])[*_`]++(?=\S)|(?<=[^\s*_`])[*_`]++(?!\w)"
)
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")
_TYPESET = str.maketrans("‘’“”–—", "''\"\"--")
_MIN_CUT_LENGTH = 40  # letters of a text that is cut without dots
_MAX_CANDIDATES = 9  # answers with the same words that an answer is compared with


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with its warnings, and what else distinguishes it from others with its words."""

    reply: Reply
    warnings: tuple[str, ...] = ()
    clock: str | None = None  # hour and minute, as written
    address: str | None = None  # its own URL or identifier, as written
    place: int | None = field(default=None, compare=False)  # on the page, where markup shows it


def merge_answers(
    first: Sequence[Answer], second: Iterable[Answer], *, copies: bool = False
) -> Sequence[Answer]:
    """The answers of two lists of one page, once each.

    `copies`: equal answers within the second list are different ones.
    """
    added = list(second if copies else _distinct(second))
    partners = match_answers(first, added, strict=True)
    return [*complete_answers(first, added, partners), *unmatched(added, partners)]


def unmatched(answers: Sequence[Answer], partners: dict[int, int]) -> list[Answer]:
    """The answers that are the same as none of the other list; `partners` as in `match_answers`."""
    matched = set(partners.values())
    return [answer for index, answer in enumerate(answers) if index not in matched]


def _distinct(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Leave out equal answers; a few words without author and day may well be said twice."""
    seen: set[Answer] = set()
    for answer in answers:
        is_signed = answer.reply.doctor and answer.reply.replied_on
        if answer not in seen or not (is_signed or is_distinctive(answer.reply.text)):
            yield answer
        seen.add(answer)


def plain_key(text: str) -> str:
    """The text's key without Markdown, quotes and dashes as typed: WordPress sets them anew."""
    plain = _EMPHASIS.sub("", _LINK.sub(r"\1", text)).replace("...", "…")
    return text_key(_DASHES.sub("-", plain).translate(_TYPESET))


def fuller_text(text: str, other: str) -> str:
    """The text, unless it is cut where the other goes on, or has words run together there."""
    key, other_key = text_key(text), text_key(other)
    if key == other_key:
        return max(text, other, key=lambda candidate: len(candidate.split()))
    beginning = text_key(without_dots(text))
    return other if other_key != beginning and other_key.startswith(beginning) else text


def complete_answers(
    answers: Sequence[Answer], others: Sequence[Answer], partners: dict[int, int]
) -> Iterator[Answer]:
    """Yield the answers, each completed from its partner among the others."""
    for index, answer in enumerate(answers):
        yield _completed(answer, others[partners[index]]) if index in partners else answer


def _completed(answer: Answer, other: Answer) -> Answer:
    replied_on = answer.reply.replied_on or other.reply.replied_on
    reply = replace(
        answer.reply,
        doctor=answer.reply.doctor or other.reply.doctor,
        text=fuller_text(answer.reply.text, other.reply.text),
        replied_on=replied_on,
    )
    warnings = () if replied_on else answer.warnings or other.warnings
    place = other.place if answer.place is None else answer.place
    return replace(answer, reply=reply, warnings=warnings, place=place)


def in_page_order(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers sorted by their places on the page, or as they are if one has none."""
    listed = tuple(answers)
    places = [answer.place for answer in listed if answer.place is not None]
    if len(places) < len(listed):
        return listed
    return tuple(listed[index] for index in sorted(range(len(listed)), key=places.__getitem__))


def match_answers(
    answers: Sequence[Answer], others: Sequence[Answer], *, strict: bool
) -> dict[int, int]:
    """The answers that stand in both lists: indices in the second by indices in the first.

    They have the same text, whole or cut, and no different authors. `strict`: nor different days
    or times. Two syntaxes may write one moment in two time zones.
    """
    partners: dict[int, int] = {}
    matched: set[int] = set()
    by_text, others_by_text = _TextIndex(answers), _TextIndex(others)
    for here, answer in enumerate(answers):
        for there in others_by_text.find(answer.reply.text, needs_dots=strict):
            if there not in matched and _may_be_same(answer, others[there], strict=strict):
                partners[here] = there
                matched.add(there)
                break
    for there, answer in enumerate(others):
        if there in matched:
            continue
        for here in by_text.find(answer.reply.text, needs_dots=strict):
            if here not in partners and _may_be_same(answers[here], answer, strict=strict):
                partners[here] = there
                break
    return partners


def _may_be_same(answer: Answer, other: Answer, *, strict: bool) -> bool:
    """Whether two answers, of which one text at least begins the other, do not differ otherwise."""
    replies = (answer.reply, other.reply)
    days = {reply.replied_on for reply in replies} - {None}
    clocks = {answer.clock, other.clock} - {None}
    names = [normal(reply.doctor) for reply in replies if reply.doctor]
    if len(set(names)) > 1 or (strict and max(len(days), len(clocks)) > 1):
        return False
    texts = [reply.text for reply in replies]
    if len(names) > 1 or text_key(texts[0]) == text_key(texts[1]):
        return True
    return is_distinctive(min(map(without_dots, texts), key=len))


class _TextIndex:
    """The indices of answers in a list, by a text or its beginning."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        keys = [text_key(answer.reply.text) for answer in answers]
        self._indices: defaultdict[str, list[int]] = defaultdict(list)
        for index, key in enumerate(keys):
            self._indices[key].append(index)
        self._sorted_keys = sorted(self._indices)

    def find(self, text: str, *, needs_dots: bool) -> Iterator[int]:
        """Yield the answers with this text, then those with the only text that it begins.

        `needs_dots`: a cut text ends in dots; otherwise a long one may be cut without.
        """
        key, without_its_dots = text_key(text), without_dots(text)
        yield from islice(self._indices.get(key, ()), _MAX_CANDIDATES)
        beginning = text_key(without_its_dots)
        is_cut = without_its_dots != text or (not needs_dots and len(beginning) >= _MIN_CUT_LENGTH)
        if not (beginning and is_cut):
            return
        first = bisect_left(self._sorted_keys, beginning)
        next_keys = self._sorted_keys[first : first + 2]
        longer = [other for other in next_keys if other.startswith(beginning) and other != key]
        if len(longer) == 1:
            yield from self._indices[longer[0]][:_MAX_CANDIDATES]
