"""A later reader over what an earlier one left: every change with its cause, nothing lost."""

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines import lock
from pipelines.archive import Archive
from pipelines.errors import ArchiveBusyError, StorageError
from pipelines.layout import DATABASE
from pipelines.reextract import Report, reextract, try_out
from pipelines.rereading.record_updates import Span, failed_readings
from pipelines.storing.causes import Cause
from pipelines.storing.rows import CurrentVersion
from pipelines.verify import verify
from scraper.cli.program import cli
from scraper.items import Kind, Outcome, Visit
from tests.conventions import REPO
from tests.database import rows
from tests.reextract.sites import SITES, Deadly, make

# Versions by page: (cause, number of the first and last capture of the page, department then).
TRUTH = {
    "same": [("new", 1, 2, None)],
    "template": [("new", 1, 2, None)],
    "reader": [("new", 1, 2, None), ("reader", 1, 2, None)],
    "content": [("new", 1, 1, None), ("content", 2, 2, "Hearing")],
    "both": [("new", 1, 2, None), ("reader", 1, 1, "Sight"), ("content", 2, 2, "Seeing")],
    "reader-template": [("new", 1, 2, None), ("reader", 1, 2, None)],
    "problem": [("new", 1, 2, None)],
    "mended": [("new", 1, 1, None), ("content", 2, 2, None)],
    "worse": [("new", 1, 2, None)],
    "elsewhere": [("new", 1, 2, None)],
}


def quiet(found: Report) -> None:
    del found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reextract") / "archive"
    make(folder)
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "archive"))


def dump(archive: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{archive / DATABASE}?mode=ro", uri=True)) as db:
        return list(db.iterdump())


def versions(archive: Path) -> dict[str, list[tuple[str, int, int, str | None]]]:
    found: dict[str, list[tuple[str, int, int, str | None]]] = {}
    for name, cause, first, last, record, department in rows(
        archive,
        "SELECT q.source_id, v.cause,"
        " (SELECT count(*) FROM captures WHERE url_id=q.url_id AND id<=v.first_capture),"
        " (SELECT count(*) FROM captures WHERE url_id=q.url_id AND id<=v.last_capture),"
        " v.record, q.department FROM question_versions v JOIN questions q ON q.id=v.question_id"
        " ORDER BY v.id",
    ):
        then = json.loads(record)["department"] if record else department
        found.setdefault(name, []).append((cause, first, last, then))
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_every_change_has_its_cause(archive: Path, processes: int) -> None:
    warcs = {path: path.read_bytes() for path in (archive / "warc").iterdir()}
    found = reextract(archive, SITES, processes, quiet)
    assert versions(archive) == TRUTH
    assert found.causes == {Cause.READER: 3, Cause.CONTENT: 3, Cause.NEW: 1}
    assert found.fields == {"title": 2, "department": 1}
    example = found.examples["department"]
    assert (example.id, example.before, example.after) == ("toy:both:en", "", "Sight")
    assert found.failed == {"page-changed": 1, "other-id": 1}
    assert found.failed_examples["page-changed"].id == "toy:worse:en"
    assert {path: path.read_bytes() for path in (archive / "warc").iterdir()} == warcs
    titles = dict(rows(archive, "SELECT source_id, title FROM questions"))
    assert (titles["reader"], titles["reader-template"]) == ("Foot", "Hand")
    assert list(verify(archive)) == []
    indexed = "SELECT count(*) FROM questions_fts WHERE questions_fts MATCH ?"
    assert rows(archive, indexed, "toy") == [(0,)]
    assert rows(archive, indexed, "foot") == [(1,)]


def test_a_readers_change_keeps_when_it_was_said_and_tells_when_it_was_read(
    archive: Path,
) -> None:
    said = "SELECT captured_at FROM questions WHERE source_id='reader'"
    before = rows(archive, said)
    (latest,) = rows(archive, "SELECT max(fetched_at) FROM captures")
    reextract(archive, SITES, 1, quiet)
    assert rows(archive, said) == before
    recorded = "SELECT recorded_at >= ? FROM question_versions WHERE cause='reader'"
    assert rows(archive, recorded, *latest) == [(1,)] * 3


def test_what_can_be_read_now_is_a_problem_no_more(archive: Path) -> None:
    of = "SELECT u.state FROM urls u WHERE u.url LIKE '%/q/' || ?"
    still = "SELECT count(*) FROM problems WHERE solved_in IS NULL AND url LIKE '%/q/' || ?"
    for name in ("problem", "mended", "never"):
        assert (rows(archive, of, name), rows(archive, still, name)) == ([("problem",)], [(1,)])
    found = reextract(archive, SITES, 1, quiet)
    assert found.solved == 2
    assert found.problems == 1 + 1  # "never", and "worse" by this reader
    for name in ("problem", "mended"):
        assert (rows(archive, of, name), rows(archive, still, name)) == ([("fetched",)], [(0,)])
    assert (rows(archive, of, "never"), rows(archive, still, "never")) == ([("problem",)], [(1,)])


@pytest.mark.parametrize(
    ("capture", "was_sound", "told"),
    [(3, True, 1), (3, False, 0), (2, False, 1), (4, False, 1), (5, True, 0)],
)
def test_what_never_gave_a_record_is_not_missed(
    capture: int, told: int, *, was_sound: bool
) -> None:
    visit = Visit(url="", kind=Kind.QUESTION, outcome=Outcome.GONE, visited_at=datetime.now(UTC))
    held = CurrentVersion(1, "toy:1:en", "", "", 2, 1, first_capture=2, last_capture=4)
    assert (
        len(list(failed_readings([held], [Span(capture, capture, visit, None, was_sound)]))) == told
    )


def test_a_dry_run_tells_the_same_and_writes_nothing(archive: Path) -> None:
    before = dump(archive)
    with lock.take(archive):  # as a crawl has it
        tried = try_out(archive, SITES, 2, quiet)
    assert dump(archive) == before
    assert reextract(archive, SITES, 1, quiet) == tried


def test_a_second_time_changes_nothing(archive: Path) -> None:
    reextract(archive, SITES, 1, quiet)
    before = dump(archive)
    again = reextract(archive, SITES, 1, quiet)
    assert (again.causes, again.fields, again.solved) == ({}, {}, 0)
    assert dump(archive) == before


def test_nobody_else_writes_meanwhile_and_everybody_reads(archive: Path) -> None:
    def look(found: Report) -> None:
        assert found.urls
        with pytest.raises(ArchiveBusyError):
            Archive.open(archive)
        told = "SELECT count(*) FROM question_versions WHERE cause='reader'"
        assert rows(archive, told) == [(3,)]

    reextract(archive, SITES, 1, look)


def test_a_busy_archive_is_told_by_the_exit_status(archive: Path) -> None:
    with lock.take(archive):
        done = subprocess.run(
            [sys.executable, "-m", "scraper.cli", "reextract", "--archive", str(archive)],
            capture_output=True, text=True, timeout=60, check=False, cwd=REPO,
        )  # fmt: skip
    assert done.returncode == 4
    assert "is writing" in done.stderr


_KILLED = """
import os, signal, sys
from pathlib import Path
from pipelines import reextract
from tests.reextract.sites import SITES
reextract.GROUP = 4

def kill(found):
    if found.urls == 4:
        os.kill(os.getpid(), signal.SIGKILL)

reextract.reextract(Path(sys.argv[1]), SITES, 2, kill)
"""


def test_a_killed_one_goes_on_where_it_was(archive: Path) -> None:
    # That the pipes are closed before the time is up shows that its processes have ended too.
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(archive)],
        capture_output=True, timeout=60, check=False, cwd=REPO,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert versions(archive) != TRUTH
    found = reextract(archive, SITES, 1, quiet)
    assert (found.done_before, found.total, found.urls) == (4, 11, 7)
    assert versions(archive) == TRUTH
    assert reextract(archive, SITES, 1, quiet).done_before == 0


