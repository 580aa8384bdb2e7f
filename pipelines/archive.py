"""The archive as its one writer holds it: lock, database, WARC, and the open transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING
from weakref import WeakKeyDictionary

from pipelines import lock
from pipelines.database import NAME, open_writer
from pipelines.errors import StorageError
from pipelines.warc import FOLDER, ROTATE_AT, Position, WarcFile, cut_back

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord
    from scrapy.crawler import Crawler

GROUP = 16  # visits in one transaction
VALUE_ERRORS = (  # what SQLite says of a value; every other error is about storage
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
)
STORAGE_ERRORS = (sqlite3.Error, OSError, StorageError)
_PROBE = b"\0" * 1_048_576


@dataclass
class Archive:
    """An archive opened for writing. A transaction is open from `open` to `close`.

    After the first storage error nothing is committed any more: `failure` tells it, and every
    later write raises StorageError.
    """

    folder: Path
    db: sqlite3.Connection
    _lock: IO[str]
    run_id: int = 0
    failure: BaseException | None = None
    _warc: WarcFile | None = None
    _uncommitted: int = field(default=0)

    @classmethod
    def open(cls, folder: Path) -> Archive:
        """Lock, probe and open. Raises ArchiveBusyError or StorageError, each one line."""
        held = lock.take(folder)
        try:
            _probe(folder)
            (folder / FOLDER).mkdir(exist_ok=True)
            _refuse_orphans(folder)
            archive = cls(folder, open_writer(folder).conn, held)
            archive._cut_back()
            archive.begin()
        except BaseException:
            held.close()
            raise
        return archive

    def begin(self) -> None:
        """Start the next group's transaction."""
        self.db.execute("BEGIN IMMEDIATE")
        self._uncommitted = 0

    def commit(self) -> None:
        """Make the group durable: the WARC first, then the rows that name it."""
        self.check()
        if self._warc is not None:
            self.db.execute(
                "UPDATE warcs SET size=? WHERE name=?", (self._warc.sync(), self._warc.name)
            )
        self.db.execute("COMMIT")
        self.begin()

    def check(self) -> None:
        """Raise StorageError when storage has failed before."""
        if self.failure is not None:
            raise StorageError(f"storage has failed before: {self.failure}")

    @contextmanager
    def visit(self) -> Iterator[None]:
        """All of one visit's rows or none; commits when the group is full."""
        self.check()
        self.db.execute("SAVEPOINT visit")
        try:
            yield
        except VALUE_ERRORS:
            self.db.execute("ROLLBACK TO visit")
            self.db.execute("RELEASE visit")
            raise
        except BaseException as error:
            self.fail(error)
            raise
        self.db.execute("RELEASE visit")
        self._uncommitted += 1
        if self._uncommitted >= GROUP:
            self.commit()

    def commit_if_any(self) -> None:
        """Commit what waits; called each second."""
        if self._uncommitted and self.failure is None:
            self.commit()

    @property
    def warc(self) -> WarcFile:
        """The file to append to; a new one for each run and after each gigabyte."""
        self.check()
        if self._warc is None or self._warc.size >= ROTATE_AT:
            self._warc = self._next_warc()
        return self._warc

    def append(self, record: WarcRecord) -> Position:
        """Append to the WARC. After an OSError a torn record may be its tail: all is over."""
        try:
            return self.warc.append(record)
        except OSError as error:
            self.fail(error)
            raise

    def fail(self, error: BaseException) -> None:
        """Storage cannot be trusted: undo the open group and refuse everything after it."""
        if self.failure is not None:
            return
        self.failure = error
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def close(self) -> None:
        """Commit what waits, unless storage has failed, and give the lock back."""
        if self._lock.closed:
            return
        try:
            if self.failure is None:
                self.commit()
                self.db.execute("COMMIT")
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except STORAGE_ERRORS as error:
            self.fail(error)
            raise
        finally:
            if self._warc is not None:
                self._warc.close()
            self.db.close()
            self._lock.close()

    def _next_warc(self) -> WarcFile:
        if self._warc is not None:
            self.db.execute(
                "UPDATE warcs SET size=? WHERE name=?", (self._warc.sync(), self._warc.name)
            )
            self._warc.close()
        (held,) = self.db.execute("SELECT count(*) FROM warcs").fetchone()
        name = f"{held + 1:06d}-run{self.run_id:06d}.warc.gz"
        self.db.execute("INSERT INTO warcs VALUES (?, 0)", (name,))
        return WarcFile(self.folder / FOLDER / name)

    def _cut_back(self) -> None:
        committed = dict(self.db.execute("SELECT name, size FROM warcs"))
        cut_back(self.folder / FOLDER, committed)


_opened: WeakKeyDictionary[Crawler, Archive] = WeakKeyDictionary()


def archive_of(crawler: Crawler) -> Archive:
    """The crawler's archive, opened when first asked for: every step shares this one.

    Where it lies is the setting ARCHIVE. Raises as `Archive.open`.
    """
    if crawler not in _opened:
        _opened[crawler] = Archive.open(Path(crawler.settings["ARCHIVE"]))
    return _opened[crawler]


def lend(crawler: Crawler, archive: Archive) -> None:
    """Give the crawler an archive that its command opened."""
    _opened[crawler] = archive


def _probe(folder: Path) -> None:
    """A full or read-only disk is told before the first request, not after it."""
    path = folder / "probe.tmp"
    try:
        path.write_bytes(_PROBE)
        path.unlink()
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise StorageError(
            f"{folder} cannot be written ({error.strerror}): make room or mend its rights."
        ) from error


def _refuse_orphans(folder: Path) -> None:
    """Without its database a WARC looks uncommitted: it must not be cut back to nothing."""
    if not (folder / NAME).exists() and any((folder / FOLDER).glob("*.warc.gz")):
        raise StorageError(
            f"{folder} holds WARCs but no {NAME}: restore it, or use another --archive."
        )
