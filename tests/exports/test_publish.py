"""What is published is whole: killed at any moment, the old export or the new one is there."""

import csv
import ctypes
import json
import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from exports import csv as csv_export
from exports import publish
from pipelines.errors import StorageError, WrongPlaceError
from scraper.items import Question
from tests.forked import Forked
from tests.questions import Keep

QUESTIONS = 400
DEAD = 2**22 + 1  # above Linux's highest process id


@pytest.fixture
def retitle(
    connection: sqlite3.Connection, keep: Keep, english: Question
) -> Callable[[str], object]:
    """An archive of many questions, and how to give them all another title."""
    connection.execute("BEGIN")
    for number in range(QUESTIONS):
        keep(replace(english, source_id=str(number), url=f"https://adoctor.tw/article/{number}"))
    connection.execute("COMMIT")
    return lambda title: connection.execute("UPDATE questions SET title=?", (title,))


def titles(out: Path) -> list[str]:
    """The titles in an export; raises when it is torn."""
    if out.is_dir():
        for table in csv_export.TABLES:
            assert (out / f"{table}.csv").read_bytes().endswith(b"\r\n")
        with (out / "questions.csv").open(encoding="utf-8", newline="") as stream:
            return [row["title"] for row in csv.DictReader(stream, strict=True)]
    return [json.loads(line)["title"] for line in out.read_text("utf-8").splitlines()]


def only_title(out: Path) -> str:
    """The title that all questions of a whole export have."""
    exported = titles(out)
    assert len(exported) == QUESTIONS
    (title,) = set(exported)
    return title


@pytest.mark.parametrize(
    ("format_", "kills"),
    [
        ("jsonl", 6),
        ("csv", 6),
        pytest.param("jsonl", 60, marks=pytest.mark.campaign),
        pytest.param("csv", 60, marks=pytest.mark.campaign),
    ],
)
def test_a_killed_export_leaves_the_old_one_or_the_new_one(
    tmp_path: Path, retitle: Callable[[str], object], format_: str, kills: int
) -> None:
    module = import_module(f"exports.{format_}")
    out = tmp_path / "exports" / module.NAME
    begun = time.monotonic()
    module.write(tmp_path, tmp_path / "first" / module.NAME)
    took = time.monotonic() - begun  # so that kills hit the first writes on any machine
    dice = random.Random(6)
    published_titles, killed_mid_write = ["none"], 0
    for round_ in range(10 * kills):
        if round_ >= kills and killed_mid_write:
            break
        new = f"round {round_}"
        retitle(new)
        with Forked("tests.exporting", format_, tmp_path, out) as export:
            export.line(1 if round_ % 4 else 2)  # the second when the first export is whole
            time.sleep(dice.random() * 1.5 * took)
        if out.exists():
            title = only_title(out)
            assert title in {published_titles[-1], new}
            published_titles.append(title)
        killed_mid_write += any(out.parent.glob(".*.part"))
    assert len(set(published_titles)) > 1
    assert killed_mid_write
    module.write(tmp_path, out)
    assert only_title(out) == new
    assert list(out.parent.iterdir()) == [out]


def test_what_dead_exports_left_is_swept_and_what_lives_stays(tmp_path: Path) -> None:
    out = tmp_path / "all[1].csv"
    dead = [tmp_path / f".all[1].csv.{DEAD}.part", tmp_path / f".all[1].csv.{os.getpid()}.part"]
    living = [tmp_path / f".all[1].csv.{os.getppid()}.part", tmp_path / f".other.csv.{DEAD}.part"]
    for path in dead + living:
        path.mkdir()
    with publish.published_folder(out, frozenset({"a.csv"}), "a.csv") as folder:
        (folder / "a.csv").write_text("a")
    assert sorted(tmp_path.iterdir()) == sorted([out, *living])


def test_an_export_killed_between_two_renames_comes_back(tmp_path: Path) -> None:
    kept_aside = tmp_path / f".csv.{DEAD}.old"
    kept_aside.mkdir()
    (kept_aside / "a.csv").write_text("old")
    with (
        suppress(KeyboardInterrupt),
        publish.published_folder(tmp_path / "csv", frozenset({"a.csv"}), "a.csv"),
    ):
        assert (tmp_path / "csv" / "a.csv").read_text() == "old"
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


@pytest.mark.parametrize(
    "libc",
    [SimpleNamespace(), SimpleNamespace(renameat2=lambda *_: -1)],
    ids=["no such call", "refused"],
)
def test_folders_are_swapped_where_the_system_cannot_exchange_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libc: SimpleNamespace
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: libc)
    out = tmp_path / "csv"
    for text in ("old", "new"):
        with publish.published_folder(out, frozenset({"a.csv"}), "a.csv") as folder:
            (folder / "a.csv").write_text(text)
        assert (out / "a.csv").read_text() == text
    assert list(tmp_path.iterdir()) == [out]


def test_an_interrupted_export_leaves_nothing(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), publish.published_file(tmp_path / "a.jsonl") as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StorageError, match="cannot be written"),
        publish.published_file(tmp_path / "file" / "a.jsonl"),
    ):
        pass
    with (
        pytest.raises(StorageError, match="cannot be written"),
        publish.published_file(Path("/dev/null/a.jsonl")),
    ):
        pass


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "to device").symlink_to("/dev/null")
    (tmp_path / "file").touch()
    for name in ("fifo", "folder", "to device", "file/below", "n" * 300):
        with (
            pytest.raises(WrongPlaceError, match="name another place with --out"),
            publish.published_file(tmp_path / name),
        ):
            raise AssertionError
    assert (tmp_path / "fifo").is_fifo()
    assert (tmp_path / "to device").is_symlink()


def test_what_a_link_leads_to_is_replaced(tmp_path: Path) -> None:
    big = tmp_path / "big disk"
    (big / "csv").mkdir(parents=True)
    for name in ("a.jsonl", "csv"):
        (tmp_path / name).symlink_to(big / name)
    for text in ("old", "new"):
        with publish.published_file(tmp_path / "a.jsonl") as stream:
            stream.write(text)
        with publish.published_folder(tmp_path / "csv", frozenset({"a.csv"}), "a.csv") as folder:
            (folder / "a.csv").write_text(text)
    assert (big / "a.jsonl").read_text() == (big / "csv" / "a.csv").read_text() == "new"
    assert (tmp_path / "a.jsonl").is_symlink()
    assert (tmp_path / "csv").is_symlink()
    assert sorted(path.name for path in big.iterdir()) == ["a.jsonl", "csv"]


def test_it_has_the_rights_of_what_it_replaces(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    rights = {tmp_path / "a.jsonl": 0o640, tmp_path / "csv": 0o750, tmp_path / "csv/a.csv": 0o600}
    for path, mode in rights.items():
        path.touch()
        path.chmod(mode)
    with publish.published_file(tmp_path / "a.jsonl"):
        pass
    with publish.published_folder(tmp_path / "csv", frozenset({"a.csv"}), "a.csv") as folder:
        (folder / "a.csv").write_text("x")
    assert {path: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")} == rights


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone gives files away")
def test_it_belongs_to_whom_that_belonged(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.touch()
    os.chown(path, 12345, 12346)
    path.chmod(0o640)
    with publish.published_file(path):
        pass
    found = path.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (12345, 12346, 0o640)
