"""Locates the fields of a stored record in the captured page, which is read again for it."""

import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import NotHeldError, StorageError
from pipelines.history.differences import fields
from pipelines.rereading.captures import body_of
from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus
from scraper.items import Question
from scraper.loading import sites
from scraper.reading.evidence import Evidence, Shown, evidence_of
from scraper.record import moment, to_record
from scraper.site import question_of
from scraper.wording import suggestion

_SITE = "SELECT u.site FROM captures c JOIN urls u ON u.id = c.url_id WHERE c.id = ?"


class UnreadableError(ArchiveError):
    """Today's reader cannot read the captured page."""

    exit_status = ExitStatus.FAULTS


class Part(NamedTuple):
    """A stretch of the visible text."""

    text: str
    marked: bool  # it is evidence of the field in question


class Proof(NamedTuple):
    """A captured question page as today's reader sees it."""

    shown: Shown
    question: Question

    def agrees(self, record: dict[str, Any], field: str) -> bool:
        """Whether the record has the same value in this field as the page read now."""
        question = replace(self.question, problems=())  # as records are stored
        now = to_record(question, moment(record["captured_at"]))
        return not any(
            _is_under(field, name) or _is_under(name, field) for name in fields(record, now)
        )


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
        page = body.page(site)
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
    evidence = [one for one in shown.fields if _is_under(one.field, field)]
    if evidence:
        return evidence
    if any(_is_under(name, field) for name in shown.not_located):
        raise NotHeldError(f"{field} has no place on the captured page that could be told.")
    examples: dict[str, str] = {}  # of the items of a list, the first is enough
    for one in shown.fields:
        examples.setdefault(re.sub(r"\[\d+\]", "", one.field), one.field)
    near = suggestion(field, (one.field for one in shown.fields))
    hint = f".{near}" if near else f"; it has {', '.join(examples.values())}."
    raise NotHeldError(f"the captured page has no field {field}{hint}")


def _is_under(name: str, field: str) -> bool:
    """Whether a field is `field` or a part of it: `replies[0].text` is under `replies`."""
    return name == field or name.startswith((f"{field}.", f"{field}["))


def parts(text: str, evidence: list[Evidence]) -> list[Part]:
    """The whole text, divided into stretches, the words of the evidence marked."""
    spans = [
        (one.start, one.end) for one in evidence if one.start is not None and one.end is not None
    ]
    result, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            begin = max(start, done)
            result.append(Part(text[done:begin], marked=False))
            result.append(Part(text[begin:end], marked=True))
            done = end
    result.append(Part(text[done:], marked=False))
    return [part for part in result if part.text]


def around(text: str, evidence: Evidence, lines: int) -> list[Part]:
    """The words of the evidence with `lines` lines before and after; [] if it is not visible."""
    if evidence.start is None or evidence.end is None:
        return []
    before, after = text[: evidence.start].split("\n"), text[evidence.end :].split("\n")
    result = [
        Part("\n".join(before[-lines - 1 :]), marked=False),
        Part(text[evidence.start : evidence.end], marked=True),
        Part("\n".join(after[: lines + 1]), marked=False),
    ]
    return [part for part in result if part.text]
