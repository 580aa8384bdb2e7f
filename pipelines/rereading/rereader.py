"""Rereads the captures of a URL with today's reader, and compares the result with the archive.

Nothing here writes: each worker process does this with a read-only connection of its own.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pipelines.digest import digest
from pipelines.errors import FileUnreadableError, StorageError
from pipelines.history.differences import fields, texts
from pipelines.layout import WARCS
from pipelines.queries.records import record_json
from pipelines.rereading.captures import Body, never_read, read_capture
from pipelines.rereading.record_updates import (
    FailedReading,
    RecordUpdate,
    Span,
    VersionChange,
    as_rewrites,
    failed_readings,
    record_update,
)
from pipelines.storing.causes import Cause
from pipelines.storing.copies import is_copy
from pipelines.storing.rows import CURRENT_COLUMNS, CurrentVersion
from pipelines.warcs.files import Position, read_at
from scraper.errors import LeadsNowhereError
from scraper.items import SOUND, Kind, Outcome, Problem, Question, Visit
from scraper.record import from_record, moment, timestamp, to_record
from scraper.site import Sites


class Solved(NamedTuple):
    """A page that was a problem and is none any more."""

    visit: Visit
    capture_id: int  # its last


class Difference(NamedTuple):
    """A field that today's reader reads otherwise; the first one of each field has its texts."""

    field: str  # as in the record: "title", "question.text", "replies"
    id: str  # the record's
    before: str | None = None
    after: str | None = None


class Reread(NamedTuple):
    """The result of rereading one URL's captures."""

    url_id: int
    captures: int  # bodies in a row that differ, which were read
    updates: tuple[RecordUpdate, ...] = ()
    failed: tuple[FailedReading, ...] = ()
    problems: int = 0  # captures that are a problem to today's reader too
    solved: Solved | None = None
    differences: tuple[Difference, ...] = ()


_URL = "SELECT url, kind, site FROM urls WHERE id=?"
# Captures with status 200, each with its body, which a revisit shares with an earlier one.
_CAPTURES = """
SELECT c.id, c.fetched_at, b.sha256, c.outcome, b.content_type, b.warc, b.offset, b.length
FROM captures c JOIN captures b ON b.id = ifnull(c.refers_to, c.id)
WHERE c.url_id=? AND b.status=200 ORDER BY c.id
"""
_CURRENT = f"""
SELECT {CURRENT_COLUMNS}
FROM questions q JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
WHERE q.url_id=?
"""
_UNSOLVED = """
SELECT 1 FROM problems WHERE url_id=? AND solved_in IS NULL AND capture_id IS NOT NULL
  AND code <> ?
"""


class _Capture(NamedTuple):
    """A row of `_CAPTURES`."""

    id: int
    fetched_at: str
    sha256: str
    outcome: str
    content_type: str | None
    warc: str
    offset: int
    length: int

    @property
    def body(self) -> tuple[str, str | None]:
        """What a reader is given: the bytes and their Content-Type."""
        return self.sha256, self.content_type


