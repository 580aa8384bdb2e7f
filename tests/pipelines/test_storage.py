"""What happens when the archive cannot be written, or is not what it should be."""

import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from pipelines import lock
from pipelines.archive import Archive
from pipelines.errors import StorageError
from pipelines.warcs.records import warcinfo
from tests.crawling import crawl
from tests.disks import bound
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forked import python_m
from tests.numbered import ids, page, put
from tests.stages import qarchive

PAGES = 120


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        put(server, PAGES, lambda n: reply(200, body=page(n, f"knee {n} " * 3000)))
        yield server


def run(archive: Path, url: str, limit: Callable[[], object] | None = None) -> tuple[int, str]:
    """Exit status and standard error of a crawl in a process of its own."""
    words = ("--archive", archive, "--base-url", url)
    done = python_m("tests.toy_command", *words, prepare=limit)
    return done.returncode, done.stderr


def no_file_over(size: int) -> Callable[[], object]:
    return partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize(
    "size",
    [1_100_000, *(pytest.param(n, marks=pytest.mark.campaign) for n in (1_500_000, 2_500_000))],
)
def test_a_full_disk_ends_the_run_and_loses_nothing(
    tmp_path: Path, site: FaultServer, size: int
) -> None:
    status, told = run(tmp_path / "a", site.url("/"), no_file_over(size))
    assert status == 3, told
    assert "make room" in told
    assert len(site.log) < PAGES  # it did not go on without storing
    status, told = run(tmp_path / "a", site.url("/"))
    assert status == 0, told
    assert ids(tmp_path / "a") == set(range(PAGES))


def test_no_room_at_all_is_told_before_the_first_request(tmp_path: Path, site: FaultServer) -> None:
    status, told = run(tmp_path / "a", site.url("/"), no_file_over(100_000))
    assert status == 3
    assert told.count("\n") == 1
    assert site.log == []


def test_a_second_run_is_refused(tmp_path: Path, site: FaultServer) -> None:
    with lock.take(tmp_path):
        status, told = run(tmp_path, site.url("/"))
    assert status == 4
    assert told.count("\n") == 1
    assert site.log == []


def made(tmp_path: Path, site: FaultServer) -> Path:
    crawl(tmp_path / "a", base_url=site.url("/"), max_pages=20)
    return tmp_path / "a"


def test_a_damaged_database_is_refused(tmp_path: Path, site: FaultServer) -> None:
    archive = made(tmp_path, site)
    with (archive / "archive.db").open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 8192)
    with pytest.raises(StorageError, match=r"archive\.db"):
        Archive.open(archive)


def test_a_crawl_tells_of_damage_in_one_line_before_the_first_request(
    tmp_path: Path, site: FaultServer
) -> None:
    archive = made(tmp_path, site)
    asked = len(site.log)
    with (archive / "archive.db").open("r+b") as file:
        file.seek(4 * 4096)
        file.write(b"\xff" * 4096)
    command = ["crawl", "qapage", "--base-url", site.url("/"), "--archive", archive]
    told = qarchive(*command, "--no-progress")
    assert (told.returncode, len(site.log)) == (3, asked)
    assert told.stderr.count("\n") == 1
    assert "archive.db is damaged (" in told.stderr


def test_another_programs_database_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE runs(miles)")
    before = path.read_bytes()
    crawl = "crawl adoctor --base-url http://127.0.0.1:1"
    for words in ("reextract", "status", "verify", "verify --repair", crawl):
        told = qarchive(*words.split(), "--archive", tmp_path)
        assert (told.returncode, told.stderr.count("\n")) == (2, 1)
        assert "is another program's database: name another folder" in told.stderr
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused(tmp_path: Path, site: FaultServer) -> None:
    archive = made(tmp_path, site)
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at)"
            " VALUES ('qarchive', 'm999_future', '2030-01-01')"
        )
        db.commit()
    with pytest.raises(StorageError, match="newer qarchive"):
        Archive.open(archive)
    before = (archive / "archive.db").read_bytes()
    told = qarchive("verify", "--repair", "--archive", archive)
    assert told.returncode == 3
    assert "newer qarchive: upgrade" in told.stderr
    assert (archive / "archive.db").read_bytes() == before


