"""The archive opened for writing: its lock, database, WARC, and open transaction."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING
from weakref import WeakKeyDictionary

from pipelines import lock
from pipelines.database import ORPHANS, is_there, open_writer
from pipelines.disk import refuse_changed
from pipelines.errors import StorageError, sqlite_code
from pipelines.layout import DATABASE, WARCS
from pipelines.storing.fulltext import index_due
from pipelines.takedown import known
from pipelines.warcs.files import ROTATE_AT, Position, WarcFile
from pipelines.warcs.names import name_of, warcs_in
from pipelines.warcs.records import metadata, warcinfo
from pipelines.warcs.tails import GROUP, cut_back
from scraper.clock import now
from scraper.record import timestamp
from scraper.tombstones import Tombstones, load

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

MOST_UNSYNCED = 100_000_000  # bytes of WARC, at the most, in a group before its last visit
_OF_STORAGE = (sqlite3.Error, OSError, StorageError, MemoryError)
_OF_VALUES = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
)
# Seconds to wait while another program holds the database:
PATIENCE = 300.0  # during a run
QUIET_PATIENCE = 5.0  # before a run, until the waiting is logged
OPENING_PATIENCE = 85  # after that; a whole number
CLOSING_PATIENCE = 5.0  # when the run is to end
_RETRY = 0.1  # seconds between two tries
_STILL_HELD = f"another program holds {DATABASE} and won't let go: end it"
# The number of the last file; more than there are files where one was moved away.
_LAST = "SELECT max(count(*), ifnull(max(CAST(name AS INTEGER)), 0)) FROM warcs"
_PROBE = b"\0" * 1_048_576


@dataclass
class Archive:
    """An archive opened for writing. A transaction is open from `open` to `close`.

    Only between two groups can another program take the database. Then the archive is `paused`:
    nothing may be written until `begin` has it back.

    After the first storage error, which is `failure`, nothing is committed any more, and every
    later write raises StorageError.
    """

    folder: Path
    db: sqlite3.Connection
    _lock: IO[str]
    _inode: os.stat_result  # of the database
    run_id: int = 0
    run_metadata: tuple[str, bytes] | None = None  # the run's URN and JSON, for each of its WARCs
    save_run: Callable[[], None] | None = None  # writes the counts of what each group holds
    failure: BaseException | None = None
    group: int = GROUP  # visits in one transaction
    ending: bool = False  # the run is to end: patience is short
    _paused_at: float | None = None
    _warc: WarcFile | None = None
    _uncommitted: int = 0

    @classmethod
    def open(cls, folder: Path, claimed: Callable[[], IO[str]] | None = None) -> Archive:
        """Lock, probe and open. Raises ArchiveBusyError or StorageError, each one line.

        `claimed` waits for a `lock.claim` that was begun before, and raises as it does.
        """
        held = claimed() if claimed else lock.claim(folder)
        try:
            _probe(folder)
            _make_room_for_warcs(folder / WARCS)
            _refuse_orphans(folder)
            tombstones = load(folder)
            db = open_writer(folder)
            _refuse_half_forgotten(db, folder, tombstones)
            archive = cls(folder, db, held, (folder / DATABASE).stat())
            cut_back(folder / WARCS, db)
            _begin_first(archive.db)
            archive.db.execute("PRAGMA busy_timeout = 0")  # from here on nothing may block
        except BaseException:
            held.close()
            raise
        return archive

    @property
    def paused(self) -> bool:
        """Whether another program holds the database; what was committed is safe."""
        return self._paused_at is not None

    def begin(self) -> bool:
        """Start the next group's transaction; False while another program holds the database.

        Raises StorageError when that lasts beyond patience.
        """
        self.check()
        if self.db.in_transaction:
            return True
        if not _try_begin(self.db):
            self._wait()
            return False
        self._paused_at = None
        return True

    async def free(self) -> None:
        """Wait, without blocking the event loop, until a transaction is open. Raises as `begin`."""
        while not self.begin():  # noqa: ASYNC110 -- nobody tells when another program lets go
            await asyncio.sleep(_RETRY)

    def begin_to_end(self) -> None:
        """As `begin`, but blocking, at the end of a run. Raises StorageError."""
        if self.db.in_transaction:
            return
        self.check()
        if not _try_begin(self.db, CLOSING_PATIENCE):
            raise StorageError(_STILL_HELD)
        self._paused_at = None

    def commit(self) -> None:
        """Commit the group. The next one begins, or the archive is paused."""
        self.check()
        try:
            self._end_group()
        except BaseException as error:
            self.fail(error)
            raise
        self.begin()

    def check(self) -> None:
        """Raise StorageError when storage has failed before."""
        if self.failure is not None:
            raise StorageError(f"storage has failed before: {self.failure}")

    @contextmanager
    def visit(self) -> Iterator[None]:
        """Write all rows of one visit or none. Commits when the group is full.

        An error that is not one of storage leaves the archive as it was before the visit.
        """
        self.check()
        if self.run_metadata is not None:
            _ = self.warc  # made within the visit, its row would be rolled back with it
        self.db.execute("SAVEPOINT visit")
        try:
            yield
        except BaseException as error:
            if is_of_storage(error):
                self.fail(error)
            else:
                self.db.execute("ROLLBACK TO visit")
                self.db.execute("RELEASE visit")
            raise
        self.db.execute("RELEASE visit")
        self._uncommitted += 1
        unsynced = self._warc.size - self._warc.synced if self._warc is not None else 0
        if self._uncommitted >= self.group or unsynced > MOST_UNSYNCED:
            self.commit()

    def commit_if_any(self) -> None:
        """Commit the open group if it has visits; called each second."""
        if self._uncommitted and self.failure is None:
            self.commit()

    @property
    def warc(self) -> WarcFile:
        """The WARC to append to: a new one for each run, and after `rotate`."""
        self.check()
        if self._warc is None:
            self._warc = self._next_warc()
        return self._warc

    def rotate(self) -> None:
        """End the WARC at a gigabyte. Not while a visit is half written: it would be in two."""
        self.check()
        if self._warc is None or self._warc.size < ROTATE_AT:
            return
        try:
            self._save_size()
        except BaseException as error:
            self.fail(error)
            raise
        self._warc.close()
        self._warc = None

    def flush(self) -> None:
        """Let readers see what was appended; it is not safe yet. Raises OSError."""
        if self._warc is not None:
            self._warc.flush()

    def append(self, record: WarcRecord) -> Position:
        """Append to the WARC. An OSError, which may leave a torn record, ends all writing."""
        try:
            return self.warc.append(record)
        except OSError as error:
            self.fail(error)
            raise

    def fail(self, error: BaseException) -> None:
        """Roll the open group back and refuse all later writes, since storage has failed."""
        if self.failure is not None:
            return
        self.failure = error
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def close(self) -> None:
        """Commit the open group, unless storage has failed, and release the lock."""
        if self._lock.closed:
            return
        try:
            if self.failure is None:
                if self.db.in_transaction:
                    self._end_group()
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except BaseException as error:
            self.fail(error)
            raise
        finally:
            if self._warc is not None:
                self._warc.close()
            self.db.close()
            self._lock.close()

    def _end_group(self) -> None:
        """Sync the WARC, then commit the rows that refer to it."""
        index_due(self.db)
        if self.save_run is not None:
            self.save_run()
        self._save_size()
        refuse_changed(self.folder / DATABASE, self._inode)
        self.db.execute("COMMIT")
        self._uncommitted = 0

    def _save_size(self) -> None:
        if self._warc is not None:
            self.db.execute(
                "UPDATE warcs SET size=?, sha256=? WHERE name=?",
                (self._warc.sync(), self._warc.sha256, self._warc.name),
            )

    def _wait(self) -> None:
        if self._paused_at is None:
            self._paused_at = monotonic()
        patience = CLOSING_PATIENCE if self.ending else PATIENCE
        if monotonic() - self._paused_at > patience:
            raise StorageError(_STILL_HELD)

    def _next_warc(self) -> WarcFile:
        (last,) = self.db.execute(_LAST).fetchone()
        name = name_of(last + 1, self.run_id)
        self.db.execute("INSERT INTO warcs VALUES (?, 0, '')", (name,))
        warc = WarcFile(self.folder / WARCS / name)
        warc.append(warcinfo(name))
        if self.run_metadata is not None:
            urn, content = self.run_metadata
            warc.append(metadata(urn, timestamp(now()), content))
        return warc


def is_of_storage(error: BaseException) -> bool:
    """Whether nothing more can be stored; any other error is a fault of the code or of a value.

    Among sqlite3's own, those that tell of a query or its values are such faults.
    """
    if not isinstance(error, Exception):
        return True
    return isinstance(error, _OF_STORAGE) and not isinstance(error, _OF_VALUES)


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


def _begin_first(db: sqlite3.Connection) -> None:
    """Start the first transaction, blocking. Raises StorageError."""
    if _try_begin(db, QUIET_PATIENCE):
        return
    logger.warning("another program holds %s: waiting for it", DATABASE)
    if not any(_try_begin(db, 1.0) for _ in range(OPENING_PATIENCE)):  # Ctrl-C is heard in between
        raise StorageError(_STILL_HELD)


def _try_begin(db: sqlite3.Connection, patience: float = 0.0) -> bool:
    """Start a transaction; False when another program holds the database beyond patience."""
    db.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if sqlite_code(error) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _probe(folder: Path) -> None:
    """Raise StorageError when the disk is full or read-only, before the first request is sent."""
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


def _make_room_for_warcs(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise StorageError(f"{folder.resolve()} is no folder: mount it, or put it back.") from error


def _refuse_orphans(folder: Path) -> None:
    """Raise StorageError where WARCs lie without a database: to a new one they look uncommitted."""
    if not is_there(folder) and warcs_in(folder / WARCS):
        raise StorageError(ORPHANS.format(folder))


def _refuse_half_forgotten(db: sqlite3.Connection, folder: Path, tombstones: Tombstones) -> None:
    """Raise StorageError where database and tombstones are not of one time, and it matters."""
    known.refuse_lost(db, folder, tombstones)
    if new := known.refuse_returned(db, folder, tombstones):
        known.note(db, new)
