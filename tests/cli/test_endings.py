"""Whatever ends a command, its exit status is the truth: what it prints may get lost."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import pytest

from pipelines.database import open_writer
from pipelines.errors import StorageError
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run
from scraper.cli import main
from scraper.cli.commands.crawl import command
from scraper.cli.errors import errors_in_one_line
from scraper.items import Question
from tests.conventions import REPO
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.programs import needs
from tests.questions import Keep
from tests.stages import typed

FULL = needs(Path("/dev/full"), "a Linux device")
PAGE = b'<a href="/questions/1">x</a>'
QUESTION = (
    b'<script type="application/ld+json">{"@type": "QAPage", "mainEntity": {"@type": "Question",'
    b' "name": "Sore knee", "text": "It hurts."}}</script>'
)


def by_shell(words: str, redirected: str) -> int:
    """The exit status of a command whose streams a shell has redirected."""
    line = f"{sys.executable} -m scraper.cli {words} {redirected}"
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"}
    return subprocess.run(["bash", "-c", line], env=environment, check=False, timeout=60).returncode


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with FaultServer() as server:
        server.play("/", [reply(200, body=PAGE)])
        server.play("/questions/1", [reply(200, body=QUESTION)])
        yield server.url("")


@FULL
@pytest.mark.parametrize(
    "redirected",
    [
        ">/dev/full 2>/dev/full",
        "<&- >&- 2>&-",
        "> >(true)",
        pytest.param(">/dev/full", marks=pytest.mark.campaign),
        pytest.param("2>/dev/full", marks=pytest.mark.campaign),
        pytest.param("2>&-", marks=pytest.mark.campaign),
    ],
)
def test_a_crawl_ends_as_it_does_whoever_reads(tmp_path: Path, site: str, redirected: str) -> None:
    words = f"crawl qapage --base-url {site} --archive {tmp_path}"
    assert by_shell(words, redirected) == 0
    assert rows(tmp_path, "SELECT exit_status FROM runs") == [(0,)]


@FULL
def test_a_site_that_is_not_there_is_no_success_whoever_reads(tmp_path: Path) -> None:
    words = f"crawl qapage --base-url http://127.0.0.1:1 --archive {tmp_path}"
    assert by_shell(words, ">/dev/full 2>/dev/full") == 5
    assert by_shell(f"{words} --start-url http://a.example/", "2>/dev/full") == 2


@FULL
@pytest.mark.usefixtures("connection")
def test_what_cannot_be_printed_is_no_success(tmp_path: Path) -> None:
    words = f"status --archive {tmp_path}"
    assert by_shell(words, ">/dev/full") == 3
    assert by_shell(words, ">/dev/full 2>/dev/full") == 3
    assert by_shell(words, ">&-") == 0


@pytest.mark.parametrize("charset", ["latin-1", "big5"])
def test_a_terminal_of_any_charset_is_printed_to(tmp_path: Path, keep: Keep, charset: str) -> None:
    keep(Question(site="adoctor", source_id="1", language="zh-Hant",
                  url="https://adoctor.tw/article/1", title="頭痛 \u27e6\U0001f912"))  # fmt: skip
    for words in (["show", "adoctor:1:zh-Hant"], ["show", "adoctor:1:zh-Hant", "--json"],
                  ["log", "adoctor:1:zh-Hant"]):  # fmt: skip
        out = TextIOWrapper(BytesIO(), encoding=charset, write_through=True)
        with (
            patch("sys.argv", ["qarchive", *words, "--archive", str(tmp_path)]),
            redirect_stdout(out),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        assert not ended.value.code
        if "--json" in words:
            assert json.loads(out.buffer.getvalue())["record"]["title"] == "頭痛 \u27e6\U0001f912"


def test_a_fault_of_ours_is_one_line_and_a_status_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("scraper.cli.commands.status.status", broken)
    done = typed("status", "--archive", tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (70, "", 1)
    assert "KeyError: 'a bug' (test_endings.py:" in done.stderr


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59", "1969-12-31"]
)
def test_a_clock_far_off_is_refused(moment: str) -> None:
    done = typed("status", QARCHIVE_NOW=moment)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"QARCHIVE_NOW is '{moment}'" in done.stderr


@pytest.mark.usefixtures("connection")
@pytest.mark.parametrize("command", [["status"], ["export", "atom", "--out", "-"]])
def test_a_reader_that_has_had_enough_is_no_failure(tmp_path: Path, command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    words = [sys.executable, "-m", "scraper.cli", *command, "--archive", str(tmp_path)]
    done = subprocess.run(words, stdout=write, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


class Impatient:
    """Somebody who gives Ctrl-C while the commands are being imported."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "scraper.cli.program":
            raise KeyboardInterrupt


