"""Turns WARC records back into captures and visits, with the bodies that revisits refer to."""

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from pipelines.layout import WARCS
from pipelines.rereading.captures import read_as_today
from pipelines.storing.archived import Archived
from pipelines.warcs.files import Position, read_at
from pipelines.warcs.records import REDACTED, sha256_from_header
from pipelines.warcs.walk import Record
from scraper.items import Capture, Kind, Outcome, Question, Visit
from scraper.record import moment
from scraper.site import Site

_ORIGINAL = """
SELECT id, sha256 FROM captures WHERE url_id=(SELECT id FROM urls WHERE url=?)
  AND url=? AND fetched_at=? AND refers_to IS NULL ORDER BY sha256=? DESC, id DESC LIMIT 1
"""
_URL = "SELECT kind, sha256 FROM urls WHERE url=?"
_BODY = "SELECT redacted_at, warc, offset, length FROM captures WHERE id=?"


def capture_from(record: Record, decision: dict[str, Any]) -> Capture:
    """The capture in a response or revisit record; the headers of a 304 are in its decision."""
    if (not_modified := decision.get("not_modified")) is None:
        status, headers = record.http_status, record.http_headers
    else:
        status = HTTPStatus.NOT_MODIFIED.value
        headers = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in not_modified]
    return Capture(
        url=record.headers["WARC-Target-URI"],
        fetched_at=moment(record.headers["WARC-Date"]),
        status=status,
        request=b"",
        headers=tuple(pair for pair in headers if pair[0].lower() != b"content-length"),
        body=record.http_body,
        ip=record.headers.get("WARC-IP-Address"),
        partial="WARC-Truncated" in record.headers,
        redacted=REDACTED in record.headers,
    )


def with_original(
    db: sqlite3.Connection, visit: Visit, record: Record, position: Position
) -> Archived:
    """The visit with the position of its response or revisit record, and the capture it repeats."""
    refers_to = None
    if record.kind == "revisit":
        sha256 = sha256_from_header(record.headers["WARC-Payload-Digest"])
        url = record.headers["WARC-Refers-To-Target-URI"]
        date = record.headers["WARC-Refers-To-Date"]
        original = db.execute(_ORIGINAL, (visit.url, url, date, sha256)).fetchone()
        if original is not None:
            refers_to, sha256 = original
    else:
        sha256 = hashlib.sha256(record.http_body).hexdigest()
    return Archived(
        visit=visit, position=position, sha256=sha256, refers_to=refers_to,
        redacted_at=record.headers.get(REDACTED),
    )  # fmt: skip


def reread_visit(
    db: sqlite3.Connection,
    folder: Path,
    site: type[Site],
    archived: Archived,
    recorded: Callable[[Visit], Question | None],
) -> Visit:
    """The visit as today's reader sees it, by what the database has replayed so far.

    In a merge, the machine that made the visit may have taken the URL for a list that another one
    knew as a question, or a page for unchanged that another one saw change in between. What is read
    of such a page comes with the capture that has its body. Raises StorageError when the body
    cannot be read.
    """
    visit, capture = archived.visit, archived.visit.capture
    kind, sha256 = db.execute(_URL, (visit.url,)).fetchone() or (visit.kind, None)
    if kind == Kind.QUESTION:
        visit = replace(visit, kind=Kind.QUESTION)
    is_unchanged = visit.outcome is Outcome.UNCHANGED
    if not is_unchanged or capture is None or not _has_new_body(archived, sha256):
        return read_as_today(site, visit, recorded)
    complete = capture
    if archived.refers_to is not None:
        redacted_at, *position = db.execute(_BODY, (archived.refers_to,)).fetchone()
        stored = read_at(folder / WARCS, Position(*position))
        complete = replace(
            complete, status=stored.status, headers=stored.headers, body=stored.body,
            redacted=capture.redacted or redacted_at is not None,
        )  # fmt: skip
    visit = replace(visit, outcome=Outcome.FETCHED, capture=complete)
    return read_as_today(site, visit, recorded)


def _has_new_body(archived: Archived, sha256: str | None) -> bool:
    """Whether the body is at hand, and differs from the page's last one, whose digest is given."""
    capture = archived.visit.capture
    is_whole = capture is not None and capture.status == HTTPStatus.OK and bool(capture.body)
    return (archived.refers_to is not None or is_whole) and sha256 != archived.sha256
