"""The full text: it must index just what the records say."""

import json
import sqlite3
from collections.abc import Iterator

from pipelines.checks.finding import Finding
from pipelines.records import RECORD_JSON
from pipelines.rows import fulltext
from scraper.record import from_record

_RECORDS = f"SELECT q.key, {RECORD_JSON} FROM questions q"  # noqa: S608 -- a constant
_TERMS = "SELECT term, doc, col, offset FROM {}"
_DIFFERENT = f"""
SELECT doc, count(*) FROM (
  SELECT * FROM ({_TERMS.format("temp.held")} EXCEPT {_TERMS.format("temp.meant")})
  UNION ALL SELECT * FROM ({_TERMS.format("temp.meant")} EXCEPT {_TERMS.format("temp.held")}))
GROUP BY doc ORDER BY doc
"""  # noqa: S608 -- constants


def check_fulltext(db: sqlite3.Connection) -> Iterator[Finding]:
    """Index the records once more in a temporary database, and compare word by word."""
    (schema,) = db.execute("SELECT sql FROM sqlite_master WHERE name='questions_fts'").fetchone()
    for statement in (
        schema.replace("questions_fts", "temp.again", 1),
        "CREATE VIRTUAL TABLE temp.meant USING fts5vocab('temp', 'again', 'instance')",
        "CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'questions_fts', 'instance')",
    ):
        db.execute(statement)
    db.executemany(
        "INSERT INTO temp.again(rowid, title, question, reply) VALUES (?,?,?,?)", _meant(db)
    )
    names = dict(db.execute("SELECT key, id FROM questions"))
    for key, words in db.execute(_DIFFERENT):
        where = f"full text of {names.get(key, f'row {key}, which no question has')}"
        yield Finding(where, f"{words} words are not those of the record")


def _meant(db: sqlite3.Connection) -> Iterator[tuple[int, str, str, str]]:
    for key, record in db.execute(_RECORDS):
        yield (key, *fulltext(from_record(json.loads(record))))
