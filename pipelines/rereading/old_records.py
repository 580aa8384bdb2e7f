"""What old databases say of captures that today's readers cannot read any more."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.database import reading
from pipelines.layout import DATABASE
from pipelines.queries.records import RECORD_JSON
from pipelines.storing.rows import digest
from scraper.forgetting import covers_question, forgotten_on
from scraper.items import Kind, Outcome, Question, Visit
from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import redact
from scraper.reading.redaction.source import NOWHERE
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
_LINES = "lines"  # key of a text of several lines, as each line is blanked for itself


class Unread(NamedTuple):
    """What became of captures that today's readers can't read."""

    kept: int = 0  # captures whose record comes from an old database
    lost: int = 0  # captures that gave a record when they were fetched, and give none any more
    missing: tuple[str, ...] = ()  # ids of records that an old database has and the new one has not


class OldRecords:
    """The records of databases that are about to be replaced or merged."""

    def __init__(
        self, databases: list[sqlite3.Connection], stones: Tombstones, phrases: tuple[str, ...]
    ) -> None:
        self._databases = databases
        self.stones = stones
        self._kept = self._lost = 0
        self._phrases = phrases
        self._forgotten: dict[tuple[str, str], Forgotten] = {}  # by site and home

    def question(
        self, db: sqlite3.Connection, site: type[Site], home: str, visit: Visit
    ) -> Question | None:
        """What the visit's capture gave, without quotations of forgotten pages, or None.

        None also where the new database `db` has another content, read by today's reader from an
        earlier capture that gave the same: it would look like an edit by the site.
        """
        for question_id, checksum, text, begins in self._rows(visit):
            question = _intact(text, checksum)
            left = question and self._without_forgotten(question, text, site, home)
            row = db.execute("SELECT digest FROM questions WHERE id=?", (question_id,)).fetchone()
            if left and (begins or row is None or row[0] == digest(left)):
                self._kept += 1
                return left
        self._lost += (visit.kind, visit.outcome) == (Kind.QUESTION, Outcome.FETCHED)
        return None

    def _rows(self, visit: Visit) -> Iterator[tuple[Any, ...]]:
        assert visit.capture is not None
        values = timestamp(visit.capture.fetched_at), visit.url
        for old in self._databases:
            with suppress(sqlite3.Error):
                yield from old.execute(_RECORD, values).fetchall()

    def _without_forgotten(
        self, question: Question, text: str, site: type[Site], home: str
    ) -> Question | None:
        if not self.stones:
            return question
        key = site.name, home
        if key not in self._forgotten:
            self._forgotten[key] = forgotten_on(self.stones, site, home, self._phrases)
        forgotten, is_covered = self._forgotten[key], self.stones.covers_id(question.id)
        is_covered |= covers_question(self.stones, question.site, question.source_id)
        if is_covered or forgotten.covers(question.url):
            return None
        return _redacted(question, json.loads(text), forgotten)

    def unread(self, db: sqlite3.Connection) -> Unread:
        """What was kept and lost, once the new database is filled."""
        found: set[str] = set()
        for database in self._databases:
            with suppress(sqlite3.Error):
                found.update(_ids(database))
        missing = sorted(found - set(_ids(db)))
        missing = [name for name in missing if not self.stones.covers_id(name)]
        return Unread(self._kept, self._lost, tuple(missing))


def _ids(db: sqlite3.Connection) -> list[str]:
    return [record_id for (record_id,) in db.execute("SELECT id FROM questions")]


@contextmanager
def old_records(
    folders: Iterable[Path], stones: Tombstones, phrases: tuple[str, ...] = ()
) -> Iterator[OldRecords]:
    """The records in the databases of archives; one that cannot be read is ignored."""
    with ExitStack() as stack:
        databases = []
        for folder in folders:
            with suppress(sqlite3.Error):
                path = reading(folder / DATABASE)
                old = stack.enter_context(closing(sqlite3.connect(path, uri=True)))
                old.executescript(_SPANS)
                databases.append(old)
        yield OldRecords(databases, stones, phrases)


def _intact(text: str, checksum: str) -> Question | None:
    """The question in a record's JSON, unless it is damaged."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        question = from_record(json.loads(text))
        return question if digest(question) == checksum else None
    return None


def _redacted(question: Question, record: dict[str, Any], forgotten: Forgotten) -> Question | None:
    """The question without what it quotes of forgotten pages; None when something may be left."""
    page = _page(record)
    body = redact(page, forgotten)
    if body is None:
        return question
    with suppress(ValueError, TypeError, KeyError):
        left = _joined(json.loads(body))
        if redact(_page(left), forgotten) is None:
            return from_record(left)
    return None


def _page(record: dict[str, Any]) -> Page:
    body = json.dumps(_split(record), ensure_ascii=False).encode("utf-8", "replace")
    return Page(url=record["url"], body=body, content_type="application/json; charset=utf-8")


def _split(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _split(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(_split, value))
    is_long = isinstance(value, str) and "\n" in value
    return {_LINES: value.split("\n")} if is_long else value


def _joined(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_LINES}:
            return "\n".join(value[_LINES])
        return {key: _joined(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(map(_joined, value))
    return None if value == NOWHERE.decode() else value
