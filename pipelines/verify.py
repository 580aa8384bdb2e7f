"""Everything that can be checked of an archive. Nothing is written."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from pipelines.checks.finding import Finding
from pipelines.checks.fulltext import check_fulltext
from pipelines.checks.records import check_database, check_digests, check_rules
from pipelines.checks.warcs import check_files, check_warc
from pipelines.database import open_reader


def verify(folder: Path, tell: Callable[[int], None] = lambda _: None) -> Iterator[Finding]:
    """All that is wrong with the archive; `tell` is called with bytes of WARC that are done.

    A crawl may go on: what is read is one moment's state, and only what was committed then counts.
    Raises NoArchiveError, or StorageError when the database cannot be opened.
    """
    with open_reader(folder) as database:
        db: sqlite3.Connection = database.conn
        try:
            db.execute("BEGIN")  # one snapshot
            names = [row[0] for row in db.execute("SELECT name FROM warcs ORDER BY name")]
            yield from check_database(db)
            yield from check_files(db, folder)
            for name in names:
                yield from check_warc(db, folder, name, tell)
            yield from check_rules(db)
            yield from check_digests(db)
            yield from check_fulltext(db)
        except sqlite3.Error as error:
            yield Finding("archive.db", f"it cannot be read any further: {error}")


def warc_bytes(folder: Path) -> int:
    """How many bytes of WARC there are to check. Raises as `verify`."""
    with open_reader(folder) as database:
        (size,) = database.conn.execute("SELECT ifnull(sum(size), 0) FROM warcs").fetchone()
        return int(size)
