"""From a Question to rows: nothing here commits."""

import hashlib
import json
import sqlite3
from datetime import datetime
from typing import Any, NamedTuple

from pipelines.fulltext import spaced
from pipelines.records import record_of
from scraper.items import Question
from scraper.record import day, from_record, timestamp, to_record

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


class Source(NamedTuple):
    """Where a question was read: the capture's moment and its rows."""

    captured_at: datetime
    capture_id: int
    url_id: int


def digest(question: Question, captured_at: datetime) -> str:
    """SHA-256 of the record without its capture time: equal when nothing it says changed."""
    record = to_record(question, captured_at)
    del record["captured_at"]
    return hashlib.sha256(_json(record).encode("utf-8", "surrogatepass")).hexdigest()


def store_question(db: sqlite3.Connection, question: Question, source: Source) -> bool:
    """Insert or change the record; what it said before becomes a version. True if it is new."""
    fresh = digest(question, source.captured_at)
    held = db.execute("SELECT key, digest FROM questions WHERE id=?", (question.id,)).fetchone()
    if held is None:
        _name(db, question)
        key = db.execute(_INSERT, _row(question, source, fresh)).lastrowid
        _insert_children(db, question)
        _index(db, key, question)
        _start_version(db, question.id, fresh, source.capture_id)
    elif held[1] == fresh:
        _last_seen(db, question.id, source.capture_id)
    else:
        _replace(db, held[0], question, source, fresh)
    return held is None


def _replace(
    db: sqlite3.Connection, key: int, question: Question, source: Source, fresh: str
) -> None:
    before = record_of(db, question.id)
    db.execute(
        "UPDATE question_versions SET record=? WHERE question_id=? AND record IS NULL",
        (_json(before), question.id),
    )
    _unindex(db, key, from_record(before))
    for table in _CHILDREN:
        db.execute(f"DELETE FROM {table} WHERE question_id=?", (question.id,))  # noqa: S608
    _name(db, question)
    db.execute(_UPDATE, (*_row(question, source, fresh), key))
    _insert_children(db, question)
    _index(db, key, question)
    _start_version(db, question.id, fresh, source.capture_id)


def _row(question: Question, source: Source, fresh: str) -> tuple[Any, ...]:
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


def _start_version(db: sqlite3.Connection, question_id: str, fresh: str, capture_id: int) -> None:
    db.execute(
        "INSERT INTO question_versions(question_id, digest, first_capture, last_capture)"
        " VALUES (?,?,?,?)",
        (question_id, fresh, capture_id, capture_id),
    )


def _last_seen(db: sqlite3.Connection, question_id: str, capture_id: int) -> None:
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


def _unindex(db: sqlite3.Connection, key: int, question: Question) -> None:
    """A contentless index forgets a row only when told again what it held."""
    db.execute(_DUE, ("delete", key, *fulltext(question)))


def _json(value: Any) -> str:
    return _ENCODER.encode(value)
