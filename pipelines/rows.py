"""From a Question to rows: nothing here commits."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from pipelines.fulltext import spaced
from pipelines.history import Before, Cause, causes
from pipelines.records import record_of
from scraper.items import Question
from scraper.record import day, from_record, moment, timestamp, to_record

_COLUMNS = (
    "id", "site", "source_id", "language", "url", "title", "department", "question_headline",
    "question_text", "asker_name", "asker_sex", "asker_age_min", "asker_age_max", "asked_on",
    "reply_count", "more_info", "mentions", "warnings", "captured_at", "capture_id", "url_id",
    "digest",
)  # fmt: skip
_INSERT = f"INSERT INTO questions({','.join(_COLUMNS)}) VALUES ({','.join('?' * len(_COLUMNS))})"  # noqa: S608
_UPDATE = f"UPDATE questions SET {','.join(f'{name}=?' for name in _COLUMNS)} WHERE key=?"  # noqa: S608
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DUE = "INSERT INTO temp.fulltext_due VALUES (?,?,?,?,?)"
_CHILDREN = ("replies", "similar_questions", "questions_faq_tags")


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


class _Held(NamedTuple):
    """The version of a record that `questions` holds."""

    key: int
    digest: str
    captured_at: str
    capture_id: int
    url_id: int
    first_capture: int
    last_capture: int


def digest(question: Question, captured_at: datetime) -> str:
    """SHA-256 of the record without its capture time: equal when nothing it says changed."""
    record = to_record(question, captured_at)
    del record["captured_at"]
    return hashlib.sha256(_json(record).encode("utf-8", "surrogatepass")).hexdigest()


_HELD = """
SELECT q.key, q.digest, q.captured_at, q.capture_id, q.url_id, v.first_capture, v.last_capture
FROM questions q JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
WHERE q.id = ?
"""


def store_question(db: sqlite3.Connection, question: Question, source: Source) -> tuple[Cause, ...]:
    """Insert or change the record; what it said before becomes a version.

    Why it changed, in order; nothing when it says what it said before.
    """
    fresh = digest(question, source.captured_at)
    row = db.execute(_HELD, (question.id,)).fetchone()
    if row is None:
        insert(db, question, seen(fresh, Cause.NEW, source))
        return (Cause.NEW,)
    held = _Held(*row)
    if held.digest == fresh:
        last_seen(db, question.id, source.capture_id)
        return ()
    return _change(db, held, question, source, fresh)


def _change(
    db: sqlite3.Connection, held: _Held, question: Question, source: Source, fresh: str
) -> tuple[Cause, ...]:
    """A new version; two when the page has changed since our reader did."""
    again = source.reread(held.last_capture)
    again = again if again and again.id == question.id else None
    reread = digest(again, source.captured_at) if again else None
    found = causes(Before(held.digest, reread), fresh)
    if found[0] is Cause.READER and again is not None and reread is not None:
        first = Source(moment(held.captured_at), held.capture_id, held.url_id)
        recorded_at, captures = timestamp(source.captured_at), held[-2:]
        supersede(db, held.key, again, Version(reread, Cause.READER, first, recorded_at, *captures))
    if found[-1] is not Cause.READER:
        supersede(db, held.key, question, seen(fresh, found[-1], source))
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
    """The version that begins with a capture just made."""
    capture = source.capture_id
    return Version(digest, cause, source, timestamp(source.captured_at), capture, capture)


def insert(db: sqlite3.Connection, question: Question, version: Version) -> int:
    """A record's first version; its key."""
    _name(db, question)
    key = db.execute(_INSERT, question_row(question, version.source, version.digest)).lastrowid
    assert key is not None
    _insert_children(db, question)
    _index(db, key, question)
    _start_version(db, question.id, version)
    return key


def supersede(db: sqlite3.Connection, key: int, question: Question, version: Version) -> None:
    """A record's next version; what it said before is kept as JSON."""
    before = record_of(db, question.id)
    db.execute(
        "UPDATE question_versions SET record=? WHERE question_id=? AND record IS NULL",
        (_json(before), question.id),
    )
    row = question_row(question, version.source, version.digest)
    overwrite(db, key, from_record(before), question, row)
    _start_version(db, question.id, version)


