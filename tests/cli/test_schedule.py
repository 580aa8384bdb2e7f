"""`qarchive schedule` refuses what cannot work, and shows or writes the rest."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.program import cli
from scraper.cli.schedules import cron, github_actions, systemd
from scraper.cli.schedules.at import At, read_at
from tests.cli.jobs import job, recorder, run
from tests.stages import typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03:30", At(3, 30)),
        ("3:05", At(3, 5)),
        (" 23:59 ", At(23, 59)),
        ("mon 00:00", At(0, 0, weekdays=(0,))),
        ("Thu,MON,thu 03:30", At(3, 30, weekdays=(0, 3))),
        ("mon-wed,sun 03:30", At(3, 30, weekdays=(0, 1, 2, 6))),
        ("15,1 03:30", At(3, 30, days=(1, 15))),
    ],
)
def test_at(text: str, expected: At) -> None:
    assert read_at(text) == expected


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("3:30", "each day at 03:30"),
        ("thu,mon 03:30", "on Mon, Thu at 03:30"),
        ("15,1 03:30", "on day 1, 15 of the month at 03:30"),
    ],
)
def test_a_file_says_its_days_in_words(at: str, told: str) -> None:
    planned = job(at=at, zone="UTC")
    for text in (*cron.files(planned).values(), *github_actions.files(planned).values()):
        assert text.partition("\n")[0].endswith(f": crawls adoctor {told}, UTC.")


@pytest.mark.parametrize(
    "text",
    ["", "noon", "24:00", "3:60", "03:30:00", "3", "0330", "03:30 mon", "foo 03:30", "mon- 03:30",
     "fri-mon 03:30", "mon,,thu 03:30", "0 03:30", "29 03:30", "mon,1 03:30", "٣:٣٠", "１ 03:30",
     "² 03:30", "mon 1 03:30", "-1 03:30", "99999999999 03:30", "*/5 * * * *",
     "03:30\n* * * * * x"],
)  # fmt: skip
def test_a_bad_time_is_one_line(text: str) -> None:
    done = qarchive_line("schedule", "cron", "--site", "adoctor", "--contact", "a@b", "--at", text)
    assert done.startswith("Invalid value for '--at'")
    assert "03:30" in done


def qarchive_line(*words: str) -> str:
    """The error, as click tells it before it becomes the program's one line."""
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 2, done.output
    *_, line = done.stderr.splitlines()
    return line.removeprefix("Error: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--site", "nosuch", "--at", "1:00", "--contact", "a@b"], "no site nosuch"),
        (["--site", "adoctor", "--at", "1:00"], "give --contact"),
        (["--site", "adoctor", "--at", "1:00", "--contact", "a\nb"], "is not in plain ASCII"),
        (["--site", "adoctor", "--at", "1:00", "--contact", "me@例.tw"], "is not in plain ASCII"),
        (
            ["--site", "qapage", "--at", "1:00", "--contact", "a@b"],
            "give --base-url or --start-url",
        ),
        (["--site", "qapage", "--at", "1:00", "--start-url", "https://a.example/q"], "--contact"),
        (
            [
                "--site",
                "adoctor",
                "--at",
                "1:00",
                "--contact",
                "a@b",
                "--start-url",
                "https://a.b/",
            ],
            "'https://a.b/' is not within https://adoctor.tw/",
        ),
        (
            ["--site", "adoctor", "--at", "1:00", "--contact", "a@b", "--archive", "a\nb"],
            "choose another",
        ),
        (["--site", "adoctor", "--at", "1:00", "--base-url", "ftp://x"], "no http or https URL"),
        (["--site", "adoctor", "--at", "1:00", "--timezone", "Mars/X"], "no time zone 'Mars/X'"),
        (["--site", "adoctor", "--at", "1:00", "--timezone", "../x"], "no time zone '../x'"),
        (["--site", "adoctor", "--at", "1:00", "--time-limit", "long"], "no duration"),
        (["--site", "adoctor", "--at", "1:00", "--time-limit", "0"], "no time to crawl in"),
        (["--site", "adoctor", "--at", "1:00", "--time-limit", "0h"], "no time to crawl in"),
        (["--site", "adoctor", "--at", "1:00", "--random-delay", "24h"], "no less than a day"),
    ],
)
def test_what_a_crawl_would_refuse_is_refused_at_once(words: list[str], told: str) -> None:
    assert told in qarchive_line("schedule", "systemd", *words)


