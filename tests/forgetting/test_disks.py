"""WARCs or exports on a disk of their own: pages are taken down there as elsewhere."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from exports import csv
from pipelines.errors import StorageError
from pipelines.layout import DATABASE
from pipelines.rebuilding import staging
from pipelines.verify import verify
from tests.disks import bound, disk
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import (
    WORD,
    assert_gone,
    forget,
    killed_at,
    make,
    records_by_number,
)
from tests.repairing import repair
from tests.stages import typed

ID = ("toy:1:en", "--reason", "x")


def linked(folder: Path, other: Path) -> None:
    """The folder is a link to one on the other disk."""
    shutil.copytree(folder, other / "there")
    shutil.rmtree(folder)
    folder.symlink_to(other / "there")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "disk", "size=4m") as place:
        yield place


def assert_taken_down(archive: Path, other: Path) -> None:
    assert_gone(archive)
    assert occurrences(other, (WORD,)) == []
    assert records_by_number(archive).keys() == {"2", "3"}
    assert (archive / "exports" / "questions.jsonl").read_text("utf-8").count("\n") == 2
    assert not any((*archive.rglob(".next"), *other.rglob(".next")))


@pytest.mark.parametrize("name", ["warc", "exports"])
def test_a_page_is_taken_down(archive: Path, other: Path, name: str) -> None:
    linked(archive / name, other)
    notes = archive / name / "notes.txt"
    notes.write_text(f"a\n{WORD}: One {WORD}\n", "utf-8")
    assert forget(archive, *ID)[0] == 0
    assert (archive / name).is_symlink()
    assert notes.read_text("utf-8") == "a\n[removed]\n"
    notes.unlink()
    assert_taken_down(archive, other)


@pytest.mark.parametrize("name", ["", "warc", "exports"])
def test_nobody_may_read_more_than_before(archive: Path, other: Path, name: str) -> None:
    csv.write(archive, archive / "exports" / csv.NAME)
    if name:
        linked(archive / name, other)
    paths = [path for path in archive.parent.rglob("*") if not path.name.endswith(("-wal", "-shm"))]
    before = {path: 0o750 if path.is_dir() else 0o640 for path in paths}
    for path, mode in before.items():
        path.chmod(mode)
    assert forget(archive, *ID)[0] == 0
    assert {path: path.stat().st_mode & 0o777 for path in before} == before


def test_a_disk_that_is_mounted_there(archive: Path) -> None:
    held = shutil.copytree(archive / "warc", archive.with_name("held"))
    shutil.rmtree(archive / "warc")
    with disk(archive / "warc", "size=4m") as place:
        shutil.copytree(held, place, dirs_exist_ok=True)
        (archive / "notes.txt").write_text("a\n", "utf-8")
        assert forget(archive, *ID)[0] == 0
        assert_taken_down(archive, place)


@pytest.mark.parametrize("name", ["warc", "exports"])
def test_a_folder_of_the_same_disk_that_is_mounted_there(archive: Path, name: str) -> None:
    with bound(archive / name):
        assert forget(archive, *ID)[0] == 0
        assert_taken_down(archive, archive)


@pytest.mark.parametrize("name", ["warc", "exports"])
def test_without_the_right_to_write_into_it_nothing_is_begun(archive: Path, name: str) -> None:
    with bound(archive / name, "ro"):
        status, _, told = forget(archive, *ID)
    assert (status, told.count("\n")) == (3, 1)
    assert told.endswith("Mend the rights, and give the command again.\n")
    assert "not finished" in forget(archive, "--list")[1]
    assert not (archive / ".ready").exists()
    assert forget(archive, *ID)[0] == 0
    assert_taken_down(archive, archive)


def test_a_folder_of_exports_that_may_not_be_replaced_is_told_before(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed("export", "csv", "--archive", archive)
    monkeypatch.setattr("os.access", lambda path, _: not str(path).endswith("csv"))
    assert "exports/csv'): its data is as it was. Mend the rights" in forget(archive, *ID)[2]
    monkeypatch.undo()
    assert forget(archive, *ID)[0] == 0
    assert_taken_down(archive, archive)


def test_unchanged_warcs_take_no_room(archive: Path, other: Path) -> None:
    """They are the same files as before, on their own disk."""
    linked(archive / "warc", other)
    before = {path.name: path.stat().st_ino for path in (archive / "warc").iterdir()}
    said_before = records_by_number(archive)
    (archive / DATABASE).unlink()
    repair(archive)
    assert {path.name: path.stat().st_ino for path in (archive / "warc").iterdir()} == before
    assert records_by_number(archive) == said_before


def test_no_room_on_that_disk_leaves_all_as_it_was(archive: Path, other: Path) -> None:
    linked(archive / "warc", other)
    before = records_by_number(archive)
    there = os.statvfs(other)
    (other / "filling").write_bytes(bytes(there.f_bavail * there.f_frsize - 4096))
    status, _, told = forget(archive, *ID)
    assert (status, told.count("\n")) == (3, 1)
    assert "its data is as it was. Make room" in told
    assert records_by_number(archive) == before
    (other / "filling").unlink()
    assert forget(archive, *ID)[0] == 0
    assert_taken_down(archive, other)


def test_killed_it_goes_on(archive: Path, other: Path) -> None:
    for name in ("warc", "exports"):
        (other / name).mkdir()
        linked(archive / name, other / name)
    start = shutil.copytree(archive, archive.with_name("start"), symlinks=True)
    disks = shutil.copytree(other, archive.with_name("disks"))
    step = 4
    while killed_at(step, lambda: forget(archive, *ID)):
        status, _, told = forget(archive, *ID)
        assert (status, told) == (0, ""), step
        assert_taken_down(archive, other)
        shutil.rmtree(archive)
        shutil.copytree(start, archive, symlinks=True)
        for name in ("warc", "exports"):
            shutil.rmtree(other / name)
        shutil.copytree(disks, other, dirs_exist_ok=True)
        step += 9
    assert step > 40


@pytest.mark.parametrize("name", [DATABASE, "questions.jsonl"])
def test_a_move_that_cannot_end_is_told_and_ends_later(
    archive: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Where the disk fails after all was made, the archive is not as it was."""
    real = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if ".ready" in str(path) and path.name == name:
            raise OSError(5, "Input/output error", str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    for _ in range(2):
        status, _, told = forget(archive, *ID)
        assert (status, told.count("\n")) == (3, 1)
        assert told.startswith(f"qarchive: {archive} is being replaced, and ")
        assert told.endswith("check disk and rights, and give the command again.\n")
        assert "not finished" in forget(archive, "--list")[1]
        with pytest.raises(StorageError, match="is being replaced"):
            next(verify(archive))
    monkeypatch.setattr(Path, "replace", real)
    assert forget(archive, *ID)[0] == 0
    assert_gone(archive)


@pytest.mark.parametrize("name", ["warc", "exports"])
def test_nothing_is_moved_while_a_part_of_it_is_away(
    archive: Path, other: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    linked(archive / name, other)
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.rebuilding.staging.finish", lambda _: None)
        assert forget(archive, *ID)[0] == 0
    part = next(other.rglob(".next"))
    away = part.rename(part.with_name("away"))
    held = (archive / DATABASE).read_bytes()
    status, _, told = forget(archive, *ID)
    assert status == 3
    assert f"{archive} is being replaced, and {archive}/.ready/{name} cannot be written (No" in told
    assert (archive / DATABASE).read_bytes() == held
    away.rename(part)
    assert forget(archive, *ID)[0] == 0
    assert_taken_down(archive, other)


def test_the_name_of_a_part_is_on_disk_before_the_whole_counts(
    archive: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked(archive / "warc", other)
    synced: list[Path] = []
    monkeypatch.setattr(staging, "sync", lambda path: synced.append(path.resolve()))
    with staging.staged(archive):
        assert other / "there" in synced


def test_a_takedown_that_is_refused_leaves_no_tombstone(tmp_path: Path) -> None:
    archive = tmp_path / "a"
    make(archive)
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        db.execute("INSERT INTO _sqlite_migrations VALUES (99, 'qarchive', 'm099', '2099-01-01')")
    code, _, told = forget(archive, "toy:1:en", "--reason", "x")
    assert (code, "written by a newer qarchive" in told) == (3, True)
    assert not (archive / "forgotten.jsonl").exists()
