"""What changed between two versions of a record, by words; Chinese and Japanese by characters."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any, NamedTuple

from pipelines.storing.fulltext import CJK_RANGES
from scraper.bases import origin

# White space goes with the word after it, or each blank would be a word that is found everywhere.
_TOKEN = re.compile(rf"\s*(?:[{CJK_RANGES}]|[^\W{CJK_RANGES}]+|\S)|\s+")
_MOST = 1_500_000  # pairs of tokens compared; beyond it by lines, whose differences are coarser
_FIELDS = ("url", "title", "department", "question", "asker", "asked_on", "replies", "more_info",
           "similar", "faq_tags", "mentions", "warnings")  # fmt: skip


class How(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A run of words."""

    how: How
    text: str


class Change(NamedTuple):
    """One field that says something else."""

    field: str  # as in the record: "title", "question.text", "replies[0].text"
    pieces: tuple[Piece, ...]  # in order; without the removed ones, what it says now


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The fields that differ, in the record's order.

    When they were captured does not count, nor where the site was then.
    """
    before = _moved(before, after)
    return [change for name in _FIELDS for change in _changes(name, before[name], after[name])]


def _moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What the record said before, the site's own URLs put where the site is now."""
    was, now = origin(before["url"]), origin(after["url"])
    if was == now:
        return before

    def moved(one: dict[str, Any]) -> dict[str, Any]:
        url = one["url"]
        own = url is not None and url.startswith(f"{was}/")
        return one | {"url": now + url.removeprefix(was)} if own else one

    lists = {name: [moved(one) for one in before[name]] for name in ("similar", "faq_tags")}
    return moved(before) | lists


def _changes(field: str, before: Any, after: Any) -> Iterator[Change]:
    """The parts that differ, each under its own name."""
    match before or after:
        case dict() as parts:
            old, new = before or {}, after or {}
            for name in parts:
                yield from _changes(f"{field}.{name}", old.get(name), new.get(name))
        case [dict(), *_]:
            for number, old, new in _paired(before, after):
                yield from _changes(f"{field}[{number}]", old, new)
        case _ if _text(before) != _text(after):
            yield Change(field, by_words(_text(before), _text(after)))


def _paired(before: list[Any], after: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """What stands in a list's place now, and what stood there; what is the same is left out."""
    sides: list[list[Any]] = [[tuple(one.values()) for one in side] for side in (before, after)]
    matcher = SequenceMatcher(None, sides[0], sides[1], autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what != "equal":
            pairs = zip_longest(before[start:end], after[from_:to])
            for number, (old, new) in enumerate(pairs, start if what == "delete" else from_):
                yield number, old, new


def fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names alone of the fields that differ."""
    before = _moved(before, after)
    flat = [
        {**record, **{f"question.{name}": text for name, text in record["question"].items()}}
        for record in (before, after)
    ]
    return [
        name
        for name, value in flat[1].items()
        if name not in ("question", "captured_at") and flat[0][name] != value
    ]


def texts(record: dict[str, Any]) -> dict[str, str]:
    """The record's fields as text, a list's parts one below the other."""
    told: dict[str, str] = {}
    for name in _FIELDS:
        if name == "question":
            told |= {f"question.{part}": _text(text) for part, text in record[name].items()}
        else:
            told[name] = _text(record[name])
    return told


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case dict():
            parts = ((name, part) for name, part in value.items() if part is not None)
            return "\n".join(f"{name}: {part}".replace("\n", "\n  ") for name, part in parts)
        case list():
            blank = "\n\n" if value and isinstance(value[0], dict) else "\n"
            return blank.join(map(_text, value))
    return str(value)


def by_words(before: str, after: str) -> tuple[Piece, ...]:
    """The way from one text to the other."""
    return tuple(_joined(_compared(_TOKEN.findall(before), _TOKEN.findall(after))))


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Pieces of the two, their equal ends set aside first: most edits are small."""
    start = _equal(before, after)
    end = _equal(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield Piece(How.KEPT, "".join(before[:start]))
    yield from _matched(old, new) if len(old) * len(new) <= _MOST else _by_lines(old, new)
    yield Piece(How.KEPT, "".join(before[len(before) - end :]))


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of the first tokens are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _by_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    lines = ["".join(side).splitlines(keepends=True) for side in (old, new)]
    if len(lines[0]) * len(lines[1]) <= _MOST:
        yield from _matched(*lines)
    else:
        yield from (Piece(How.REMOVED, "".join(old)), Piece(How.ADDED, "".join(new)))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, start, end, from_, to in matcher.get_opcodes():
        if what == "equal":
            yield Piece(How.KEPT, "".join(old[start:end]))
        else:
            yield Piece(How.REMOVED, "".join(old[start:end]))
            yield Piece(How.ADDED, "".join(new[from_:to]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece, empty ones left out."""
    held: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if held is not None and held.how is piece.how:
            held = Piece(held.how, held.text + piece.text)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def shortened(pieces: Sequence[Piece], most: int) -> Iterator[Piece]:
    """The same with kept text cut to whole words of `most` characters on each side of a change."""
    for number, (how, text) in enumerate(pieces):
        head = most if number else 0
        tail = most if number < len(pieces) - 1 else 0
        if how is How.KEPT and len(text) > head + tail + 1:
            yield Piece(how, f"{_head(text, head)}…{_tail(text, tail)}")
        else:
            yield Piece(how, text)


def _head(text: str, most: int) -> str:
    ends = [token.end() for token in _TOKEN.finditer(text[: most + 1])]
    return text[: max((end for end in ends if end <= most), default=0)]


def _tail(text: str, most: int) -> str:
    end = text[len(text) - most - 1 :]
    starts = [token.start() for token in _TOKEN.finditer(end)]
    return end[next((start for start in starts if start > 0), len(end)) :]
