"""Opens `archive.db`, which nothing else does."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Any

from sqlite_utils import Database

from pipelines.errors import NoArchiveError, StorageError, sqlite_code
from pipelines.layout import DATABASE, LOCK, WARCS
from pipelines.queue.lastmods import latest
from pipelines.schema import migrations
from pipelines.storing import fulltext
from pipelines.warcs.names import warcs_in
from scraper.errors import ArchiveError

ORPHANS = (
    f"{{}} holds WARCs but no {DATABASE}, or an empty one: `qarchive verify --repair` rebuilds it."
)
_OURS = {"runs", "urls", "captures", "questions"}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB}
_NO_ROOM = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}  # among others
_REFUSED = _NO_ROOM | {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM}
_LEAST = 1 << 20  # bytes free; SQLite needs some beside a database to open it
_UNKNOWN_CAUSE = "check disk, rights and limits"
# What SQLite raises of a damaged database; of a message with damaged words in it, the latter.
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
_BUSY_MS = 90_000  # another program may hold it for a minute
_PRAGMAS = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON; PRAGMA cache_size = -16000;
"""


def open_writer(folder: Path) -> sqlite3.Connection:
    """The archive's database, made or migrated to today's schema.

    The caller holds the archive's lock, and has called `check_whole`. Raises
    StorageError in one line that says what to do: the file is no database, of a newer qarchive, or
    read-only, as by another user; NoArchiveError: of another program.
    """
    path = folder / DATABASE
    for file in (path, *(path.with_name(f"{DATABASE}-{its}") for its in ("wal", "shm"))):
        if file.exists() and not os.access(file, os.W_OK):  # SQLite refuses the first write only
            raise StorageError(f"{file} cannot be written: mend its rights.")
    with _errors_in_one_line(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000)
        try:
            _has_tables(connection, path)
            connection.executescript(_PRAGMAS)
            database = Database(connection, strict=True, execute_plugins=False)
            _refuse_newer(database, path)
            migrations.apply(database)
            fulltext.prepare(connection)
            connection.create_function("latest", 1, latest, deterministic=True)
        except BaseException:
            connection.close()
            raise
    return connection


def refuse_others(folder: Path) -> None:
    """Raise where the database is another program's, or a newer qarchive's; damage is neither.

    NoArchiveError or StorageError.
    """
    path = folder / DATABASE
    with suppress(*UNREADABLE), closing(sqlite3.connect(reading(path), uri=True)) as db:
        _has_tables(db, path)
        _refuse_newer(Database(db, execute_plugins=False), path)


