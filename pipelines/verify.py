"""Whether an archive is as it was written: all that it says, against all that it holds."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.checks import captures, counts, database, forgotten, fulltext, records, warcs
from pipelines.checks.finding import NEXT_CRAWL, REPAIR, UNCOMMITTED, Finding
from pipelines.checks.warcs import Committed
from pipelines.database import NAME, open_reader
from pipelines.errors import StorageError
from pipelines.moving import STAGES
from pipelines.warcs.files import FOLDER, GROUP_BYTES, is_own
from pipelines.warcs.walk import Damage, Record

_IN_DATABASE = (database, counts, records, fulltext)


class Progress(NamedTuple):
    """How far it is."""

    check: str
    done: int = 0  # bytes of WARCs
    total: int = 0


def verify(folder: Path, tell: Callable[[Progress], None] = lambda _: None) -> Iterator[Finding]:
    """Everything that is wrong with the archive. Nothing is written and nobody is kept waiting.

    A crawl may go on meanwhile: what it had committed at the beginning is looked at. Raises
    NoArchiveError, or StorageError when the database or a file cannot be read at all, or when the
    archive is replaced meanwhile.
    """
    with open_reader(folder) as opened:
        db: sqlite3.Connection = opened.conn
        db.isolation_level = None
        begun = (folder / NAME).stat().st_ino
        db.execute("BEGIN")
        try:
            for module in _IN_DATABASE:
                tell(Progress(module.__name__.rpartition(".")[2]))
                yield from _readable(module.check(db))
            yield from _readable(_files(db, folder / FOLDER, tell))
            yield from _readable(forgotten.check(db, folder))
        except OSError as error:
            raise StorageError(
                f"{folder} cannot be read ({error}): check disk and rights."
            ) from error
        if (folder / NAME).stat().st_ino != begun:
            raise StorageError(f"{folder} was made anew meanwhile: verify it again.")


def _readable(found: Iterator[Finding]) -> Iterator[Finding]:
    """What a check finds; a database that it cannot read is one more finding."""
    try:
        yield from found
    except sqlite3.DatabaseError as error:
        yield Finding("database", NAME, f"it cannot be read ({error})", REPAIR)


def _files(
    db: sqlite3.Connection, folder: Path, tell: Callable[[Progress], None]
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
    yield from _unnamed(folder, {row.name for row in rows})


def _unnamed(folder: Path, names: set[str]) -> Iterator[Finding]:
    """Files without a row: what a killed or running crawl has not committed, or more than that."""
    files = [path for path in sorted(folder.glob("*")) if path.name not in names | STAGES]
    ours = [path for path in files if is_own(path.name) and path.is_file()]
    one_group = len(ours) == 1 and ours[0].stat().st_size <= GROUP_BYTES
    for path in files:
        where = f"{FOLDER}/{path.name}"
        if not is_own(path.name) or not path.is_file():
            what, todo = "no file of an archive", "move it away"
            yield Finding("warcs", where, what, todo, harmless=True)
        elif one_group:
            yield Finding("warcs", where, UNCOMMITTED, NEXT_CRAWL, harmless=True)
        else:
            what = "the database does not know it"
            yield Finding("warcs", where, what, f"restore the latest {NAME}, or {REPAIR}")