def test_ctrl_c_while_it_is_imported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "scraper.cli.program", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Impatient(), *sys.meta_path])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("code", "status", "told"),
    [
        (errno.ENOSPC, 3, "no room is left (a/b: No space left on device): make room."),
        (errno.EDQUOT, 3, "no room is left (a/b: Disk quota exceeded): make room."),
        (errno.EFBIG, 3, "no room is left (a/b: File too large): make room."),
        (errno.EMFILE, 70, "the system refused to go on (a/b: Too many open files)."),
    ],
)
def test_a_disk_that_takes_no_more_is_a_matter_of_storage(
    capsys: pytest.CaptureFixture[str], code: int, status: int, told: str
) -> None:
    with pytest.raises(SystemExit) as ended, errors_in_one_line():
        raise OSError(code, os.strerror(code), "a/b")
    assert (ended.value.code, capsys.readouterr().err) == (status, f"qarchive: {told}\n")


def test_too_little_memory_is_no_fault_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, errors_in_one_line():
        raise MemoryError
    assert (ended.value.code, capsys.readouterr().err.count("too little memory")) == (70, 1)


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("so it says")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("failure", "code", "told"),
    [
        (OSError(errno.ENOSPC, "No space"), 3, "([Errno 28] No space): make room in a and run"),
        (sqlite_error(sqlite3.SQLITE_FULL), 3, "(so it says): make room in a and run the same"),
        (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), 3, "(so it says): make room in a and run"),
        (OSError(errno.EMFILE, "Too many"), 3, "([Errno 24] Too many): mend that and run"),
        (StorageError("end it"), 3, "storage failed (end it): mend that and run"),
        (KeyError("bug"), 70, "internal error, please report it: KeyError: 'bug' ("),
    ],
)
def test_a_crawl_that_a_failure_ends_says_why(
    capsys: pytest.CaptureFixture[str], failure: Exception, code: int, told: str
) -> None:
    ended = (EndReason.STORAGE, Run(1, "u", failure=failure))
    with (
        patch("scraper.cli.running.crawl", return_value=ended),
        pytest.raises(SystemExit) as status,
        errors_in_one_line(),
    ):
        command.main(["qapage", "--archive", "a"], standalone_mode=False)
    said = capsys.readouterr()
    assert (status.value.code, said.out) == (code, "")  # no counts of what was not kept
    assert told in said.err


@pytest.mark.parametrize(
    ("error", "is_damaged"),
    [
        (sqlite_error(sqlite3.SQLITE_NOTADB), True),
        (sqlite_error(sqlite3.SQLITE_CORRUPT_INDEX), True),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), False),
        (OSError(errno.EMFILE, "Too many open files"), False),
    ],
)
def test_only_a_damaged_database_is_to_be_made_anew(
    tmp_path: Path,
    error: Exception,
    is_damaged: bool,  # noqa: FBT001
) -> None:
    with (
        patch("pipelines.database.migrations.apply", side_effect=error),
        pytest.raises(StorageError) as told,
    ):
        open_writer(tmp_path)
    assert ("verify --repair" in str(told.value)) is is_damaged


@pytest.mark.parametrize("broken", ["stdout", "stderr"])
def test_a_verdict_is_the_same_when_nobody_reads_it(tmp_path: Path, broken: str) -> None:
    sound = REPO / "tests" / "pages" / "adoctor" / "english-full.html.gz"
    bad = tmp_path / "page.html"
    bad.write_text("<link rel=canonical href=https://adoctor.tw/article/1><p>Nothing.", "utf-8")
    read, write = os.pipe()
    os.close(read)
    files = [str(sound), str(bad)] if broken == "stdout" else [str(bad)]
    words = [sys.executable, "-m", "scraper.cli", "extract", *files, "--site", "adoctor"]
    out, err = (write if name == broken else subprocess.DEVNULL for name in ("stdout", "stderr"))
    done = subprocess.run(words, stdout=out, stderr=err, timeout=60, check=False)
    os.close(write)
    assert done.returncode == 1
