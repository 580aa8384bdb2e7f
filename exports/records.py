"""The one walk over what the archive holds, for every export."""

import json
from array import array
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.database import open_reader, unreadable
from pipelines.queries.records import EXPORTED_JSON, RECORD_AS_OF
from scraper.record import timestamp

# A number of the site's own sorts as a number; a digest, which casts to 0 or a chance number, as
# text behind it.
_ORDER = "SELECT key FROM questions ORDER BY site, CAST(source_id AS INTEGER), source_id, language"
_RECORD = f"SELECT {EXPORTED_JSON} FROM questions q WHERE q.key = :key"
_THEN = f"""
SELECT json_set(record, '$.gone_since', gone_since) FROM ({RECORD_AS_OF} WHERE q.key = :key)
"""


def record_lines(archive: Path, as_of: datetime | None = None) -> Iterator[str]:
    """Each record, with `gone_since`, as one line of JSON, by site, number and language.

    With `as_of` what the archive said at that moment; questions that it did not know then are left
    out.

    The keys are sorted first (8 bytes each), then every record is a read of its own. So a walk
    may take hours behind a slow pipe and never keeps the writer's log from being emptied; in
    return it is no snapshot: each record is whole, as it stands when its turn comes, questions
    that are new since the walk began are not in it, and those gone since are left out.

    Raises NoArchiveError, or StorageError when the database cannot be read.
    """
    query = _RECORD if as_of is None else _THEN
    given = {} if as_of is None else {"moment": timestamp(as_of)}
    with open_reader(archive) as connection, unreadable(archive, "run `qarchive status`"):
        for key in array("q", (row[0] for row in connection.execute(_ORDER))):
            row = connection.execute(query, given | {"key": key}).fetchone()
            if row is not None:
                yield row[0]


def records(archive: Path, as_of: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Each record as a dict shaped like docs/record.schema.json; else as `record_lines`."""
    return map(json.loads, record_lines(archive, as_of))
