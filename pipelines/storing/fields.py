"""Counts the fields of the pages that a run reads."""

import json
import sqlite3
from datetime import timedelta

from pipelines.queries.records import RECORD_JSON
from pipelines.queue.days import SETTLED
from pipelines.reports.coverage import Coverage
from pipelines.storing.rows import STAYS
from scraper.items import Kind, Outcome, Question, Visit
from scraper.record import from_record, timestamp

# Days for which a page is expected to have what it had: long enough for a lasting fall to settle.
_EXPECTED = 2 * SETTLED
_READ_OR_UNREADABLE = (Outcome.FETCHED, Outcome.PROBLEM)
# NULL where the record stays as it is, since the page is a copy at another URL.
_RECORD_TO_CHANGE = f"""
SELECT iif(q.url_id = :here OR NOT ({STAYS}), {RECORD_JSON}, NULL)
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.id = :here
WHERE q.id = :id
"""
# Former versions that were current after a moment.
_RECENT_VERSIONS = """
SELECT v.record FROM question_versions v JOIN question_versions n ON n.id =
  (SELECT min(id) FROM question_versions WHERE question_id = v.question_id AND id > v.id)
WHERE v.question_id = ? AND v.record IS NOT NULL AND n.recorded_at > ?
"""


def records_before(db: sqlite3.Connection, visit: Visit, url_id: int) -> tuple[Question, ...]:
    """The record that the visit's question may change, in all its versions of two months.

    () when the question is new. A copy at another URL changes no record: an empty question stands
    for it, so that no field is expected of the page.
    """
    question = visit.question
    if question is None:
        return ()
    values = {"id": question.id, "url": question.url, "here": url_id}
    row = db.execute(_RECORD_TO_CHANGE, values).fetchone()
    if row is None:
        return ()
    (current,) = row
    if current is None:
        site, source_id, language = question.site, question.source_id, question.language
        return (Question(site=site, source_id=source_id, language=language, url=question.url),)
    since = timestamp(visit.visited_at - timedelta(days=_EXPECTED))
    recent = [version for (version,) in db.execute(_RECENT_VERSIONS, (question.id, since))]
    return tuple(from_record(json.loads(record)) for record in (current, *recent))


def count_fields(coverage: Coverage, visit: Visit, before: tuple[Question, ...]) -> None:
    """Count the fields of a visit to a question's page; `before`: as `records_before`."""
    is_expected = visit.kind is Kind.QUESTION and visit.outcome in _READ_OR_UNREADABLE
    if visit.question is not None or (is_expected and visit.capture is not None):
        coverage.count(visit.question, visit.visited_at.date(), before)
