"""The query that turns rows back into records, for exports and for the version history."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

_FIELDS = """
  'schema', 'qarchive/1', 'id', q.id, 'site', q.site, 'source_id', q.source_id,
  'language', q.language, 'url', q.url, 'title', q.title, 'department', q.department,
  'question', json_object('headline', q.question_headline, 'text', q.question_text),
  'asker', CASE WHEN coalesce(q.asker_name, q.asker_sex, q.asker_age_min, q.asker_age_max)
    IS NOT NULL THEN json_object('name', q.asker_name, 'sex', q.asker_sex,
    'age_min', q.asker_age_min, 'age_max', q.asker_age_max) END,
  'asked_on', q.asked_on,
  'replies', (SELECT json_group_array(json(o)) FROM (
    SELECT json_object('doctor', doctor, 'department', department, 'hospital', hospital,
      'text', text, 'replied_on', replied_on) AS o
    FROM replies WHERE question_id = q.id ORDER BY position)),
  'more_info', q.more_info,
  'similar', (SELECT json_group_array(json(o)) FROM (
    SELECT json_object('title', title, 'url', url, 'question_excerpt', question_excerpt,
      'question_complete', json(iif(question_complete, 'true', 'false')),
      'doctor', doctor, 'department', department, 'reply_excerpt', reply_excerpt,
      'reply_complete', json(iif(reply_complete, 'true', 'false'))) AS o
    FROM similar_questions WHERE question_id = q.id ORDER BY position)),
  'faq_tags', (SELECT json_group_array(json(o)) FROM (
    SELECT json_object('name', t.name, 'department', t.department, 'url', j.url) AS o
    FROM questions_faq_tags j JOIN faq_tags t ON t.id = j.tag_id
    WHERE j.question_id = q.id ORDER BY j.position)),
  'mentions', json(q.mentions), 'warnings', json(q.warnings),
  'captured_at', q.captured_at
"""
RECORD_JSON = f"json_object({_FIELDS})"
EXPORTED_JSON = f"json_object({_FIELDS}, 'gone_since', q.gone_since)"

# When it was found that a question is gone: by a second look, or at once where its page speaks
# another language since.
FOUND_GONE = """ifnull((SELECT min(fetched_at) FROM captures c WHERE c.url_id = q.url_id
  AND c.fetched_at > q.gone_since AND c.outcome IN ('gone', 'moved')
  AND NOT EXISTS (SELECT 1 FROM captures o WHERE o.url_id = q.url_id
    AND o.fetched_at = q.gone_since AND o.outcome = 'fetched')), q.gone_since)"""
# What the archive said of a question at a moment: the last version in the order in which they
# were recorded, since a clock may have been set back meanwhile.
RECORD_AS_OF = f"""
SELECT ifnull(v.record, {RECORD_JSON}) AS record, v.first_capture,
  iif(q.gone_since <= :moment AND {FOUND_GONE} <= :moment, q.gone_since, NULL) AS gone_since
FROM questions q
JOIN question_versions v ON v.id = (SELECT max(id) FROM question_versions
  WHERE question_id = q.id AND recorded_at <= :moment)
"""


def record_json(connection: sqlite3.Connection, question_id: str) -> str:
    """The stored record with this id, as JSON. Raises LookupError when there is none."""
    query = f"SELECT {RECORD_JSON} FROM questions q WHERE q.id = ?"
    row = connection.execute(query, (question_id,)).fetchone()
    if row is None:
        raise LookupError(question_id)
    text: str = row[0]
    return text


def record_of(connection: sqlite3.Connection, question_id: str) -> dict[str, Any]:
    """The stored record with this id. Raises LookupError when there is none."""
    record: dict[str, Any] = json.loads(record_json(connection, question_id))
    return record


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings_in(inner)