def test_a_reading_process_that_is_ended_from_outside_is_told(archive: Path) -> None:
    before = dump(archive)
    with pytest.raises(StorageError, match="fewer --workers"):
        reextract(archive, {"toy": Deadly}, 2, quiet)
    assert dump(archive) == before


def test_a_changed_reader_begins_anew(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.reextract.GROUP", 4)

    def stop(found: Report) -> None:
        raise InterruptedError(str(found.urls))

    with pytest.raises(InterruptedError, match="4"):
        reextract(archive, SITES, 1, stop)
    monkeypatch.setattr("pipelines.rereading.bookmark.version", lambda _: "99.0")  # of each parser
    assert reextract(archive, SITES, 1, quiet).done_before == 0


def test_the_command_tells_what_would_change(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.loading.sites", lambda: SITES)
    words = ["reextract", "--archive", str(archive), "--dry-run", "--workers", "1"]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 1  # two captures don't give their records any more
    example = r"title: 2 records, such as toy:[\w-]+:en\n    was: (.+) \(toy\)\n    now: \1\n"
    assert re.search(example, told.output)  # of the page that answered first
    figures = json.loads(CliRunner().invoke(cli, [*words, "--json"]).output)
    assert figures["versions"] == {"reader": 3, "content": 3, "new": 1}
    title = figures["fields"][0]
    assert (title["field"], title["records"]) == ("title", 2)
    assert (title["id"], title["before"], title["after"]) in {
        ("toy:reader:en", "Foot (toy)", "Foot"),
        ("toy:reader-template:en", "Hand (toy)", "Hand"),
    }