def overwrite(
    db: sqlite3.Connection, key: int, before: Question, after: Question, row: tuple[Any, ...]
) -> None:
    """Put a question's rows and full text in the place of those of `before`."""
    unindex(db, key, before)
    _name(db, after)
    for table in _CHILDREN:
        db.execute(f"DELETE FROM {table} WHERE question_id=?", (after.id,))  # noqa: S608
    db.execute(_UPDATE, (*row, key))
    _insert_children(db, after)
    _index(db, key, after)


def question_row(question: Question, source: Source, fresh: str) -> tuple[Any, ...]:
    """The columns of `questions` but the key, as `overwrite` takes them."""
    asker = question.asker
    return (
        question.id, question.site, question.source_id, question.language, question.url,
        question.title, question.department, question.headline, question.text,
        asker and asker.name, asker and asker.sex, asker and asker.age_min,
        asker and asker.age_max, day(question.asked_on), len(question.replies),
        question.more_info, _json(question.mentions), _json(question.warnings),
        timestamp(source.captured_at), source.capture_id, source.url_id, fresh,
    )  # fmt: skip


def _name(db: sqlite3.Connection, question: Question) -> None:
    """The rows that the foreign keys of a question, its replies and tags point at."""
    departments = {question.department, *(reply.department for reply in question.replies)}
    departments |= {tag.department for tag in question.faq_tags}
    doctors = {reply.doctor for reply in question.replies}
    _insert_new(db, "departments", departments)
    _insert_new(db, "doctors", doctors)


def _insert_new(db: sqlite3.Connection, table: str, names: set[str | None]) -> None:
    rows = [(name,) for name in names if name is not None]
    db.executemany(f"INSERT OR IGNORE INTO {table}(name) VALUES (?)", rows)  # noqa: S608


def _insert_children(db: sqlite3.Connection, question: Question) -> None:
    db.executemany(
        "INSERT INTO replies VALUES (?,?,?,?,?,?,?)",
        [
            (question.id, position, reply.doctor, reply.department, reply.hospital, reply.text,
             day(reply.replied_on))
            for position, reply in enumerate(question.replies, 1)
        ],
    )  # fmt: skip
    db.executemany(
        "INSERT INTO similar_questions VALUES (?,?,?,?,?,?,?,?,?,?)",
        [
            (question.id, position, card.title, card.url, card.question_excerpt,
             card.question_complete, card.doctor, card.department, card.reply_excerpt,
             card.reply_complete)
            for position, card in enumerate(question.similar, 1)
        ],
    )  # fmt: skip
    tags = [(question.site, tag.name, tag.department) for tag in question.faq_tags]
    db.executemany("INSERT OR IGNORE INTO faq_tags(site, name, department) VALUES (?,?,?)", tags)
    db.executemany(
        "INSERT INTO questions_faq_tags SELECT ?, ?, id, ? FROM faq_tags"
        " WHERE site=? AND name=? AND ifnull(department,'')=ifnull(?,'')",
        [
            (question.id, position, tag.url, *key)
            for position, (tag, key) in enumerate(zip(question.faq_tags, tags, strict=True), 1)
        ],
    )


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


def fulltext(question: Question) -> tuple[str, str, str]:
    """Title, question and replies as they are indexed. The site's essay is nobody's answer."""
    asked = "\n".join(filter(None, (question.headline, question.text)))
    replied = "\n".join(reply.text for reply in question.replies)
    return spaced(question.title or ""), spaced(asked), spaced(replied)


def _index(db: sqlite3.Connection, key: int | None, question: Question) -> None:
    db.execute(_DUE, (None, key, *fulltext(question)))


def unindex(db: sqlite3.Connection, key: int, question: Question) -> None:
    """Take a question out of the full text; its index must be told again what it held."""
    db.execute(_DUE, ("delete", key, *fulltext(question)))


def _json(value: Any) -> str:
    return _ENCODER.encode(value)
