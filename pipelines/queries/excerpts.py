"""Stubs: pages that are known only from the "Similar Q&A" cards of other pages.

A card is a dated sighting of a page. The database's views `sightings`, `stubs` and
`edits_seen_elsewhere` are derived from them; nothing is computed during a crawl.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

from pipelines.database import dicts
from pipelines.schema import is_page

SCHEMA = "qarchive-stub/1"
# Pages without a record; only the present cards count, since they are indexed.
_COUNT = f"""
SELECT count(*)
FROM (SELECT url, min(question_id) AS seen_on FROM similar_questions
  WHERE url IS NOT NULL GROUP BY url) s
WHERE NOT EXISTS (SELECT 1 FROM questions q WHERE {is_page("s.url", "s.seen_on")})
  AND url NOT IN (SELECT url FROM moved_questions)
"""
# The view `stubs` leaves earlier versions out: they are read as a whole, or not at all.
_STUBS = f"""
SELECT s.url, s.title, s.question_excerpt, s.question_complete, s.doctor, s.department,
  s.reply_excerpt, s.reply_complete, s.seen_on, count(*) AS sightings, a.fetched_at AS first_seen,
  b.fetched_at AS last_seen, max(s.last_capture)
    -- SQLite takes the other columns from the row that has the maximum
FROM (SELECT *, min(first_capture) OVER one AS first, max(last_capture) OVER one AS last
  FROM sightings g
  WHERE NOT EXISTS (SELECT 1 FROM questions q WHERE {is_page("g.url", "g.seen_on")})
    AND url NOT IN (SELECT url FROM moved_questions)
  WINDOW one AS (PARTITION BY url)) s
JOIN captures a ON a.id = s.first JOIN captures b ON b.id = s.last
GROUP BY s.url
"""


def stub_count(connection: sqlite3.Connection) -> int:
    """How many pages are known only from the present cards of other pages."""
    (count,) = connection.execute(_COUNT).fetchone()
    return int(count)


def stubs(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield each such page, by URL, with the texts of its latest sighting.

    Where `complete` is false, a text is only the beginning.
    """
    return map(_stub, dicts(connection, _STUBS))


def _stub(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "stub": True,
        "url": row["url"],
        "title": row["title"],
        "question": {"text": row["question_excerpt"], "complete": bool(row["question_complete"])},
        "reply": {
            "doctor": row["doctor"],
            "department": row["department"],
            "text": row["reply_excerpt"],
            "complete": bool(row["reply_complete"]),
        },
        "sightings": row["sightings"],
        "seen_on": row["seen_on"],
        "first_seen": row["first_seen"],
        "last_seen": row["last_seen"],
    }
