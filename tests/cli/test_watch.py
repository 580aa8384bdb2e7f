"""`qarchive status --watch` beside a running crawl."""

import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from pipelines.status import RunProgress
from scraper.cli.commands.status import command
from scraper.cli.watch import Rates, progress_lines


def test_watching_shows_a_running_crawl_until_interrupted(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("UPDATE runs SET taken=6, fetched=3, gone=1, problem=2")
    for number, state in enumerate(("fetched", "fetched", "ready", "problem")):
        connection.execute(
            "INSERT INTO urls(url, site, host, kind, state, via, disclosed_in)"
            " VALUES (?, 'adoctor', '', 'question', ?, 'list', 1)",
            (f"https://adoctor.tw/article/{number}", state),
        )
    with subprocess.Popen(
        [sys.executable, "-m", "scraper.cli", "status", "--watch", "--archive", str(tmp_path)],
        cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True,
    ) as watching:  # fmt: skip
        assert watching.stdout is not None
        first = [watching.stdout.readline() for _ in range(3)]
        connection.execute("UPDATE runs SET taken=26")  # the writer is not kept waiting
        second = [watching.stdout.readline() for _ in range(3)]
        watching.send_signal(signal.SIGINT)
        watching.stdout.read()
    assert watching.returncode == 0
    assert first == [
        "adoctor: run 1, 6 taken; 1 to do\n",
        "  this run: 3 fetched, 1 gone, 2 problem\n",
        "  all URLs: 2 fetched, 1 problem, 1 ready\n",
    ]
    assert re.match(r"adoctor: run 1, 26 taken, \d+\.\d/s; 1 to do, 0:00:00 left\n", second[0])


def test_time_left_comes_from_the_last_minute() -> None:
    rates = Rates()

    def at(moment: float, taken: int) -> float | None:
        return rates.note(RunProgress("s", 1, None, taken, {}, {"ready": 90}), moment)

    assert at(0, 0) is None
    assert at(10, 20) == 2.0
    one = RunProgress("s", 1, None, 20, {}, {"ready": 90})
    assert next(progress_lines(one, 2.0)) == "s: run 1, 20 taken, 2.0/s; 90 to do, 0:00:45 left"
    for moment in range(20, 320, 10):
        rate = at(moment, 20 + moment)
    assert rate == 1.0  # the quick start is forgotten


def test_watch_is_for_people(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--archive", str(tmp_path), "--watch", "--json"])
    assert result.exit_code == 2
