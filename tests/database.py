"""Queries of an archive's database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines.layout import DATABASE


def rows(archive: Path, query: str, *values: object) -> list[Any]:
    """Return a query's rows as tuples."""
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        return db.execute(query, values).fetchall()


def dict_rows(archive: Path, query: str) -> list[dict[str, Any]]:
    """Return a query's rows, each with its values by column name."""
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(query)]
