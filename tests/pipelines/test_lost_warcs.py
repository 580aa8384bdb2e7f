"""A repair that would lose what the old database has: refused, or the old one is kept."""

import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.errors import LostError
from pipelines.layout import DATABASE
from pipelines.warcs.walk import Record, records
from tests.database import rows
from tests.repairing import repair

CAPTURES = "SELECT * FROM captures"


def without_run(path: Path) -> bytes:
    """The file with damage in the record without which nobody knows its visits' run."""
    _, run, *_ = [record for record in records(path) if isinstance(record, Record)]
    data = bytearray(path.read_bytes())
    data[run.offset + 10] = 0xFF
    return bytes(data)


@pytest.mark.parametrize("other", [
    lambda path: path.with_name("000001-run000001.warc.gz").read_bytes(),
    lambda path: gzip.decompress(path.read_bytes()),
    lambda path: gzip.compress(gzip.decompress(path.read_bytes()), 0),
    without_run,
])  # fmt: skip
def test_a_warc_that_became_another_file_is_told_and_nothing_changes(
    archive: Path, other: Callable[[Path], bytes]
) -> None:
    path = archive / "warc/000002-run000002.warc.gz"
    path.write_bytes(other(path))
    before = rows(archive, CAPTURES), path.read_bytes()
    told = r"warc/000002-run000002.warc.gz is not what was written to it, \d+ captures of pages are"
    with pytest.raises(LostError, match=told):
        repair(archive)
    assert (rows(archive, CAPTURES), path.read_bytes()) == before


@pytest.mark.parametrize("end", [30, 3_000])
def test_an_end_that_became_zeros_is_told_like_one_that_was_cut(archive: Path, end: int) -> None:
    path = archive / "warc/000002-run000002.warc.gz"
    whole = path.read_bytes().rstrip(b"\0")
    zeroed = whole[:-end].ljust(path.stat().st_size, b"\0")
    path.write_bytes(zeroed)
    with pytest.raises(LostError, match=r"warc/000002-run000002.warc.gz holds [\d,]+ of"):
        repair(archive)
    assert path.read_bytes() == zeroed


@pytest.mark.parametrize("table", ["warcs", "captures"])
@pytest.mark.parametrize("lost", [True, False])
def test_a_database_that_cannot_tell_what_is_lost_is_kept(
    archive: Path, table: str, *, lost: bool
) -> None:
    root = "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name=?"
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page, size),) = db.execute(root, (table,))
    before = bytearray((archive / DATABASE).read_bytes())
    before[(page - 1) * size : page * size] = b"\xff" * size
    (archive / DATABASE).write_bytes(before)
    if lost:
        max((archive / "warc").iterdir()).unlink()
    if lost and table == "captures":
        with pytest.raises(LostError, match="holds 0 of"):
            repair(archive)
        assert (archive / DATABASE).read_bytes() == before
        return
    repair(archive)
    kept = [path.read_bytes() for path in archive.glob(f"{DATABASE}.*Z")]
    assert kept == ([before] if table == "warcs" else [])


def test_a_database_without_tables_has_nothing_to_lose(archive: Path) -> None:
    (archive / DATABASE).unlink()
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE _sqlite_migrations (id)")
    repair(archive)
    assert list(archive.glob(f"{DATABASE}.*")) == []
