"""An archive on a read-only disk, such as a dated backup, or on a full one is read as any other."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from errno import EACCES
from pathlib import Path
from shutil import disk_usage
from typing import IO, Any, cast

import pytest
from click.testing import CliRunner

from exports import wacz
from exports.datasette.site import build, close
from exports.records import records
from pipelines import lock
from pipelines.database import open_reader
from pipelines.errors import ArchiveBusyError, FileUnreadableError, StorageError
from pipelines.merge import merge
from pipelines.reextract import try_out
from scraper.cli.program import cli
from tests.crawling import Toy
from tests.disks import disk
from tests.exports.test_site import page


@pytest.fixture
def backup(sound: Path, tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "disk", "size=32m") as place:
        archive = Path(shutil.copytree(sound, place / "archive"))
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        yield archive


@pytest.mark.parametrize(
    "command",
    [["status"], ["show", "toy:3:en"], ["log", "toy:3:en"], ["export", "jsonl", "--out", "-"]],
)
def test_it_is_read(backup: Path, command: list[str]) -> None:
    told = CliRunner().invoke(cli, [*command, "--archive", str(backup)])
    assert told.exit_code == 0, told.output
    assert told.output


@pytest.fixture
def crammed(sound: Path, tmp_path: Path) -> Iterator[Path]:
    with disk(tmp_path / "disk", "size=8m") as place:
        archive = Path(shutil.copytree(sound, place / "archive"))
        for path in archive.glob("archive.db-*"):
            path.unlink()
        (place / "filling").write_bytes(bytes(disk_usage(place).free))
        yield archive


@pytest.mark.parametrize("command", [["status"], ["verify"], ["export", "jsonl", "--out", "-"]])
def test_it_is_read_where_there_is_no_room(crammed: Path, command: list[str]) -> None:
    for _ in range(2):  # the first leaves an empty -wal
        told = CliRunner().invoke(cli, [*command, "--archive", str(crammed)])
        assert (told.exit_code, told.stderr) == (0, "")


def test_where_there_is_no_room_nobody_reads_beside_a_writer(crammed: Path) -> None:
    with closing(lock.take(crammed)), pytest.raises(StorageError, match="no room is left"):
        list(records(crammed))
    with open_reader(crammed), pytest.raises(ArchiveBusyError):
        lock.take(crammed)
    with pytest.raises(StorageError, match="no room is left"):
        build(crammed, pages=crammed)
    (crammed.parent / "filling").unlink()
    lock.take(crammed).close()


def test_it_is_served(backup: Path) -> None:
    site = build(backup, pages=backup)
    assert "toy:3:en" in page(site, "/archive/questions")
    close(site)


def test_it_is_merged(backup: Path, tmp_path: Path) -> None:
    found = merge([backup], tmp_path / "merged", {"toy": Toy}, lambda _: None)
    assert found.visits > 0


def test_warcs_that_may_not_be_read_are_neither_damaged_nor_lost(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path, *how: Any) -> IO[Any]:
        if path.name.endswith(".warc.gz"):
            raise PermissionError(EACCES, "Permission denied", str(path))
        return cast("IO[Any]", opened(path, *how))

    opened = Path.open
    monkeypatch.setattr(Path, "open", forbidden)
    told = r"\(Permission denied\): check disk, rights and limits"
    for processes in (1, 2):
        with pytest.raises(FileUnreadableError, match=told):
            try_out(sound, {"toy": Toy}, processes, lambda _: None)
    with pytest.raises(StorageError, match=told):
        wacz.write(sound, tmp_path / "a.wacz")