class Rereader:
    """Rereads the captures of one URL after the other."""

    def __init__(
        self,
        db: sqlite3.Connection,
        folder: Path,
        sites: Sites,
        recorded_at: str,
    ) -> None:
        """`recorded_at`: of the versions that are found, RFC 3339."""
        self._db = db
        self._folder = folder / WARCS
        self._sites = sites
        self._recorded_at = recorded_at
        self._never_read = never_read(db)
        self._shown: set[str] = set()  # fields with an example already

    def read(self, url_id: int) -> Reread:
        """Reread one URL's captures. Raises FileUnreadableError when a WARC cannot be opened."""
        currents = [CurrentVersion(*row) for row in self._db.execute(_CURRENT, (url_id,))]
        spans = self._spans(url_id, min((current.first_capture for current in currents), default=0))
        updates: list[RecordUpdate] = []
        differences: list[Difference] = []
        for current in currents:
            update = record_update(current, spans, self._recorded_at)
            if update is not None and update.changes:
                before = record_json(self._db, update.id)
                record = orjson.loads(before)
                differences += self._differences(update, record)
                changes = tuple(as_rewrites(from_record(record), update.changes))
                update = update._replace(before=before, changes=changes)
            if update is not None:
                updates.append(update)
        return Reread(
            url_id,
            captures=len(spans),
            updates=tuple(updates) if currents else self._new_record(url_id, spans),
            failed=tuple(failed_readings(currents, spans)),
            problems=sum(span.visit.outcome is Outcome.PROBLEM for span in spans),
            solved=self._solved(url_id, spans),
            differences=tuple(differences),
        )

    def _differences(self, update: RecordUpdate, before: dict[str, Any]) -> Iterator[Difference]:
        """Yield the fields that the first change alters, if the reader is its cause."""
        version, question = update.changes[0]
        if version.cause is not Cause.READER or not isinstance(question, Question):
            return
        after = to_record(question, version.source.captured_at)
        for field in fields(before, after):
            if field in self._shown:
                yield Difference(field, update.id)
            else:
                self._shown.add(field)
                yield Difference(field, update.id, texts(before)[field], texts(after)[field])

    def _spans(self, url_id: int, begin: int) -> list[Span]:
        """The spans from the one with capture `begin` on; each body is read once."""
        rows = map(_Capture._make, self._db.execute(_CAPTURES, (url_id,)))
        read = (capture for capture in rows if capture.id not in self._never_read)
        groups = [list(group) for _, group in groupby(read, attrgetter("body"))]
        before = sum(group[0].id <= begin for group in groups)
        url, kind, site = self._db.execute(_URL, (url_id,)).fetchone()
        visits: dict[tuple[str, str | None], Visit] = {}  # by the body
        spans = []
        for group in groups[max(0, before - 1) :]:
            first = group[0]
            fetched_at = moment(first.fetched_at)
            if first.body not in visits:
                body = Body(url, Kind(kind), b"", first.content_type, fetched_at)
                position = Position(first.warc, first.offset, first.length)
                visits[first.body] = self._visit(site, body, position)
            visit = replace(visits[first.body], visited_at=fetched_at)
            question_digest = digest(visit.question) if visit.question else None
            was_sound = any(capture.outcome in SOUND for capture in group)
            spans.append(Span(first.id, group[-1].id, visit, question_digest, was_sound))
        return spans

    def _visit(self, site: str, page: Body, position: Position) -> Visit:
        try:
            body = read_at(self._folder, position).plain
        except FileUnreadableError:
            raise
        except StorageError as error:
            damaged = Problem(code="capture-damaged", detail=str(error))
            return Visit(url=page.url, kind=page.kind, outcome=Outcome.PROBLEM,
                         visited_at=page.captured_at, problems=(damaged,))  # fmt: skip
        return read_capture(self._sites[site], page._replace(body=body))

    def _new_record(self, url_id: int, spans: list[Span]) -> tuple[RecordUpdate, ...]:
        """The first record of a page that has none, unless another page has it."""
        first = next((span for span in spans if span.digest is not None), None)
        question = first and first.visit.question
        if first is None or question is None or self._is_held(question, url_id):
            return ()
        captured_at = timestamp(first.visit.visited_at)
        nothing = CurrentVersion(
            0, question.id, "", captured_at, first.first, url_id, first.first, first.first
        )
        update = record_update(nothing, spans, self._recorded_at)
        assert update is not None
        version = update.changes[0].version._replace(cause=Cause.NEW)
        rest = as_rewrites(question, update.changes[1:])
        changes = (VersionChange(version, question), *rest)
        return (RecordUpdate(question.id, None, 0, changes=changes),)

    def _is_held(self, question: Question, url_id: int) -> bool:
        rows = self._db.execute("SELECT 1 FROM questions WHERE id=?", (question.id,))
        return rows.fetchone() is not None or is_copy(self._db, question, url_id)

    def _solved(self, url_id: int, spans: list[Span]) -> Solved | None:
        if not spans or spans[-1].visit.outcome is not Outcome.FETCHED:
            return None
        # Links are not read again, so that a list without links stays a problem.
        if self._db.execute(_UNSOLVED, (url_id, LeadsNowhereError.code)).fetchone() is None:
            return None
        return Solved(replace(spans[-1].visit, question=None), spans[-1].last)
