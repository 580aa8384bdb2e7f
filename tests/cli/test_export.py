"""`qarchive export` publishes in the archive's folder, where it is told, or on standard output."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import exports
from scraper.cli.formats import formats
from scraper.cli.program import cli
from scraper.items import Question
from tests.questions import Keep
from tests.stages import from_scratch, typed

QUESTION = Question(
    site="adoctor", source_id="1", language="zh-Hant", url="https://adoctor.tw/article/1",
    title="頭痛",
)  # fmt: skip
LATER = {"QARCHIVE_NOW": "2026-12-01T09:00:00Z"}


@pytest.mark.parametrize(("format_", "path"), [("jsonl", "questions.jsonl"), ("csv", "csv")])
def test_it_writes_into_the_archive(tmp_path: Path, keep: Keep, format_: str, path: str) -> None:
    keep(QUESTION)
    done = typed("export", format_, QARCHIVE_DIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"1 question in {tmp_path / 'exports' / path}\n"
    assert (tmp_path / "exports" / path).exists()


def test_standard_output_is_utf_8_in_any_terminal(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    done = from_scratch("export", "jsonl", "--out", "-", "--archive", tmp_path, LC_ALL="C",
                        PYTHONIOENCODING="ascii")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["title"] == "頭痛"
    assert "頭痛" in line


def test_a_folder_does_not_go_to_standard_output_or_nowhere(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    for out in ("-", ""):
        done = typed("export", "csv", "--out", out, "--archive", tmp_path)
        assert done.returncode == 2
        assert "--out" in done.stderr


@pytest.mark.parametrize("words", [["export", "jsonl"], ["export", "csv"], ["status"], ["serve"]])
def test_without_an_archive_it_is_one_line_and_nothing_is_made(
    tmp_path: Path, words: list[str]
) -> None:
    done = typed(*words, "--archive", tmp_path / "none")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "holds no archive" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "place", ["archive.db", "lock", "warc/a.warc.gz", "disk/a.warc.gz", "new", ""]
)
def test_the_archives_own_files_are_never_replaced(tmp_path: Path, keep: Keep, place: str) -> None:
    keep(QUESTION)
    disk = tmp_path.with_name(f"{tmp_path.name} disk")
    disk.mkdir()
    (tmp_path / "warc").symlink_to(disk)
    out = disk / "a.warc.gz" if place.startswith("disk") else tmp_path / place
    held = (tmp_path / "archive.db").read_bytes()
    for format_ in ("jsonl", "csv"):
        done = typed("export", format_, "--out", out, "--archive", tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "archive's own folder" in done.stderr
    assert (tmp_path / "archive.db").read_bytes() == held
    assert list(disk.iterdir()) == []


def test_a_format_that_is_a_file_takes_no_folders_place(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    (folder := tmp_path.with_name(f"{tmp_path.name} other")).mkdir()
    for out, place in ((folder, folder), (f"{folder}/new/", folder / "new")):
        done = typed("export", "jsonl", "--out", out, "--archive", tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{place} is a folder: name a file such as {place}/questions.jsonl." in done.stderr
    assert list(folder.iterdir()) == []
    assert typed("export", "csv", "--out", f"{folder}/", "--archive", tmp_path).returncode == 0


def test_a_format_is_what_has_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "helper.py").write_text("def write_to(archive, stream):\n    return 3\n")
    (tmp_path / "titles.py").write_text('"""Titles alone."""\n\nwrite = as_file(write_to)\n')
    monkeypatch.setattr(exports, "__path__", [str(tmp_path)])
    assert formats() == {"titles": "Titles alone."}


def test_an_unknown_format_names_the_known_ones() -> None:
    done = CliRunner().invoke(cli, ["export", "docx"])
    assert done.exit_code == 2
    assert "'csv', 'jsonl'" in done.output


@pytest.mark.parametrize("name", ["export", "status", "serve"])
def test_help_holds_an_example(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"qarchive {name}" in done.output


@pytest.mark.parametrize(
    ("day", "title"),
    [("2026-11-21", None), ("2026-11-22", "頭痛"), ("2026-11-22T09:00:00Z", "頭痛"),
     ("2026-11-22T16:59:59+08:00", None), ("2026-11-22T08:59", None), ("2026-11-23", "暈眩")],
)  # fmt: skip
def test_what_was_known_on_a_day(tmp_path: Path, keep: Keep, day: str, title: str | None) -> None:
    keep(QUESTION)
    keep(replace(QUESTION, title="暈眩"), datetime(2026, 11, 23, 9, tzinfo=UTC), before=QUESTION)
    words = ["export", "jsonl", "--archive", str(tmp_path), "--as-of", day]
    told = CliRunner().invoke(cli, [*words, "--out", "-"], env=LATER)
    assert told.exit_code == 0, told.output
    assert [json.loads(line)["title"] for line in told.stdout.splitlines()] == [title] * bool(title)


def test_the_export_of_a_day_stands_beside_todays(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    for words in (
        ["jsonl"],
        ["jsonl", "--as-of", "2026-11-21"],
        ["jsonl", "--as-of", "0001-01-01"],
    ):
        told = CliRunner().invoke(cli, ["export", *words, "--archive", str(tmp_path)], env=LATER)
        assert told.exit_code == 0, told.output
    assert sorted(path.name for path in (tmp_path / "exports").iterdir()) == [
        "questions-as-of-00010101T235959Z.jsonl",
        "questions-as-of-20261121T235959Z.jsonl",
        "questions.jsonl",
    ]
    assert (tmp_path / "exports/questions-as-of-20261121T235959Z.jsonl").read_bytes() == b""


@pytest.mark.parametrize("day", ["2026-12-01", "2099-01-01"])
def test_no_export_claims_to_know_what_is_to_come(tmp_path: Path, keep: Keep, day: str) -> None:
    keep(QUESTION)
    typed("export", "csv", "--as-of", day, "--archive", tmp_path, **LATER)
    (folder,) = (tmp_path / "exports").iterdir()
    assert "csv-as-of-20261201T090000Z" <= folder.name < "csv-as-of-20261201T235959Z"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert "2026-12-01T09:00:00Z" <= package["as_of"] < "2026-12-01T23:59:59Z"


@pytest.mark.parametrize(
    ("words", "said"),
    [(["atom", "--as-of", "2026-11-22"], "only what is known now"),
     (["jsonl", "--as-of", "yesterday"], "no day such as 2026-11-22"),
     (["jsonl", "--as-of", "0001-01-01T00:00+14:00"], "no day such as 2026-11-22")],
)  # fmt: skip
def test_what_cannot_be_told_of_a_day(
    tmp_path: Path, keep: Keep, words: list[str], said: str
) -> None:
    keep(QUESTION)
    told = CliRunner().invoke(cli, ["export", *words, "--archive", str(tmp_path)])
    assert told.exit_code == 2
    assert said in told.output
    assert not (tmp_path / "exports").exists()


def test_a_stream_may_tell_only_what_is_known_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.jsonl.write_to", lambda _archive, _stream: 0)
    words = ["export", "jsonl", "--out", "-", "--as-of", "2026-11-22", "--archive", str(tmp_path)]
    told = CliRunner().invoke(cli, words)
    assert (told.exit_code, "only what is known now" in told.output) == (2, True)


def test_an_export_of_changes_counts_changes(tmp_path: Path, keep: Keep) -> None:
    keep(QUESTION)
    keep(replace(QUESTION, title="暈眩"), datetime(2026, 11, 23, 9, tzinfo=UTC), before=QUESTION)
    told = CliRunner().invoke(cli, ["export", "atom", "--archive", str(tmp_path)])
    assert told.stdout == f"2 changes in {tmp_path}/exports/questions.atom\n"
