"""A question as rows of its tables; of two states of it, only what differs is written."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from pipelines.storing.fulltext import spaced
from scraper.items import Question
from scraper.record import day

Row = tuple[Any, ...]
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DUE = "INSERT INTO temp.fulltext_due VALUES (?,?,?,?,?)"
_CHILDREN = {
    "replies": "INSERT INTO replies VALUES (?,?,?,?,?,?,?)",
    "similar_questions": "INSERT INTO similar_questions VALUES (?,?,?,?,?,?,?,?,?,?)",
    "questions_faq_tags": (
        "INSERT INTO questions_faq_tags SELECT ?, ?, id, ? FROM faq_tags"
        " WHERE site=? AND name=? AND ifnull(department,'')=ifnull(?,'')"
    ),
}


class Rewrite(NamedTuple):
    """What is to be written in the place of what a question's rows say; nothing where they stay."""

    id: str
    columns: dict[str, Any]
    children: dict[str, list[Row]]  # by table: all of the question's
    fulltext: tuple[Row, Row] | None  # as it was and is indexed
    departments: set[str]  # that the rows point at
    doctors: set[str]
    tags: list[Row]


def rewrite(before: Question, after: Question) -> Rewrite:
    """The difference of two states of one question."""
    old, new = columns(before), columns(after)
    were = _children(before)
    return _rewrite(
        after,
        {name: value for name, value in new.items() if value != old[name]},
        {table: rows for table, rows in _children(after).items() if rows != were[table]},
        (fulltext(before), fulltext(after)) if _texts(before) != _texts(after) else None,
    )


def _rewrite(
    after: Question,
    columns: dict[str, Any],
    children: dict[str, list[Row]],
    fulltext: tuple[Row, Row] | None,
) -> Rewrite:
    departments = {after.department, *(reply.department for reply in after.replies)}
    departments |= {tag.department for tag in after.faq_tags}
    doctors = {reply.doctor for reply in after.replies}
    return Rewrite(
        after.id, columns, children, fulltext,
        {name for name in departments if name is not None},
        {name for name in doctors if name is not None},
        [(after.site, tag.name, tag.department) for tag in after.faq_tags],
    )  # fmt: skip


def write(db: sqlite3.Connection, key: int, changed: Rewrite, placed: dict[str, Any]) -> None:
    """Put it into the tables. `placed`: the columns that tell where the question was read."""
    _name(db, changed)
    values = changed.columns | placed
    names = ",".join(f"{name}=?" for name in values)
    db.execute(f"UPDATE questions SET {names} WHERE key=?", (*values.values(), key))
    for table, rows in changed.children.items():
        db.execute(f"DELETE FROM {table} WHERE question_id=?", (changed.id,))
        db.executemany(_CHILDREN[table], rows)
    if changed.fulltext is not None:
        before, after = changed.fulltext
        db.executemany(_DUE, [("delete", key, *before), (None, key, *after)])


def insert_rows(db: sqlite3.Connection, question: Question, placed: dict[str, Any]) -> int:
    """A new question; its key."""
    values = columns(question) | placed
    _name(db, _rewrite(question, {}, {}, None))
    marks = ",".join("?" * len(values))
    key = db.execute(
        f"INSERT INTO questions({','.join(values)}) VALUES ({marks})",
        tuple(values.values()),
    ).lastrowid
    assert key is not None
    for table, rows in _children(question).items():
        db.executemany(_CHILDREN[table], rows)
    db.execute(_DUE, (None, key, *fulltext(question)))
    return key


def unindex(db: sqlite3.Connection, key: int, question: Question) -> None:
    """Take a question out of the full text; its index must be told again what it held."""
    db.execute(_DUE, ("delete", key, *fulltext(question)))


def columns(question: Question) -> dict[str, Any]:
    """The columns of `questions`, but for those that tell where it was read."""
    asker = question.asker
    return {
        "id": question.id, "site": question.site, "source_id": question.source_id,
        "language": question.language, "url": question.url, "title": question.title,
        "department": question.department, "question_headline": question.headline,
        "question_text": question.text, "asker_name": asker and asker.name,
        "asker_sex": asker and asker.sex, "asker_age_min": asker and asker.age_min,
        "asker_age_max": asker and asker.age_max, "asked_on": day(question.asked_on),
        "reply_count": len(question.replies), "more_info": question.more_info,
        "mentions": compact(question.mentions), "warnings": compact(question.warnings),
    }  # fmt: skip


def _children(question: Question) -> dict[str, list[Row]]:
    """The rows of the other tables, as the statements take them."""
    own = question.id
    return {
        "replies": [
            (own, position, reply.doctor, reply.department, reply.hospital, reply.text,
             day(reply.replied_on))
            for position, reply in enumerate(question.replies, 1)
        ],
        "similar_questions": [
            (own, position, card.title, card.url, card.question_excerpt,
             card.question_complete, card.doctor, card.department, card.reply_excerpt,
             card.reply_complete)
            for position, card in enumerate(question.similar, 1)
        ],
        "questions_faq_tags": [
            (own, position, tag.url, question.site, tag.name, tag.department)
            for position, tag in enumerate(question.faq_tags, 1)
        ],
    }  # fmt: skip


def _name(db: sqlite3.Connection, changed: Rewrite) -> None:
    """The rows that the foreign keys of a question, its replies and tags point at."""
    _insert_new(db, "departments", changed.departments)
    _insert_new(db, "doctors", changed.doctors)
    db.executemany(
        "INSERT OR IGNORE INTO faq_tags(site, name, department) VALUES (?,?,?)", changed.tags
    )


def _insert_new(db: sqlite3.Connection, table: str, names: Iterable[str]) -> None:
    rows = [(name,) for name in names]
    db.executemany(f"INSERT OR IGNORE INTO {table}(name) VALUES (?)", rows)


def fulltext(question: Question) -> tuple[str, str, str]:
    """Title, question and replies as they are indexed."""
    title, asked, replied = _texts(question)
    return spaced(title), spaced(asked), spaced(replied)


def _texts(question: Question) -> tuple[str, str, str]:
    """What can be found by full text. The site's essay is nobody's answer."""
    asked = "\n".join(filter(None, (question.headline, question.text)))
    return question.title or "", asked, "\n".join(reply.text for reply in question.replies)


def compact(value: Any) -> str:
    """JSON in one line, as the columns hold it."""
    return _ENCODER.encode(value)
