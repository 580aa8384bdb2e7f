"""From a Question to rows: nothing here commits."""

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from pipelines.history.causes import Before, Cause, causes
from pipelines.history.rewriting import Rewrite, insert_rows, rewrite, write
from pipelines.queries.records import record_json, record_of
from scraper.bases import origin
from scraper.items import Question
from scraper.record import from_record, moment, timestamp


def _unreadable(capture_id: int) -> Question | None:
    del capture_id
    return None


class Source(NamedTuple):
    """Where a question was read: the capture's moment and its rows."""

    captured_at: datetime
    capture_id: int
    url_id: int
    reread: Callable[[int], Question | None] = _unreadable
    # what a capture, by its id, says to today's reader; None when it cannot read it
    told_at: datetime | None = None  # when it came to count, if not when it was captured

    @property
    def recorded_at(self) -> str:
        """From when on the archive says so."""
        return timestamp(max(self.captured_at, self.told_at or self.captured_at))


class _Held(NamedTuple):
    """The version of a record that `questions` holds."""

    key: int
    digest: str
    captured_at: str
    capture_id: int
    url_id: int
    url: str
    first_capture: int
    last_capture: int
    stays: bool  # it is another URL's to change


def digest(question: Question) -> str:
    """SHA-256 of what the record says: equal when nothing of it changed.

    The origin of the site's own URLs does not count: a copy or a site that has moved says the
    same. Raises TypeError for text that cannot be UTF-8.
    """
    own = f'"url":"{origin(question.url)}/'.encode()
    return hashlib.sha256(orjson.dumps(question).replace(own, b'"url":"/')).hexdigest()


STAYS = """
u.url = :url OR (h.host = u.host AND h.url <> q.url AND q.gone_since IS NULL
  AND u.denied IS NULL AND (u.missing_day IS NULL OR u.not_before IS NOT NULL))
"""  # a record `q` that is the URL `u`'s to change, not `h`'s
_HELD = f"""
SELECT q.key, q.digest, q.captured_at, q.capture_id, q.url_id, q.url, v.first_capture,
  v.last_capture, {STAYS}
FROM questions q JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
JOIN urls u ON u.id = q.url_id JOIN urls h ON h.id = :here
WHERE q.id = :id
"""


def store_question(db: sqlite3.Connection, question: Question, source: Source) -> tuple[Cause, ...]:
    """Insert or change the record; what it said before becomes a version.

    Why it changed, in order; nothing when it says what it said before. A question that stands at
    several URLs of a host is that of one, its own as long as that answers: the others may show it
    in other words, its answers in another order, or only some.
    """
    if is_mute_copy(db, question, source.url_id):
        return ()
    _keep_one_record(db, question, source)
    fresh = digest(question)
    told = {"id": question.id, "url": question.url, "here": source.url_id}
    row = db.execute(_HELD, told).fetchone()
    if row is None:
        _leave_mute_copy(db, question, source)
        insert(db, question, seen(fresh, Cause.NEW, source))
        return (Cause.NEW,)
    held = _Held(*row)
    if held.url_id != source.url_id:
        if held.stays:
            return ()
        db.execute("UPDATE questions SET gone_since=NULL WHERE key=?", (held.key,))
    if held.digest == fresh:
        last_seen(db, question.id, source.capture_id)
        if (held.url, held.url_id) != (question.url, source.url_id):
            _move(db, held, question, source)
        return ()
    return _change(db, held, question, source, fresh)


def _keep_one_record(db: sqlite3.Connection, question: Question, source: Source) -> None:
    """A page that has changed its language, or what it calls itself, says the former no more."""
    db.execute(
        "UPDATE questions SET gone_since=iif(id=?1, NULL, ?2) WHERE url_id=?3"
        " AND (id=?1)=(gone_since IS NOT NULL)",
        (question.id, timestamp(source.captured_at), source.url_id),
    )


_UNKNOWN = "und"
_MUTE_COPY = f"""
SELECT 1 FROM urls u JOIN questions q ON q.id > ?2 || ':' AND q.id < ?2 || ';'
WHERE u.id = ?1 AND u.url <> ?3 AND q.language <> '{_UNKNOWN}' AND q.gone_since IS NULL
"""


