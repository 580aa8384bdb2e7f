"""`qarchive verify`: checks that an archive is as it was written."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipelines.checks import (
    captures,
    counts,
    database,
    forgotten,
    fulltext,
    records,
    uncommitted,
    versions,
    warcs,
)
from pipelines.checks.finding import REPAIR, Finding
from pipelines.database import is_refused, open_reader
from pipelines.errors import StorageError
from pipelines.layout import DATABASE, STAGES, WARCS
from pipelines.progress import CommandProgress, ProgressCallback, silent
from pipelines.rebuilding.staging import refuse_half_replaced
from pipelines.warcs.names import is_own
from pipelines.warcs.tails import sizes_in
from pipelines.warcs.walk import Damage, Record

_DATABASE_CHECKS = (database, counts, records, fulltext)


def verify(folder: Path, tell: ProgressCallback = silent) -> Iterator[Finding]:
    """Yield everything that is wrong with the archive. Writes nothing, and blocks nobody.

    A crawl may go on meanwhile: what it had committed at the start is checked. Raises
    NoArchiveError, or StorageError when the database or a file cannot be read at all, or when the
    archive is replaced meanwhile, or was by halves.
    """
    with open_reader(folder) as db:
        refuse_half_replaced(folder)
        db.isolation_level = None
        inode = (folder / DATABASE).stat().st_ino
        # Before the snapshot, so that a crawl commits one group between them at most.
        sizes = sizes_in(folder / WARCS)
        db.execute("BEGIN")
        try:
            for module in _DATABASE_CHECKS:
                tell(CommandProgress(module.__name__.rpartition(".")[2]))
                yield from _readable(module.check(db))
            tell(CommandProgress("versions"))
            yield from _readable(versions.check(db, folder))
            yield from _readable(_files(db, folder / WARCS, sizes, tell))
            yield from _readable(forgotten.check(db, folder, tell))
        except OSError as error:
            raise StorageError(
                f"{folder} cannot be read ({error}): check disk and rights."
            ) from error
        if (folder / DATABASE).stat().st_ino != inode:
            raise StorageError(f"{folder} was rebuilt meanwhile: verify it again.")


def _readable(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings of a check; a database that it cannot read is one more finding."""
    try:
        yield from findings
    except sqlite3.DatabaseError as error:
        if is_refused(error):
            raise StorageError(
                f"the database cannot be checked ({error}): free some space for SQLite's temporary"
                " files, or set TMPDIR."
            ) from error
        yield Finding("database", DATABASE, f"it cannot be read ({error})", REPAIR)


def _files(
    db: sqlite3.Connection, folder: Path, sizes: dict[Path, int], tell: ProgressCallback
) -> Iterator[Finding]:
    """Check the files in the folder of the WARCs. `sizes`: what they were at the start."""
    rows = db.execute("SELECT name, size, sha256 FROM warcs ORDER BY name").fetchall()
    committed = {name: size for name, size, _ in rows}
    total, done = sum(committed.values()), 0

    def contents(name: str, size: int, sha256: str) -> Iterator[Record | Damage | Finding]:
        for item in warcs.contents(folder / name, size, sha256):
            if not isinstance(item, Finding):
                tell(CommandProgress("warcs", done + item.offset, total))
            yield item

    comparison = captures.Comparison(db)
    for row in rows:
        is_short = sizes.get(folder / row[0], 0) < row[1]
        for finding in comparison.findings(row[0], contents(*row)):
            if not (is_short and finding.todo == REPAIR):  # which refuses until it is restored
                yield finding
        done += row[1]
    yield from comparison.rest()
    yield from uncommitted.check(db, sizes, committed)
    yield from _foreign_files(folder, set(committed))


def _foreign_files(folder: Path, names: set[str]) -> Iterator[Finding]:
    """Yield the files beside the WARCs that are none of the archive's."""
    for path in sorted(folder.glob("*")):
        if path.name not in names | STAGES and not (is_own(path.name) and path.is_file()):
            where, what = f"{WARCS}/{path.name}", "no file of an archive"
            yield Finding("warcs", where, what, "move it away", harmless=True)
