"""Whether an archive is as it was written: all that it says, against all that it holds."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipelines.checks import captures, counts, database, forgotten, fulltext, records, warcs
from pipelines.checks.finding import NEWER, NEXT_CRAWL, REPAIR, UNCOMMITTED, UNKNOWN, Finding
from pipelines.checks.warcs import Committed
from pipelines.database import NAME, is_refused, open_reader
from pipelines.errors import StorageError
from pipelines.progress import Progress, Report, silent
from pipelines.rebuilding.staging import STAGES
from pipelines.warcs.names import FOLDER, is_own
from pipelines.warcs.tails import are_one_group, runs_of, sizes_in, tails
from pipelines.warcs.walk import Damage, Record

_IN_DATABASE = (database, counts, records, fulltext)


def verify(folder: Path, tell: Report = silent) -> Iterator[Finding]:
    """Everything that is wrong with the archive. Nothing is written and nobody is kept waiting.

    A crawl may go on meanwhile: what it had committed at the beginning is looked at. Raises
    NoArchiveError, or StorageError when the database or a file cannot be read at all, or when the
    archive is replaced meanwhile.
    """
    with open_reader(folder) as opened:
        db: sqlite3.Connection = opened.conn
        db.isolation_level = None
        begun = (folder / NAME).stat().st_ino
        there = sizes_in(folder / FOLDER)  # before the snapshot, which so lacks one group at most
        db.execute("BEGIN")
        try:
            for module in _IN_DATABASE:
                tell(Progress(module.__name__.rpartition(".")[2]))
                yield from _readable(module.check(db))
            yield from _readable(_files(db, folder / FOLDER, there, tell))
            yield from _readable(forgotten.check(db, folder, tell))
        except OSError as error:
            raise StorageError(
                f"{folder} cannot be read ({error}): check disk and rights."
            ) from error
        if (folder / NAME).stat().st_ino != begun:
            raise StorageError(f"{folder} was rebuilt meanwhile: verify it again.")


def _readable(found: Iterator[Finding]) -> Iterator[Finding]:
    """What a check finds; a database that it cannot read is one more finding."""
    try:
        yield from found
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise StorageError(
                f"the database cannot be checked ({error}): free some space for SQLite's temporary"
                " files, or set TMPDIR."
            ) from error
        yield Finding("database", NAME, f"it cannot be read ({error})", REPAIR)


def _files(
    db: sqlite3.Connection,
    folder: Path,
    there: dict[Path, int],
    tell: Report,
) -> Iterator[Finding]:
    rows = [Committed(*row) for row in db.execute("SELECT name, size, sha256 FROM warcs")]
    total, before = sum(row.size for row in rows), 0

    def followed(row: Committed) -> Iterator[Record | Damage | Finding]:
        for one in warcs.contents(folder / row.name, row):
            if not isinstance(one, Finding):
                tell(Progress("warcs", before + one.offset, total))
            yield one

    for row in sorted(rows):
        yield from captures.matched(db, row.name, followed(row))
        before += row.size
    committed = {row.name: row.size for row in rows}
    yield from _behind(db, there, committed)
    yield from _strangers(folder, set(committed))


def _behind(
    db: sqlite3.Connection, there: dict[Path, int], committed: dict[str, int]
) -> Iterator[Finding]:
    """What no row tells of: what a killed or running crawl has not committed, or more than that."""
    found = tails(there, committed)
    harmless = are_one_group(found, committed, runs_of(db))
    what, todo = (UNCOMMITTED, NEXT_CRAWL) if harmless else (UNKNOWN, NEWER)
    for path, begin, end in found:
        one = Finding("warcs", f"{FOLDER}/{path.name}", what, todo, harmless=harmless)
        yield one._replace(offset=begin, length=end - begin) if begin else one


def _strangers(folder: Path, names: set[str]) -> Iterator[Finding]:
    """What lies beside the WARCs."""
    for path in sorted(folder.glob("*")):
        if path.name not in names | STAGES and not (is_own(path.name) and path.is_file()):
            where, what = f"{FOLDER}/{path.name}", "no file of an archive"
            yield Finding("warcs", where, what, "move it away", harmless=True)
