"""A command that dies or meets a full disk: the archive is whole, and the same command goes on."""

import os
from contextlib import closing
from pathlib import Path
from pkgutil import resolve_name
from sqlite3 import connect
from typing import Any

import pytest

from exports.jsonl import write
from pipelines.checks.finding import Finding
from pipelines.errors import StorageError
from pipelines.merge import merge
from pipelines.takedown.other_files import OtherFiles, redact_other_files
from pipelines.verify import verify
from scraper.tombstones import load
from tests.crawling import Toy
from tests.disks import disk
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import (
    WORD,
    assert_gone,
    copy,
    forget,
    killed_at,
    make,
    records_by_number,
)
from tests.repairing import repair
from tests.stages import typed

ID = "toy:1:en"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "a"
    make(folder)
    (folder / "crawl.log").write_text(f"a\nOne {WORD}\nb\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("first", "stride"), [(3, 10), pytest.param(0, 1, marks=pytest.mark.campaign)]
)
def test_killed_at_a_change_of_a_file_it_goes_on(
    made: Path, tmp_path: Path, first: int, stride: int
) -> None:
    others = {key: record for key, record in records_by_number(made).items() if key != "1"}
    assert len(others) == 2
    step, half, trials = first, 0, 0
    while True:
        archive = copy(made, tmp_path / "a")
        if not killed_at(step, lambda: forget(archive, ID, "--reason", "x")):  # noqa: B023
            break
        assert others.items() <= records_by_number(archive).items(), step
        half += bool(occurrences(archive, (WORD,)))
        status, _, told = forget(archive, ID, "--reason", "x")
        assert (status, told) == (0, ""), step
        assert_gone(archive)
        assert records_by_number(archive) == others
        assert (archive / "exports" / "questions.jsonl").read_text("utf-8").count("\n") == 2
        assert (archive / "crawl.log").read_text("utf-8") == "a\n[removed]\nb\n"
        assert (archive / "forgotten.jsonl").read_text("utf-8").count("\n") == 1
        trials, step = trials + 1, step + stride
    assert trials > half > 20 // stride


def test_every_rename_is_forced_to_disk(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, renamed = copy(made, tmp_path / "a"), []
    open_names: set[Path] = set()  # folders with names that are not on disk yet
    fsync, replace = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        open_names.discard(Path(f"/proc/self/fd/{descriptor}").readlink())
        fsync(descriptor)

    def note_rename(path: Path, to: Path) -> Path:
        renamed.append(to.name)
        open_names.add(to.parent)
        return replace(path, to)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_rename)
    assert forget(archive, ID, "--reason", "x")[0] == 0
    assert {"crawl.log", "questions.jsonl", "archive.db", "forgotten.jsonl"} <= set(renamed)
    assert open_names == set()


@pytest.mark.parametrize("again", [ID, "toy:3:en"])
def test_a_repair_before_the_command_is_given_again_takes_no_word_that_logs_are_searched_for(
    made: Path, tmp_path: Path, again: str
) -> None:
    archive = copy(made, tmp_path / "a")
    step = 0
    while not (archive / "forgotten.jsonl").exists():
        archive, step = copy(made, archive), step + 1
        assert killed_at(step, lambda: forget(archive, ID, "--reason", "x"))  # noqa: B023
    assert "was not completed: give the same" in refused(archive, tmp_path / "merged")
    repair(archive)
    assert records_by_number(archive).keys() == {"1", "2", "3"}
    told = "the takedown of {} was not completed"
    (stone,) = load(archive).entries
    assert [one.what for one in verify(archive)] == [told.format(stone.at)]
    assert "not finished: x" in forget(archive, "--list")[1]
    assert forget(archive, again, "--reason", "y")[0] == 0
    assert_gone(archive)
    assert records_by_number(archive).keys() == {"1", "2", "3"} - {"1", again.split(":")[1]}
    assert (archive / "crawl.log").read_text("utf-8") == "a\n[removed]\nb\n"
    assert forget(archive, ID, "--reason", "x")[1].startswith("Taken down before")


def test_a_page_that_only_links_name_is_finished_too(made: Path, tmp_path: Path) -> None:
    archive = copy(made, tmp_path / "a")
    with closing(connect(archive / "archive.db")) as db:
        (url,) = db.execute("SELECT replace(url, '/q/1', '/q/4') FROM questions").fetchone()
    (archive / "crawl.log").write_text(f"a\n{url}\n", "utf-8")
    with closing(connect(archive / "archive.db")) as db, db:
        db.execute(
            "INSERT INTO urls (url, site, host, kind, hops, disclosed_in, via, state)"
            " SELECT ?, site, host, kind, hops, disclosed_in, via, 'ready' FROM urls"
            " WHERE url LIKE '%/q/1'",
            (url,),
        )
    step = 0
    while not (archive / "forgotten.jsonl").exists():
        step += 1
        assert killed_at(step, lambda: forget(archive, url, "--reason", "x"))
    assert forget(archive, url, "--reason", "x")[0] == 0
    assert (archive / "crawl.log").read_text("utf-8") == "a\n[removed]\n"


