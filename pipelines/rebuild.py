"""`qarchive verify --repair`: rebuilds the database from the WARCs."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pipelines.database import UNREADABLE, open_writer
from pipelines.disk import link_or_copy
from pipelines.errors import StorageError
from pipelines.layout import WARCS
from pipelines.progress import CommandProgress, ProgressCallback, silent
from pipelines.rebuilding.arranging import arranged
from pipelines.rebuilding.lost_warcs import refuse_loss, refuse_sure_loss
from pipelines.rebuilding.replay import ReplayResult, replay
from pipelines.rebuilding.staging import begin, keep_database, leave_out, names_of, staged
from pipelines.rereading.old_records import old_records
from pipelines.takedown.from_warcs import WarcTakedown
from pipelines.takedown.known import note
from pipelines.warcs.decisions import decision_in
from pipelines.warcs.mending import mend
from pipelines.warcs.names import is_own, warcs_in
from pipelines.warcs.ordering import in_order
from pipelines.warcs.walk import Record, records
from scraper.site import Sites
from scraper.tombstones import Tombstones
from scraper.tombstones import load as load_tombstones


def rebuild(folder: Path, sites: Sites, tell: ProgressCallback = silent) -> ReplayResult:
    """Rebuild the database from the WARCs. The lock is the caller's.

    The WARCs stay as they are, but for what a tombstone covers and what `mend` repairs. Those with
    the same visits are merged into one; those without a visit stay as and where they are. Raises
    ArchiveError; LostError, with the archive as it was, when its old database has captures that no
    WARC has any more. An old database that cannot be asked for them is kept beside the new one.
    What an unfinished takedown has left is kept: when `forget` goes on, it searches logs and
    exports for the words in it.
    """
    tombstones = load_tombstones(folder).finished
    with staged(folder) as stage:
        if not tombstones:
            refuse_sure_loss(folder)
        ours = filter(_is_ours, warcs_in(folder / WARCS))
        mended = [damage for path in ours for damage in mend(path)]
        result = _filled(folder, stage, sites, tombstones, tell)
        result.mended = mended
        try:
            refuse_loss(folder, stage, result.damaged, tombstones)
        except UNREADABLE:
            result.kept = keep_database(folder, stage)
        return result


def _filled(
    folder: Path, stage: Path, sites: Sites, tombstones: Tombstones, tell: ProgressCallback
) -> ReplayResult:
    """Fill the stage from the WARCs: as they are, or if that can't be, arranged."""
    if not tombstones:
        for name in names_of(folder):
            link_or_copy(folder / WARCS / name, stage / WARCS / name)
        result = fill(stage, sites, tombstones, tell, old=[folder])
        if not result.repeated and all(map(is_own, result.silent)):
            return result
        begin(folder)
    total = sum(path.stat().st_size for path in warcs_in(folder / WARCS))
    takedown = WarcTakedown(tombstones, sites, tell=tell, total=total) if tombstones else None
    done = arranged(folder / WARCS, stage / WARCS, takedown)
    leave_out(stage, done.gone)
    result = fill(stage, sites, tombstones, tell, old=[folder])
    result.arranged = done
    return result


def _is_ours(path: Path) -> bool:
    return is_own(path.name) or any(
        isinstance(item, Record) and decision_in(item) for item in records(path)
    )


def fill(
    folder: Path,
    sites: Sites,
    tombstones: Tombstones,
    tell: ProgressCallback,
    *,
    old: Iterable[Path],
) -> ReplayResult:
    """Make the database of a folder with WARCs only. Raises OSError and sqlite3.Error.

    Where today's readers can't read a capture, its record is taken from the archives `old`, unless
    something that `tombstones` cover may be in it.
    """
    names = in_order(folder / WARCS, names_of(folder))
    with closing(_new(folder)) as db, old_records(old, tombstones) as recorded:
        db.execute("PRAGMA synchronous = OFF")  # after a crash it is made anew
        note(db, tombstones)
        result = replay(
            db, folder, names, sites, recorded, tombstones=tombstones,
            tell=lambda result: tell(CommandProgress("replaying", result.visits)),
        )  # fmt: skip
        result.unread = recorded.unread(db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
        return result


def _new(folder: Path) -> sqlite3.Connection:
    try:
        connection = open_writer(folder)
    except StorageError as error:  # of a new database: only the disk can be wrong
        raise error.__cause__ or error from None
    return connection
