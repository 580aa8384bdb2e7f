"""What a schema.org item says: its text, author, day, language, number of answers and URLs."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import islice
from unicodedata import normalize

from scraper.reading.dates import read_date
from scraper.reading.qapage.schema_org import Node, is_unfilled
from scraper.reading.qapage.schema_text import without_read_more

DAYS = ("dateCreated", "datePublished")
_MOST_NAMES = 30  # of an item's authors, of which the first that is one is taken
_NULL_DATE = re.compile(r"-?000[01]-\d\d-\d\d(?!\d).*")  # as databases write it
_ZERO_TIMES = (date(1969, 12, 31), date(1970, 1, 1))  # the time 0, east and west of Greenwich
_URL = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|urn):|www\.|#?/)\S*\s*", re.IGNORECASE)
_COUNT = re.compile(  # "1,005", "5 Answers", "1.2k"
    r"(?<![0-9.,-])([0-9]{1,3}(?:[,.\s][0-9]{3}){1,3}|[0-9]{1,9})(?![0-9])(?:(?:[.,][0-9]+)?\s*(k)\b)?",
    re.IGNORECASE,
)


def addresses(node: Node) -> tuple[str, ...]:
    """The item's own URLs and identifiers, as written."""
    return tuple(filter(None, [node.address, *node.texts("url")]))


def own_text(node: Node) -> str | None:
    """The item's text, without a link to its rest."""
    text = node.text("text", "articleBody", "description")
    return text and without_read_more(text)


def author_of(node: Node) -> str | None:
    """The first author's name; a URL or an id alone is none."""
    authors = node.properties.get("author", ())
    names = islice((name for author in authors for name in _names(author)), _MOST_NAMES)
    found = (name for name in names if not (_URL.fullmatch(name) or is_unfilled(name)))
    return next(filter(None, found), None)


def _names(person: Node | str) -> Iterable[str]:
    """The names that an `author` has, which may be a mere string."""
    if isinstance(person, str):
        return [person]
    if person.text("name"):
        return person.texts("name")
    whole = " ".join(filter(None, map(person.text, ("givenName", "familyName"))))
    return [whole or person.text("alternateName") or ""]


def written_days(node: Node) -> list[str]:
    """The item's days as written, in parts (PHP's DateTime), or on its author's element."""
    if written := [*node.texts(*DAYS)]:
        return written
    parts = [
        text for day in node.nodes(*DAYS) for name in day.properties for text in day.texts(name)
    ]
    authors = [author for author in node.nodes("author") if author.element is not None]
    return parts or [text for author in authors for text in author.texts(*DAYS)]


def day_of(node: Node, name: str) -> tuple[date | None, tuple[str, ...]]:
    """The first day that can be read, and the warning `NAME-unreadable` where none can."""
    written = [text for text in written_days(node) if not _NULL_DATE.fullmatch(text.strip())]
    days = [day for day in map(read_date, written) if day not in _ZERO_TIMES]
    day = next(filter(None, days), None)
    return day, (f"{name}-unreadable",) if days and day is None else ()


def language_of(node: Node) -> str | None:
    """The item's language as written; a Language item has its code as its other name."""
    codes = (language.text("alternateName") for language in node.nodes("inLanguage"))
    return node.text("inLanguage") or next(filter(None, codes), None)


def count_of(question: Node) -> int | None:
    """How many answers a question says that it has."""
    return _read_count(question.text("answerCount") or "")


def _read_count(words: str) -> int | None:
    """The number that words begin with, or else the only one in them.

    >>> _read_count("5 Answers"), _read_count("1,005"), _read_count("1.2k"), _read_count("many")
    (5, 1005, 1000, None)
    >>> _read_count("Answers (5)"), _read_count("page 1 of 3")
    (5, None)
    """
    plain = normalize("NFKC", words)  # of wide digits
    found = list(_COUNT.finditer(plain))
    if not found or (len(found) > 1 and plain[: found[0].start()].strip()):
        return None
    return int(re.sub(r"\D", "", found[0][1])) * (1000 if found[0][2] else 1)
