"""Compares each record with its digest, its versions and its captures."""

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Any

from pipelines.checks.finding import Finding
from pipelines.digest import digest
from pipelines.queries.records import RECORD_JSON
from pipelines.storing.causes import Cause
from scraper.record import from_record

_finding = partial(Finding, "records")
_CURRENT = f"""
SELECT q.id, q.digest, {RECORD_JSON}, v.digest, v.id = (SELECT max(id) FROM question_versions
  WHERE question_id = q.id), c.fetched_at
FROM questions q LEFT JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
LEFT JOIN captures c ON c.id = q.capture_id
"""
_MANY_CURRENT = """
SELECT question_id, count(*) FROM question_versions WHERE record IS NULL
GROUP BY question_id HAVING count(*) > 1
"""
_OLD_VERSIONS = """
SELECT id, question_id, digest, record FROM question_versions WHERE record IS NOT NULL
"""
_WRONG_SPANS = """
SELECT v.question_id, v.id FROM question_versions v
LEFT JOIN captures f ON f.id = v.first_capture LEFT JOIN captures l ON l.id = v.last_capture
WHERE f.url_id IS NULL OR l.url_id IS NULL OR f.id > l.id
"""
# A question may have had several URLs, but none of another question: only of its translations.
_FOREIGN_CAPTURES = """
SELECT v.question_id, v.id, c.url FROM question_versions v
JOIN questions q ON q.id = v.question_id
JOIN captures c ON c.id IN (v.first_capture, v.last_capture)
WHERE c.url_id <> q.url_id AND EXISTS (SELECT 1 FROM questions o WHERE o.url_id = c.url_id
  AND (o.site, o.source_id) <> (q.site, q.source_id))
"""
_TAGS_OF_OTHER_SITES = """
SELECT q.id, t.name FROM questions_faq_tags x JOIN faq_tags t ON t.id = x.tag_id
JOIN questions q ON q.id = x.question_id WHERE q.site <> t.site
"""
# A revisit's body must be one that the same version had before.
_OTHER_BODY = """
SELECT v.question_id, v.id, l.fetched_at FROM question_versions v
JOIN captures l ON l.id = v.last_capture
WHERE l.refers_to IS NOT NULL AND l.id <> v.first_capture AND NOT EXISTS (
  SELECT 1 FROM captures c WHERE c.url_id = l.url_id AND c.id >= v.first_capture AND c.id < l.id
  AND c.sha256 = l.sha256)
"""
# The current version begins with the capture that its record was read from, or, where the page has
# moved since, ends at its URL.
_WRONG_SOURCES = """
SELECT q.id FROM questions q
JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
JOIN captures f ON f.id = v.first_capture JOIN captures l ON l.id = v.last_capture
WHERE q.capture_id <> f.id OR q.url_id NOT IN (f.url_id, l.url_id)
"""
_WRONG_CAUSES = f"""
SELECT v.question_id, v.id FROM question_versions v JOIN captures f ON f.id = v.first_capture
WHERE v.recorded_at < f.fetched_at OR v.cause NOT IN ({",".join(f"'{one}'" for one in Cause)})
  OR (v.cause = '{Cause.NEW}') <> (v.id = (SELECT min(id) FROM question_versions
    WHERE question_id = v.question_id))
"""
_WRONG_ROWS = {
    _MANY_CURRENT: "it has {} current versions",
    _WRONG_SPANS: "the captures of version {} are none of a page, in order",
    _FOREIGN_CAPTURES: "version {} names a capture of another question, {}",
    _TAGS_OF_OTHER_SITES: "its tag {} is another site's",
    _OTHER_BODY: "version {} is seen until {}, in another body than its",
    _WRONG_SOURCES: "its capture or URL is not that of its current version",
    _WRONG_CAUSES: "version {} cannot have that cause, or be recorded then",
}


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Check questions, their versions, the captures of both, and tags."""
    yield from _current(db)
    for version, question, stored_digest, record in db.execute(_OLD_VERSIONS):
        if not _has_digest(_loaded(record), question, stored_digest):
            yield _finding(question, f"version {version} does not say what its digest is of")
    for query, what in _WRONG_ROWS.items():
        for question, *values in db.execute(query):
            yield _finding(question, what.format(*values))


def _current(db: sqlite3.Connection) -> Iterator[Finding]:
    rows = db.execute(_CURRENT)
    for question, stored_digest, text, version_digest, is_last, fetched_at in rows:
        record = _loaded(text)
        if not _has_digest(record, question, stored_digest):
            yield _finding(question, "its rows do not give the record that its digest is of")
        if version_digest is None:
            yield _finding(question, "it has no current version")
        elif version_digest != stored_digest or not is_last:
            yield _finding(question, "its current version is not the last, or another record's")
        if record["captured_at"] != fetched_at:
            what = f"captured at {record['captured_at']}, its capture {fetched_at}"
            yield _finding(question, what)


def _has_digest(record: Any, question_id: str, stored_digest: str) -> bool:
    """Whether a record is that question's, and has that digest."""
    try:
        question = from_record(record)
        actual_digest = digest(question)
    except (LookupError, TypeError, ValueError):
        return False
    return (question.id, record["id"], actual_digest) == (question_id, question_id, stored_digest)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
