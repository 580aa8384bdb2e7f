"""Records, versions and keys: what the tables say of each other, and of themselves."""

import json
import sqlite3
from collections.abc import Iterator

from pipelines.checks.finding import Finding
from pipelines.records import RECORD_JSON
from pipelines.rows import digest
from scraper.record import from_record, moment

_RECORDS = f"SELECT q.id, q.digest, {RECORD_JSON} FROM questions q"  # noqa: S608 -- a constant
_OLD = "SELECT id, question_id, digest, record FROM question_versions WHERE record IS NOT NULL"
_RULES = {
    "a question without its current version": """
SELECT 'questions', q.id FROM questions q LEFT JOIN question_versions v
  ON v.question_id = q.id AND v.record IS NULL
GROUP BY q.id HAVING count(v.id) <> 1 OR max(v.digest) <> max(q.digest)""",
    "a version that is seen last before it is seen first": """
SELECT 'question_versions', id FROM question_versions WHERE last_capture < first_capture""",
    "a version of captures of another page": """
SELECT 'question_versions', v.id FROM question_versions v
JOIN captures a ON a.id = v.first_capture JOIN captures b ON b.id = v.last_capture
WHERE a.url_id IS NULL OR b.url_id IS NULL""",
    "a reply count that is not that of the replies": """
SELECT 'questions', q.id FROM questions q
WHERE q.reply_count <> (SELECT count(*) FROM replies r WHERE r.question_id = q.id)""",
    "a revisit of a capture that has no body": """
SELECT 'captures', c.id FROM captures c JOIN captures o ON o.id = c.refers_to
WHERE o.refers_to IS NOT NULL OR o.id >= c.id OR o.sha256 <> c.sha256""",
    "a capture whose WARC does not reach as far": """
SELECT 'captures', c.id FROM captures c JOIN warcs w ON w.name = c.warc
WHERE c.offset + c.length > w.size""",
    "counts that do not add up": """
SELECT 'runs', id FROM runs
WHERE taken <> fetched + unchanged + gone + denied + moved + later + problem""",
    "URLs that are not counted as they are": """
SELECT 'tallies', site || ' ' || kind || ' ' || state FROM (
  SELECT site, kind, state, ways, held, urls FROM tallies WHERE urls > 0
  EXCEPT SELECT site, kind, state, ways, seen_day IS NOT NULL, count(*) FROM urls
  GROUP BY 1, 2, 3, 4, 5)
UNION SELECT 'urls', site || ' ' || kind || ' ' || state FROM (
  SELECT site, kind, state, ways, seen_day IS NOT NULL, count(*) FROM urls GROUP BY 1, 2, 3, 4, 5
  EXCEPT SELECT site, kind, state, ways, held, urls FROM tallies WHERE urls > 0)""",
}


def check_database(db: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite's own checks."""
    for (verdict,) in db.execute("PRAGMA integrity_check"):
        if verdict != "ok":
            yield Finding("archive.db", verdict)
    for table, key, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Finding(f"{table} {key}", f"names a row of {parent} that is not there")


def check_rules(db: sqlite3.Connection) -> Iterator[Finding]:
    """What must hold between tables."""
    for what, query in _RULES.items():
        yield from (Finding(f"{table} {key}", what) for table, key in db.execute(query))


def check_digests(db: sqlite3.Connection) -> Iterator[Finding]:
    """Each record, and each version kept of one, by the digest that it was stored with."""
    for question_id, told, record in db.execute(_RECORDS):
        if not _is(told, record):
            yield Finding(f"questions {question_id}", "its rows are not what was stored")
    for version, question_id, told, record in db.execute(_OLD):
        if not _is(told, record):
            what = "the version is not what was stored"
            yield Finding(f"question_versions {version} of {question_id}", what)


def _is(told: str, record: str) -> bool:
    try:
        value = json.loads(record)
        return digest(from_record(value), moment(value["captured_at"])) == told
    except (ValueError, TypeError, KeyError):
        return False
