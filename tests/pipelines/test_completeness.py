"""How many pages there are: worked examples, then crawls of which the truth is known."""

import sqlite3
from datetime import UTC, datetime
from itertools import product
from math import prod
from pathlib import Path

import pytest

from pipelines.estimates.completeness import Estimate, Sighted, Stretch, estimate
from pipelines.estimates.sightings import completeness, gaps, gone
from pipelines.queue.urls import disclose, settle
from pipelines.status import status
from scraper.items import Kind, Link, Outcome, Question, Via, Visit
from tests.bench.completeness import bounded
from tests.questions import Keep

# As stored in urls.ways.
SITEMAP, LIST, FAQ, SIMILAR, ALTERNATE, RANGE = 2, 4, 8, 16, 64, 128
VIEW = 512


def within(said: Estimate, truth: int) -> bool:
    return said.high is not None and said.low <= truth <= said.high


def found(ways: int, pages: float) -> Sighted:
    return Sighted(ways, round(pages), 0, 0)


def test_two_ways_as_lincoln_and_petersen_count() -> None:
    # 40 in both, 60 and 20 in one: 60 * 20 / 40 = 30 in none
    said = estimate([found(SITEMAP | LIST, 40), found(SITEMAP, 60), found(LIST, 20)])
    assert said.about in (150, 151)
    assert within(said, 150)
    assert said.low >= 120


def test_three_independent_ways_find_the_number() -> None:
    shares = {SITEMAP: 0.5, LIST: 0.4, FAQ: 0.3}
    cells = []
    for seen in product((True, False), repeat=3):
        pages = 1000 * prod(p if s else 1 - p for s, p in zip(seen, shares.values(), strict=True))
        ways = sum(way for s, way in zip(seen, shares, strict=True) if s)
        cells += [found(ways, pages)] if ways else []
    said = estimate(cells)
    assert within(said, 1000)
    assert abs(said.about - 1000) <= 30


def test_ways_that_depend_on_each_other_are_allowed_for() -> None:
    # Lists and tags lead to the same pages: odds ratio 4. Independence would say 900.
    both = {LIST | FAQ: 0.4, LIST: 0.2, FAQ: 0.1333, 0: 0.2667}
    cells = [found(ways | SITEMAP, 3000 * share / 2) for ways, share in both.items()]
    cells += [found(ways, 3000 * share / 2) for ways, share in both.items() if ways]
    said = estimate(cells)
    assert within(said, 3000)
    assert abs(said.about - 3000) < 150


def test_ways_that_never_meet_bound_nothing() -> None:
    said = estimate([found(SITEMAP, 50), found(LIST, 50)])
    assert said == Estimate(100, 100, None)
    assert estimate([found(LIST, 50)]).high is None
    assert estimate([]) == Estimate(0, 0, None)


def test_a_whole_crawl_leaves_little_room() -> None:
    said = estimate([found(SITEMAP | LIST | SIMILAR, 980), found(LIST | SIMILAR, 20)])
    assert (said.low, said.about) == (1000, 1000)
    assert said.high is not None
    assert said.high <= 1010


def test_an_alternate_is_no_way_of_its_own() -> None:
    said = estimate([found(SITEMAP | LIST, 90), found(SITEMAP, 10), found(ALTERNATE, 5)])
    assert said.low >= 105


def test_pages_gone_are_not_counted_and_open_ones_by_their_like() -> None:
    # every second page of the sitemap that was looked at is gone
    known = [
        Sighted(SITEMAP | LIST, 100, 100, 200),
        Sighted(LIST, 5, 5, 0),
        Sighted(SITEMAP, 5, 5, 0),
    ]
    said = estimate(known)
    assert within(said, 210)
    assert said.low >= 110
    assert said.high is not None
    assert said.high < 280


def test_the_holes_of_a_range_are_guessed_from_stretches_looked_at() -> None:
    # 16 of 20 numbers exist wherever somebody looked; half of the range is still to come
    looked_at = [Stretch(10, 6, 4, 0, 0)] * 20
    to_come = [Stretch(0, 0, 0, 0, 20)] * 20
    known = [Sighted(RANGE, 200, 80, 400), Sighted(RANGE | LIST, 120, 0, 0)]
    said = estimate(known, 20, looked_at + to_come)
    assert within(said, 640)
    assert abs(said.about - 640) < 20


def test_lists_that_went_first_do_not_make_every_number_a_page() -> None:
    # what pages name was visited; of the other numbers one in ten exists
    stretches = [Stretch(0, 10, 1, 0, 9)] * 10 + [Stretch(1, 10, 1, 0, 8)] * 10
    known = [Sighted(RANGE, 10, 20, 170), Sighted(RANGE | LIST, 200, 0, 0)]
    said = estimate(known, 20, stretches)
    assert within(said, 270)


@pytest.mark.parametrize("seed", [3])
def test_partial_crawls_hold_the_truth(seed: int) -> None:
    """The mark is 90 of 100; `python -m tests.bench.completeness` makes the whole trial."""
    trials, _ = bounded(seed, 8, largest=90)
    missed = [trial for trial in trials if not trial.is_covered]
    assert len(missed) <= 1, missed
    widths = sorted((trial.estimate.high or 0) - trial.estimate.low for trial in trials)
    truths = sorted(trial.truth for trial in trials)
    assert widths[4] < truths[4] / 2  # an interval from nought to all would hold anything


# What is counted


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
