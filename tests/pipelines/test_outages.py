"""A site that is down or refuses all requests, and one that has many broken pages."""

import sqlite3

import pytest

from pipelines.errors import ShortageError
from pipelines.queue.hosts import Scope
from pipelines.queue.ready import probe
from pipelines.reports.runs import exit_status
from pipelines.verify import verify
from scraper.items import Kind
from scraper.politeness.retry import classify_failure
from tests.conftest import query_plan
from tests.faults.plays import reply, reset_after, robots
from tests.faults.server import Behaviour, Exchange
from tests.pipelines.bad_nights import Nights, links, nights, paths, question

__all__ = ["nights"]


@pytest.mark.parametrize("refusal", [reply(403), reply(200, body=b"<p>Are you human?</p>")])
def test_a_site_that_has_had_enough_is_left_alone(nights: Nights, refusal: Behaviour) -> None:
    nights.serve(90, lambda path: [question(path)] * (2 if int(path[3:]) < 10 else 1) + [refusal])
    assert nights.night(1) == 0
    ended = nights.ended(2, revisit="all")
    assert ended.why == "turned away"
    assert exit_status(ended.why, ended.run) == 5
    assert 40 <= len(nights.asked) < 70
    assert nights.night(3) == 5  # and so for as long as it refuses


@pytest.mark.parametrize("home_is_up", [True, False])
@pytest.mark.parametrize(
    "failure",
    [reply(500), reply(502), reply(503), reply(504), reset_after(b"")],
    ids=["500", "502", "503", "504", "reset"],
)
def test_a_site_that_is_down_is_left_alone_until_the_next_night(
    nights: Nights, failure: Behaviour, *, home_is_up: bool
) -> None:
    nights.serve(90)
    assert nights.night(1) == 0
    nights.serve(90, lambda _: [failure])
    if not home_is_up:
        nights.site.play("/", [failure])
    for day in (2, 3):
        assert nights.ended(day, revisit="all").why == "unreachable"
        assert len(set(nights.asked)) < 50
    nights.serve(90)
    assert nights.night(4, revisit="all") == 0
    assert set(nights.states().values()) == {"unchanged"}


def test_a_first_crawl_of_a_site_that_is_down_behind_its_home_page_ends(nights: Nights) -> None:
    nights.serve(300, lambda _: [reply(502)])
    assert nights.night(1) == 5
    assert len(nights.asked) < 50


def test_a_night_of_few_pages_tells_a_site_that_is_down_from_a_page_that_is(
    nights: Nights,
) -> None:
    nights.night(1)
    nights.site.play("/", [reply(500)])
    assert nights.night(2) != 5
    nights.down(reply(500))
    assert nights.night(3) == 5


@pytest.mark.parametrize("status", [502, 503])
def test_a_probe_that_fails_as_the_site_does_leaves_its_page_as_it_was(
    nights: Nights, status: int
) -> None:
    nights.serve(50)
    assert nights.night(1) == 0
    nights.serve(90, lambda _: [reply(status)])
    for hour in range(5):
        assert nights.night(2 + hour / 24) == 5
    assert set(nights.asked) & set(paths(50))
    nights.serve(90)
    assert nights.night(3) == 0
    assert [nights.states()[str(number)] for number in range(50)] == ["fetched"] * 50
    assert not list(verify(nights.archive))
    nights.assert_rebuilt()


def test_a_night_of_few_pages_is_not_turned_away_by_one(nights: Nights) -> None:
    nights.night(1)
    nights.down(reply(403))
    nights.site.play("/", [reply(500)])
    assert nights.night(2) == 1


def test_a_server_that_says_not_modified_unasked_turns_nobody_away(nights: Nights) -> None:
    nights.serve(40, lambda path: [question(path), reply(304)])
    nights.night(1)
    assert nights.ended(2, revisit="all").why == "finished"


def test_a_site_that_is_down_is_noticed_where_the_pages_read_last_are_forbidden(
    nights: Nights,
) -> None:
    nights.serve(90, lambda path: [question(path), reply(502)])
    nights.night(1)
    nights.site.play("/robots.txt", [robots("User-agent: *", "Disallow: /q/8")])
    assert nights.ended(2, revisit="all").why == "unreachable"
    assert len(nights.asked) < 50


def test_broken_pages_at_both_ends_of_a_site_do_not_hide_those_between(nights: Nights) -> None:
    nights.serve(140, lambda path: [question(path) if 90 <= int(path[3:]) < 130 else reply(502)])
    assert nights.ended(1).why == "finished"
    assert list(nights.states().values()).count("problem") == 100


@pytest.mark.parametrize(("status", "times"), [(502, 32), (429, 45), (408, 45)])
def test_an_outage_of_moments_is_waited_for(nights: Nights, status: int, times: int) -> None:
    left = iter(range(times))

    def play(exchange: Exchange) -> None:
        well = next(left, None) is None
        (question(exchange.path) if well else reply(status))(exchange)

    nights.serve(90, lambda _: [play])
    assert nights.night(1) == 0
    assert set(nights.states().values()) <= {"fetched", "unchanged"}
    assert len(nights.states()) == 90


@pytest.mark.parametrize("status", [403, 502])
def test_pages_that_fail_for_good_hold_up_no_others(nights: Nights, status: int) -> None:
    drafts = [f"/q/draft-{number}" for number in range(90)]
    for path in drafts:
        nights.site.play(path, [reply(status)])
    nights.site.play("/", [links(*drafts, *paths())])
    assert nights.ended(1).why == "finished"
    assert nights.said == ["90 of 111 pages are problems"]
    assert nights.asked.count("/") <= 4  # the page that could be read, tried again
    assert set(nights.asked) == {"/", *drafts, *paths()}
    assert nights.night(2) == 0


def test_a_probe_is_found_without_sorting_the_archive(connection: sqlite3.Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    probe(connection, Scope("toy", "h"), Kind.QUESTION, (), is_down=True)
    connection.set_trace_callback(None)
    steps = [step for query in asked for step in query_plan(connection, query)]
    assert len(asked) == 4
    assert not [step for step in steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("short", [1, 60])
def test_lasting_shortage_is_no_fault_of_the_pages(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, short: int
) -> None:
    nights.serve(60, lambda path: [reset_after(b"") if int(path[3:]) < short else question(path)])
    monkeypatch.setattr("scraper.spider.classify_failure", lambda _: ("shortage", True))
    ended = nights.ended(1)
    assert (ended.why, exit_status(ended.why, ended.run)) == ("internal error", 70)
    assert isinstance(ended.run.failure, ShortageError)
    assert len(nights.asked) < 70
    assert "problem" not in nights.states().values()
    monkeypatch.setattr("scraper.spider.classify_failure", classify_failure)
    nights.serve(60)
    assert nights.night(2) == 0
    assert set(nights.states().values()) == {"fetched"}


def test_a_moment_of_shortage_passes(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    nights.serve(9, lambda path: [reset_after(b""), question(path)])
    monkeypatch.setattr("scraper.spider.classify_failure", lambda _: ("shortage", True))
    assert nights.night(1) == 0
    assert set(nights.states().values()) == {"fetched"}
