"""Which of a site's question pages are counted, by the ways they were seen."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.estimates.sightings import completeness, gaps, gone
from pipelines.queue.urls import disclose, settle
from pipelines.status import status
from scraper.items import Kind, Link, Outcome, Question, Via, Visit
from tests.questions import Keep

SITEMAP, LIST, FAQ, SIMILAR, RANGE = 2, 4, 8, 16, 128
VIEW = 512


def link(number: int, via: Via) -> Link:
    return Link(url=f"https://h/q?n={number}", kind=Kind.QUESTION, via=via)


def ways_of(db: sqlite3.Connection, number: int) -> int:
    (ways,) = db.execute(
        "SELECT ways FROM urls WHERE url=?", (link(number, Via.LIST).url,)
    ).fetchone()
    return int(ways)


def test_every_way_is_kept_once(connection: sqlite3.Connection) -> None:
    for via in (Via.LIST, Via.SITEMAP, Via.LIST, Via.SIMILAR):
        disclose(connection, "s", [link(1, via)], run_id=1)
    assert ways_of(connection, 1) == LIST | SITEMAP | SIMILAR
    tallies = connection.execute("SELECT ways, urls FROM tallies WHERE urls > 0").fetchall()
    assert tallies == [(LIST | SITEMAP | SIMILAR, 1)]
    (via,) = connection.execute("SELECT via FROM urls").fetchone()
    assert via == "list"  # the first


def test_a_new_way_changes_nothing_else(connection: sqlite3.Connection) -> None:
    disclose(connection, "s", [link(1, Via.LIST)], run_id=1)
    connection.execute("UPDATE urls SET state='fetched', visited_at='2026-01-02T00:00:00Z'")
    disclose(connection, "s", [link(1, Via.FAQ)], run_id=1)
    dated = [
        Link(url=link(1, Via.LIST).url, kind=Kind.QUESTION, via=Via.SITEMAP, lastmod="2026-01-01")
    ]
    disclose(connection, "s", dated, run_id=1)
    disclose(connection, "s", [link(1, Via.SIMILAR)], run_id=1)
    row = connection.execute("SELECT state, lastmod, ways FROM urls").fetchone()
    assert row == ("fetched", "2026-01-01", LIST | FAQ | SITEMAP | SIMILAR)


def test_gaps_name_what_is_missing(connection: sqlite3.Connection) -> None:
    disclose(connection, "s", [link(number, Via.RANGE) for number in range(30, 0, -1)], run_id=1)
    connection.execute(
        "UPDATE urls SET state='fetched', visited_in=1 WHERE url IN (?, ?, ?)",
        [link(number, Via.RANGE).url for number in (30, 29, 11)],
    )
    connection.execute(
        "UPDATE urls SET state='problem', visited_in=1 WHERE url=?", (link(28, Via.RANGE).url,)
    )
    told = gaps(connection, "s")
    assert told["ready"]["urls"] == 26
    assert told["problem"] == {"urls": 1, "example": "https://h/q?n=28"}
    assert told["range"] == {"numbers": 26, "longest": [[12, 27], [1, 10]]}
    assert "later" not in told
    assert gaps(connection, "elsewhere") == {}


@pytest.mark.parametrize(("named", "numbers"), [("s", 20), ("elsewhere", 50)])
def test_a_site_that_has_moved_is_counted_where_it_is(
    connection: sqlite3.Connection, keep: Keep, named: str, numbers: int
) -> None:
    """Under qapage each host name is a site, and a port is not."""
    keep(Question(site=named, source_id="1", language="en", url="https://h/q?n=0"))
    for host, known in (("h:1", 40), ("g", 30), ("h:2", 20)):
        (run,) = connection.execute(
            "INSERT INTO runs(site, host, revisit, started_at) VALUES ('s', ?, 'due', '')"
            " RETURNING id",
            (host,),
        ).fetchone()
        links = [
            Link(url=f"https://{host}/q?n={n}", kind=Kind.QUESTION, via=Via.RANGE)
            for n in range(1, known + 1)
        ]
        disclose(connection, "s", links, run_id=run)
    told = gaps(connection, "s")
    assert told["ready"]["urls"] == told["range"]["numbers"] == numbers
    connection.execute("UPDATE urls SET state='fetched', visited_in=1 WHERE site='s'")
    assert completeness(connection, "s").low == numbers


def test_the_archive_is_counted_as_the_examples_are(connection: sqlite3.Connection) -> None:
    for via, numbers in ((Via.SITEMAP, range(100)), (Via.LIST, range(60, 120))):
        disclose(connection, "s", [link(number, via) for number in numbers], run_id=1)
    connection.execute("UPDATE urls SET state='fetched', visited_in=1")
    assert completeness(connection, "s").about in (150, 151)


@pytest.mark.parametrize("state", ["ready", "problem", "later"])
def test_a_hole_of_a_range_stays_one_while_it_is_asked_for_again(
    connection: sqlite3.Connection, state: str
) -> None:
    connection.execute("UPDATE runs SET started_at='2026-01-02T00:00:00Z'")
    disclose(connection, "s", [link(number, Via.RANGE) for number in range(1, 101)], run_id=1)
    for number in range(1, 101):
        outcome = Outcome.FETCHED if number % 5 else Outcome.GONE
        visit = Visit(url=link(number, Via.RANGE).url, kind=Kind.QUESTION, outcome=outcome,
                      visited_at=datetime(2026, 1, 2, tzinfo=UTC))  # fmt: skip
        settle(connection, number, visit, 1, edited=False)
    before = completeness(connection, "s")
    assert before.about == 80
    connection.execute("UPDATE urls SET state=?", (state,))
    assert completeness(connection, "s") == before


def test_looks_at_questions_held_elsewhere_are_none(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    connection.execute("UPDATE runs SET started_at='2026-01-02T00:00:00Z'")
    own = Question(site="h", source_id="1", language="en", url="https://h/q?n=1")
    for number in range(1, 41):
        disclose(connection, "s", [link(number, Via.LIST)], run_id=1)
        (url_id,) = connection.execute("SELECT max(id) FROM urls").fetchone()
        visit = Visit(url=link(number, Via.LIST).url, kind=Kind.QUESTION, outcome=Outcome.FETCHED,
                      visited_at=datetime(2026, 1, 2, tzinfo=UTC), question=own)  # fmt: skip
        settle(connection, url_id, visit, 1, edited=False)
    assert (ways_of(connection, 1), ways_of(connection, 2)) == (LIST, LIST | VIEW)
    assert completeness(connection, "s").low == 1
    keep(own)
    connection.execute("UPDATE urls SET state='gone', due_day=1")
    assert gone(connection, "s") == 1


def test_a_question_that_is_gone_where_no_url_tells_of_one_is_not_held(
    connection: sqlite3.Connection, keep: Keep, tmp_path: Path
) -> None:
    keep(Question(site="s", source_id="why", language="en", url="https://h/why"))
    connection.execute("UPDATE urls SET kind='list', state='gone', seen_day=0")
    connection.execute("UPDATE questions SET gone_since='2026-01-02T00:00:00Z'")
    told = status(tmp_path)["sites"]["s"]["completeness"]
    assert (told["held"], told["gone"]) == (0, 1)


@pytest.mark.parametrize(("since", "expected"), [(None, (1, 0)), ("2026-01-02", (0, 1))])
def test_a_page_that_redirects_is_gone_only_if_its_record_is(
    connection: sqlite3.Connection,
    keep: Keep,
    tmp_path: Path,
    since: str | None,
    expected: tuple[int, int],
) -> None:
    keep(Question(site="s", source_id="1", language="en", url="https://h/1"))
    connection.execute("UPDATE urls SET kind='question', state='moved', seen_day=0")
    connection.execute("UPDATE questions SET gone_since=?", (since,))
    told = status(tmp_path)["sites"]["s"]["completeness"]
    assert (told["held"], told["gone"]) == expected
