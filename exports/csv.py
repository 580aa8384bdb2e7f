"""A folder of tidy CSV tables: UTF-8, RFC 4180, one header line, an empty cell for a missing value.

A spreadsheet runs a cell that starts like a formula. Such a cell gets a leading apostrophe, which
spreadsheets hide and other readers may strip; so does what would start a cell where a spreadsheet
splits at semicolons, TABs or lines. JSON Lines holds the text untouched.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from unicodedata import category

from exports.publish import published_folder
from exports.records import records
from scraper.clock import now
from scraper.record import timestamp
from scraper.settings import USER_AGENT

NAME = "csv"

_REPLY = ("doctor", "department", "hospital", "text", "replied_on")
_SIMILAR = ("title", "url", "question_excerpt", "question_complete", "doctor", "department",
            "reply_excerpt", "reply_complete")  # fmt: skip
_TAG = ("name", "department", "url")
_QUESTION = (
    "id", "site", "source_id", "language", "url", "title", "department", "question_headline",
    "question_text", "asker_name", "asker_sex", "asker_age_min", "asker_age_max", "asked_on",
    "reply_count", "more_info", "captured_at", "gone_since",
)  # fmt: skip
_PART = ("question_id", "position")
TABLES = {
    "questions": _QUESTION,
    "replies": (*_PART, *_REPLY),
    "similar_questions": (*_PART, *_SIMILAR),
    "faq_tags": (*_PART, *_TAG),
    "mentions": (*_PART, "source_id"),
    "warnings": (*_PART, "code"),
}
_PACKAGE = "datapackage.json"
_DESCRIPTION = (
    "Questions that people asked doctors in public, with the replies, as their pages showed them."
    " The texts belong to their authors and sites, whose terms apply. They hold personal data on"
    " health, names included, and are no medical advice. An apostrophe stands before what a"
    " spreadsheet would run as a formula."
)
_SOURCE = "The page named in each question's url, as it was at captured_at"
_TYPES = {  # of the columns that are no strings
    **dict.fromkeys(("position", "asker_age_min", "asker_age_max", "reply_count"), "integer"),
    **dict.fromkeys(("question_complete", "reply_complete"), "boolean"),
    **dict.fromkeys(("asked_on", "replied_on"), "date"),
    **dict.fromkeys(("captured_at", "gone_since"), "datetime"),
}

# OWASP's list for CSV injection with the full-width signs that East Asian spreadsheets take for
# the ASCII ones, also behind white space or what shows nothing: Unicode's format characters.
_PLANES = chain(range(0x20000), range(0xE0000, 0xE0080))  # all that have any
_UNSEEN = "\0" + "".join(char for char in map(chr, _PLANES) if category(char) == "Cf")
_BLANK = rf"[\s{_UNSEEN}]*"
_FORMULA = re.compile(rf"[\t\r\n]|{_BLANK}[=+\-@＝＋－＠]")
_INNER_BLANK = rf"(?:[^\S\t\r\n]|[{_UNSEEN}])*"  # within one part
_INNER_FORMULA = re.compile(  # no list
    rf"(?<=[;\t\r\n])(?={_INNER_BLANK}(?:[=@＝＠]|[+\-＋－](?! )))"
)


def write(archive: Path, out: Path, as_of: datetime | None = None) -> int:
    """Publish the tables in the folder `out`; the number of questions. Raises ArchiveError."""
    names = frozenset(f"{table}.csv" for table in TABLES)
    with published_folder(out, names, _PACKAGE) as folder, ExitStack() as files:
        writers = {}
        for table, columns in TABLES.items():
            path = folder / f"{table}.csv"
            stream = path.open("w", encoding="utf-8", newline="", errors="replace")
            writers[table] = files.enter_context(stream)
            stream.write(line(columns))
        count = 0
        spans: dict[str, tuple[str, str]] = {}  # the first and last captured_at of each site
        walk = records(archive, as_of)
        for count, record in enumerate(walk, 1):  # noqa: B007 -- the last one counts
            site, at = record["site"], record["captured_at"]
            first, last = spans.get(site, (at, at))
            spans[site] = min(first, at), max(last, at)
            for table, row in rows(record):
                writers[table].write(line(row))
        (folder / _PACKAGE).write_text(json.dumps(_package(as_of, spans), indent=1), "utf-8")
        return count


def _package(as_of: datetime | None, spans: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """What the folder holds, what made it, and when, as a Frictionless Data Package tells it."""
    moment = now()
    return {
        "profile": "data-package",
        "created": timestamp(moment),
        "as_of": timestamp(as_of or moment),
        "software": USER_AGENT,
        "description": _DESCRIPTION,
        "sources": [{"title": _SOURCE}],
        "sites": [
            {"name": site, "captured_from": first, "captured_to": last}
            for site, (first, last) in sorted(spans.items())
        ],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table,
                "path": f"{table}.csv",
                "encoding": "utf-8",
                "schema": _schema(columns),
            }
            for table, columns in TABLES.items()
        ],
    }


def _schema(columns: tuple[str, ...]) -> dict[str, Any]:
    """A table's Table Schema (https://specs.frictionlessdata.io/table-schema/)."""
    schema: dict[str, Any] = {
        "fields": [{"name": name, "type": _TYPES.get(name, "string")} for name in columns],
        "missingValues": [""],
    }
    if columns == _QUESTION:
        return schema | {"primaryKey": "id"}
    question = {"resource": "questions", "fields": "id"}
    key = {"fields": "question_id", "reference": question}
    return schema | {"primaryKey": list(_PART), "foreignKeys": [key]}


def rows(record: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield a record's rows, each with its table's name; values in the order of TABLES."""
    key = record["id"]
    asker = record["asker"] or {}
    flat = record | {
        "question_headline": record["question"]["headline"],
        "question_text": record["question"]["text"],
        "reply_count": len(record["replies"]),
    }
    flat |= {f"asker_{name}": asker.get(name) for name in ("name", "sex", "age_min", "age_max")}
    yield "questions", [flat[column] for column in _QUESTION]
    for field, table, columns in (
        ("replies", "replies", _REPLY),
        ("similar", "similar_questions", _SIMILAR),
        ("faq_tags", "faq_tags", _TAG),
    ):
        for position, part in enumerate(record[field], 1):
            yield table, [key, position, *(part[column] for column in columns)]
    for table in ("mentions", "warnings"):
        for position, value in enumerate(record[table], 1):
            yield table, [key, position, value]


def line(row: Iterable[Any]) -> str:
    """A row of CSV. All text is quoted, since some spreadsheets split at `;` too."""
    return ",".join(cell(value) for value in row) + "\r\n"


def cell(value: str | float | None) -> str:
    """A value as CSV: text quoted and without formulas, `true` and `false` as in JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = _INNER_FORMULA.sub("'", value)
        if _FORMULA.match(value):
            text = f"'{text}"
        return '"{}"'.format(text.replace('"', '""'))
    return "" if value is None else str(value)
