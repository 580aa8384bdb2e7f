"""What old databases say of captures that today's readers cannot read any more."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.database import UNREADABLE, reading
from pipelines.digest import digest
from pipelines.layout import DATABASE
from pipelines.queries.records import RECORD_JSON, strings_in
from scraper.forgetting import covers_question, forgotten_on
from scraper.items import Kind, Outcome, Question, Visit
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.quick import hrefs
from scraper.record import from_record, timestamp
from scraper.site import Site
from scraper.tombstones import Tombstones

_SPANS = """
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE spans AS
  SELECT DISTINCT v.id AS version, c.url_id, v.first_capture AS first, v.last_capture AS last
  FROM question_versions v JOIN captures c ON c.id IN (v.first_capture, v.last_capture);
CREATE INDEX temp.spans_url ON spans(url_id);
"""
# Of several versions that a capture lies in, the last to begin: the URL had another record before.
_RECORD = f"""
SELECT v.question_id, v.digest, ifnull(v.record, {RECORD_JSON}), v.first_capture = c.id
FROM urls u JOIN captures c ON c.url_id = u.id AND c.fetched_at = ?
JOIN temp.spans s ON s.url_id = u.id AND c.id BETWEEN s.first AND s.last
JOIN question_versions v ON v.id = s.version JOIN questions q ON q.id = v.question_id
WHERE u.url = ? AND (c.outcome IN ('fetched', 'unchanged') OR c.id IN (s.first, s.last))
ORDER BY s.first DESC, v.id DESC LIMIT 1
"""
_REDACTED = """
SELECT 1 FROM urls u JOIN captures c ON c.url_id = u.id AND c.fetched_at = ?
WHERE u.url = ? AND c.redacted_at IS NOT NULL
"""


class Unread(NamedTuple):
    """What became of captures that today's readers can't read."""

    kept: int = 0  # captures whose record comes from an old database
    lost: int = 0  # captures that gave a record when they were fetched, and give none any more
    missing: tuple[str, ...] = ()  # ids of records that an old database has and the new one has not


class OldRecords:
    """The records of databases that are about to be replaced or merged."""

    def __init__(self, databases: list[sqlite3.Connection], tombstones: Tombstones) -> None:
        self._databases = databases
        self._tombstones = tombstones
        self._forgotten: dict[tuple[type[Site], str], Forgotten] = {}  # by site and home
        self._kept = self._lost = 0

    def question(
        self, db: sqlite3.Connection, site: type[Site], home: str, visit: Visit
    ) -> Question | None:
        """What the visit's capture gave, or None where it may hold something of forgotten pages.

        None also where the new database `db` has another content, read by today's reader from an
        earlier capture that gave the same: it would look like an edit by the site.
        """
        for question_id, checksum, text, begins in self._rows(visit):
            question = _intact(text, checksum)
            row = db.execute("SELECT digest FROM questions WHERE id=?", (question_id,)).fetchone()
            is_as_before = begins or row is None or row[0] == checksum
            if question and is_as_before and not self._names_forgotten(question, text, site, home):
                self._kept += 1
                return question
        self._lost += (visit.kind, visit.outcome) == (Kind.QUESTION, Outcome.FETCHED)
        return None

    def _rows(self, visit: Visit) -> Iterator[tuple[Any, ...]]:
        """What the databases say of a capture; nothing where its page is redacted in any archive.

        A page shows what to blank by links around it and the like, which a record does not have.
        """
        assert visit.capture is not None
        values = timestamp(visit.capture.fetched_at), visit.url
        if not visit.capture.redacted and not any(self._found(_REDACTED, values)):
            yield from self._found(_RECORD, values)

    def _found(self, query: str, values: tuple[str, str]) -> Iterator[tuple[Any, ...]]:
        for old in self._with_spans:
            with suppress(*UNREADABLE):
                yield from old.execute(query, values).fetchall()

    @cached_property
    def _with_spans(self) -> list[sqlite3.Connection]:
        """The databases that can be asked; made ready only where some page can't be read."""
        ready = []
        for old in self._databases:
            with suppress(*UNREADABLE):
                old.executescript(_SPANS)
                ready.append(old)
        return ready

    def _names_forgotten(self, question: Question, text: str, site: type[Site], home: str) -> bool:
        """Whether a record is a forgotten page's, or has the URL or number of one in any field."""
        if not self._tombstones:
            return False
        if covers_question(self._tombstones, question.site, question.source_id):
            return True
        if (site, home) not in self._forgotten:
            self._forgotten[site, home] = forgotten_on(self._tombstones, site, home)
        forgotten = self._forgotten[site, home]
        return any(
            forgotten.is_forgotten_id(value)
            or any(forgotten.links_to_forgotten(question.url, href) for href in hrefs(value))
            for value in strings_in(json.loads(text))
        )

    def unread(self, db: sqlite3.Connection) -> Unread:
        """What was kept and lost, once the new database is filled."""
        found: set[str] = set()
        for database in self._databases:
            with suppress(*UNREADABLE):
                found.update(_ids(database))
        missing = sorted(found - set(_ids(db)))
        missing = [name for name in missing if not self._tombstones.covers_id(name)]
        return Unread(self._kept, self._lost, tuple(missing))


def _ids(db: sqlite3.Connection) -> list[str]:
    return [record_id for (record_id,) in db.execute("SELECT id FROM questions")]


@contextmanager
def old_records(folders: Iterable[Path], tombstones: Tombstones) -> Iterator[OldRecords]:
    """The records in the databases of archives; one that cannot be read is ignored."""
    with ExitStack() as stack:
        databases = []
        for folder in folders:
            with suppress(*UNREADABLE):
                path = reading(folder / DATABASE)
                databases.append(stack.enter_context(closing(sqlite3.connect(path, uri=True))))
        yield OldRecords(databases, tombstones)


def _intact(text: str, checksum: str) -> Question | None:
    """The question in a record's JSON, unless it is damaged."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        question = from_record(json.loads(text))
        return question if digest(question) == checksum else None
    return None
