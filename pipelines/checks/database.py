"""Checks the database with SQLite's own means, and its schema."""

import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database

from pipelines.checks.finding import Finding
from pipelines.database import is_newer
from pipelines.layout import DATABASE
from pipelines.schema import migrations

_CHECK = "database"
_SCHEMA = "SELECT type, name FROM sqlite_master"


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Check pages, indexes, types and foreign keys, and that no part of the schema is missing."""
    for (message,) in db.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Finding(_CHECK, DATABASE, " ".join(message.split()))
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        what = f"row {row} of {table} names a row of {parent} that is not there"
        yield Finding(_CHECK, DATABASE, what)
    if not migrations.applied(Database(db)):
        yield Finding(_CHECK, DATABASE, "it does not tell which schema it has")
    if is_newer(Database(db, execute_plugins=False)):
        yield Finding(_CHECK, DATABASE, "a newer qarchive has written it", "upgrade qarchive")
    if not migrations.pending(Database(db)):
        for kind, name in sorted(_current_schema().difference(db.execute(_SCHEMA))):
            yield Finding(_CHECK, DATABASE, f"the {kind} {name} is missing")


def _current_schema() -> set[tuple[str, str]]:
    with Database(memory=True, strict=True, execute_plugins=False) as today:
        migrations.apply(today)
        return set(today.execute(_SCHEMA))
