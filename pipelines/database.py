"""The one place that opens `archive.db`."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlite_utils import Database

from pipelines.errors import NoArchiveError, StorageError
from pipelines.schema import migrations
from pipelines.storing import fulltext

NAME = "archive.db"
ORPHANS = (
    f"{{}} holds WARCs but no {NAME}, or an empty one: `qarchive verify --repair` rebuilds it."
)
_OURS = {"runs", "urls", "captures", "questions"}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB}
_NO_ROOM = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}  # among others
_REFUSED = _NO_ROOM | {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM}
_LEAST = 1 << 20  # bytes free; SQLite needs some beside a database to open it
_SOUND = "check disk, rights and limits"  # as far as anybody can tell
_BUSY_MS = 90_000  # another program may hold it for a minute


def open_writer(folder: Path) -> Database:
    """The archive's database, made or migrated to today's schema.

    The caller holds the archive's lock, and has had one that was there looked through. Raises
    StorageError in one line that says what to do: the file is no database, or of a newer qarchive;
    NoArchiveError: of another program.
    """
    path = folder / NAME
    with _errors_in_one_line(path):
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
    try:
        with open_reader(folder) as database, _errors_in_one_line(folder / NAME):
            (verdict,) = database.conn.execute("PRAGMA quick_check(1)").fetchone()
    except NoArchiveError:
        return  # as a kill in its first moment leaves it; another program's is refused by who opens
    if verdict != "ok":
        reason = verdict.splitlines()[-1]
        raise StorageError(
            f"{folder / NAME} is damaged ({reason}): `qarchive verify --repair` rebuilds it."
        )


def is_there(folder: Path) -> bool:
    """Whether a database lies in the folder; what a copy without room left, of 0 bytes, is none."""
    path = folder / NAME
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def open_reader(folder: Path, *, lasting: bool = False) -> Iterator[Database]:
    """A read-only connection that blocks no writer. Raises NoArchiveError or StorageError.

    On a full disk, where nobody can write, it holds writers off as long as it is open; with
    `lasting` it is refused there.
    """
    if not is_there(folder):
        raise _none(folder)
    path = folder / NAME
    with ExitStack() as held:
        with _errors_in_one_line(path):
            connection = _connected(reading(path), held)
            try:
                begun = _is_begun(connection, path)
            except sqlite3.OperationalError as error:
                if lasting or not _is_without_writer(path, error, held):
                    raise
                connection = _connected(_alone(path), held)
                begun = _is_begun(connection, path)
        if not begun:
            raise _none(folder)
        yield Database(connection)


def _connected(uri: str, held: ExitStack) -> sqlite3.Connection:
    return held.enter_context(closing(sqlite3.connect(uri, uri=True)))


def _is_without_writer(path: Path, error: sqlite3.Error, held: ExitStack) -> bool:
    """Whether there is no room for the files beside it, nobody writes, and nobody will."""
    wal = path.with_name(f"{path.name}-wal")
    if _code(error) not in _NO_ROOM or (wal.exists() and wal.stat().st_size):
        return False
    with suppress(OSError):
        lock = held.enter_context(path.with_name("lock").open("a"))
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return True
    return False


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
    if names and len(names & _OURS) < 2:  # noqa: PLR2004 -- one may be lost, or another's by name
        raise NoArchiveError(f"{path} is another program's database: name another folder.")
    return bool(names)


def _refuse_newer(database: Database, path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as empty:
        known = {migration.name for migration in migrations.pending(Database(empty))}
    unknown = {migration.name for migration in migrations.applied(database)} - known
    if unknown:
        raise StorageError(f"{path} was written by a newer qarchive: upgrade qarchive to open it.")


@contextmanager
def _errors_in_one_line(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        todo = "`qarchive verify --repair` rebuilds it" if _code(error) in _DAMAGED else _SOUND
        if _code(error) in _NO_ROOM and disk_usage(path.parent).free < _LEAST:
            todo = "no room is left, make room"
        raise StorageError(f"{path} cannot be opened ({error}): {todo}.") from error


@contextmanager
def unreadable(place: Path, todo: str = "") -> Iterator[None]:
    """Raise StorageError in one line, with what to do, where SQLite cannot read on."""
    try:
        yield
    except sqlite3.Error as error:
        advice = f": {todo}" if todo else ""
        raise StorageError(f"{place} cannot be read ({error}){advice}.") from error


def is_refused(error: sqlite3.Error) -> bool:
    """Whether the machine would not, as without room; so it tells nothing of the database."""
    return _code(error) in _REFUSED


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # of no OSError


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
    if alone and not os.access(path.parent, os.W_OK):
        return _alone(path)
    return f"{path.resolve().as_uri()}?mode=ro"


def _alone(path: Path) -> str:
    return f"{path.resolve().as_uri()}?immutable=1"
