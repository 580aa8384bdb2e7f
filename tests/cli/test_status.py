"""`qarchive status` tells figures that add up, to people and to programs."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipelines.hints import hint
from scraper.cli.status import command
from scraper.items import Question, Reply

Keep = Callable[[Question], bool]
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


def figures(archive: Path) -> dict[str, Any]:
    result = CliRunner().invoke(command, ["--archive", str(archive), "--json"])
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.output)
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
         "replies": 2},
        {"site": "adoctor", "language": "zh-Hant", "questions": 1, "answered": 1, "unanswered": 0,
         "replies": 2},
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
    result = CliRunner().invoke(command, ["--archive", str(archive)])
    assert result.exit_code == 0
    assert "3 questions, 2 of them answered, 4 replies" in result.output
    assert "adoctor zh-Hant: 1 questions, 1 answered, 0 unanswered" in result.output
    assert "6 URLs taken = 3 fetched, 1 gone, 2 problem" in result.output
    assert "page-changed: 2 URLs, as https://adoctor.tw/article/3" in result.output
    assert "\x1b" not in result.output


def test_a_hostile_url_neither_marks_up_nor_moves_the_cursor(
    archive: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("UPDATE problems SET url='https://a/[red]\x1b[2J\u202e' WHERE id=1")
    connection.execute("UPDATE problems SET url='https://z/' WHERE id=2")
    result = CliRunner().invoke(command, ["--archive", str(archive)])
    assert "https://a/[red]\ufffd[2J\ufffd" in result.output


def test_a_run_that_did_not_end_says_so(archive: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE runs SET ended_at=NULL, ended_why=NULL")
    result = CliRunner().invoke(command, ["--archive", str(archive)])
    assert "running, or killed" in result.output


def test_every_hint_is_a_sentence() -> None:
    for code in ("page-changed", "timeout", "http-503", "http-403", "title-missing", "new-code"):
        assert hint(code).endswith(".")
    assert hint("http-503") != hint("http-403")