@pytest.mark.parametrize("words", [("csv",), ("jsonl", "--as-of", "2026-11-27")])
def test_no_export_into_the_archive_is_made_beside_a_takedown(
    archive: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    met = []

    def redacted(*given: Any) -> OtherFiles:
        met.append(typed("export", *words, "--archive", archive))
        return redact_other_files(*given)

    monkeypatch.setattr("pipelines.forget.redact_other_files", redacted)
    status, told, _ = forget(archive, ID, "--reason", "x")
    assert (status, told.count("Rewritten: ")) == (0, 1)
    assert (met[0].returncode, met[0].stdout) == (4, "")
    assert "pages are being taken down" in met[0].stderr
    assert_gone(archive)


def test_no_takedown_is_begun_beside_an_export_into_the_archive(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = []

    def written(*given: Any) -> int:
        met.append(forget(archive, ID, "--reason", "x"))
        return write(*given)

    monkeypatch.setattr("exports.jsonl.write", written)
    assert typed("export", "jsonl", "--archive", archive).returncode == 0
    told = f"qarchive: an export is being written into {archive}: wait for it.\n"
    assert met == [(4, "", told)]
    assert not (archive / "forgotten.jsonl").exists()


@pytest.mark.parametrize("place", ["exports.wacz.records", "exports.wacz._index_lines"])
def test_an_export_to_another_place_whose_archive_is_replaced_is_written_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    real = resolve_name(place.replace("wacz.", "wacz:"))
    met: list[int] = []

    def late(*given: Any) -> object:
        if not met:
            met.append(forget(archive, ID, "--reason", "x")[0])
        return real(*given)

    monkeypatch.setattr(place, late)
    out = tmp_path / "a.wacz"
    done = typed("export", "wacz", "--out", out, "--archive", archive)
    assert (done.returncode, done.stderr, met) == (0, "", [0])
    assert occurrences(tmp_path, (WORD,)) == []


def test_a_takedown_that_goes_on_is_no_fault(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[Finding] = []

    def redacted(*given: Any) -> OtherFiles:
        met.extend(verify(archive))
        return redact_other_files(*given)

    monkeypatch.setattr("pipelines.forget.redact_other_files", redacted)
    assert forget(archive, ID, "--reason", "x")[0] == 0
    assert [(finding.harmless, finding.where) for finding in met] == [(True, "forgotten.jsonl")]
    assert "was not completed yet; nothing to do, it is going on" in str(met[0])


def test_an_export_after_a_kill_first_puts_in_place_what_was_ready(
    made: Path, tmp_path: Path
) -> None:
    archive, step = copy(made, tmp_path / "a"), 0
    while not (archive / ".ready").exists():
        archive, step = copy(made, archive), step + 1
        assert killed_at(step, lambda: forget(archive, ID, "--reason", "x"))  # noqa: B023
    assert occurrences(archive, (WORD,))
    assert "not finished: x" in forget(archive, "--list")[1]
    done = typed("export", "csv", "--archive", archive)
    assert (done.returncode, done.stderr) == (0, "")
    assert_gone(archive)


def refused(archive: Path, into: Path) -> str:
    """Why it is not merged."""
    with pytest.raises(StorageError) as told:
        merge([archive], into, {"toy": Toy}, lambda _: None)
    return str(told.value)


@pytest.mark.parametrize("kilobytes", [100, 180, 260, 400])
def test_a_full_disk_leaves_the_archive_as_it_was(
    made: Path, tmp_path: Path, kilobytes: int
) -> None:
    with disk(tmp_path / "disk", "size=16m") as place:
        archive = copy(made, place / "a")
        (place / "filling").write_bytes(bytes(_free(place) - kilobytes * 1024))
        before = records_by_number(archive)
        status, _, told = forget(archive, ID, "--reason", "x")
        assert status == 3
        assert told.count("\n") == 1
        assert "Make room for a second copy" in told or "check space" in told
        assert records_by_number(archive) == before
        (place / "filling").unlink()
        assert forget(archive, ID, "--reason", "x")[0] == 0
        assert_gone(archive)


def _free(place: Path) -> int:
    there = os.statvfs(place)
    return there.f_bavail * there.f_frsize
