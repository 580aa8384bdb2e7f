"""The one place that opens `archive.db`."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipelines import fulltext
from pipelines.errors import NoArchiveError, StorageError
from pipelines.schema import migrations

NAME = "archive.db"
ORPHANS = (
    f"{{}} holds WARCs but no {NAME}, or an empty one: `qarchive verify --repair` makes it anew."
)
_OURS = {"runs", "urls", "captures", "questions"}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB}
_SOUND = "check disk, rights and limits"  # as far as anybody can tell
_BUSY_MS = 90_000  # another program may hold it for a minute


def open_writer(folder: Path) -> Database:
    """The archive's database, made or migrated to today's schema.

    The caller holds the archive's lock, and has had one that was there looked through. Raises
    StorageError in one line that says what to do: the file is no database, or of a newer qarchive;
    NoArchiveError: of another program.
    """
    path = folder / NAME
    with _told_in_one_line(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000)
        try:
            _is_begun(connection, path)
            _configure(connection)
            database = Database(connection, strict=True)
            _refuse_newer(database, path)
            migrations.apply(database)
            fulltext.prepare(connection)
        except BaseException:
            connection.close()
            raise
    return database


def check_whole(folder: Path) -> None:
    """Look through the database, if there is one, in the way of no writer.

    Raises StorageError in one line that says what to do when it is damaged.
    """
    if not is_there(folder):
        return
    with open_reader(folder) as database, _told_in_one_line(folder / NAME):
        (verdict,) = database.conn.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        told = verdict.splitlines()[-1]
        raise StorageError(
            f"{folder / NAME} is damaged ({told}): `qarchive verify --repair` makes it anew."
        )


def is_there(folder: Path) -> bool:
    """Whether a database lies in the folder; what a copy without room left, of 0 bytes, is none."""
    path = folder / NAME
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def open_reader(folder: Path) -> Iterator[Database]:
    """A read-only connection that blocks no writer. Raises NoArchiveError or StorageError."""
    if not is_there(folder):
        raise _none(folder)
    path = folder / NAME
    with _told_in_one_line(path):
        connection = sqlite3.connect(reading(path), uri=True)
    try:
        with _told_in_one_line(path):
            begun = _is_begun(connection, path)
        if not begun:
            raise _none(folder)
        yield Database(connection)
    finally:
        connection.close()


def _none(folder: Path) -> NoArchiveError:
    if any(path.is_file() for path in (folder / "warc").glob("*.warc.gz")):
        return NoArchiveError(ORPHANS.format(folder))
    return NoArchiveError(
        f"{folder.absolute()} holds no archive: name another by --archive or QARCHIVE_DIR,"
        " or make one by `qarchive crawl SITE`."
    )


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA cache_size = -16000")


def _is_begun(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether there is more in it than what a kill in the first second leaves.

    Raises NoArchiveError when that is another program's.
    """
    rows = connection.execute("SELECT name FROM sqlite_schema")
    names = {name for (name,) in rows if "_sqlite_migrations" not in name}
    if names and not names >= _OURS:
        raise NoArchiveError(f"{path} is another program's database: name another folder.")
    return bool(names)


def _refuse_newer(database: Database, path: Path) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    unknown = {migration.name for migration in migrations.applied(database)} - known
    if unknown:
        raise StorageError(f"{path} was written by a newer qarchive: upgrade qarchive to open it.")


@contextmanager
def _told_in_one_line(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # of no OSError
        todo = "`qarchive verify --repair` makes it anew" if code in _DAMAGED else _SOUND
        raise StorageError(f"{path} cannot be opened ({error}): {todo}.") from error


@contextmanager
def unreadable(place: Path, todo: str = "") -> Iterator[None]:
    """Raise StorageError in one line, with what to do, where SQLite cannot read on."""
    try:
        yield
    except sqlite3.Error as error:
        advice = f": {todo}" if todo else ""
        raise StorageError(f"{place} cannot be read ({error}){advice}.") from error


def dicts(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """The rows of a query, by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def reading(path: Path) -> str:
    """The URI by which SQLite opens a database to read it, whatever signs its name holds.

    A WAL database needs files beside it. Where none can be made, on a read-only disk or in another
    user's folder, and none is there, nobody writes: then it is read without them.
    """
    alone = not path.with_name(f"{path.name}-wal").exists()
    how = "immutable=1" if alone and not os.access(path.parent, os.W_OK) else "mode=ro"
    return f"{path.resolve().as_uri()}?{how}"
