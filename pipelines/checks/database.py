"""The database as SQLite sees it."""

import sqlite3
from collections.abc import Iterator

from pipelines.checks.finding import REPAIR, Finding
from pipelines.database import NAME

_CHECK = "database"


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Pages, indexes, types and references."""
    for (told,) in db.execute("PRAGMA integrity_check"):
        if told != "ok":
            yield Finding(_CHECK, NAME, " ".join(told.split()), REPAIR)
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        what = f"row {row} of {table} names a row of {parent} that is not there"
        yield Finding(_CHECK, NAME, what, REPAIR)