def is_mute_copy(db: sqlite3.Connection, question: Question, url_id: int) -> bool:
    """Whether a page at another URL than the question's own lacks the language that is held.

    A template for print that declares none shows no question of its own.
    """
    if question.language != _UNKNOWN:
        return False
    key = f"{question.site}:{question.source_id}"
    return db.execute(_MUTE_COPY, (url_id, key, question.url)).fetchone() is not None


def _leave_mute_copy(db: sqlite3.Connection, question: Question, source: Source) -> None:
    """A record that such a copy gave, read before the question itself, is no longer current."""
    db.execute(
        "UPDATE questions SET gone_since=?2 WHERE id=?1 AND ?3 <> ?4 AND gone_since IS NULL"
        " AND url <> (SELECT u.url FROM urls u WHERE u.id = url_id)",
        (f"{question.site}:{question.source_id}:{_UNKNOWN}", timestamp(source.captured_at),
         question.language, _UNKNOWN),
    )  # fmt: skip


def _move(db: sqlite3.Connection, held: _Held, question: Question, source: Source) -> None:
    """The same is said elsewhere now: no version, but URLs that lead there."""
    said = from_record(record_of(db, question.id))
    write(db, held.key, rewrite(said, question), {"url_id": source.url_id})


def _change(
    db: sqlite3.Connection, held: _Held, question: Question, source: Source, fresh: str
) -> tuple[Cause, ...]:
    """A new version; two when the page has changed since our reader did."""
    again = source.reread(held.last_capture)
    again = again if again and again.id == question.id else None
    reread = digest(again) if again else None
    found = causes(Before(held.digest, reread), fresh)
    said = from_record(record_of(db, question.id))
    if found[0] is Cause.READER and again is not None and reread is not None:
        first = Source(moment(held.captured_at), held.capture_id, held.url_id)
        recorded_at = max(source.recorded_at, held.captured_at)  # by any clock
        captures = held.first_capture, held.last_capture
        version = Version(reread, Cause.READER, first, recorded_at, *captures)
        supersede(db, held.key, rewrite(said, again), version)
        said = again
    if found[-1] is not Cause.READER:
        supersede(db, held.key, rewrite(said, question), seen(fresh, found[-1], source))
    else:
        last_seen(db, question.id, source.capture_id)
    return tuple(found)


class Version(NamedTuple):
    """A version about to begin."""

    digest: str
    cause: Cause
    source: Source  # what first said it
    recorded_at: str
    first_capture: int
    last_capture: int


def seen(digest: str, cause: Cause, source: Source) -> Version:
    """The version that begins with the source's capture."""
    capture = source.capture_id
    return Version(digest, cause, source, source.recorded_at, capture, capture)


def insert(db: sqlite3.Connection, question: Question, version: Version) -> int:
    """A record's first version; its key."""
    key = insert_rows(db, question, placed(version.source, version.digest))
    _start_version(db, question.id, version)
    return key


def supersede(
    db: sqlite3.Connection, key: int, rewrite: Rewrite, version: Version, before: str | None = None
) -> None:
    """A record's next version. What it said before is kept: `before`, the record as JSON."""
    db.execute(
        "UPDATE question_versions SET record=? WHERE question_id=? AND record IS NULL",
        (before or record_json(db, rewrite.id), rewrite.id),
    )
    write(db, key, rewrite, placed(version.source, version.digest))
    _start_version(db, rewrite.id, version)


def placed(source: Source, digest: str) -> dict[str, Any]:
    """The columns of a question that tell where it was read."""
    return {
        "captured_at": timestamp(source.captured_at), "capture_id": source.capture_id,
        "url_id": source.url_id, "digest": digest,
    }  # fmt: skip


def _start_version(db: sqlite3.Connection, question_id: str, version: Version) -> None:
    db.execute(
        "INSERT INTO question_versions(question_id, digest, cause, recorded_at, first_capture,"
        " last_capture) VALUES (?,?,?,?,?,?)",
        (question_id, version.digest, version.cause, *version[-3:]),
    )


def last_seen(db: sqlite3.Connection, question_id: str, capture_id: int) -> None:
    """The last capture that says what is held now."""
    db.execute(
        "UPDATE question_versions SET last_capture=? WHERE question_id=? AND record IS NULL",
        (capture_id, question_id),
    )
