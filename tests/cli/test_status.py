"""`qarchive status` tells figures that add up, to people and to programs."""

import json
import re
import sqlite3
from dataclasses import replace
from errno import ENOLCK
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipelines import lock
from pipelines.errors import StorageError
from scraper.cli.commands.status import command
from scraper.items import Question, Reply
from tests.questions import Keep

QUESTION = Question(
    site="adoctor", source_id="1", language="en", url="https://adoctor.tw/article/1",
    title="Dry eyes", replies=(Reply(text="Blink."), Reply(text="And drink.")),
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep) -> Path:
    """Three questions, one unanswered; six URLs; two open problems and a solved one."""
    keep(QUESTION)
    keep(replace(QUESTION, language="zh-Hant", url="https://adoctor.tw/zh-Hant/article/1"))
    keep(replace(QUESTION, source_id="2", url="https://adoctor.tw/article/2", replies=()))
    connection.execute("UPDATE urls SET state='fetched'")
    connection.executemany(
        "INSERT INTO urls(url, site, host, kind, state, via, disclosed_in)"
        " VALUES (?, 'adoctor', 'adoctor.tw', ?, ?, 'list', 1)",
        [
            ("https://adoctor.tw/article/3", "question", "problem"),
            ("https://adoctor.tw/article/4", "question", "problem"),
            ("https://adoctor.tw/sitemap.xml", "sitemap", "gone"),
        ],
    )
    connection.executemany(
        "INSERT INTO problems(run_id, url, found_at, code, detail, solved_in)"
        " VALUES (1, ?, '2026-11-22T09:00:00Z', ?, '', ?)",
        [
            ("https://adoctor.tw/article/3", "page-changed", None),
            ("https://adoctor.tw/article/4", "page-changed", None),
            ("https://adoctor.tw/article/1", "timeout", 1),
        ],
    )
    connection.execute(
        "UPDATE runs SET ended_at='2026-11-22T09:05:00Z', ended_why='finished', taken=6,"
        " fetched=3, gone=1, problem=2"
    )
    return tmp_path


def shown(archive: Path, *words: str, **environment: str) -> str:
    result = CliRunner().invoke(command, ["--archive", str(archive), *words], env=environment)
    assert result.exit_code == 0, result.output
    return result.output


