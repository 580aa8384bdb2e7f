"""`qarchive status` tells what is missing, what fell, and what can be done about it."""

import re
import sqlite3
from pathlib import Path

import pytest

from pipelines.queue.urls import disclose
from pipelines.reports.hints import hint
from scraper.items import Kind, Link, Via
from tests.cli.test_status import figures, shown


def seen(number: int, via: Via) -> Link:
    return Link(url=f"https://hospital.example/q?no={number}", kind=Kind.QUESTION, via=via)


@pytest.fixture
def partial(tmp_path: Path, connection: sqlite3.Connection) -> Path:
    """A range of 100 numbers; 40 newest looked at, 8 of ten exist; one of those unreadable."""
    connection.execute(
        "INSERT INTO runs(site, host, revisit, started_at, taken, fetched, gone, problem, ended_at,"
        " ended_why, coverage, fell, smallest_gap, delay) VALUES ('hospital', 'hospital.example',"
        " 'due', '', 40, 31, 8, 1, '', 'finished', ?, ?, 2.004, 2.0)",
        ('{"record": [32, 31], "title": [31, 31], "replies": [31, 3]}',
         '[{"field": "replies", "before": 0.98, "now": 0.0967, "pages": 31}]'),
    )  # fmt: skip
    disclose(connection, "hospital", [seen(n, Via.RANGE) for n in range(100, 0, -1)], run_id=2)
    for number in range(100, 60, -1):
        state = "gone" if number % 10 in {3, 7} else "problem" if number == 62 else "fetched"
        connection.execute(
            "UPDATE urls SET state=?, visited_in=2 WHERE url=?", (state, seen(number, Via.LIST).url)
        )
    return tmp_path


def test_json_tells_how_complete_it_is(partial: Path) -> None:
    site = figures(partial)["sites"]["hospital"]
    told = site["completeness"]
    assert told["held"] == 0  # no question is stored here
    assert told["low"] <= 80 <= told["high"]
    assert 70 <= told["about"] <= 90
    assert site["gaps"] == {
        "ready": {"urls": 60, "example": seen(100 - 40, Via.RANGE).url},
        "problem": {"urls": 1, "example": seen(62, Via.RANGE).url},
        "range": {"numbers": 60, "longest": [[1, 60]]},
    }


def test_people_read_what_is_missing(partial: Path) -> None:
    told = shown(partial)
    assert re.search(r"holds 0 of about \d+ \(\d+ to \d+\)", told)
    assert "missing: 60 known, not fetched yet, as https://hospital.example/q?no=60" in told
    assert "missing: 1 could not be read or fetched, as https://hospital.example/q?no=62" in told
    assert "numbers not looked at yet: 60, the longest runs 1 to 60" in told


def test_people_read_what_fell_and_how_polite_it_was(partial: Path) -> None:
    told = shown(partial)
    assert "FELL: fewer new pages have replies, 98% -> 10% of 31;" in told
    assert "  31 of 32 question pages read: replies 10% (all others 100%)" in told
    assert "never less than 2.00 s between two requests; 2 s were asked for" in told
    fell = figures(partial)["sites"]["hospital"]["last_run"]["fell"]
    assert [fall["field"] for fall in fell] == ["replies"]


def test_no_field_is_told_of_no_page(tmp_path: Path, connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE runs SET coverage=?, unchanged=13", ('{"record": [2, 0]}',))
    assert "  0 of 2 new or changed question pages read\n" in shown(tmp_path)


def test_what_the_site_never_had_is_told_apart(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    counts = '{"record": [9, 9], "title": [9, 9], "similar": [9, 0], "kept replies": [4, 0]}'
    connection.execute("UPDATE runs SET coverage=?", (counts,))
    assert "read: kept replies 0%, none so far with similar (all others 100%)\n" in shown(tmp_path)
    connection.execute(
        "INSERT INTO runs(id, site, host, revisit, started_at, coverage)"
        " VALUES (-1, 'adoctor', 'former.example', 'due', '', '{\"similar\": [9, 1]}')"
    )
    assert "read: similar 0%, kept replies 0% (all others 100%)\n" in shown(tmp_path)


def test_every_code_of_the_program_has_a_hint_of_its_own() -> None:
    repo = Path(__file__).parents[2]
    codes = {
        code
        for folder in ("scraper", "pipelines")
        for path in (repo / folder).rglob("*.py")
        for code in re.findall(r'\bcode ?= ?"([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(codes) >= 25
    codes -= {"question-missing"}  # it becomes the state gone
    general = hint("no-such-code")
    assert [code for code in sorted(codes) if hint(code) == general] == []


def test_every_hint_is_a_sentence() -> None:
    for code in ("page-changed", "timeout", "http-503", "http-403", "title-missing", "new-code"):
        assert hint(code).endswith(".")
    assert hint("http-503") != hint("http-403")
