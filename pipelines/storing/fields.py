"""Counts the fields of the pages that a run reads."""

import json
import sqlite3
from collections.abc import Iterable

from pipelines.queries.records import RECORD_JSON
from pipelines.queue.redirects import STAYS
from pipelines.reports.counting import Coverage, Former, Held
from pipelines.storing.causes import Cause
from scraper.items import Kind, Outcome, Question, Visit
from scraper.record import from_record

_READ_OR_UNREADABLE = (Outcome.FETCHED, Outcome.PROBLEM)
# NULL where the record stays as it is, since the page is a copy at another URL.
_RECORD_TO_CHANGE = f"""
SELECT iif(q.url_id = :here OR NOT ({STAYS}), {RECORD_JSON}, NULL)
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.id = :here
WHERE q.id = :id
"""
# What another reader has replaced was never the page's.
_FORMER_VERSIONS = f"""
SELECT c.run_id, v.record FROM question_versions v JOIN question_versions n ON n.id =
  (SELECT min(id) FROM question_versions WHERE question_id = v.question_id AND id > v.id)
JOIN captures c ON c.id = n.first_capture
WHERE v.question_id = ? AND v.record IS NOT NULL AND n.cause <> '{Cause.READER}'
  AND c.run_id >= ?
"""


def record_before(
    db: sqlite3.Connection, visit: Visit, url_id: int, coverage: Coverage
) -> Held | None:
    """The record that the visit's question may change; None when the question is new.

    While a field's fall is open, with the versions that were replaced since: a page that was read
    without the field is expected to get it back. A copy at another URL changes no record: an empty
    question stands for it, so that no field is expected of the page.
    """
    question = visit.question
    if question is None:
        return None
    values = {"id": question.id, "url": question.url, "here": url_id}
    row = db.execute(_RECORD_TO_CHANGE, values).fetchone()
    if row is None:
        return None
    (current,) = row
    if current is None:
        site, source_id, language = question.site, question.source_id, question.language
        return Held(Question(site=site, source_id=source_id, language=language, url=question.url))
    former: Iterable[tuple[int, str]] = ()
    if coverage.open_falls:
        since = min(coverage.open_falls.values())
        former = db.execute(_FORMER_VERSIONS, (question.id, since))
    return Held(
        from_record(json.loads(current)),
        [Former(run, from_record(json.loads(record))) for run, record in former],
    )


def count_fields(coverage: Coverage, visit: Visit, before: Held | None) -> None:
    """Count the fields of a visit to a question's page; `before`: as `record_before`."""
    is_expected = visit.kind is Kind.QUESTION and visit.outcome in _READ_OR_UNREADABLE
    if visit.question is not None or (is_expected and visit.capture is not None):
        coverage.count(visit.question, visit.visited_at.date(), before)