def test_warcs_without_their_database_are_not_touched(tmp_path: Path, site: FaultServer) -> None:
    archive = made(tmp_path, site)
    (archive / "archive.db").unlink()
    before = [path.read_bytes() for path in (archive / "warc").iterdir()]
    with pytest.raises(StorageError, match=r"no archive\.db"):
        Archive.open(archive)
    assert [path.read_bytes() for path in (archive / "warc").iterdir()] == before


def test_a_torn_tail_is_cut_back(tmp_path: Path, site: FaultServer) -> None:
    archive = made(tmp_path, site)
    (warc,) = (archive / "warc").iterdir()
    whole = warc.read_bytes()
    warc.write_bytes(whole + whole[:1000])
    (archive / "warc" / "000002-run000002.warc.gz").write_bytes(whole[:500])
    Archive.open(archive).close()
    assert warc.read_bytes() == whole
    assert list((archive / "warc").iterdir()) == [warc]


def test_evidence_newer_than_the_database_is_not_cut(tmp_path: Path, site: FaultServer) -> None:
    archive = made(tmp_path, site)
    for name in ("000002-run000002.warc.gz", "000003-run000003.warc.gz"):
        (archive / "warc" / name).write_bytes(b"evidence")
    with pytest.raises(StorageError, match="newer than the database"):
        Archive.open(archive)
    assert len(list((archive / "warc").iterdir())) == 3


def test_warcs_on_a_disk_that_is_not_mounted(tmp_path: Path) -> None:
    (tmp_path / "warc").symlink_to(tmp_path / "disk")
    with pytest.raises(StorageError, match=r"disk\S* is no folder: mount it"):
        Archive.open(tmp_path)


def test_after_a_commit_that_failed_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    archive = Archive.open(tmp_path)
    monkeypatch.setattr("pipelines.archive.index_due", fill_up)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        archive.commit()
    with pytest.raises(StorageError, match="failed before"), archive.visit():
        pass
    assert not archive.db.in_transaction
    archive.close()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def replaced(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


WARC = "warc/000001-run000001.warc.gz"


@pytest.mark.parametrize(
    ("what", "lost", "told"),
    [
        ("archive.db", Path.unlink, "removed"),
        ("archive.db", replaced, "changed"),
        (WARC, Path.unlink, "removed"),
        (WARC, replaced, "changed"),
        (WARC, emptied, "changed"),
    ],
)
def test_a_file_that_is_lost_meanwhile_ends_the_run(
    tmp_path: Path, what: str, lost: Callable[[Path], None], told: str
) -> None:
    archive = Archive.open(tmp_path)
    archive.run_id = 1
    for _ in range(2):
        archive.append(warcinfo("any"))
        archive.commit()
    lost(tmp_path / what)
    archive.append(warcinfo("any"))
    with pytest.raises(StorageError, match=rf"another program has .*{told} .*{Path(what).name}"):
        archive.commit()
    with pytest.raises(StorageError, match="failed before"):
        archive.check()
    archive.close()


def test_missing_evidence_is_told(tmp_path: Path, site: FaultServer) -> None:
    archive = made(tmp_path, site)
    (warc,) = (archive / "warc").iterdir()
    warc.write_bytes(warc.read_bytes()[:-10])
    with pytest.raises(StorageError, match=r"of .* bytes"):
        Archive.open(archive)


@pytest.mark.parametrize("name", ["archive.db", "archive.db-shm"])
def test_a_database_of_another_user_is_refused_before_the_first_request(
    sound: Path, tmp_path: Path, name: str
) -> None:
    archive = Path(shutil.copytree(sound, tmp_path / "archive"))
    (archive / name).touch()
    with (
        bound(archive / name, "ro"),
        pytest.raises(StorageError, match=rf"/{name} cannot be written: mend its rights\.$"),
    ):
        Archive.open(archive)
    Archive.open(archive).close()
