"""Compares the full-text index with the records: every word in its place, and no other."""

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice

from pipelines.checks.finding import Finding
from pipelines.database import is_refused
from pipelines.queries.records import RECORD_JSON
from pipelines.storing.rewriting import fulltext
from scraper.record import from_record

_finding = partial(Finding, "fulltext")
_COLUMNS = "title, question, reply"
_TOKENIZE = "tokenize='unicode61 remove_diacritics 2'"  # as in the schema
_WORDS = f"""
SELECT key, json_extract(words, '$[0]') AS title, json_extract(words, '$[1]') AS question,
  json_extract(words, '$[2]') AS reply
FROM (SELECT q.key, fulltext_of({RECORD_JSON}) AS words FROM main.questions q)
"""
_LOOKED_UP = 3_000  # words; one page of an index holds hundreds of rare ones


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Have SQLite compare the index with its content.

    The archive's index stores no content, so a copy of it is made, in SQLite's temporary files,
    whose content is a view of the records.
    """
    db.create_function("fulltext_of", 1, _fulltext_of, deterministic=True)
    db.execute(f"CREATE TEMP VIEW words AS {_WORDS}")
    _index(db, "copied", "content='words', content_rowid='key'")
    for part in ("data", "idx", "docsize"):
        db.execute(f"DELETE FROM temp.copied_{part}")
        db.execute(f"INSERT INTO temp.copied_{part} SELECT * FROM main.questions_fts_{part}")
    try:
        db.execute("INSERT INTO temp.copied(copied, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise
        yield from _wrong_questions(db)
    else:
        yield from _unfound_words(db)
    db.execute("DROP TABLE temp.copied")
    db.execute("DROP VIEW temp.words")


def _unfound_words(db: sqlite3.Connection) -> Iterator[Finding]:
    """Look up words from all over the index: `integrity-check` reads its pages in their order."""
    db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, questions_fts, row)")
    try:
        (count,) = db.execute("SELECT count(*) FROM temp.vocabulary").fetchone()
        step = 1 + count // _LOOKED_UP
        words = [*islice(db.execute("SELECT term, doc FROM temp.vocabulary"), 0, None, step)]
        look_up = "SELECT term, doc FROM temp.vocabulary WHERE term=?"
        is_unfound = any(db.execute(look_up, word[:1]).fetchone() != word for word in words)
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise
        yield _finding("questions_fts", f"it cannot be searched ({error})")
    else:
        if is_unfound:
            yield _finding("questions_fts", "a search does not find some of its words")
    db.execute("DROP TABLE temp.vocabulary")


def _wrong_questions(db: sqlite3.Connection) -> Iterator[Finding]:
    _index(db, "fresh", "content=''")
    db.execute(f"INSERT INTO temp.fresh(rowid, {_COLUMNS}) SELECT * FROM temp.words")
    db.create_function("place", 3, _place, deterministic=True)
    for name, index in (("in_fresh", "temp, fresh"), ("in_archive", "main, questions_fts")):
        db.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab({index}, instance)")
    is_found = False
    try:
        for key, question in db.execute(_DIFFERING):
            is_found = True
            place = f"full text of {question or f'row {key}'}"
            yield _finding(place, "other words are indexed than the record has")
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise
        yield _finding("questions_fts", f"the index is damaged ({error})")
        is_found = True
    if not is_found:
        yield _finding("questions_fts", "the index is damaged, or names a row that is no question")
    for name in ("in_fresh", "in_archive", "fresh"):
        db.execute(f"DROP TABLE temp.{name}")


_SUMS = "SELECT doc, count(*), sum(place(term, col, offset)) FROM temp.{} GROUP BY doc"
_DIFFERING = f"""
SELECT DISTINCT doc, (SELECT id FROM questions WHERE key = doc) FROM (
  SELECT * FROM ({_SUMS.format("in_fresh")} EXCEPT {_SUMS.format("in_archive")})
  UNION ALL SELECT * FROM ({_SUMS.format("in_archive")} EXCEPT {_SUMS.format("in_fresh")}))
ORDER BY doc
"""


def _place(term: str, column: str, offset: int) -> int:
    """A number for a word and its place, small enough to be summed up."""
    return hash((term, column, offset)) & 0xFFFFFFFF


@lru_cache(maxsize=1)  # SQLite asks once for each column
def _fulltext_of(record: str) -> str:
    return json.dumps(fulltext(from_record(json.loads(record))))


def _index(db: sqlite3.Connection, name: str, content: str) -> None:
    db.execute(f"CREATE VIRTUAL TABLE temp.{name} USING fts5({_COLUMNS}, {content}, {_TOKENIZE})")
