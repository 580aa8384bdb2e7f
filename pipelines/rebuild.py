"""The database rebuilt from the WARCs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pipelines.database import open_writer
from pipelines.errors import StorageError
from pipelines.progress import Progress, Report, silent
from pipelines.rebuilding.lost_warcs import refuse_loss, refuse_sure_loss
from pipelines.rebuilding.staging import begin, keep, leave_out, names_of, staged
from pipelines.takedown.purge import Purge
from pipelines.warcs.arranging import arranged
from pipelines.warcs.mending import mend
from pipelines.warcs.names import FOLDER, is_own, warcs_in
from pipelines.warcs.ordering import in_order
from pipelines.warcs.replay import ReplayResult, replay
from scraper import tombstones
from scraper.clock import now
from scraper.site import Sites
from scraper.tombstones import Tombstones


def rebuild(folder: Path, sites: Sites, tell: Report = silent) -> ReplayResult:
    """Rebuild the database from the WARCs. The lock is the caller's.

    The WARCs stay as they are but for what a tombstone covers and what `mend` mends. Where several
    tell of the same visits they become one; what holds no visit is not taken in, and stays where it
    is. Raises ArchiveError; LostError, with the archive as it was, when its old database tells of
    bytes that no WARC has any more. What a takedown that was not completed has left is kept:
    its words are looked for in logs and exports when `forget` goes on.
    """
    stones = tombstones.load(folder).finished
    with staged(folder) as stage:
        mended = [one for name in names_of(folder) for one in mend(folder / FOLDER / name)]
        if not stones:
            refuse_sure_loss(folder)
            for name in names_of(folder):
                keep(folder / FOLDER / name, stage / FOLDER / name)
            found = fill(stage, sites, stones, tell)
            found.mended = mended
            if not found.repeated and all(map(is_own, found.silent)):
                refuse_loss(folder, stage, stones)
                return found
            begin(folder)
        total = sum(path.stat().st_size for path in warcs_in(folder / FOLDER))
        purge = Purge(stones, sites, (), now(), tell=tell, total=total) if stones else None
        done = arranged(folder / FOLDER, stage / FOLDER, purge)
        leave_out(stage, done.gone)
        found = fill(stage, sites, stones, tell)
        found.arranged, found.mended = done, mended
        refuse_loss(folder, stage, stones)
        return found


def fill(folder: Path, sites: Sites, stones: Tombstones, tell: Report) -> ReplayResult:
    """Make the database of a folder that holds WARCs only. Raises OSError and sqlite3.Error."""
    names = in_order(folder / FOLDER, names_of(folder))
    with closing(_new(folder)) as db:
        db.execute("PRAGMA synchronous = OFF")  # a crash starts it anew
        found = replay(
            db, folder, names, sites, stones,
            tell=lambda so_far: tell(Progress("replaying", so_far.visits)),
        )  # fmt: skip
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = DELETE")
        return found


def _new(folder: Path) -> sqlite3.Connection:
    try:
        connection: sqlite3.Connection = open_writer(folder).conn
    except StorageError as error:  # nothing can be wrong with a new one but the disk
        raise error.__cause__ or error from None
    return connection
