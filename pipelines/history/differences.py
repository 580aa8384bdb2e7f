"""Compares two versions of a record by words, Chinese and Japanese text by characters."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import Any, NamedTuple

from pipelines.storing.fulltext import CJK_RANGES
from scraper.origins import origin

# White space belongs to the word after it: blanks as tokens of their own would match anywhere.
_TOKEN = re.compile(rf"\s*(?:\d{{4}}-\d\d-\d\d\b|[{CJK_RANGES}]|[^\W{CJK_RANGES}]+|\S)|\s+")
# Of tokens, and of equal ones, each of which costs as often as there are pieces. Larger and more
# repetitive texts are compared by lines, which is coarser.
_MOST_PAIRS, _MOST_EQUAL_PAIRS = 1_500_000, 50_000
_FIELDS = ("url", "title", "department", "question", "asker", "asked_on", "replies", "more_info",
           "similar", "faq_tags", "mentions", "warnings")  # fmt: skip


class How(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A piece of text that was kept, removed or added."""

    how: How
    text: str


class Change(NamedTuple):
    """One field that differs."""

    field: str  # as in the record: "title", "question.text", "replies[0].text"
    pieces: tuple[Piece, ...]  # in order; without the removed ones, the new text


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The fields that differ, in the record's order. `captured_at` and the origin don't count."""
    before = _moved(before, after)
    return [change for name in _FIELDS for change in _changes(name, before[name], after[name])]


def _moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The record `before` with the site's own URLs at the origin of `after`."""
    old, new = origin(before["url"]), origin(after["url"])
    if old == new:
        return before

    def moved(item: dict[str, Any]) -> dict[str, Any]:
        url = item["url"]
        if url is None or not url.startswith(f"{old}/"):
            return item
        return item | {"url": new + url.removeprefix(old)}

    lists = {name: [moved(item) for item in before[name]] for name in ("similar", "faq_tags")}
    return moved(before) | lists


def _changes(field: str, before: Any, after: Any) -> Iterator[Change]:
    """Yield the parts of a field that differ, each by its full name."""
    match before or after:
        case dict() as parts:
            old, new = before or {}, after or {}
            for name in parts:
                yield from _changes(f"{field}.{name}", old.get(name), new.get(name))
        case [dict(), *_]:
            for number, old, new in _differing_items(before, after):
                yield from _changes(f"{field}[{number}]", old, new)
        case _ if _text(before) != _text(after):
            yield Change(field, by_words(_text(before), _text(after)))


def _differing_items(before: list[Any], after: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Yield index, old and new item where two lists differ; None for an item that is missing."""
    old_values, new_values = ([tuple(item.values()) for item in items] for items in (before, after))
    for tag, old_start, old_end, new_start, new_end in _opcodes(
        old_values, new_values, _is_repetitive
    ):
        if tag == "equal":
            continue
        start = old_start if tag == "delete" else new_start
        pairs = zip_longest(before[old_start:old_end], after[new_start:new_end])
        for number, (old, new) in enumerate(pairs, start):
            yield number, old, new


def fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields that differ, in the record's order; lists are one field each."""
    old = dict(_values(_moved(before, after)))
    return [
        name for name, new in _values(after) if old[name] != new and _text(old[name]) != _text(new)
    ]


def texts(record: dict[str, Any]) -> dict[str, str]:
    """The record's fields as text, the items of a list below each other."""
    return {name: _text(value) for name, value in _values(record)}


def _values(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the record's fields, the parts of the question as fields of their own."""
    for name in _FIELDS:
        if name == "question":
            yield from ((f"question.{part}", text) for part, text in record[name].items())
        else:
            yield name, record[name]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():  # as in JSON
            return str(value).lower()
        case dict():
            parts = ((name, part) for name, part in value.items() if part is not None)
            return "\n".join(f"{name}: {_text(part)}".replace("\n", "\n  ") for name, part in parts)
        case list():
            blank = "\n\n" if value and isinstance(value[0], dict) else "\n"
            return blank.join(map(_text, value))
    return str(value)


def by_words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that lead from one text to the other."""
    return tuple(_joined(_compared(_TOKEN.findall(before), _TOKEN.findall(after))))


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Compare the tokens, setting the equal ends aside first: most edits are small."""
    start, end = _equal_ends(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    yield Piece(How.KEPT, "".join(before[:start]))
    if _is_costly(old, new):
        old, new = ("".join(side).splitlines(keepends=True) for side in (old, new))
    yield from _matched(old, new)
    yield Piece(How.KEPT, "".join(before[len(before) - end :]))


def _equal_ends(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[int, int]:
    """How many tokens or items are the same at the beginning, and at the end of the rest."""
    start = _common_length(before, after)
    return start, _common_length(before[start:][::-1], after[start:][::-1])


def _common_length(tokens: Sequence[Hashable], others: Sequence[Hashable]) -> int:
    for index, (token, other) in enumerate(zip(tokens, others, strict=False)):
        if token != other:
            return index
    return min(len(tokens), len(others))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, old_start, old_end, new_start, new_end in _opcodes(old, new, _is_costly):
        old_text = "".join(old[old_start:old_end])
        if tag == "equal":
            yield Piece(How.KEPT, old_text)
        else:
            yield Piece(How.REMOVED, old_text)
            yield Piece(How.ADDED, "".join(new[new_start:new_end]))


def _opcodes(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    costly: Callable[[Sequence[Hashable], Sequence[Hashable]], bool],
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield how one sequence becomes the other; between equal ends as a whole if it is costly."""
    start, end = _equal_ends(old, new)
    old_end, new_end = len(old) - end, len(new) - end
    old_part, new_part = old[start:old_end], new[start:new_end]
    yield "equal", 0, start, 0, start
    if costly(old_part, new_part):
        yield "replace", start, old_end, start, new_end
    else:
        matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
        for tag, *indexes in matcher.get_opcodes():
            first, last, new_first, new_last = (index + start for index in indexes)
            yield tag, first, last, new_first, new_last
    yield "equal", old_end, len(old), new_end, len(new)


def _is_costly(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    return len(old) * len(new) > _MOST_PAIRS or _is_repetitive(old, new)


def _is_repetitive(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    counts = Counter(new)
    return sum(counts[item] for item in old) > _MOST_EQUAL_PAIRS


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces with neighbours of one kind made one, and empty ones left out."""
    for how, group in groupby((piece for piece in pieces if piece.text), attrgetter("how")):
        yield Piece(how, "".join(piece.text for piece in group))


def shortened(pieces: Sequence[Piece], most: int) -> Iterator[Piece]:
    """The pieces with kept text cut to `most` characters, in whole words, beside each change."""
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
