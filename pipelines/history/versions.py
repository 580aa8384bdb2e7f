"""Reads a question's history: its versions, when each was seen, and why it changed."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from pipelines.queries.records import RECORD_AS_OF, record_of
from pipelines.storing.causes import Cause
from scraper.items import Outcome
from scraper.record import timestamp

_FOREVER = "~"  # sorts behind every timestamp
_QUESTION = "SELECT url, gone_since FROM questions WHERE id = ?"
_VERSIONS = """
SELECT v.id, v.cause, v.recorded_at, f.fetched_at, l.fetched_at, v.first_capture, v.record
FROM question_versions v
JOIN captures f ON f.id = v.first_capture JOIN captures l ON l.id = v.last_capture
WHERE v.question_id = ? ORDER BY v.id
"""
# The URLs at which the question was read, each with the first and last capture that shows it.
_READ_AT = """
WITH read_at AS (SELECT c.url_id, min(c.id) AS first, max(c.id) AS last FROM question_versions v
  JOIN captures c ON c.id IN (v.first_capture, v.last_capture) WHERE v.question_id = :id
  GROUP BY c.url_id)
"""
_CAPTURES = f"""
{_READ_AT} SELECT c.id, c.fetched_at, c.outcome, c.sha256, c.url_id FROM captures c
WHERE c.url_id IN (SELECT url_id FROM read_at) AND c.outcome IN ('fetched', 'unchanged', 'gone')
  AND c.id BETWEEN (SELECT min(first) FROM read_at) AND (SELECT max(last) FROM read_at)
ORDER BY c.id
"""
# A capture, and where its body is, which a revisit shares with an earlier one.
_PAGE_CAPTURE = """
SELECT c.id, c.url, c.fetched_at, c.status, c.refers_to IS NOT NULL, c.redacted_at,
  b.warc, b.offset
FROM captures c JOIN captures b ON b.id = ifnull(c.refers_to, c.id)
"""
_PAGE_CAPTURES = f"""
{_READ_AT} {_PAGE_CAPTURE} WHERE c.url_id IN (SELECT url_id FROM read_at) AND c.fetched_at <= :until
ORDER BY c.id
"""
_CAUSE_TEXTS = {
    Cause.NEW: "first seen",
    Cause.CONTENT: "the site changed it",
    Cause.READER: "read anew by a later qarchive; the page was the same",
    Cause.UNCLEAR: "changed; the page before cannot be read any more, so it is not known by whom",
}


class Version(NamedTuple):
    """One state of a record."""

    number: int  # from 1
    cause: Cause  # of the change that led to it
    recorded_at: str  # RFC 3339: since when it is in the archive
    first_seen: str  # RFC 3339: when its first and last capture were fetched
    last_seen: str
    first_capture: int
    record: dict[str, Any]

    @property
    def why(self) -> str:
        """The cause in words."""
        return _CAUSE_TEXTS[self.cause]


class History(NamedTuple):
    """The history of one question."""

    id: str
    url: str
    gone_since: str | None  # RFC 3339
    missing: tuple[str, ...]  # RFC 3339: captures that found no page, before it came back
    template_changes: int  # how often the page's bytes changed, and the record did not
    versions: tuple[Version, ...]  # oldest first


class PageCapture(NamedTuple):
    """One capture of a page."""

    id: int
    url: str
    fetched_at: str  # RFC 3339
    status: int
    unchanged: bool  # a revisit: the page was as before
    redacted_at: str | None  # when quotations of a forgotten page were blanked in it
    warc: str  # of its body, which a revisit shares with an earlier capture
    offset: int


def page_captures(
    db: sqlite3.Connection, question_id: str, as_of: datetime | None = None
) -> list[PageCapture]:
    """The captures of a question's page, oldest first; with `as_of`, those made until then."""
    until = timestamp(as_of) if as_of else _FOREVER
    rows = db.execute(_PAGE_CAPTURES, {"id": question_id, "until": until})
    return [_page_capture(row) for row in rows]


def page_capture(db: sqlite3.Connection, capture_id: int) -> PageCapture:
    """One capture, which has to exist."""
    return _page_capture(db.execute(f"{_PAGE_CAPTURE} WHERE c.id = ?", (capture_id,)).fetchone())


def _page_capture(row: tuple[Any, ...]) -> PageCapture:
    capture_id, url, fetched_at, status, unchanged, *rest = row
    return PageCapture(capture_id, url, fetched_at, status, bool(unchanged), *rest)


class _Capture(NamedTuple):
    """A row of `_CAPTURES`."""

    id: int
    fetched_at: str
    outcome: str
    sha256: str
    url_id: int


class RecordState(NamedTuple):
    """A record as it is, or was at some moment."""

    record: dict[str, Any]
    capture_id: int  # the first one of its version
    gone_since: str | None  # RFC 3339


def record_state(
    db: sqlite3.Connection, question_id: str, as_of: datetime | None = None
) -> RecordState | None:
    """The record now, or at the moment `as_of`; None when the archive did not have it then."""
    moment = timestamp(as_of) if as_of else _FOREVER
    query = f"{RECORD_AS_OF} WHERE q.id = :id"
    row = db.execute(query, {"moment": moment, "id": question_id}).fetchone()
    return RecordState(json.loads(row[0]), *row[1:]) if row is not None else None


def history(db: sqlite3.Connection, question_id: str) -> History:
    """The history of a question. Raises LookupError when it is not in the archive."""
    row = db.execute(_QUESTION, (question_id,)).fetchone()
    if row is None:
        raise LookupError(question_id)
    url, gone_since = row
    versions = tuple(_versions(db, question_id))
    captures = [_Capture(*row) for row in db.execute(_CAPTURES, {"id": question_id})]
    site_changes = {
        version.first_capture for version in versions if version.cause is not Cause.READER
    }
    return History(
        question_id,
        url,
        gone_since,
        missing=tuple(_missing(captures)),
        template_changes=_template_changes(captures, site_changes),
        versions=versions,
    )


def _versions(db: sqlite3.Connection, question_id: str) -> Iterator[Version]:
    rows = db.execute(_VERSIONS, (question_id,)).fetchall()
    for number, (_, cause, recorded_at, first, last, capture, text) in enumerate(rows, 1):
        record = json.loads(text) if text is not None else record_of(db, question_id)
        yield Version(number, Cause(cause), recorded_at, first, last, capture, record)


def _template_changes(captures: list[_Capture], site_changes: set[int]) -> int:
    """How often a capture's bytes differ from those before it, without a version of the site's."""
    read = [capture for capture in captures if capture.outcome != Outcome.GONE]
    return sum(
        before.url_id == after.url_id
        and before.sha256 != after.sha256
        and after.id not in site_changes
        for before, after in pairwise(read)
    )


def _missing(captures: list[_Capture]) -> Iterator[str]:
    """Yield when the page was missing, where it came back at the same URL."""
    last_url, missing = None, list[_Capture]()
    for capture in captures:
        if capture.outcome == Outcome.GONE:
            missing.append(capture)
            continue
        if capture.url_id == last_url:
            yield from (gone.fetched_at for gone in missing if gone.url_id == last_url)
        last_url, missing = capture.url_id, []
