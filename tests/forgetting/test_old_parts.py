"""A part of an archive is older than the rest, or lost: its database, or its tombstones."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.layout import DATABASE
from pipelines.verify import verify
from scraper.cli.commands.verify import command as verify_command
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.toys import PAGES, copy, forget, make
from tests.repairing import repair
from tests.stages import qarchive

FIRST = "000001-run000001.warc.gz"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make(folder / "a")
    copy(folder / "a", folder / "backup")
    assert forget(folder / "a", "toy:1:en", "--reason", "x")[0] == 0
    return folder


@pytest.fixture
def archives(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """One in which a page was taken down, and its backup."""
    return copy(made / "a", tmp_path / "a"), copy(made / "backup", tmp_path / "backup")


def with_database_of(backup: Path, archive: Path) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        if (backup / name).exists():
            shutil.copy(backup / name, archive / name)


@pytest.mark.parametrize(
    "command",
    [
        ("export", "jsonl", "--out", "-"),
        ("export", "wacz"),
        ("serve", "--port", "0"),
        ("serve", "--port", "0", "--public"),
        ("reextract",),
        ("crawl", "adoctor", "--base-url", "http://127.0.0.1:9"),
    ],
)
def test_nothing_is_published_of_a_database_of_before(
    archives: tuple[Path, Path], command: tuple[str, ...]
) -> None:
    archive, backup = archives
    with_database_of(backup, archive)
    before = (archive / "warc" / FIRST).read_bytes()
    done = qarchive(*command, "--archive", archive)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith(
        " is of a backup and holds 1 record of pages that were taken down since: `qarchive verify"
        " --repair` takes them down again.\n"
    )
    assert (archive / "warc" / FIRST).read_bytes() == before
    repair(archive)
    assert qarchive("export", "jsonl", "--archive", archive).returncode == 0


def test_tombstones_that_a_new_archive_begins_with_are_no_backup(
    made: Path, tmp_path: Path, server: FaultServer
) -> None:
    for name in ("forgotten.jsonl", "forgotten.key"):
        shutil.copy(made / "a" / name, tmp_path / name)
    for path, html in PAGES.items():
        server.play(path, [reply(200, body=html.encode())])
    for _ in range(2):
        crawl(tmp_path, base_url=server.url("/"), revisit="all")
    assert rows(tmp_path, "SELECT count(*) FROM takedowns") == [(1,)]
    assert qarchive("export", "jsonl", "--archive", tmp_path).returncode == 0
    (tmp_path / "forgotten.jsonl").unlink()
    done = qarchive("crawl", "adoctor", "--base-url", server.url("/"), "--archive", tmp_path)
    assert (done.returncode, "lacks the takedown of" in done.stderr) == (3, True)


@pytest.mark.parametrize("left", [0, 1])
def test_a_takedown_without_its_tombstone_is_told_of(
    archives: tuple[Path, Path], left: int
) -> None:
    """The list of tombstones is lost, or is that of a backup."""
    archive, _ = archives
    tombstones = archive / "forgotten.jsonl"
    first = tombstones.read_text("utf-8")
    assert forget(archive, "toy:3:en", "--reason", "x")[0] == 0
    whole = tombstones.read_text("utf-8")
    moments = [json.loads(line)["at"] for line in whole.splitlines()][left:]
    tombstones.write_text(first, "utf-8") if left else tombstones.unlink()
    told = [one.what for one in verify(archive) if not one.harmless]
    assert told == [f"the takedown of {moment} is not in it" for moment in moments]
    status, out, errors = forget(archive, "--list")
    assert (status, out.count("\n")) == (0, left)
    assert [line.rpartition(" takedown of ")[2] for line in errors.splitlines()] == [
        f"{moment}: restore it from a copy." for moment in moments
    ]
    for command in (
        ("forget", "toy:2:en", "--reason", "x", "--archive", archive),
        ("reextract", "--archive", archive),
        ("merge", archive, "--into", archive.with_name("into")),
    ):
        done = qarchive(*command)
        assert (done.returncode, done.stdout) == (3, "")
        assert f"lacks the takedown of {moments[0]}: restore it" in done.stderr
    tombstones.write_text(whole, "utf-8")
    assert list(verify(archive)) == []
    tombstones.write_text(first, "utf-8")
    lost = json.loads(whole.splitlines()[1])["at"]
    repaired = CliRunner().invoke(verify_command, ["--repair", "--archive", str(archive)])
    assert repaired.exit_code == 1
    assert f"the takedown of {lost} is known no more: give it again.\n" in repaired.stderr
    assert list(verify(archive)) == []


def test_a_key_without_tombstones_is_told_of(archives: tuple[Path, Path]) -> None:
    archive, backup = archives
    shutil.copy(archive / "forgotten.key", backup)
    (told,) = verify(backup)
    assert (told.where, told.what) == ("forgotten.key", "it is there without forgotten.jsonl")


@pytest.mark.parametrize("command", [("forget", "toy:1:en", "--reason", "x"), ("merge",)])
def test_a_database_without_the_list_of_takedowns_is_told_of(
    archives: tuple[Path, Path], command: tuple[str, ...]
) -> None:
    """One of an older version, of which `status` tells more."""
    _, old = archives
    with closing(sqlite3.connect(old / DATABASE)) as db:
        db.execute("DROP TABLE takedowns")
    words = (old, "--into", old.with_name("into")) if command == ("merge",) else ("--archive", old)
    done = qarchive(*command, *words)
    assert done.returncode == 3
    assert done.stderr.endswith("(no such table: takedowns): run `qarchive status`.\n")


def test_who_may_not_read_the_key_may_publish(archives: tuple[Path, Path]) -> None:
    """It is for the owner's eyes; another user serves the archive, or has a copy without it."""
    archive, backup = archives
    (archive / "forgotten.key").unlink()
    assert qarchive("export", "jsonl", "--out", "-", "--archive", archive).returncode == 0
    with_database_of(backup, archive)
    done = qarchive("export", "jsonl", "--out", "-", "--archive", archive)
    assert (done.returncode, done.stdout) == (3, "")
    assert "forgotten.key lacks the key" in done.stderr