def figures(archive: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(shown(archive, "--json"))
    return told


def test_json_tells_what_is_held_and_missing(archive: Path) -> None:
    told = figures(archive)
    totals = ("questions", "answered", "unanswered", "replies", "urls", "captures")
    assert [told[name] for name in totals] == [3, 2, 1, 4, 6, 3]
    site = told["sites"]["adoctor"]
    assert site["urls"] == {
        "question": {"fetched": 3, "problem": 2},
        "sitemap": {"gone": 1},
    }
    assert site["questions"] == [
        {"site": "adoctor", "language": "en", "questions": 2, "answered": 1, "unanswered": 1,
         "replies": 2, "gone": 0},
        {"site": "adoctor", "language": "zh-Hant", "questions": 1, "answered": 1, "unanswered": 0,
         "replies": 2, "gone": 0},
    ]  # fmt: skip
    assert site["last_run"]["ended_why"] == "finished"
    (problem,) = site["open_problems"]
    assert (problem["code"], problem["urls"]) == ("page-changed", 2)
    assert problem["example"] == "https://adoctor.tw/article/3"
    assert "reader" in problem["hint"]


def test_urls_by_state_add_up_to_the_table(archive: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE urls SET state='later' WHERE state='problem'")
    connection.execute("DELETE FROM urls WHERE state='gone'")
    site = figures(archive)["sites"]["adoctor"]
    assert site["urls"] == {"question": {"fetched": 3, "later": 2}}
    (count,) = connection.execute("SELECT count(*) FROM urls").fetchone()
    assert site["urls_total"] == count == 5


def test_questions_of_a_host_belong_to_their_crawl(
    archive: Path, connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(replace(QUESTION, site="forum.example", url="https://forum.example/q/1"))
    connection.execute("UPDATE urls SET site='qapage' WHERE url LIKE 'https://forum%'")
    connection.execute("UPDATE tallies SET site='qapage' WHERE site='forum.example'")
    told = figures(archive)
    assert [held["site"] for held in told["sites"]["qapage"]["questions"]] == ["forum.example"]
    assert told["questions"] == 4


def test_people_get_a_page_without_colour_in_a_pipe(archive: Path) -> None:
    output = shown(archive)
    assert "3 questions, 2 of them answered, 4 replies" in output
    assert "adoctor zh-Hant: 1 question, 1 answered, 0 unanswered" in output
    assert "6 URLs taken = 3 fetched, 1 gone, 2 problem" in output
    assert "page-changed: 2 URLs, as https://adoctor.tw/article/3" in output
    assert "\x1b" not in output
    narrow = shown(archive, COLUMNS="12", FORCE_COLOR="1", TERM="xterm")
    assert "\nall              3      1         2     6\n" in narrow


def test_a_hostile_url_neither_marks_up_nor_moves_the_cursor(
    archive: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("UPDATE problems SET url='https://a/[red]\x1b[2J\u202e' WHERE id=1")
    connection.execute("UPDATE problems SET url='https://z/' WHERE id=2")
    assert "https://a/[red]\ufffd[2J\ufffd" in shown(archive)


def test_a_run_that_did_not_end_says_so(archive: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE runs SET ended_at=NULL, ended_why=NULL")
    assert ", killed, or storage failed: " in shown(archive)
    with lock.take(archive):
        assert ", running, or killed: " in shown(archive)


def test_whether_a_run_died_is_not_known_where_the_lock_cannot_be_asked(
    archive: Path, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(ENOLCK, "No locks available")

    connection.execute("UPDATE runs SET ended_at=NULL, ended_why=NULL")
    lock.take(archive).close()
    monkeypatch.setattr("fcntl.flock", refuse)
    assert ", running, or killed: " in shown(archive)


def test_each_host_of_a_site_tells_its_last_run(
    archive: Path, connection: sqlite3.Connection
) -> None:
    connection.executemany(
        "INSERT INTO runs(site, host, revisit, started_at, ended_at, ended_why, exit_status)"
        " VALUES ('qapage', ?, 'due', '', ?, ?, ?)",
        [
            ("a.example", "2026-11-20T09:00:00Z", "finished", 0),
            ("b.example", "2026-11-21T09:00:00Z", "finished", 0),
            ("a.example", "2026-11-22T09:00:00Z", "unreachable", 5),
            ("b.example", "2026-11-23T09:00:00Z", "finished", 0),
        ],
    )
    site = figures(archive)["sites"]["qapage"]
    told = [(run["host"], run["exit_status"], run["last_success"]) for run in site["last_runs"]]
    assert told == [
        ("b.example", 0, "2026-11-23T09:00:00Z"),
        ("a.example", 5, "2026-11-20T09:00:00Z"),
    ]
    assert site["last_success"] == "2026-11-23T09:00:00Z"
    output = shown(archive)
    assert re.search(r"a\.example: run \d of , unreachable 2026-11-22T09:00:00Z", output)


# Completeness and gaps


def test_a_page_due_again_is_no_gap(archive: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE urls SET seen_day=0 WHERE state='fetched'")
    connection.execute("UPDATE urls SET state='ready' WHERE state='fetched'")
    site = figures(archive)["sites"]["adoctor"]
    assert set(site["gaps"]) == {"problem"}
    assert (site["completeness"]["held"], site["completeness"]["low"]) == (3, 3)


def test_a_page_gone_from_the_site_stands_apart(
    archive: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("UPDATE urls SET seen_day=0 WHERE state='fetched'")
    gone = "UPDATE urls SET state='gone', due_day=1 WHERE url LIKE '%/article/2'"
    connection.execute(gone)
    told = figures(archive)["sites"]["adoctor"]["completeness"]
    assert (told["held"], told["gone"], told["not_found"], told["low"]) == (2, 0, 1, 2)
    assert "holds 2 of at least 2, and 1 not found at the last visit; too" in shown(archive)
    connection.execute("UPDATE questions SET gone_since='' WHERE source_id='2'")
    told = figures(archive)["sites"]["adoctor"]["completeness"]
    assert (told["held"], told["gone"], told["not_found"], told["low"]) == (2, 1, 0, 2)
    assert "holds 2 of at least 2, and 1 no longer on the site; too" in shown(archive)


def test_a_record_in_a_language_that_its_page_left_stands_apart(archive: Path, keep: Keep) -> None:
    keep(replace(QUESTION, language="fr"))
    told = figures(archive)["sites"]["adoctor"]
    assert [held["gone"] for held in told["questions"]] == [1, 0, 0]  # en, fr, zh-Hant
    assert (told["completeness"]["held"], told["completeness"]["gone"]) == (3, 1)


@pytest.mark.usefixtures("connection")
def test_an_empty_archive_promises_nothing(tmp_path: Path) -> None:
    assert figures(tmp_path)["sites"]["adoctor"]["completeness"] == {
        "low": 0, "about": 0, "high": None, "held": 0, "gone": 0, "not_found": 0,
    }  # fmt: skip
    assert "holds 0 of at least 0; too little seen to tell more" in shown(tmp_path)


def test_an_archive_of_another_schema_is_refused_in_one_line(
    archive: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("ALTER TABLE runs DROP COLUMN lists_lost")
    for words in ((), ("--json",)):
        with pytest.raises(StorageError, match=r"without runs\.lists_lost: `qarchive verify"):
            CliRunner().invoke(command, ["--archive", str(archive), *words], catch_exceptions=False)
