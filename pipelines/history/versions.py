"""A question's history: what it said, from when to when, and why it changed."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from pipelines.history.causes import Cause
from pipelines.queries.records import RECORD_AS_OF, record_of
from scraper.items import Outcome
from scraper.record import timestamp

_EVER = "~"  # sorts behind every moment
_QUESTION = "SELECT url, gone_since FROM questions WHERE id = ?"
_VERSIONS = """
SELECT v.id, v.cause, v.recorded_at, f.fetched_at, l.fetched_at, v.first_capture, v.record
FROM question_versions v
JOIN captures f ON f.id = v.first_capture JOIN captures l ON l.id = v.last_capture
WHERE v.question_id = ? ORDER BY v.id
"""
# The URLs at which the question was read, and captures of which that is known.
_STOOD = """
WITH stood AS (SELECT c.url_id, min(c.id) AS first, max(c.id) AS last FROM question_versions v
  JOIN captures c ON c.id IN (v.first_capture, v.last_capture) WHERE v.question_id = :id
  GROUP BY c.url_id)
"""
_CAPTURES = f"""
{_STOOD} SELECT c.id, c.fetched_at, c.outcome, c.sha256, c.url_id FROM captures c
WHERE c.url_id IN (SELECT url_id FROM stood) AND c.outcome IN ('fetched', 'unchanged', 'gone')
  AND c.id BETWEEN (SELECT min(first) FROM stood) AND (SELECT max(last) FROM stood) ORDER BY c.id
"""
# Of a revisit the body stands elsewhere.
_LOOK = """
SELECT c.id, c.url, c.fetched_at, c.status, c.refers_to IS NOT NULL, c.redacted_at,
  b.warc, b.offset
FROM captures c JOIN captures b ON b.id = ifnull(c.refers_to, c.id)
"""
_LOOKS = f"""
{_STOOD} {_LOOK} WHERE c.url_id IN (SELECT url_id FROM stood) AND c.fetched_at <= :until
ORDER BY c.id
"""
_TOLD = {
    Cause.NEW: "first seen",
    Cause.CONTENT: "the site changed it",
    Cause.READER: "read anew by a later qarchive; the page was the same",
    Cause.UNCLEAR: "changed; the page before cannot be read any more, so it is not known by whom",
}


class Version(NamedTuple):
    """One state of a record."""

    number: int  # from 1
    cause: Cause  # of the change that led to it
    recorded_at: str  # RFC 3339: from when on the archive said so
    first_seen: str  # RFC 3339: the first and last capture that say so
    last_seen: str
    first_capture: int
    record: dict[str, Any]

    @property
    def why(self) -> str:
        """The cause in words."""
        return _TOLD[self.cause]


class History(NamedTuple):
    """All that became of one question."""

    id: str
    url: str
    gone_since: str | None  # RFC 3339
    missing: tuple[str, ...]  # RFC 3339: looks that found no page, before it came back
    template_changes: int  # the page's bytes changed so often, and the record did not
    versions: tuple[Version, ...]  # oldest first


class Look(NamedTuple):
    """One capture of a page."""

    id: int
    url: str
    fetched_at: str  # RFC 3339
    status: int
    unchanged: bool  # a revisit: the page was as before
    redacted_at: str | None  # when quotations of a forgotten page were blanked in it
    warc: str  # of its body, which a revisit shares with the capture before
    offset: int


def looks(db: sqlite3.Connection, question_id: str, as_of: datetime | None = None) -> list[Look]:
    """The captures of a question's page, oldest first; those known at the moment `as_of`."""
    until = timestamp(as_of) if as_of else _EVER
    return [_look(row) for row in db.execute(_LOOKS, {"id": question_id, "until": until})]


def look_at(db: sqlite3.Connection, capture_id: int) -> Look:
    """One capture, that there must be."""
    return _look(db.execute(f"{_LOOK} WHERE c.id = ?", (capture_id,)).fetchone())


def _look(row: tuple[Any, ...]) -> Look:
    capture, url, fetched_at, status, unchanged, *rest = row
    return Look(capture, url, fetched_at, status, bool(unchanged), *rest)


class _Capture(NamedTuple):
    id: int
    fetched_at: str
    outcome: str
    sha256: str
    url_id: int


class Known(NamedTuple):
    """What the archive says of a question, or said at some moment."""

    record: dict[str, Any]
    capture_id: int  # that said it first


def known(db: sqlite3.Connection, question_id: str, as_of: datetime | None = None) -> Known | None:
    """The record now, or at the moment `as_of`; None when it was not known then."""
    moment = timestamp(as_of) if as_of else _EVER
    query = f"{RECORD_AS_OF} WHERE q.id = :id"
    row = db.execute(query, {"moment": moment, "id": question_id}).fetchone()
    return Known(json.loads(row[0]), row[1]) if row is not None else None


def history(db: sqlite3.Connection, question_id: str) -> History:
    """The history of a question that is held. Raises LookupError."""
    row = db.execute(_QUESTION, (question_id,)).fetchone()
    if row is None:
        raise LookupError(question_id)
    versions = tuple(_versions(db, question_id))
    begun = {version.first_capture for version in versions if version.cause is not Cause.READER}
    captures = [_Capture(*one) for one in db.execute(_CAPTURES, {"id": question_id})]
    changes = _template_changes(captures, begun)
    return History(question_id, row[0], row[1], tuple(_missing(captures)), changes, versions)


def _versions(db: sqlite3.Connection, question_id: str) -> Iterator[Version]:
    rows = db.execute(_VERSIONS, (question_id,)).fetchall()
    for number, (_, cause, recorded_at, first, last, capture, kept) in enumerate(rows, 1):
        record = json.loads(kept) if kept is not None else record_of(db, question_id)
        yield Version(number, Cause(cause), recorded_at, first, last, capture, record)


def _template_changes(captures: list[_Capture], begun: set[int]) -> int:
    """How often a capture's bytes were not those of the one before, and no version began."""
    read = [one for one in captures if one.outcome != Outcome.GONE]
    return sum(
        before.url_id == after.url_id and before.sha256 != after.sha256 and after.id not in begun
        for before, after in pairwise(read)
    )


def _missing(captures: list[_Capture]) -> Iterator[str]:
    """When the page was not there, and came back at the same URL."""
    before, away = None, list[_Capture]()
    for one in captures:
        if one.outcome == Outcome.GONE:
            away.append(one)
            continue
        if one.url_id == before:
            yield from (gone.fetched_at for gone in away if gone.url_id == before)
        before, away = one.url_id, []
