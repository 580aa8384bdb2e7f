"""Each record against its digest, its versions and the captures that said it."""

import json
import sqlite3
from collections.abc import Iterator
from functools import partial
from typing import Any

from pipelines.checks.finding import Finding
from pipelines.history.causes import Cause
from pipelines.queries.records import RECORD_JSON
from pipelines.storing.rows import digest
from scraper.record import from_record

_CHECK = "records"
_fault = partial(Finding, _CHECK)
_CURRENT = f"""
SELECT q.id, q.digest, {RECORD_JSON}, v.digest, v.id = (SELECT max(id) FROM question_versions
  WHERE question_id = q.id), c.fetched_at
FROM questions q LEFT JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
LEFT JOIN captures c ON c.id = q.capture_id
"""
_MANY = """
SELECT question_id, count(*) FROM question_versions WHERE record IS NULL
GROUP BY question_id HAVING count(*) > 1
"""
_OLD = """
SELECT id, question_id, digest, record FROM question_versions WHERE record IS NOT NULL
"""
_SPANS = """
SELECT v.question_id, v.id FROM question_versions v
LEFT JOIN captures f ON f.id = v.first_capture LEFT JOIN captures l ON l.id = v.last_capture
WHERE f.url_id IS NULL OR l.url_id IS NULL OR f.id > l.id
"""
# A question's page may have had several URLs; none is another question's, but for its translations.
_FOREIGN = """
SELECT v.question_id, v.id, c.url FROM question_versions v
JOIN questions q ON q.id = v.question_id
JOIN captures c ON c.id IN (v.first_capture, v.last_capture)
WHERE c.url_id <> q.url_id AND EXISTS (SELECT 1 FROM questions o WHERE o.url_id = c.url_id
  AND (o.site, o.source_id) <> (q.site, q.source_id))
"""
# A page as it was, by a revisit, has a body that the same version had before.
_OTHERWISE = """
SELECT v.question_id, v.id, l.fetched_at FROM question_versions v
JOIN captures l ON l.id = v.last_capture
WHERE l.refers_to IS NOT NULL AND l.id <> v.first_capture AND NOT EXISTS (
  SELECT 1 FROM captures c WHERE c.url_id = l.url_id AND c.id >= v.first_capture AND c.id < l.id
  AND c.sha256 = l.sha256)
"""
# A version begins with the capture that its record was read from, and tells why from then on; the
# site may have moved since.
_PLACES = """
SELECT q.id FROM questions q
JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
JOIN captures f ON f.id = v.first_capture JOIN captures l ON l.id = v.last_capture
WHERE q.capture_id <> f.id OR q.url_id NOT IN (f.url_id, l.url_id)
"""
_CAUSES = f"""
SELECT v.question_id, v.id FROM question_versions v JOIN captures f ON f.id = v.first_capture
WHERE v.recorded_at < f.fetched_at OR v.cause NOT IN ({",".join(f"'{one}'" for one in Cause)})
  OR (v.cause = '{Cause.NEW}') <> (v.id = (SELECT min(id) FROM question_versions
    WHERE question_id = v.question_id))
"""


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Questions, their versions, and the captures of both."""
    yield from _current(db)
    for question, count in db.execute(_MANY):
        yield _fault(question, f"it has {count} current versions")
    for version, question, kept, record in db.execute(_OLD):
        if not _says(_loaded(record), question, kept):
            yield _fault(question, f"version {version} does not say what its digest is of")
    for question, version in db.execute(_SPANS):
        yield _fault(question, f"the captures of version {version} are none of a page, in order")
    for question, version, url in db.execute(_FOREIGN):
        yield _fault(question, f"version {version} names a capture of another question, {url}")
    for question, version, seen in db.execute(_OTHERWISE):
        yield _fault(question, f"version {version} is seen until {seen}, in another body than its")
    for (question,) in db.execute(_PLACES):
        yield _fault(question, "its capture or URL is not that of its current version")
    for question, version in db.execute(_CAUSES):
        yield _fault(question, f"version {version} cannot have that cause, or be recorded then")


def _current(db: sqlite3.Connection) -> Iterator[Finding]:
    for question, kept, record, current, is_last, fetched_at in db.execute(_CURRENT):
        told = _loaded(record)
        if not _says(told, question, kept):
            yield _fault(question, "its rows do not give the record that its digest is of")
        if current is None:
            yield _fault(question, "it has no current version")
        elif current != kept or not is_last:
            yield _fault(question, "its current version is not the last, or another record's")
        if told["captured_at"] != fetched_at:
            yield _fault(question, f"captured at {told['captured_at']}, its capture {fetched_at}")


def _says(record: Any, question_id: str, kept: str) -> bool:
    try:
        question = from_record(record)
        found = digest(question)
    except (LookupError, TypeError, ValueError):
        return False
    return (question.id, record["id"], found) == (question_id, question_id, kept)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
