"""Reads all records of an archive, for every export."""

import json
from array import array
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.database import open_reader, query_errors
from pipelines.queries.records import EXPORTED_JSON, RECORD_AS_OF
from scraper.record import timestamp

# Numbers sort as numbers. A digest casts to 0 or a chance number, and then sorts as text.
_ORDER = "SELECT key FROM questions ORDER BY site, CAST(source_id AS INTEGER), source_id, language"
_RECORD = f"SELECT {EXPORTED_JSON} FROM questions q WHERE q.key = :key"
_OLD_RECORD = f"""
SELECT json_set(record, '$.gone_since', gone_since) FROM ({RECORD_AS_OF} WHERE q.key = :key)
"""


def record_lines(archive: Path, as_of: datetime | None = None) -> Iterator[str]:
    """Yield each record, with `gone_since`, as one line of JSON, by site, number and language.

    With `as_of` the records as they were known at that moment, without questions unknown then.

    The keys are read and sorted first (8 bytes each), then each record in a query of its own. So
    a walk may take hours behind a slow pipe without keeping SQLite's WAL from being emptied. In
    return it is no snapshot: each record is as it stands when it is read, questions added since
    the walk began are missing, and those removed since are left out.

    Raises NoArchiveError, or StorageError when the database cannot be read.
    """
    query = _RECORD if as_of is None else _OLD_RECORD
    parameters = {} if as_of is None else {"moment": timestamp(as_of)}
    with open_reader(archive) as connection, query_errors(archive, "run `qarchive status`"):
        for key in array("q", (row[0] for row in connection.execute(_ORDER))):
            row = connection.execute(query, parameters | {"key": key}).fetchone()
            if row is not None:
                yield row[0]


def records(archive: Path, as_of: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Yield the records of `record_lines` as dicts, shaped like docs/record.schema.json."""
    return map(json.loads, record_lines(archive, as_of))
