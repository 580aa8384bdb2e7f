"""The fields of a stored record on the page that was captured, read again when somebody asks."""

import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import NotHeldError, StorageError
from pipelines.history.differences import fields
from pipelines.rereading.captures import body_of, page_of
from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus
from scraper.items import Question
from scraper.loading import sites
from scraper.reading.evidence import Evidence, Shown, evidence_of
from scraper.record import moment, to_record
from scraper.site import question_of

_SITE = "SELECT u.site FROM captures c JOIN urls u ON u.id = c.url_id WHERE c.id = ?"


class UnreadableError(ArchiveError):
    """Today's reader cannot read the captured page."""

    exit_status = ExitStatus.FAULTS


class Part(NamedTuple):
    """A run of the visible text."""

    text: str
    marked: bool  # it says the field that was asked for


class Proof(NamedTuple):
    """A captured question page as today's reader sees it."""

    shown: Shown
    question: Question

    def agrees(self, record: dict[str, Any], field: str) -> bool:
        """Whether the record says in this field what is read from the page now."""
        question = replace(self.question, problems=())  # as records are stored
        now = to_record(question, moment(record["captured_at"]))
        return not any(_under(field, one) or _under(one, field) for one in fields(record, now))


def proof(db: sqlite3.Connection, folder: Path, capture_id: int) -> Proof:
    """The visible text of a captured question page, and where each field stands in it.

    Raises StorageError when its WARC is not there or damaged, UnreadableError.
    """
    row = db.execute(_SITE, (capture_id,)).fetchone()
    if row is None or row[0] not in sites():
        raise StorageError(f"no reader is known for capture {capture_id}: run `qarchive verify`.")
    site = sites()[row[0]]
    body = body_of(db, folder, capture_id)
    try:
        page = page_of(site, body)
        question = question_of(site, page, body.kind)
        if question is not None:
            return Proof(evidence_of(page, question, site.locate), question)
        why = "no question is on it"
    except Exception as error:  # noqa: BLE001 -- whatever a reader meets, the page stays unread
        why = str(error)
    raise UnreadableError(f"{body.url} as captured cannot be read any more ({why}).")


def places(shown: Shown, field: str) -> list[Evidence]:
    """The places of a field, or of all fields under it: `replies`, `replies[0]`.

    Raises NotHeldError in one line that tells which there are.
    """
    found = [one for one in shown.fields if _under(one.field, field)]
    if found:
        return found
    if any(_under(name, field) for name in shown.not_located):
        raise NotHeldError(f"{field} has no place on the captured page that could be told.")
    kinds: dict[str, str] = {}  # one of each list is enough
    for one in shown.fields:
        kinds.setdefault(re.sub(r"\[\d+\]", "", one.field), one.field)
    raise NotHeldError(
        f"the captured page has no field {field}; it has {', '.join(kinds.values())}."
    )


def _under(name: str, field: str) -> bool:
    return name == field or name.startswith((f"{field}.", f"{field}["))


def parts(text: str, found: list[Evidence]) -> list[Part]:
    """The text in runs, the words of the evidence marked."""
    told, done = [], 0
    spans = [(one.start, one.end) for one in found if one.start is not None and one.end is not None]
    for start, end in sorted(spans):
        if end > done:
            told += [
                Part(text[done : max(start, done)], marked=False),
                Part(text[max(start, done) : end], marked=True),
            ]
            done = end
    return [part for part in (*told, Part(text[done:], marked=False)) if part.text]


def around(text: str, one: Evidence, lines: int) -> list[Part]:
    """The words of one place with so many lines before and after; nothing where none is visible."""
    if one.start is None or one.end is None:
        return []
    before, after = text[: one.start].split("\n"), text[one.end :].split("\n")
    head, tail = "\n".join(before[-lines - 1 :]), "\n".join(after[: lines + 1])
    told = [
        Part(head, marked=False),
        Part(text[one.start : one.end], marked=True),
        Part(tail, marked=False),
    ]
    return [part for part in told if part.text]
