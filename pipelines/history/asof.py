"""Reverts a copy of the archive's database to what was known at some moment."""

import json
import sqlite3
from datetime import datetime
from pathlib import Path

from pipelines.database import open_writer
from pipelines.errors import StorageError
from pipelines.queries.records import FOUND_GONE, record_of
from pipelines.storing.fulltext import index_due
from pipelines.storing.rewriting import rewrite, unindex, write
from pipelines.storing.rows import Source, source_columns
from scraper.record import from_record, moment, timestamp

_CHANGED = """
SELECT q.id, q.key, v.known FROM questions q JOIN (
  SELECT question_id, max(id) AS latest,
    max(CASE WHEN recorded_at <= ? THEN id END) AS known
  FROM question_versions GROUP BY question_id) v ON v.question_id = q.id
WHERE v.known IS NOT v.latest
"""
_VERSION = """
SELECT v.record, v.digest, v.first_capture, c.url_id
FROM question_versions v JOIN captures c ON c.id = v.first_capture WHERE v.id = ?
"""
_GROUP = 500  # questions whose texts wait for the index, in memory
_OF_A_QUESTION = ("question_versions", "replies", "similar_questions", "questions_faq_tags")
# What was collected since, once the questions stand as they did. What a row that stays points at
# stays with it, so that keys hold also where a clock was set back.
_SINCE = f"""
UPDATE question_versions SET last_capture = ifnull((SELECT max(c.id) FROM captures c
    WHERE c.url_id = (SELECT url_id FROM captures WHERE id = first_capture)
    AND c.id BETWEEN first_capture AND last_capture AND c.fetched_at <= :moment
    AND c.outcome IN ('fetched', 'unchanged')), first_capture)
  WHERE last_capture IN (SELECT id FROM captures WHERE fetched_at > :moment);
UPDATE questions AS q SET gone_since = NULL WHERE gone_since IS NOT NULL
  AND {FOUND_GONE} > :moment;
UPDATE urls SET gone_since = NULL WHERE gone_since > :moment;
UPDATE urls SET visited_in = NULL, visited_at = NULL WHERE visited_at > :moment;
DELETE FROM problems WHERE found_at > :moment;
UPDATE problems SET solved_in = NULL
  WHERE solved_in IN (SELECT id FROM runs WHERE started_at > :moment);
DELETE FROM captures WHERE fetched_at > :moment
  AND id NOT IN (SELECT capture_id FROM questions
    UNION SELECT first_capture FROM question_versions
    UNION SELECT last_capture FROM question_versions
    UNION SELECT refers_to FROM captures WHERE refers_to IS NOT NULL
    UNION SELECT capture_id FROM problems WHERE capture_id IS NOT NULL);
DELETE FROM urls WHERE disclosed_in IN (SELECT id FROM runs WHERE started_at > :moment)
  AND id NOT IN (SELECT url_id FROM questions
    UNION SELECT url_id FROM captures WHERE url_id IS NOT NULL
    UNION SELECT url_id FROM problems WHERE url_id IS NOT NULL);
UPDATE urls SET disclosed_by = NULL WHERE disclosed_by NOT IN (SELECT id FROM urls);
UPDATE urls SET moved_to = NULL WHERE moved_to NOT IN (SELECT id FROM urls);
DELETE FROM runs WHERE started_at > :moment
  AND id NOT IN (SELECT run_id FROM captures UNION SELECT run_id FROM problems
    UNION SELECT disclosed_in FROM urls
    UNION SELECT visited_in FROM urls WHERE visited_in IS NOT NULL);
DELETE FROM faq_tags WHERE id NOT IN (SELECT tag_id FROM questions_faq_tags);
DELETE FROM doctors
  WHERE name NOT IN (SELECT doctor FROM replies WHERE doctor IS NOT NULL);
DELETE FROM departments
  WHERE name NOT IN (SELECT department FROM questions WHERE department IS NOT NULL
    UNION SELECT department FROM replies WHERE department IS NOT NULL
    UNION SELECT department FROM faq_tags WHERE department IS NOT NULL);
"""


def put_back(folder: Path, as_of: datetime) -> None:
    """Put the database of a folder, which is a copy, back to the moment; full text too.

    Questions not yet known go, the others say what they said, and captures, runs, problems and
    URLs of later go. The frontier's states and figures stay as they are: they have no history.
    Raises StorageError.
    """
    db = open_writer(folder)
    try:
        db.execute("PRAGMA foreign_keys = OFF")  # each deletion would scan the tables behind it
        db.execute("BEGIN")
        then = timestamp(as_of)
        changed = db.execute(_CHANGED, (then,)).fetchall()
        for count, (question_id, key, version) in enumerate(changed, 1):
            if version is None:
                _remove(db, question_id, key)
            else:
                _revert(db, question_id, key, version)
            if count % _GROUP == 0:
                index_due(db)
        index_due(db)
        for statement in _SINCE.split(";"):
            db.execute(statement, {"moment": then} if ":moment" in statement else {})
        db.execute("COMMIT")
    except sqlite3.Error as error:
        raise StorageError(
            f"the copy in {folder} could not be put back ({error}): free some space or set TMPDIR."
        ) from error
    finally:
        db.close()


def _remove(db: sqlite3.Connection, question_id: str, key: int) -> None:
    unindex(db, key, from_record(record_of(db, question_id)))
    for table in _OF_A_QUESTION:
        db.execute(f"DELETE FROM {table} WHERE question_id = ?", (question_id,))
    db.execute("DELETE FROM questions WHERE id = ?", (question_id,))


def _revert(db: sqlite3.Connection, question_id: str, key: int, version: int) -> None:
    text, digest, first_capture, url_id = db.execute(_VERSION, (version,)).fetchone()
    record = json.loads(text)
    before, question = from_record(record_of(db, question_id)), from_record(record)
    source = Source(moment(record["captured_at"]), first_capture, url_id)
    write(db, key, rewrite(before, question), source_columns(source, digest))
    db.execute(
        "DELETE FROM question_versions WHERE question_id = ? AND id > ?", (question_id, version)
    )
    db.execute("UPDATE question_versions SET record = NULL WHERE id = ?", (version,))
