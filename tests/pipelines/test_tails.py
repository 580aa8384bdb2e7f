"""A database that is older than its WARCs: nothing that was committed is cut."""

import gzip
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.checks.uncommitted import ALTERED, RESTORE_OR_MOVE, UNCOMMITTED, UNKNOWN
from pipelines.database import open_reader
from pipelines.disk import sha256_of
from pipelines.errors import NoArchiveError, StorageError
from pipelines.layout import DATABASE
from pipelines.verify import verify
from pipelines.warcs.decisions import VISIT, decision_in
from pipelines.warcs.records import warcinfo
from pipelines.warcs.tails import Origin, Tail, origins
from pipelines.warcs.walk import MAGIC, Record, records
from tests.crawling import crawl
from tests.faults.server import FaultServer
from tests.numbered import put
from tests.repairing import repair

NEWER = "is newer than the database"
SECOND = "warc/000002-run000002.warc.gz"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twice: `older.db` is the database after the first time."""
    folder = tmp_path_factory.mktemp("tails") / "a"
    with FaultServer() as server:
        put(server, 20)
        crawl(folder, base_url=server.url("/"))
        shutil.copy(folder / DATABASE, folder / "older.db")
        crawl(folder, base_url=server.url("/"), revisit="all")
    return folder


@pytest.fixture
def archive(crawled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crawled, tmp_path / "a"))


def warcs(archive: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (archive / "warc").iterdir()}


def test_the_database_of_last_night(archive: Path) -> None:
    (archive / "older.db").replace(archive / DATABASE)
    before = warcs(archive)
    with pytest.raises(StorageError, match=NEWER):
        Archive.open(archive)
    assert warcs(archive) == before
    (found,) = verify(archive)
    assert found.where == SECOND
    assert "restore the latest archive.db" in found.todo
    assert not found.harmless


def test_dead_links_are_no_warcs_to_repair_from(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc/000001-run000001.warc.gz").symlink_to(tmp_path / "unmounted")
    with pytest.raises(NoArchiveError, match="holds no archive"), open_reader(tmp_path):
        pass


def test_a_database_of_0_bytes(archive: Path) -> None:
    (archive / DATABASE).write_bytes(b"")
    before = warcs(archive)
    with pytest.raises(StorageError, match="an empty one"):
        Archive.open(archive)
    with pytest.raises(StorageError, match="an empty one"), open_reader(archive):
        pass
    assert warcs(archive) == before
    repair(archive)
    assert list(verify(archive)) == []


@pytest.mark.parametrize("content", ["", "PRAGMA journal_mode=WAL"])
def test_a_database_that_was_only_begun_is_no_archive(tmp_path: Path, content: str) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.execute(content)
    (tmp_path / DATABASE).touch()
    with pytest.raises(NoArchiveError, match="holds no archive"), open_reader(tmp_path):
        pass


def set_back(archive: Path, visits: int, *, ended: bool) -> int:
    """Let `visits` of the second run, and its end, lie behind what the database tells of.

    Returns the size of the WARC up to there.
    """
    path = archive / SECOND
    stored = [record for record in records(path) if isinstance(record, Record)]
    if not ended:
        stored.pop()
    visit_ends = [record.end for record in stored if decision_in(record).get("type") == VISIT]
    size = visit_ends[-1 - visits]
    path.write_bytes(path.read_bytes()[: stored[-1].end])
    row = size, sha256_of(path, size), path.name
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        db.execute("UPDATE warcs SET size=?, sha256=? WHERE name=?", row)
    return size


def tail_findings(archive: Path) -> list[str]:
    """What `verify` finds behind the end that the database knows."""
    return [finding.what for finding in verify(archive) if finding.what in {UNCOMMITTED, UNKNOWN}]


@pytest.mark.parametrize(("visits", "ended"), [(16, False), (0, True)])
def test_one_group_or_the_end_of_a_run_was_not_committed_and_is_cut(
    archive: Path, visits: int, *, ended: bool
) -> None:
    size = set_back(archive, visits, ended=ended)
    assert tail_findings(archive) == [UNCOMMITTED]
    Archive.open(archive).close()
    assert (archive / SECOND).stat().st_size == size


@pytest.mark.parametrize(("visits", "ended"), [(17, False), (1, True)])
def test_more_than_a_group_shows_an_older_database_and_is_kept(
    archive: Path, visits: int, *, ended: bool
) -> None:
    set_back(archive, visits, ended=ended)
    assert_kept(archive)


def test_a_tail_of_a_run_that_the_database_does_not_know_is_kept(archive: Path) -> None:
    set_back(archive, 1, ended=False)
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        db.execute("UPDATE runs SET uuid='another' WHERE id=2")
    assert_kept(archive)


def assert_kept(archive: Path) -> None:
    before = warcs(archive)
    assert tail_findings(archive) == [UNKNOWN]
    with pytest.raises(StorageError, match=NEWER):
        Archive.open(archive)
    assert warcs(archive) == before


@pytest.mark.parametrize("packed", [bytes, gzip.compress, partial(gzip.compress, mtime=0)])
@pytest.mark.parametrize("has_database", [True, False])
def test_a_file_that_was_unpacked_or_packed_as_a_whole_is_kept(
    archive: Path, packed: Callable[[bytes], bytes], *, has_database: bool
) -> None:
    path = archive / SECOND
    path.write_bytes(packed(gzip.decompress(path.read_bytes()) + os.urandom(path.stat().st_size)))
    if not has_database:
        (archive / DATABASE).unlink()
        repair(archive)
    before = warcs(archive)
    assert [one.what for one in verify(archive) if one.todo == RESTORE_OR_MOVE] == [ALTERED]
    with pytest.raises(StorageError, match=f"{SECOND} is not what a crawl wrote: restore it"):
        Archive.open(archive)
    assert warcs(archive) == before


@pytest.mark.parametrize(
    "tail", [bytes(9), MAGIC[:3], bytes(500) + MAGIC + b"what came", bytes(9) + b"x"]
)
def test_what_a_power_failure_leaves_is_cut(archive: Path, tail: bytes) -> None:
    before = warcs(archive)
    (archive / "warc/000003-run000002.warc.gz").write_bytes(tail)
    Archive.open(archive).close()
    assert warcs(archive) == before


def test_damage_at_an_end_that_no_database_tells_of_is_kept(archive: Path) -> None:
    path = archive / SECOND
    whole, (*_, last) = path.read_bytes(), records(path)
    path.write_bytes(whole[: last.offset + 10] + b"\xff" + whole[last.offset + 11 :])
    (archive / DATABASE).unlink()
    repair(archive)
    Archive.open(archive).close()
    assert path.stat().st_size == len(whole)
    assert {one.where for one in verify(archive) if not one.harmless} == {SECOND}


def test_zeros_at_an_end_that_no_database_tells_of_are_cut(archive: Path) -> None:
    path = archive / SECOND
    whole, (*_, last) = path.read_bytes(), records(path)
    for tail in (b"", whole[last.offset : last.offset + 60], whole[last.offset : -9]):
        path.write_bytes(whole[: last.offset] + tail + bytes(300_000))
        (archive / DATABASE).unlink()
        repair(archive)
        assert [one.what for one in verify(archive)] == [UNCOMMITTED]
        Archive.open(archive).close()
        assert path.read_bytes() == whole[: last.offset]


def test_a_file_begun_by_a_visit_that_cannot_be_stored_is_kept(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    archive.run_metadata = "urn:x", b"{}"
    with suppress(ValueError), archive.visit():
        archive.append(warcinfo("y"))
        raise ValueError
    archive.close()
    files = {path.name: path.stat().st_size for path in (tmp_path / "warc").iterdir()}
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        assert files == dict(db.execute("SELECT name, size FROM warcs"))


def test_more_bytes_than_a_group_has_are_kept_unread() -> None:
    path, size = Path("000001-run000001.warc.gz"), 200_000_001
    with closing(sqlite3.connect(":memory:")) as db:
        found = list(origins(db, {path: size}, {path.name: 0}))
    assert found == [(Tail(path, 0, size), Origin.LATER)]