def check_whole(folder: Path) -> None:
    """Check the database, if there is one, without blocking a writer.

    Raises StorageError in one line that says what to do when it is damaged.
    """
    if not is_there(folder):
        return
    try:
        with open_reader(folder) as db, _errors_in_one_line(folder / DATABASE):
            (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except NoArchiveError:
        return  # as a kill in its first moment leaves it; another program's is refused by who opens
    if verdict != "ok":
        reason = verdict.splitlines()[-1]
        raise StorageError(
            f"{folder / DATABASE} is damaged ({reason}): `qarchive verify --repair` rebuilds it."
        )


def is_there(folder: Path) -> bool:
    """Whether the folder has a database; a file of 0 bytes, as a full disk leaves it, is none."""
    path = folder / DATABASE
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def open_reader(folder: Path, *, lasting: bool = False) -> Iterator[sqlite3.Connection]:
    """A read-only connection that blocks no writer. Raises NoArchiveError or StorageError.

    On a full disk, where nobody can write, it holds writers off as long as it is open; with
    `lasting` it is refused there.
    """
    if not is_there(folder):
        raise _no_archive(folder)
    path = folder / DATABASE
    with ExitStack() as stack:
        with _errors_in_one_line(path):
            connection = _connected(reading(path), stack)
            try:
                has_tables = _has_tables(connection, path)
            except sqlite3.OperationalError as error:
                if lasting or not _is_without_writer(path, error, stack):
                    raise
                connection = _connected(_immutable_uri(path), stack)
                has_tables = _has_tables(connection, path)
        if not has_tables:
            raise _no_archive(folder)
        yield connection


def refuse_missing(folder: Path) -> None:
    """Raise NoArchiveError or StorageError where there is no archive that can be read."""
    with open_reader(folder):
        pass


@contextmanager
def replaced(archive: Path) -> Iterator[Callable[[], bool]]:
    """A function that tells whether another file has replaced the present database.

    `qarchive forget` and repairs do so. Raises NoArchiveError or StorageError.
    """
    refuse_missing(archive)
    path = archive / DATABASE
    with path.open("rb") as file:  # while it is open, no other file gets its inode

        def is_replaced() -> bool:
            with suppress(OSError):  # there is none just now
                return not os.path.samestat(os.fstat(file.fileno()), path.stat())
            return False

        yield is_replaced


def _connected(uri: str, stack: ExitStack) -> sqlite3.Connection:
    return stack.enter_context(closing(sqlite3.connect(uri, uri=True)))


def _is_without_writer(path: Path, error: sqlite3.Error, stack: ExitStack) -> bool:
    """Whether SQLite's files beside it cannot be made, and no writer has the lock, nor gets it."""
    wal = path.with_name(f"{path.name}-wal")
    if sqlite_code(error) not in _NO_ROOM or (wal.exists() and wal.stat().st_size):
        return False
    with suppress(OSError):
        lock = stack.enter_context(path.with_name(LOCK).open("a"))
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return True
    return False


def _no_archive(folder: Path) -> ArchiveError:
    if warcs_in(folder / WARCS):
        return StorageError(ORPHANS.format(folder))
    return NoArchiveError(
        f"{folder.absolute()} holds no archive: name the folder of one (--help says how),"
        " or make one by `qarchive crawl SITE`."
    )


def _has_tables(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the database has any tables; a kill in its first second leaves none.

    Raises NoArchiveError when that is another program's.
    """
    rows = connection.execute("SELECT name FROM sqlite_schema")
    names = {name for (name,) in rows if "_sqlite_migrations" not in name}
    if names and len(names & _OURS) < 2:  # noqa: PLR2004 -- one may be lost, or another's by name
        raise NoArchiveError(f"{path} is another program's database: name another folder.")
    return bool(names)


def is_newer(database: Database) -> bool:
    """Whether a newer qarchive has changed the schema."""
    with Database(memory=True, execute_plugins=False) as empty:
        known = {migration.name for migration in migrations.pending(empty)}
    return not known.issuperset(migration.name for migration in migrations.applied(database))


def _refuse_newer(database: Database, path: Path) -> None:
    if is_newer(database):
        raise StorageError(f"{path} was written by a newer qarchive: upgrade qarchive to open it.")


@contextmanager
def _errors_in_one_line(path: Path) -> Iterator[None]:
    try:
        yield
    except (*UNREADABLE, OSError) as error:
        is_damaged = sqlite_code(error) in _DAMAGED or isinstance(error, UnicodeDecodeError)
        todo = "`qarchive verify --repair` rebuilds it" if is_damaged else _UNKNOWN_CAUSE
        if sqlite_code(error) in _NO_ROOM and disk_usage(path.parent).free < _LEAST:
            todo = "no room is left, make room"
        raise StorageError(f"{path} cannot be opened ({error}): {todo}.") from error


@contextmanager
def query_errors(place: Path, todo: str = "") -> Iterator[None]:
    """Raise StorageError in one line, with what to do, where SQLite cannot read on."""
    try:
        yield
    except sqlite3.Error as error:
        advice = f": {todo}" if todo else ""
        raise StorageError(f"{place} cannot be read ({error}){advice}.") from error


def is_refused(error: sqlite3.Error) -> bool:
    """Whether the machine is at fault, as when no room is left, and not the database."""
    return sqlite_code(error) in _REFUSED


def dicts(db: sqlite3.Connection, query: str, *values: object) -> Iterator[dict[str, Any]]:
    """The rows of a query, by the names of its columns."""
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def reading(path: Path) -> str:
    """The URI by which SQLite opens a database for reading.

    A WAL database needs files beside it. Where there are none and none can be made, on a read-only
    disk or in another user's folder, nobody writes: then it is read without them.
    """
    has_no_wal = not path.with_name(f"{path.name}-wal").exists()
    if has_no_wal and not os.access(path.parent, os.W_OK):
        return _immutable_uri(path)
    return f"{path.resolve().as_uri()}?mode=ro"


def _immutable_uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?immutable=1"
