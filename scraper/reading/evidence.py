"""Locates each field of a record on its page, on request.

    title: "Cold Toes"    /html/body/main/h1    characters 40 to 49 of the visible text

The visible text is the text of `page.lines`, one newline between them. What cannot be located is
listed as such; nothing is guessed, and the words of a span are compared with the value once more.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from lxml import etree

from scraper.items import Question
from scraper.reading.dates import read_taiwan_date
from scraper.reading.languages import language_of
from scraper.reading.page import Page
from scraper.reading.sight import Sight, Span, look, path_of, signs_of

Value = str | int | date

# Fields that no words of the page give: from its URL, or derived from fields with evidence.
_WITHOUT_WORDS = frozenset(
    ("site", "source_id", "url", "warnings", "problems", "similar[].question_complete",
     "similar[].reply_complete")
)  # fmt: skip
_UNDETERMINED = "und"  # the language of a page that names none
_WORD = re.compile(r"\w+")
_LONGEST_DATE = 60  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One place of one field. A field whose words are parted on the page has several, in order."""

    field: str  # as in the record: "replies[0].text"
    xpath: str  # the innermost element that holds the words; of an attribute: ".../a/@href"
    start: int | None  # offset into the visible text; None: the words are not visible
    end: int | None  # offset behind the last character
    words: str | None  # the visible text there


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page's visible text, and where its fields stand in it."""

    visible_text: str
    fields: tuple[Evidence, ...]  # in the record's order
    not_located: tuple[str, ...]  # fields that have a value and no evidence


class Found(NamedTuple):
    """A place of a field, from a site's locator: spans, or the XPath of something not visible."""

    field: str
    spans: tuple[Span, ...] = ()
    xpath: str | None = None


# (page, what was read from it, its visible text); yields places, the best of a field first
Locate = Callable[[Page, Question, Sight], Iterable[Found]]


def evidence_of(page: Page, question: Question, locate: Locate) -> Shown:
    """Evidence for the fields that have a value.

    `locate` is the `locate` of the spider whose reader read `question` from `page`; of the places
    it yields for a field the first counts. Raises what the reader raises.
    """
    sight = look(page.selector.root, page.url)
    values = values_of(question)
    places: dict[str, Found] = {}
    for found in (*_declared_language(page, question), *locate(page, question, sight)):
        if found.field in values and _gives_value(sight, found, values[found.field]):
            places.setdefault(found.field, found)
    return Shown(
        visible_text=sight.text,
        fields=tuple(
            piece for field in values if field in places for piece in _pieces(sight, places[field])
        ),
        not_located=tuple(field for field in values if field not in places),
    )


def values_of(question: Question) -> dict[str, Value]:
    """The fields with a value that a page gives in words, by their path in the record."""
    nested = {"headline": "question.headline", "text": "question.text"}
    return {nested.get(path, path): value for path, value in _values(question, "")}


def _values(thing: Any, path: str) -> Iterator[tuple[str, Value]]:
    if re.sub(r"\d+", "", path) in _WITHOUT_WORDS or thing in (None, "", _UNDETERMINED):
        return
    if is_dataclass(thing):
        for field in fields(thing):
            yield from _values(getattr(thing, field.name), f"{path}.{field.name}".lstrip("."))
    elif isinstance(thing, tuple):
        for number, member in enumerate(thing):
            yield from _values(member, f"{path}[{number}]")
    else:
        yield path, thing


def _gives_value(sight: Sight, found: Found, value: Value) -> bool:
    """Whether the words give the value; for sex, ages and language the locator is trusted."""
    if not found.spans:
        return found.xpath is not None
    if any(span.end <= span.start for span in found.spans):
        return False
    words = "".join(sight.words(span) for span in found.spans)
    if isinstance(value, date):
        return read_taiwan_date(words) == value
    if isinstance(value, StrEnum | int) or found.field == "language":
        return True
    if found.field.startswith("mentions"):
        return words.isdecimal() and str(int(words)) == value  # in any digits
    return signs_of(words) == signs_of(value)


def _pieces(sight: Sight, found: Found) -> Iterator[Evidence]:
    if found.xpath is not None:
        yield Evidence(field=found.field, xpath=found.xpath, start=None, end=None, words=None)
        return
    for span in found.spans:
        start, end = sight.place(span)
        yield Evidence(
            field=found.field,
            xpath=sight.xpath(span),
            start=start,
            end=end,
            words=sight.text[start:end],
        )


def _declared_language(page: Page, question: Question) -> Iterator[Found]:
    """The page's own `lang`, unless the language came from elsewhere."""
    declared = language_of(page.root.get("lang", ""))
    if declared and declared[:2] == question.language[:2]:
        yield Found("language", xpath=of_attribute(page.root, "lang"))


def of_attribute(element: etree._Element, name: str) -> str:
    """XPath of an element's attribute."""
    return f"{path_of(element)}/@{name}"


def day_in(sight: Sight, within: Span, day: date | None) -> Span | None:
    """The words that a span begins with and that name a day, without a time or a day of the week.

    The shortest that read as the day: `2020/10/26` of `: 2020/10/26 (Mon) 14:05`.
    """
    if day is None or within.end <= within.start:
        return None
    text = sight.words(within)[:_LONGEST_DATE]
    words = list(_WORD.finditer(text))
    for word in words:
        if read_taiwan_date(text[words[0].start() : word.end()]) == day:
            return sight.part(within, sight.words(within), words[0].start(), word.end())
    return None


def locate_by_words(question: Question, sight: Sight) -> Iterator[Found]:
    """Locate texts that stand on a page once; for sites that have no locator of their own."""
    everywhere = Span(0, len(sight.signs))
    for field, value in values_of(question).items():
        if isinstance(value, str) and (span := sight.only(value, everywhere)) is not None:
            yield Found(field, (span,))
