"""Repairs values that no database or JSON file can hold, and adds a warning for each repair."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any, TypeVar, cast

import orjson

from scraper.items import Asker, Question
from scraper.reading.undecoded import SURROGATES
from scraper.reading.visible.blocks import fold

T = TypeVar("T")

NULS = "nul-characters-removed"
AGE = "impossible-age-removed"
_OLDEST = 150  # years


def repaired(question: Question) -> Question:
    """The question with what cannot be stored replaced, and a warning for each kind of repair."""
    repairs: set[str] = set()
    if not _has_sound_texts(question):
        question = _repaired(question, repairs)
    if question.asker is not None and not _has_possible_ages(question.asker):
        repairs.add(AGE)
        question = replace(question, asker=replace(question.asker, age_min=None, age_max=None))
    new = sorted(repairs - set(question.warnings))
    return replace(question, warnings=(*question.warnings, *new)) if new else question


def storable(value: T) -> T:
    """A dataclass, tuple or string without what no database can hold."""
    return _repaired(value, set())


def _has_sound_texts(value: object) -> bool:
    """Whether no text needs a repair: a fast test, which nearly all questions pass."""
    try:
        return rb"\u0000" not in orjson.dumps(value)
    except TypeError:  # half of a character, or a number too large for JSON
        return False


def _repaired(value: T, repairs: set[str]) -> T:
    """The value with all texts repaired; the same object when none needs it."""
    if isinstance(value, str):
        return cast("T", _repaired_text(value, repairs))
    if isinstance(value, tuple):
        items = tuple(_repaired(item, repairs) for item in value)
        return value if all(map(is_, items, value)) else cast("T", items)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for name in _names(type(value)):
            before = getattr(value, name)
            after = _repaired(before, repairs)
            if after is not before:
                changes[name] = after
        return replace(value, **changes) if changes else value
    return value


def _repaired_text(text: str, repairs: set[str]) -> str:
    if text.isascii() and "\0" not in text:
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        repairs.add(SURROGATES)
        # A pair of halves makes one character; a half alone becomes U+FFFD.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\0" in text:
        repairs.add(NULS)
        text = "\n".join(filter(None, map(fold, text.replace("\0", "").split("\n"))))
    return text


def _has_possible_ages(asker: Asker) -> bool:
    ages = [age for age in (asker.age_min, asker.age_max) if age is not None]
    return all(type(age) is int and 0 <= age <= _OLDEST for age in ages)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
