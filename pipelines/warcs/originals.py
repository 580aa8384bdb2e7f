"""A visit with the body that it stands for, as the archive has it that it is played back into."""

import hashlib
import sqlite3
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from pipelines.rereading.captures import read_as_today
from pipelines.storing.archived import Archived
from pipelines.warcs.files import Position, read_at
from pipelines.warcs.names import FOLDER
from pipelines.warcs.records import REDACTED, told_sha256
from pipelines.warcs.walk import Record
from scraper.items import Kind, Outcome, Visit
from scraper.site import Site

_ORIGINAL = """
SELECT id, sha256 FROM captures WHERE url_id=(SELECT id FROM urls WHERE url=?)
  AND url=? AND fetched_at=? AND refers_to IS NULL ORDER BY sha256=? DESC, id DESC LIMIT 1
"""
_KNOWN = "SELECT kind, sha256 FROM urls WHERE url=?"
_BODY = "SELECT warc, offset, length FROM captures WHERE id=?"


def with_original(
    db: sqlite3.Connection, visit: Visit, record: Record, position: Position
) -> Archived:
    """The visit with its response; of a revisit also the capture whose body it repeats."""
    sha256, original = hashlib.sha256(record.http_body).hexdigest(), None
    if record.kind == "revisit":
        sha256 = told_sha256(record.headers["WARC-Payload-Digest"])
        referred = ("WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
        places = [record.headers[name] for name in referred]
        original = db.execute(_ORIGINAL, (visit.url, *places, sha256)).fetchone()
    refers_to, sha256 = original or (None, sha256)
    return Archived(
        visit=visit, position=position, sha256=sha256, refers_to=refers_to,
        redacted_at=record.headers.get(REDACTED),
    )  # fmt: skip


def read_here(db: sqlite3.Connection, folder: Path, site: type[Site], archived: Archived) -> Visit:
    """The visit as today's reader sees it.

    To the machine which made the visit the URL may have been a list's yet, and a page unchanged
    that another machine saw change meanwhile. Raises StorageError when the body cannot be read.
    """
    visit, capture = archived.visit, archived.visit.capture
    kind, sha256 = db.execute(_KNOWN, (visit.url,)).fetchone() or (visit.kind, None)
    if kind == Kind.QUESTION:
        visit = replace(visit, kind=Kind.QUESTION)
    if visit.outcome is not Outcome.UNCHANGED or capture is None or not _is_news(archived, sha256):
        return read_as_today(site, visit)
    whole = capture
    if archived.refers_to is not None:
        row = db.execute(_BODY, (archived.refers_to,)).fetchone()
        stored = read_at(folder / FOLDER, Position(*row))
        headers = [(k.encode(), v.encode("latin-1", "replace")) for k, v in stored.headers]
        whole = replace(whole, status=stored.status, headers=tuple(headers), body=stored.body)
    read = read_as_today(site, replace(visit, outcome=Outcome.FETCHED, capture=whole))
    return replace(read, capture=capture)


def _is_news(archived: Archived, sha256: str | None) -> bool:
    """Whether the body is known, and is not the one that the page had last."""
    capture = archived.visit.capture
    is_whole = capture is not None and capture.status == HTTPStatus.OK and bool(capture.body)
    return (archived.refers_to is not None or is_whole) and sha256 != archived.sha256
