"""Values that no database or JSON file can hold, made fit; each repair is named in `warnings`."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import is_
from typing import Any, TypeVar, cast

import orjson

from scraper.items import Asker, Question

T = TypeVar("T")

SURROGATES = "surrogates-replaced"  # half of a character, as JSON's "\ud83d" alone
NULS = "nul-characters-removed"
AGE = "impossible-age-removed"
_OLDEST = 150  # years; whatever is beyond says nothing of a person


def repaired(question: Question) -> Question:
    """The question with what cannot be stored replaced, and a warning for each kind of repair."""
    found: set[str] = set()
    if not _is_sound(question):
        question = _fit(question, found)
    if question.asker is not None and not _ages_fit(question.asker):
        found.add(AGE)
        question = replace(question, asker=replace(question.asker, age_min=None, age_max=None))
    new = sorted(found - set(question.warnings))
    return replace(question, warnings=(*question.warnings, *new)) if new else question


def storable(value: T) -> T:
    """A dataclass, tuple or string without what no database can hold."""
    return _fit(value, set())


def _is_sound(value: object) -> bool:
    """Whether no text needs a repair, which is all but always so and told quickly."""
    try:
        return rb"\u0000" not in orjson.dumps(value)
    except TypeError:  # half of a character, or a number that needs no repair of a text
        return False


def _fit(value: T, found: set[str]) -> T:
    """The value itself when nothing in it needs a repair."""
    if isinstance(value, str):
        return cast("T", _fit_text(value, found))
    if isinstance(value, tuple):
        fit = tuple(_fit(one, found) for one in value)
        return value if all(map(is_, fit, value)) else cast("T", fit)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for name in _names(type(value)):
            held = getattr(value, name)
            fit_one = _fit(held, found)
            if fit_one is not held:
                changes[name] = fit_one
        return replace(value, **changes) if changes else value
    return value


def _fit_text(text: str, found: set[str]) -> str:
    if text.isascii() and "\0" not in text:
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        found.add(SURROGATES)
        # A pair of halves makes one character; a half alone becomes U+FFFD.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\0" in text:
        found.add(NULS)
        text = text.replace("\0", "")
    return text


def _ages_fit(asker: Asker) -> bool:
    ages = [age for age in (asker.age_min, asker.age_max) if age is not None]
    return all(type(age) is int and 0 <= age <= _OLDEST for age in ages)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
