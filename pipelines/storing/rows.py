"""Stores questions as records and versions. Nothing here commits."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from pipelines.digest import digest
from pipelines.queries.records import record_json, record_of
from pipelines.queue.redirects import STAYS
from pipelines.statements import insert_row
from pipelines.storing.causes import Cause, causes
from pipelines.storing.copies import is_copy, retire_copies, retire_mute_copy
from pipelines.storing.rewriting import Rewrite, insert_rows, rewrite, write
from scraper.items import Question
from scraper.record import from_record, moment, timestamp


def _cannot_reread(_: int) -> Question | None:  # no lambda: a Source may be pickled
    return None


class Source(NamedTuple):
    """The capture that a question was read from."""

    captured_at: datetime
    capture_id: int
    url_id: int
    reread: Callable[[int], Question | None] = _cannot_reread
    # the question in a capture, by its id, to today's reader; None when it cannot be read
    applied_at: datetime | None = None  # when it came to count, if later than it was captured

    @property
    def recorded_at(self) -> str:
        """Since when the archive has what was read."""
        return timestamp(max(self.captured_at, self.applied_at or self.captured_at))


class CurrentVersion(NamedTuple):
    """The current version of a record, and where it was read."""

    key: int  # of `questions`
    id: str
    digest: str
    captured_at: str
    capture_id: int
    url_id: int
    first_capture: int
    last_capture: int

    @property
    def source(self) -> Source:
        return Source(moment(self.captured_at), self.capture_id, self.url_id)


CURRENT_COLUMNS = """
  q.key, q.id, q.digest, q.captured_at, q.capture_id, q.url_id, v.first_capture, v.last_capture
"""


_CURRENT = f"""
SELECT q.url, {STAYS}, {CURRENT_COLUMNS}
FROM questions q JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
JOIN urls u ON u.id = q.url_id JOIN urls h ON h.id = :here
WHERE q.id = :id
"""


def store_question(db: sqlite3.Connection, question: Question, source: Source) -> tuple[Cause, ...]:
    """Insert or change the question's record; the content before becomes an earlier version.

    Returns why it changed, in order; () when it did not. A question at several URLs of a host is
    read at one of them, its own or where that leads, as long as that answers: the others may show
    it in other words, its answers in another order, or only some of them.
    """
    if is_copy(db, question, source.url_id):
        return ()
    found = _stored(db, question, source)
    if found:
        retire_copies(db, question, timestamp(source.captured_at))
    return found


def _stored(db: sqlite3.Connection, question: Question, source: Source) -> tuple[Cause, ...]:
    _keep_one_record(db, question, source)
    new_digest = digest(question)
    values = {"id": question.id, "url": question.url, "here": source.url_id}
    row = db.execute(_CURRENT, values).fetchone()
    if row is None:
        retire_mute_copy(db, question, timestamp(source.captured_at))
        insert(db, question, first_seen(new_digest, Cause.NEW, source))
        return (Cause.NEW,)
    url, stays, *columns = row
    current = CurrentVersion(*columns)
    if current.url_id != source.url_id:
        if stays:  # only another URL may change it
            return ()
        db.execute("UPDATE questions SET gone_since=NULL WHERE key=?", (current.key,))
    if current.digest == new_digest:
        last_seen(db, question.id, source.capture_id)
        if (url, current.url_id) != (question.url, source.url_id):  # that begins no version
            before = from_record(record_of(db, question.id))
            write(db, current.key, rewrite(before, question), {"url_id": source.url_id})
        return ()
    return _change(db, current, question, source, new_digest)


def _keep_one_record(db: sqlite3.Connection, question: Question, source: Source) -> None:
    """Mark the URL's other records as gone: the page has changed its language or its id."""
    db.execute(
        "UPDATE questions SET gone_since=iif(id=?1, NULL, ?2) WHERE url_id=?3"
        " AND (id=?1)=(gone_since IS NOT NULL)",
        (question.id, timestamp(source.captured_at), source.url_id),
    )


def _change(
    db: sqlite3.Connection,
    current: CurrentVersion,
    question: Question,
    source: Source,
    new_digest: str,
) -> tuple[Cause, ...]:
    """Begin a version; two where the page has changed, and before that the reader."""
    reread = source.reread(current.last_capture)
    if reread is not None and reread.id != question.id:
        reread = None
    reread_digest = digest(reread) if reread else None
    found = causes(current.digest, reread_digest, new_digest)
    before = from_record(record_of(db, question.id))
    if found[0] is Cause.READER and reread is not None and reread_digest is not None:
        recorded_at = max(source.recorded_at, current.captured_at)  # a clock may have stepped back
        captures = current.first_capture, current.last_capture
        version = Version(reread_digest, Cause.READER, current.source, recorded_at, *captures)
        supersede(db, current.key, rewrite(before, reread), version)
        before = reread
    if found[-1] is not Cause.READER:
        version = first_seen(new_digest, found[-1], source)
        supersede(db, current.key, rewrite(before, question), version)
    else:
        last_seen(db, question.id, source.capture_id)
    return tuple(found)


class Version(NamedTuple):
    """A version about to begin."""

    digest: str
    cause: Cause
    source: Source  # where it was first read
    recorded_at: str
    first_capture: int
    last_capture: int


def first_seen(digest: str, cause: Cause, source: Source) -> Version:
    """The version that begins with the source's capture."""
    capture = source.capture_id
    return Version(digest, cause, source, source.recorded_at, capture, capture)


def insert(db: sqlite3.Connection, question: Question, version: Version) -> int:
    """Insert a record with its first version. Returns its key."""
    key = insert_rows(db, question, source_columns(version.source, version.digest))
    _start_version(db, question.id, version)
    return key


def supersede(
    db: sqlite3.Connection, key: int, rewrite: Rewrite, version: Version, before: str | None = None
) -> None:
    """Begin a record's next version. `before`: the record until now as JSON, if at hand."""
    db.execute(
        "UPDATE question_versions SET record=? WHERE question_id=? AND record IS NULL",
        (before or record_json(db, rewrite.id), rewrite.id),
    )
    write(db, key, rewrite, source_columns(version.source, version.digest))
    _start_version(db, rewrite.id, version)


def source_columns(source: Source, digest: str) -> dict[str, Any]:
    """The columns of a question that say where it was read."""
    return {
        "captured_at": timestamp(source.captured_at), "capture_id": source.capture_id,
        "url_id": source.url_id, "digest": digest,
    }  # fmt: skip


def _start_version(db: sqlite3.Connection, question_id: str, version: Version) -> None:
    row = {
        "question_id": question_id, "digest": version.digest, "cause": version.cause,
        "recorded_at": version.recorded_at, "first_capture": version.first_capture,
        "last_capture": version.last_capture,
    }  # fmt: skip
    insert_row(db, "question_versions", row)


def last_seen(db: sqlite3.Connection, question_id: str, capture_id: int) -> None:
    """Note a capture as the last one of the current version."""
    db.execute(
        "UPDATE question_versions SET last_capture=? WHERE question_id=? AND record IS NULL",
        (capture_id, question_id),
    )
