"""What today's reader makes of a URL's captures, held against what the archive says.

Nothing here writes: each worker process does this by a reader's connection of its own.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.errors import StorageError
from pipelines.history.causes import Cause
from pipelines.history.differences import fields, texts
from pipelines.queries.records import record_json
from pipelines.rereading.captures import Body, never_read, read_again
from pipelines.rereading.lineages import (
    Change,
    Failing,
    Held,
    Lineage,
    Span,
    failing,
    lineage,
    rewrites,
)
from pipelines.storing.rows import digest, is_mute_copy
from pipelines.warcs.files import Position, decoded, read_at
from pipelines.warcs.names import FOLDER
from scraper.errors import LeadsNowhereError
from scraper.items import Kind, Outcome, Problem, Question, Visit
from scraper.record import from_record, moment, timestamp, to_record
from scraper.site import Sites


class Solved(NamedTuple):
    """A page that was a problem and is none any more."""

    visit: Visit
    capture_id: int  # its last


class Difference(NamedTuple):
    """A field that a later reader reads otherwise; the texts stand in the first of each field."""

    field: str  # as in the record: "title", "question.text", "replies"
    id: str  # the record's
    before: str | None = None
    after: str | None = None


class Reread(NamedTuple):
    """What is to be done about one URL."""

    url_id: int
    captures: int  # that differ from the one before, and were read
    lineages: tuple[Lineage, ...] = ()
    failing: tuple[Failing, ...] = ()
    unread: int = 0  # captures that are problems still
    solved: Solved | None = None
    differences: tuple[Difference, ...] = ()


_SOUND = frozenset({Outcome.FETCHED, Outcome.UNCHANGED})
_URL = "SELECT url, kind, site FROM urls WHERE id=?"
_CAPTURES = """
SELECT c.id, c.fetched_at, b.sha256, c.outcome, b.content_type, b.content_encoding, b.warc,
  b.offset, b.length
FROM captures c JOIN captures b ON b.id = ifnull(c.refers_to, c.id)
WHERE c.url_id=? AND b.status=200 ORDER BY c.id
"""
_HELD = """
SELECT q.id, q.digest, q.captured_at, q.capture_id, q.url_id, v.first_capture, v.last_capture
FROM questions q JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
WHERE q.url_id=?
"""
_OPEN = """
SELECT 1 FROM problems WHERE url_id=? AND solved_in IS NULL AND capture_id IS NOT NULL
  AND code <> ?  -- of which links tell, and they are not read again
"""


class Rereader:
    """Reads URLs again, one after the other."""

    def __init__(
        self,
        db: sqlite3.Connection,
        folder: Path,
        sites: Sites,
        recorded_at: str,
    ) -> None:
        """`recorded_at`: what the versions found shall say, RFC 3339."""
        self._db = db
        self._folder = folder / FOLDER
        self._sites = sites
        self._recorded_at = recorded_at
        self._never_read = never_read(db)
        self._shown: set[str] = set()  # fields of which an example was given

    def read(self, url_id: int) -> Reread:
        """What is to be done about a URL."""
        held = [Held(*row) for row in self._db.execute(_HELD, (url_id,))]
        spans = self._spans(url_id, min((one.first for one in held), default=0))
        whole = [lineage(one, spans, self._recorded_at) for one in held]
        lean = [self._lean(one) for one in whole if one is not None]
        return Reread(
            url_id,
            len(spans),
            tuple(one for one, _ in lean) if held else self._new(url_id, spans),
            tuple(failing(held, spans)),
            sum(span.visit.outcome is Outcome.PROBLEM for span in spans),
            self._solved(url_id, spans),
            tuple(one for _, some in lean for one in some),
        )

    def _lean(self, whole: Lineage) -> tuple[Lineage, list[Difference]]:
        """The lineage with what differs from version to version only; what a reader changed."""
        if not whole.changes:
            return whole, []
        before = record_json(self._db, whole.id)
        record = json.loads(before)
        found = list(self._differences(whole, record))
        changes = rewrites(from_record(record), whole.changes)
        return whole._replace(before=before, changes=tuple(changes)), found

    def _differences(self, whole: Lineage, before: dict[str, Any]) -> Iterator[Difference]:
        version, question = whole.changes[0]
        if version.cause is not Cause.READER or not isinstance(question, Question):
            return
        after = to_record(question, version.source.captured_at)
        for field in fields(before, after):
            if field in self._shown:
                yield Difference(field, whole.id)
            else:
                self._shown.add(field)
                yield Difference(field, whole.id, texts(before)[field], texts(after)[field])

    def _spans(self, url_id: int, begin: int) -> list[Span]:
        """From the one that holds capture `begin` on; a body that comes again is read once."""
        groups: list[list[tuple[Any, ...]]] = []
        for row in self._db.execute(_CAPTURES, (url_id,)):
            if row[0] in self._never_read:
                continue
            if groups and groups[-1][-1][2] == row[2]:
                groups[-1].append(row)
            elif row[0] <= begin:
                groups = [[row]]
            else:
                groups.append([row])
        url, kind, site = self._db.execute(_URL, (url_id,)).fetchone()
        visits: dict[str, Visit] = {}
        spans = []
        for group in groups:
            capture, fetched_at, sha256, _, content_type, encoding, *position = group[0]
            if sha256 not in visits:
                body = Body(url, Kind(kind), b"", content_type, moment(fetched_at))
                visits[sha256] = self._visit(site, body, Position(*position), encoding)
            visit = replace(visits[sha256], visited_at=moment(fetched_at))
            said = digest(visit.question) if visit.question else None
            was_sound = any(row[3] in _SOUND for row in group)
            spans.append(Span(capture, group[-1][0], visit, said, was_sound))
        return spans

    def _visit(self, site: str, page: Body, position: Position, encoding: str | None) -> Visit:
        try:
            body = decoded(read_at(self._folder, position).body, encoding)
        except StorageError as error:
            damaged = Problem(code="capture-damaged", detail=str(error))
            return Visit(url=page.url, kind=page.kind, outcome=Outcome.PROBLEM,
                         visited_at=page.captured_at, problems=(damaged,))  # fmt: skip
        return read_again(self._sites[site], page._replace(body=body))

    def _new(self, url_id: int, spans: list[Span]) -> tuple[Lineage, ...]:
        """Of a page of which no record is held: the first that it gives, unless held elsewhere."""
        first = next((span for span in spans if span.digest is not None), None)
        question = first and first.visit.question
        if first is None or question is None or self._is_held(question, url_id):
            return ()
        said = timestamp(first.visit.visited_at)
        began = Held(question.id, "", said, first.first, url_id, first.first, first.first)
        found = lineage(began, spans, self._recorded_at)
        assert found is not None
        version = found.changes[0].version._replace(cause=Cause.NEW)
        rest = rewrites(question, found.changes[1:])
        return (Lineage(question.id, None, 0, changes=(Change(version, question), *rest)),)

    def _is_held(self, question: Question, url_id: int) -> bool:
        found = self._db.execute("SELECT 1 FROM questions WHERE id=?", (question.id,))
        return found.fetchone() is not None or is_mute_copy(self._db, question, url_id)

    def _solved(self, url_id: int, spans: list[Span]) -> Solved | None:
        if not spans or spans[-1].visit.outcome is not Outcome.FETCHED:
            return None
        if self._db.execute(_OPEN, (url_id, LeadsNowhereError.code)).fetchone() is None:
            return None
        return Solved(replace(spans[-1].visit, question=None), spans[-1].last)
