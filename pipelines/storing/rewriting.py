"""Writes a question into its tables; of a changed question only the rows that differ."""

import json
import sqlite3
from typing import Any, NamedTuple

from pipelines.statements import insert_row, update_row
from pipelines.storing.fulltext import spaced
from scraper.items import Question
from scraper.record import day

Row = tuple[Any, ...]
_compact_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_INDEX_LATER = "INSERT INTO temp.fulltext_due VALUES (?,?,?,?,?)"
_INSERTS = {
    "replies": "INSERT INTO replies VALUES (?,?,?,?,?,?,?)",
    "similar_questions": "INSERT INTO similar_questions VALUES (?,?,?,?,?,?,?,?,?,?)",
    "questions_faq_tags": (
        "INSERT INTO questions_faq_tags SELECT ?, ?, id, ? FROM faq_tags"
        " WHERE site=? AND name=? AND ifnull(department,'')=ifnull(?,'')"
    ),
}


class Rewrite(NamedTuple):
    """The rows to write so that a question's tables change from one state to another."""

    id: str
    columns: dict[str, Any]  # of `questions` that differ
    children: dict[str, list[Row]]  # by table that differs, all rows of the question
    fulltext: tuple[Row, Row] | None  # as it was and is to be indexed, where it differs
    departments: set[str]  # that the rows refer to and those before did not, as do the next
    doctors: set[str]
    tags: list[Row]


def rewrite(before: Question, after: Question) -> Rewrite:
    """What has to be written to turn one state of a question into another."""
    old_columns, old_children = columns(before), _children(before)
    departments, doctors, tags = _referenced(before)  # these are stored
    new_departments, new_doctors, new_tags = _referenced(after)
    has_new_texts = _texts(before) != _texts(after)
    return Rewrite(
        after.id,
        {name: value for name, value in columns(after).items() if value != old_columns[name]},
        {table: rows for table, rows in _children(after).items() if rows != old_children[table]},
        (fulltext(before), fulltext(after)) if has_new_texts else None,
        new_departments - departments,
        new_doctors - doctors,
        [tag for tag in new_tags if tag not in tags],
    )


def _referenced(question: Question) -> tuple[set[str], set[str], list[Row]]:
    """Departments, doctors and tags, which foreign keys of the question and its parts refer to."""
    departments = {question.department, *(reply.department for reply in question.replies)}
    departments |= {tag.department for tag in question.faq_tags}
    return (
        {name for name in departments if name is not None},
        {reply.doctor for reply in question.replies if reply.doctor is not None},
        [(question.site, tag.name, tag.department) for tag in question.faq_tags],
    )


def write(db: sqlite3.Connection, key: int, changed: Rewrite, source: dict[str, Any]) -> None:
    """Write the changed rows. `source`: the columns that say where the question was read."""
    _insert_referenced(db, changed.departments, changed.doctors, changed.tags)
    update_row(db, "questions", key, changed.columns | source)
    for table, rows in changed.children.items():
        db.execute(f"DELETE FROM {table} WHERE question_id=?", (changed.id,))
        db.executemany(_INSERTS[table], rows)
    if changed.fulltext is not None:
        before, after = changed.fulltext
        db.executemany(_INDEX_LATER, [("delete", key, *before), (None, key, *after)])


def insert_rows(db: sqlite3.Connection, question: Question, source: dict[str, Any]) -> int:
    """Insert a new question. Returns its key."""
    _insert_referenced(db, *_referenced(question))
    key = insert_row(db, "questions", columns(question) | source)
    for table, rows in _children(question).items():
        db.executemany(_INSERTS[table], rows)
    db.execute(_INDEX_LATER, (None, key, *fulltext(question)))
    return key


def unindex(db: sqlite3.Connection, key: int, question: Question) -> None:
    """Take a question out of the full-text index, which needs its texts for that."""
    db.execute(_INDEX_LATER, ("delete", key, *fulltext(question)))


def columns(question: Question) -> dict[str, Any]:
    """The columns of `questions`, but for those that say where it was read."""
    asker = question.asker
    return {
        "id": question.id, "site": question.site, "source_id": question.source_id,
        "language": question.language, "url": question.url, "title": question.title,
        "department": question.department, "question_headline": question.headline,
        "question_text": question.text, "asker_name": asker and asker.name,
        "asker_sex": asker and asker.sex, "asker_age_min": asker and asker.age_min,
        "asker_age_max": asker and asker.age_max, "asked_on": day(question.asked_on),
        "reply_count": len(question.replies), "more_info": question.more_info,
        "mentions": _compact_json(question.mentions),
        "warnings": _compact_json(question.warnings),
    }  # fmt: skip


def _children(question: Question) -> dict[str, list[Row]]:
    """The rows of the other tables, as the statements of `_INSERTS` take them."""
    question_id = question.id
    return {
        "replies": [
            (question_id, position, reply.doctor, reply.department, reply.hospital, reply.text,
             day(reply.replied_on))
            for position, reply in enumerate(question.replies, 1)
        ],
        "similar_questions": [
            (question_id, position, card.title, card.url, card.question_excerpt,
             card.question_complete, card.doctor, card.department, card.reply_excerpt,
             card.reply_complete)
            for position, card in enumerate(question.similar, 1)
        ],
        "questions_faq_tags": [
            (question_id, position, tag.url, question.site, tag.name, tag.department)
            for position, tag in enumerate(question.faq_tags, 1)
        ],
    }  # fmt: skip


def _insert_referenced(
    db: sqlite3.Connection, departments: set[str], doctors: set[str], tags: list[Row]
) -> None:
    insert = "INSERT OR IGNORE INTO"
    db.executemany(f"{insert} departments VALUES (?)", [(name,) for name in departments])
    db.executemany(f"{insert} doctors VALUES (?)", [(name,) for name in doctors])
    db.executemany(f"{insert} faq_tags(site, name, department) VALUES (?,?,?)", tags)


def fulltext(question: Question) -> tuple[str, str, str]:
    """Title, question and replies as they are indexed."""
    title, asked, replied = _texts(question)
    return spaced(title), spaced(asked), spaced(replied)


def _texts(question: Question) -> tuple[str, str, str]:
    """What is indexed: title, question and replies. The site's essay is nobody's answer."""
    asked = "\n".join(filter(None, (question.headline, question.text)))
    return question.title or "", asked, "\n".join(reply.text for reply in question.replies)