def test_an_address_that_was_crawled_as_another_site_is_refused_at_once(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    home = "https://a.example/"
    connection.execute("UPDATE runs SET home=?", (home,))
    connection.commit()
    words = ["--contact", "a@b", "--at", "1:00", "--base-url", home, "--archive", tmp_path]
    done = typed("schedule", "cron", "--site", "qapage", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{home} was crawled as adoctor in this archive" in done.stderr


@pytest.mark.parametrize("files", [cron.files(job()), systemd.files(job())])
def test_the_line_that_tries_the_notices_finds_whom_to_tell(
    tmp_path: Path, files: dict[str, str]
) -> None:
    settings = tmp_path / ".config/qarchive/environment"
    settings.parent.mkdir(parents=True)
    settings.write_text("QARCHIVE_NOTIFY_PING='http://127.0.0.1/a b'\n")
    program = recorder(tmp_path / "bin", "exit 0")
    (line,) = [line for line in "".join(files.values()).splitlines() if "notify --test" in line]
    run(["/bin/sh", "-c", line.lstrip("# ")], tmp_path, PATH=f"{program.parent}:{os.defpath}")
    note = json.loads((tmp_path / "bin/words").read_text())
    assert note == [["notify", "--test"], "http://127.0.0.1/a b"]


def test_the_whole_program_says_it_in_one_line(tmp_path: Path) -> None:
    done = program("schedule", "cron", "--site", "adoctor", "--at", "25:00", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("qarchive: ")
    assert done.stderr.count("\n") == 1


def program(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "QARCHIVE_DIR": "my archive"}
    return subprocess.run(
        [sys.executable, "-m", "scraper.cli", *words],
        cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What the command prints in a folder of its own, with `my archive` as the archive."""

    def show(kind: str, *words: str) -> str:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("QARCHIVE_DIR", "my archive")
        given = ["--site", "adoctor", "--at", "1:00", "--contact", "a@b", *words]
        done = CliRunner().invoke(cli, ["schedule", kind, *given])
        assert (done.exit_code, done.stderr) == (0, "")
        return done.stdout

    return show


@pytest.mark.parametrize("kind", ["systemd", "cron", "github-actions"])
def test_paths_are_absolute(tmp_path: Path, kind: str, shown: Callable[..., str]) -> None:
    printed = shown(kind, "--max-pages", "7")
    lines = [line for line in printed.splitlines() if not line.startswith("#")]
    assert sum(f"{tmp_path}/my archive" in line for line in lines) == (1 if kind == "cron" else 2)
    assert "--max-pages=7" in printed
    start = re.compile(f"{re.escape(str(Path(sys.executable).parent))}/(qarchive|python)")
    assert all(start.search(line) for line in lines if "my archive" in line)


def test_files_are_written_where_told(tmp_path: Path, shown: Callable[..., str]) -> None:
    printed = shown("systemd")
    shown("systemd", "--out", "units/user")
    written = sorted((tmp_path / "units/user").iterdir())
    assert [path.name for path in written] == ["qarchive-adoctor.service", "qarchive-adoctor.timer"]
    assert "\n".join(path.read_text() for path in written) == printed


def scheduled(out: Path, *words: str, at: str = "1:00") -> str:
    """What the command says of the files that it writes, or why it writes none."""
    given = ["--at", at, "--contact", "a@b", "--out", str(out), *words]
    done = CliRunner().invoke(cli, ["schedule", "cron", *given])
    return done.output


def test_each_host_has_files_of_its_own(tmp_path: Path) -> None:
    forum = ("--site", "qapage", "--base-url")
    scheduled(tmp_path, *forum, "https://a.example")
    scheduled(tmp_path, *forum, "https://b.example:8443")
    scheduled(tmp_path, "--site", "qapage", "--start-url", "http://[::1]:8000/q/1")
    scheduled(tmp_path, "--site", "adoctor")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "qarchive-adoctor.cron",
        "qarchive-qapage-1-8000.cron",
        "qarchive-qapage-a.example.cron",
        "qarchive-qapage-b.example-8443.cron",
    ]


def test_no_job_takes_the_place_of_another(tmp_path: Path) -> None:
    file = tmp_path / "qarchive-adoctor.cron"
    scheduled(tmp_path, "--site", "adoctor", "--archive", "/one")
    before = file.read_text()
    for words in (
        ["--archive", "/two"],
        ["--archive", "/one", "--start-url", "https://adoctor.tw/faq/x"],
    ):
        assert "is another job's" in scheduled(tmp_path, "--site", "adoctor", *words)
    assert file.read_text() == before
    scheduled(tmp_path, "--site", "adoctor", "--archive", "/one", at="2:00")
    assert file.read_text() == before.replace("01:00", "02:00").replace("0 1 * * *", "0 2 * * *")
