"""The database made anew from the WARCs."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from pipelines.database import open_writer
from pipelines.errors import StorageError
from pipelines.moving import keep, names_of, staged
from pipelines.replay import Replayed, replay
from pipelines.warc import FOLDER
from scraper.spider import QuestionSpider

Sites = Mapping[str, type[QuestionSpider]]
Tell = Callable[[Replayed], None]


def rebuild(folder: Path, sites: Sites, tell: Tell = lambda _: None) -> Replayed:
    """Make the database anew from the WARCs. The lock is the caller's. Raises ArchiveError."""
    with staged(folder) as stage:
        names = names_of(folder)
        for name in names:
            keep(folder / FOLDER / name, stage / FOLDER / name)
        return fill(stage, names, sites, tell)


def fill(folder: Path, names: list[str], sites: Sites, tell: Tell) -> Replayed:
    """Make the database of a folder that holds WARCs only. Raises OSError and sqlite3.Error."""
    with closing(_new(folder)) as db:
        db.execute("PRAGMA synchronous = OFF")  # a crash starts it anew
        found = replay(db, folder, names, sites, tell)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
        return found


def _new(folder: Path) -> sqlite3.Connection:
    try:
        connection: sqlite3.Connection = open_writer(folder).conn
    except StorageError as error:  # nothing can be wrong with a new one but the disk
        raise error.__cause__ or error from None
    return connection
