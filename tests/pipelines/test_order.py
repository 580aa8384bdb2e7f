"""In which order a run fetches, with and without a budget, told on the frontier's own tables."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.queue.days import today
from pipelines.queue.hosts import Scope
from pipelines.queue.ready import promote, ready
from pipelines.queue.urls import disclose, settle
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run
from scraper.items import Kind, Link, Outcome, Via, Visit
from scraper.record import timestamp

START = datetime(2026, 1, 1, tzinfo=UTC)
SCOPE = Scope("toy", "h")
KINDS = {"s": Kind.SITEMAP, "l": Kind.LIST, "q": Kind.QUESTION}


@pytest.fixture
def db(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("DELETE FROM runs")
    return connection


def begin(db: sqlite3.Connection, day: float) -> int:
    at = START + timedelta(days=day)
    run_id = db.execute(
        "INSERT INTO runs(site, host, revisit, started_at, day) VALUES ('toy', 'h', 'due', ?, ?)",
        (timestamp(at), today(db, at)),
    ).lastrowid
    assert run_id is not None
    return run_id


def link(name: str, via: Via = Via.LIST, lastmod: str | None = None) -> Link:
    return Link(url=f"http://h/{name}", kind=KINDS[name[0]], via=via, lastmod=lastmod)


def visit(
    db: sqlite3.Connection,
    name: str,
    day: float,
    *links: Link,
    outcome: Outcome = Outcome.FETCHED,
    edited: bool = False,
) -> None:
    """What became of a page in the last run; `links`: what it disclosed."""
    (run_id,) = db.execute("SELECT max(id) FROM runs").fetchone()
    at = START + timedelta(days=day)
    (url_id,) = db.execute("SELECT id FROM urls WHERE url=?", (f"http://h/{name}",)).fetchone()
    led_on = disclose(db, "toy", links, run_id=run_id, by=url_id)
    told = Visit(url="", kind=KINDS[name[0]], outcome=outcome, visited_at=at)
    settle(db, url_id, told, run_id, edited=edited or led_on)


def names(db: sqlite3.Connection, *, known: bool = True, in_turns: bool = False) -> list[str]:
    """What would be asked for, in order, if nothing disclosed anything."""
    asked: dict[str, None] = {}
    while rows := ready(db, SCOPE, 64, exclude=asked, known=known, in_turns=in_turns):
        asked |= dict.fromkeys(row.url for row in rows)
    return [url.removeprefix("http://h/") for url in asked]


def night(
    db: sqlite3.Connection, day: float, revisit: str = "due", budget: int | None = None
) -> list[str]:
    begin(db, day)
    promote(db, SCOPE, revisit, START + timedelta(days=day), budget)
    asked = names(db, known=revisit != "none", in_turns=budget is not None)
    return asked[:budget]


def held(db: sqlite3.Connection, *links: Link, day: float = 0) -> None:
    """Pages that were read on that day."""
    run_id = begin(db, day)
    disclose(db, "toy", links, run_id=run_id)
    for one in links:
        visit(db, one.url.removeprefix("http://h/"), day)


def test_new_questions_go_before_what_leads_to_more(db: sqlite3.Connection) -> None:
    counted = [link(f"q{number}", Via.RANGE) for number in (9, 8)]
    new = [link("l1"), link("s1", Via.SITEMAP), link("q1"), link("q2")]
    disclose(db, "toy", [link("l0", Via.START), *counted, *new], run_id=begin(db, 0))
    assert names(db) == ["l0", "q1", "q2", "s1", "l1", "q9", "q8"]
    disclose(db, "toy", [link("q8")], run_id=1)  # a page names it: it is no mere number any more
    assert names(db) == ["l0", "q8", "q1", "q2", "s1", "l1", "q9"]


def test_numbers_are_counted_up_once(db: sqlite3.Connection) -> None:
    disclose(db, "toy", [replace(link("q3", Via.RANGE), numbers=3)], run_id=begin(db, 0))
    db.execute("DELETE FROM urls WHERE url='http://h/q1'")
    disclose(db, "toy", [link("q5"), replace(link("q5", Via.RANGE), numbers=5)], run_id=1)
    assert names(db) == ["q5", "q3", "q2", "q4"]  # and nobody came as far as 1 again


def test_few_are_handed_out_of_what_may_disclose_something_better(db: sqlite3.Connection) -> None:
    links = [link(f"{kind}{number}") for kind in "ql" for number in range(100)]
    disclose(db, "toy", links, run_id=begin(db, 0))
    assert len(ready(db, SCOPE, 64, in_turns=True)) == 64
    db.execute("DELETE FROM urls WHERE kind='question'")
    assert len(ready(db, SCOPE, 64)) == 16
    assert len(ready(db, SCOPE, 64, in_turns=True)) == 1


def test_with_a_budget_new_leads_and_known_pages_take_turns(db: sqlite3.Connection) -> None:
    held(db, *(link(f"{kind}{number}") for kind in "lq" for number in range(5)))
    begin(db, 30)
    disclose(db, "toy", [link(f"l{number}") for number in range(5, 9)], run_id=2)
    assert night(db, 30, budget=8) == ["l5", "l0", "l6", "q0", "l7", "l1", "l8", "q1"]


def test_with_a_budget_pages_that_fail_for_ever_leave_room_for_the_others(
    db: sqlite3.Connection,
) -> None:
    held(db, *(link(f"q{number}") for number in range(6)))
    disclose(db, "toy", [link(f"q{number}") for number in range(6, 9)], run_id=1)
    for name in ("q0", "q1", "q6", "q7", "q8"):
        visit(db, name, 1, outcome=Outcome.PROBLEM)
    assert night(db, 60, budget=7) == ["q0", "q6", "q2", "q1", "q7", "q3", "q8"]


def test_all_are_asked_for_from_the_oldest_look_on_and_after_the_new(
    db: sqlite3.Connection,
) -> None:
    held(db, *(link(f"q{number}") for number in range(4)))
    assert night(db, 1, "all", 2) == ["q0", "q1"]
    visit(db, "q0", 1, outcome=Outcome.GONE)
    visit(db, "q1", 1)
    disclose(db, "toy", [link("q4")], run_id=2)
    assert night(db, 2, "all", 3) == ["q4", "q2", "q3"]
    # what that run leaves is nothing that `none` asks for, and the last that `due` does
    assert night(db, 2, "none") == ["q4"]
    assert night(db, 2, "due") == ["q4", "q0", "q1", "q2", "q3"]


def test_start_pages_are_asked_for_in_each_run(db: sqlite3.Connection) -> None:
    held(db, link("l0", Via.START), link("q1"))
    assert night(db, 1, "none") == ["l0"]
    visit(db, "l0", 1, outcome=Outcome.GONE)
    assert night(db, 2, "none") == night(db, 2, "due", 1) == ["l0"]


def test_a_sitemap_has_changed_when_it_leads_to_something(db: sqlite3.Connection) -> None:
    def changes() -> int:
        (count,) = db.execute("SELECT changes FROM urls WHERE url='http://h/s1'").fetchone()
        return int(count)

    told = [link("q1", Via.SITEMAP, "2025-01-01"), link("q2", Via.SITEMAP, "2025-01-01")]
    held(db, link("s1", Via.START))
    visit(db, "s1", 1, *told)
    assert changes() == 1
    visit(db, "s1", 2, *told)  # other bytes
    assert changes() == 1
    visit(db, "s1", 3, *told, link("q3", Via.SITEMAP, "2025-01-01"))
    assert changes() == 2
    newer = [link("q1", Via.SITEMAP, "2026-01-04")]
    visit(db, "s1", 4, *newer)
    assert changes() == 3
    db.execute("INSERT INTO lastmods VALUES ('toy', 'h', 1, 12, 0)")
    visit(db, "s1", 5, link("q1", Via.SITEMAP, "2026-01-05"))  # nobody believes it any more
    assert changes() == 3


def test_lastmod_is_tried_on_what_was_seen_longest_ago(db: sqlite3.Connection) -> None:
    pages = [f"q{number}" for number in range(30)]
    for day, name in enumerate(reversed(pages)):
        held(db, link(name, Via.SITEMAP, "2025-01-01"), day=day)
    run_id = begin(db, 30)
    newer = [link(name, Via.SITEMAP, "2026-02-15") for name in pages]
    disclose(db, "toy", newer[:10], run_id=run_id)
    assert sorted(names(db)) == sorted(pages[:10])
    disclose(db, "toy", newer, run_id=run_id)  # of another sitemap, say: 20 at a time are enough
    assert sorted(names(db)) == sorted([*pages[:10], *pages[20:]])
    db.execute("INSERT INTO lastmods VALUES ('toy', 'h', 3, 12, 0)")
    db.execute("UPDATE urls SET state='unchanged'")
    disclose(db, "toy", [link(name, Via.SITEMAP, "2026-02-16") for name in pages], run_id=run_id)
    assert names(db) == []


def test_no_page_is_asked_for_twice_in_a_run(db: sqlite3.Connection) -> None:
    told = [link(name, Via.SITEMAP, "2025-01-01") for name in ("q1", "q2", "q3")]
    held(db, *told)
    run_id = begin(db, 9)
    visit(db, "q1", 9)
    visit(db, "q2", 9, outcome=Outcome.GONE)
    newer = [link(name, Via.SITEMAP, "2026-01-08") for name in ("q1", "q2", "q3")]
    disclose(db, "toy", [*newer, link("q1", Via.FAQ), link("q2", Via.FAQ)], run_id=run_id)
    assert names(db) == ["q3"]
    disclose(db, "toy", [link("q2", Via.SIMILAR)], run_id=begin(db, 10))
    assert sorted(names(db)) == ["q2", "q3"]


def test_each_host_has_its_own_record_of_lastmod(db: sqlite3.Connection) -> None:
    held(db, *(link(name, Via.SITEMAP, "2025-01-01") for name in ("q1", "q2")))
    db.execute("UPDATE urls SET host='other' WHERE url='http://h/q2'")
    newer = [link(name, Via.SITEMAP, "2026-01-02") for name in ("q1", "q2")]
    disclose(db, "toy", newer, run_id=begin(db, 2))
    visit(db, "q1", 2, edited=True)
    visit(db, "q2", 2)
    rows = db.execute("SELECT * FROM lastmods").fetchall()
    assert rows == [("toy", "h", 1, 0, 0), ("toy", "other", 0, 1, 0)]


def test_lastmods_are_compared_as_moments(db: sqlite3.Connection) -> None:
    held(db, link("q1"), link("q2"), day=4)  # 2026-01-05T00:00Z
    told = {"q1": "2026-01-04T23:30-08:00", "q2": "2026-01-05T07:30+08:00"}
    links = [link(name, Via.SITEMAP, lastmod) for name, lastmod in told.items()]
    disclose(db, "toy", links, run_id=begin(db, 6))
    assert names(db) == ["q1"]


@pytest.mark.parametrize(
    ("lastmod", "asked"),
    [("2026-01-10T20:00-08:00", ["q1"]), ("2026-01-11T06:00+08:00", []), ("2025-12-01", [])],
)
def test_a_gone_page_that_a_sitemap_calls_newer_is_asked_for(
    db: sqlite3.Connection, lastmod: str, asked: list[str]
) -> None:
    held(db, link("q1", Via.SITEMAP, "2025-12-01"))
    db.execute("INSERT INTO lastmods VALUES ('toy', 'h', 12, 1, 0)")
    for day in (4, 10):
        begin(db, day)
        visit(db, "q1", day, outcome=Outcome.GONE)
    disclose(db, "toy", [link("q1", Via.SITEMAP, lastmod)], run_id=begin(db, 10.1))
    assert names(db) == asked


def test_a_site_that_shows_no_question_fails_from_the_second_budget_on(
    db: sqlite3.Connection,
) -> None:
    barren = []
    for why, questions in (
        (EndReason.BUDGET, 0),
        (EndReason.BUDGET, 0),
        (EndReason.FINISHED, 0),
        (EndReason.BUDGET, 1),
        (EndReason.BUDGET, 0),
    ):
        run = Run.begin(db, SCOPE, "due", "http://h/")
        run.questions = questions
        run.end(db, why)
        barren.append(run.barren)
    assert barren == [False, True, True, False, False]
