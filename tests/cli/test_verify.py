"""verify as its user meets it: a sound archive, a lost database, a damaged WARC."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scraper.sample.server import serve
from tests.stages import qarchive
from tests.truth.sites import build


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify-command") / "a"
    with serve(build("qapage", questions=6)) as home:
        base = home.rstrip("/")
        done = qarchive("crawl", "qapage", "--base-url", base, "--archive", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_lost_database_is_told_of_made_anew_and_sound(archive: Path) -> None:
    sound = qarchive("verify", "--archive", archive)
    assert (sound.returncode, sound.stdout) == (0, "All is as it was written.\n")
    before = qarchive("export", "jsonl", "--out", "-", "--archive", archive).stdout
    assert before.count("\n") == 6
    (archive / "archive.db").unlink()
    for command in (
        ["status"],
        ["verify"],
        ["crawl", "qapage", "--base-url", "http://127.0.0.1:1"],
    ):
        told = qarchive(*command, "--archive", archive)
        assert told.returncode in {2, 3}
        assert "`qarchive verify --repair` rebuilds it" in told.stderr
    repaired = qarchive("verify", "--repair", "--archive", archive)
    assert (repaired.returncode, repaired.stdout) == (0, "All is as it was written.\n")
    assert qarchive("export", "jsonl", "--out", "-", "--archive", archive).stdout == before


@pytest.mark.parametrize("table", ["questions", "question_versions"])
def test_a_damaged_page_of_the_database_is_told_by_whoever_meets_it(
    archive: Path, tmp_path: Path, table: str
) -> None:
    archive = Path(shutil.copytree(archive, tmp_path / "a"))
    database = archive / "archive.db"
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name=?", (table,))
        ((size,),) = db.execute("PRAGMA page_size")
        (question, *_) = (row[0] for row in db.execute("SELECT id FROM questions"))
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 8)
    for command in (["log", question], ["show", question]):
        told = qarchive(*command, "--archive", archive)
        assert told.returncode == 3
        assert told.stderr.count("\n") == 1
        assert "`qarchive verify --repair` rebuilds it" in told.stderr


def test_a_database_that_nobody_can_read_is_kept(archive: Path, tmp_path: Path) -> None:
    archive = Path(shutil.copytree(archive, tmp_path / "a"))
    (archive / "archive.db").write_bytes(b"damaged" * 999)
    told = qarchive("verify", "--repair", "--archive", archive)
    assert told.returncode == 1
    (kept,) = archive.glob("archive.db.*")
    assert f"stays beside the new one as {kept.name}." in told.stderr
    again = qarchive("verify", "--repair", "--archive", archive)
    named = f"{kept.name}: an old database that a repair kept: what was taken down may be in it;"
    assert (again.returncode, named in again.stdout) == (0, True)
    held = qarchive("export", "jsonl", "--out", "-", "--archive", archive).stdout
    question = json.loads(held.splitlines()[0])["id"]
    forget = ("forget", "--reason", "x", "--archive", archive)
    assert qarchive(*forget, question).returncode == 1
    told = qarchive("verify", "--archive", archive)
    assert (told.returncode, told.stderr) == (1, "qarchive: 1 fault.\n")
    kept.unlink()
    assert qarchive("verify", "--archive", archive).returncode == 0


def test_lost_warcs_are_told_with_the_way_on(archive: Path, tmp_path: Path) -> None:
    """The database alone is left: its records stay readable, and the crawl begins anew."""
    archive = Path(shutil.copytree(archive, tmp_path / "a"))
    before = qarchive("export", "jsonl", "--out", "-", "--archive", archive).stdout
    (warc,) = (archive / "warc").iterdir()
    warc.unlink()
    crawl = ("crawl", "qapage", "--base-url", "http://127.0.0.1:1", "--archive", archive)
    told = qarchive(*crawl)
    assert told.returncode == 3
    assert "`qarchive verify --repair` tells" in told.stderr
    told = qarchive("verify", "--repair", "--archive", archive)
    assert told.returncode == 1
    assert "move archive.db* into a folder of its own" in told.stderr
    (tmp_path / "old").mkdir()
    for path in archive.glob("archive.db*"):
        path.rename(tmp_path / "old" / path.name)
    held = qarchive("export", "jsonl", "--out", "-", "--archive", tmp_path / "old")
    assert (held.returncode, held.stdout) == (0, before)
    assert qarchive(*crawl).returncode == 5


def test_a_damaged_warc_is_told_by_its_bytes(archive: Path) -> None:
    (warc,) = (archive / "warc").iterdir()
    whole = warc.read_bytes()
    warc.write_bytes(whole[:5000] + bytes([whole[5000] ^ 8]) + whole[5001:])
    told = qarchive("verify", "--json", "--archive", archive)
    warc.write_bytes(whole)
    assert told.returncode == 1
    (first, *_) = map(json.loads, told.stdout.splitlines())
    assert first["where"] == f"warc/{warc.name}"
    assert first["offset"] <= 5000 < first["offset"] + first["length"]
    assert "restore the file from a backup" in first["todo"]


def test_nothing_to_rebuild_from(tmp_path: Path) -> None:
    told = qarchive("verify", "--repair", "--archive", tmp_path / "none")
    assert told.returncode == 2
    assert told.stderr.startswith("qarchive: ")
    assert not (tmp_path / "none").exists()
