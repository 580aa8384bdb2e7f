"""Queries of an archive's database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines.database import NAME


def rows(archive: Path, query: str, *values: object) -> list[Any]:
    """A query's rows."""
    with closing(sqlite3.connect(archive / NAME)) as db:
        return db.execute(query, values).fetchall()
