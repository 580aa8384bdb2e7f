"""Tells whether database and tombstones are of one time: a backup may bring back either.

The database names the takedowns that it was made without, so that comparing the two is no search.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from hashlib import sha256
from pathlib import Path

from pipelines.database import UNREADABLE, open_reader, query_errors
from pipelines.errors import StorageError
from pipelines.layout import DATABASE
from scraper.errors import ArchiveError
from scraper.tombstones import TOMBSTONES, Tombstone, Tombstones, entries_in, load
from scraper.wording import counted

_KNOWN = "SELECT tombstone, at FROM takedowns ORDER BY at"


def note(db: sqlite3.Connection, tombstones: Tombstones) -> None:
    """Tell the database that it holds nothing of what these cover."""
    rows = [(_name(entry), entry.at) for entry in tombstones.entries]
    db.executemany("INSERT OR IGNORE INTO takedowns VALUES (?, ?)", rows)


def lost(db: sqlite3.Connection, tombstones: Tombstones) -> list[str]:
    """The moments of takedowns that the database knows of, and that have no tombstone."""
    names = {_name(entry) for entry in tombstones.entries}
    return [at for name, at in db.execute(_KNOWN) if name not in names]


def lost_in(folder: Path) -> list[str]:
    """The same of an archive; none where its database cannot be asked."""
    with suppress(*UNREADABLE, ArchiveError), open_reader(folder) as db:
        return lost(db, load(folder))
    return []


def refuse_lost(db: sqlite3.Connection, folder: Path, tombstones: Tombstones) -> None:
    """Raise StorageError where a takedown has no tombstone: what it took down would come back."""
    with _errors(folder):
        moments = lost(db, tombstones)
    if moments:
        raise StorageError(
            f"{folder / TOMBSTONES} lacks the takedown of {moments[0]}: restore it from a copy."
            " Without one, `qarchive verify --repair` goes on as if nothing was taken down then."
        )


def refuse_returned(db: sqlite3.Connection, folder: Path, tombstones: Tombstones) -> Tombstones:
    """Raise StorageError where the database holds what was taken down since it was made.

    Returns the finished tombstones that it does not know of.
    """
    entries = _unknown(db, folder, tombstones.finished.entries)
    new = Tombstones(entries, tombstones.keys)
    if new and (count := _held(db, new)):
        raise StorageError(
            f"{folder} is of a backup and holds {counted(count, 'record')} of pages that were taken"
            " down since: `qarchive verify --repair` takes them down again."
        )
    return new


def refuse_returned_in(folder: Path) -> None:
    """As `refuse_returned`, before the archive is read, by whomever: mostly without the keys.

    Raises ArchiveError.
    """
    if entries := Tombstones(entries_in(folder)).finished.entries:
        with open_reader(folder) as db:
            if _unknown(db, folder, entries):
                refuse_returned(db, folder, load(folder))


def _unknown(
    db: sqlite3.Connection, folder: Path, entries: Iterable[Tombstone]
) -> tuple[Tombstone, ...]:
    with _errors(folder):
        known = dict(db.execute(_KNOWN))
    return tuple(entry for entry in entries if _name(entry) not in known)


def _errors(folder: Path) -> AbstractContextManager[None]:
    return query_errors(folder / DATABASE, "run `qarchive status`")


def _held(db: sqlite3.Connection, tombstones: Tombstones) -> int:
    """How many records of such pages the database has; if none, how many URLs."""
    ids = db.execute("SELECT id FROM questions")
    urls = db.execute("SELECT url FROM urls")
    return sum(tombstones.covers_id(record_id) for (record_id,) in ids) or sum(
        tombstones.covers_url(url) for (url,) in urls
    )


def _name(entry: Tombstone) -> str:
    """What tells a tombstone from others, begun or finished."""
    return sha256("\n".join((entry.key, entry.at, *entry.urls, *entry.ids)).encode()).hexdigest()
