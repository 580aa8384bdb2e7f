"""Finds captures that show a record, between two of its versions, and belong to neither."""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pipelines.checks.finding import Finding
from pipelines.rereading.captures import rereader
from pipelines.storing.causes import Cause
from scraper import loading

# Sound captures of one URL between the last capture of a version and the first of the next. Not of
# questions that have another record, or share their URL with one, or were read by several readers:
# by today's reader, such a capture may be of another record than it was.
_BETWEEN = f"""
SELECT v.question_id, v.before, u.site, c.id, c.fetched_at
FROM (SELECT question_id, last_capture AS before,
    lead(first_capture) OVER (PARTITION BY question_id ORDER BY id) AS after,
    max(cause = '{Cause.READER}') OVER (PARTITION BY question_id) AS is_reread
  FROM question_versions) v
JOIN questions q ON q.id = v.question_id
JOIN captures b ON b.id = v.before JOIN captures a ON a.id = v.after AND a.url_id = b.url_id
JOIN captures c ON c.url_id = b.url_id AND c.id > v.before AND c.id < v.after
JOIN urls u ON u.id = c.url_id
WHERE c.outcome IN ('fetched', 'unchanged') AND NOT v.is_reread AND NOT EXISTS (
  SELECT 1 FROM questions o WHERE o.key <> q.key AND (o.url_id = c.url_id
    OR o.id > q.site || ':' || q.source_id || ':' AND o.id < q.site || ':' || q.source_id || ';'))
ORDER BY v.question_id, c.id
"""


def check(db: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    """Read what lies between two versions again: it may be another record, or in no shape now."""
    readers = {name: rereader(db, folder, site) for name, site in loading.sites().items()}
    for (question_id, _), rows in groupby(db.execute(_BETWEEN), lambda row: row[:2]):
        for *_, site, capture_id, fetched_at in rows:
            shown = readers[site](capture_id) if site in readers else None
            if shown is not None and shown.id == question_id:
                what = f"none of its versions is that of the capture of {fetched_at}"
                yield Finding("versions", question_id, what)
                break
