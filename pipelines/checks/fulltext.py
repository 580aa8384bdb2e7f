"""The full-text index against the records: every word in its place, and no other."""

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache, partial

from pipelines.checks.finding import Finding
from pipelines.database import is_refused
from pipelines.history.rewriting import fulltext
from pipelines.queries.records import RECORD_JSON
from scraper.record import from_record

_CHECK = "fulltext"
_fault = partial(Finding, _CHECK)
_OTHERWISE = "other words are indexed than the record has"
_COLUMNS = "title, question, reply"
_TOKENIZE = "tokenize='unicode61 remove_diacritics 2'"  # as in the schema
_WORDS = f"""
SELECT key, json_extract(words, '$[0]') AS title, json_extract(words, '$[1]') AS question,
  json_extract(words, '$[2]') AS reply
FROM (SELECT q.key, fulltext_of({RECORD_JSON}) AS words FROM main.questions q)
"""


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite itself compares the index with what it should be of.

    The archive's index keeps no content, so a copy of it is put over a view that gives the
    content. The copy lies in SQLite's temporary files.
    """
    db.create_function("fulltext_of", 1, _fulltext_of, deterministic=True)
    db.execute(f"CREATE TEMP VIEW words AS {_WORDS}")
    _index(db, "held", "content='words', content_rowid='key'")
    for part in ("data", "idx", "docsize"):
        db.execute(f"DELETE FROM temp.held_{part}")
        db.execute(f"INSERT INTO temp.held_{part} SELECT * FROM main.questions_fts_{part}")
    try:
        db.execute("INSERT INTO temp.held(held, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise
        yield from _named(db)
    db.execute("DROP TABLE temp.held")
    db.execute("DROP VIEW temp.words")


def _named(db: sqlite3.Connection) -> Iterator[Finding]:
    """Which questions are indexed wrongly."""
    _index(db, "fresh", "content=''")
    db.execute(f"INSERT INTO temp.fresh(rowid, {_COLUMNS}) SELECT * FROM temp.words")
    db.create_function("place", 3, _place, deterministic=True)
    for name, of in (("in_fresh", "temp, fresh"), ("in_held", "main, questions_fts")):
        db.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab({of}, instance)")
    found = False
    try:
        for key, question in db.execute(_OTHER):
            found = True
            yield _fault(f"full text of {question or f'row {key}'}", _OTHERWISE)
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise
        yield _fault("questions_fts", f"the index is damaged ({error})")
        found = True
    if not found:
        yield _fault("questions_fts", "the index is damaged, or names a row that is no question")
    for name in ("in_fresh", "in_held", "fresh"):
        db.execute(f"DROP TABLE temp.{name}")


_SUM = "SELECT doc, count(*), sum(place(term, col, offset)) FROM temp.{} GROUP BY doc"
_OTHER = f"""
SELECT DISTINCT doc, (SELECT id FROM questions WHERE key = doc) FROM (
  SELECT * FROM ({_SUM.format("in_fresh")} EXCEPT {_SUM.format("in_held")})
  UNION ALL SELECT * FROM ({_SUM.format("in_held")} EXCEPT {_SUM.format("in_fresh")}))
ORDER BY doc
"""


def _place(term: str, column: str, offset: int) -> int:
    """A number for a word in its place, small enough to be added up."""
    return hash((term, column, offset)) & 0xFFFFFFFF


@lru_cache(maxsize=1)  # SQLite asks once for each column
def _fulltext_of(record: str) -> str:
    return json.dumps(fulltext(from_record(json.loads(record))))


def _index(db: sqlite3.Connection, name: str, content: str) -> None:
    db.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5({_COLUMNS}, {content}, {_TOKENIZE})")
