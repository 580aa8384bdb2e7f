"""The problems of a run that could not tell of them are told by the next that comes to its end."""

import sqlite3
from contextlib import closing

import pytest

from pipelines.layout import DATABASE
from pipelines.reports.new_problems import new_problems
from scraper.items import Question
from scraper.reading.page import Page
from tests.conftest import query_plan
from tests.crawling import Toy
from tests.faults.plays import reply
from tests.faults.server import Behaviour
from tests.pipelines.bad_nights import PAGES, Nights, links, nights, paths

__all__ = ["nights"]

CUT = """
UPDATE runs SET ended_why=?, ended_at=NULL, exit_status=NULL WHERE id=(SELECT max(id) FROM runs)
"""
LISTS = [f"/tag/{number}" for number in range(8)]


def cut_short(nights: Nights, why: str | None) -> None:
    """Let the last run be one that was killed, stopped or ended by a failure."""
    with closing(sqlite3.connect(nights.archive / DATABASE)) as db, db:
        db.execute(CUT, (why,))


def serve_lists(nights: Nights, answer: Behaviour, questions: int = PAGES) -> None:
    """Let the home page lead to so many questions, and to lists with that answer."""
    nights.serve(questions)
    nights.site.play("/", [links(*paths(questions), *LISTS)])
    for path in LISTS:
        nights.site.play(path, [answer])


@pytest.mark.parametrize("why", [None, "stopped", "storage", "internal error"])
def test_the_next_run_tells_of_them_once(nights: Nights, why: str | None) -> None:
    nights.night(1)
    serve_lists(nights, reply(403))
    assert nights.night(2) == 1
    cut_short(nights, why)
    assert nights.night(2.01) == 1
    assert nights.asked == []
    assert nights.said == ["8 of 9 pages since run 2 are new problems"]
    assert nights.night(2.02) == nights.night(4) == 0
    assert len(nights.asked) == 9  # they are asked for again, and have been told


def test_what_was_mended_meanwhile_is_not_told(nights: Nights) -> None:
    nights.night(1)
    serve_lists(nights, reply(403))
    nights.night(2)
    cut_short(nights, "stopped")
    serve_lists(nights, links(*paths()))
    assert nights.night(4) == 0


def test_nights_that_were_stopped_hide_no_bad_night(nights: Nights) -> None:
    nights.serve(200)
    nights.night(1)
    for day in range(2, 5):
        nights.night(day, revisit="all")
        cut_short(nights, "stopped")
    serve_lists(nights, reply(403), 200)
    assert nights.night(5) == 1
    assert nights.said == ["8 of 9 pages are problems"]


def test_a_problem_that_was_told_before_is_not_told_after_a_stop(nights: Nights) -> None:
    serve_lists(nights, reply(403))
    assert nights.night(1) == 1
    for day in range(2, 5):
        nights.night(day, revisit="all")
        cut_short(nights, "stopped")
    assert nights.night(5) == 0


def test_a_bug_is_told_by_the_next_run(nights: Nights) -> None:
    class Failing(Toy):
        @staticmethod
        def read_question(page: Page) -> Question:
            return Toy.read_question(page) if page.url[-2:] != "20" else 1 // 0  # type: ignore[return-value]

    nights.spider = Failing
    nights.night(1)
    nights.serve(21)
    nights.night(2)
    cut_short(nights, None)
    assert nights.night(2.01) == 1
    assert nights.said == ["qarchive itself failed on 1 page, as the log tells"]
    assert nights.night(4) == 0


def test_no_count_reads_all_urls(nights: Nights) -> None:
    nights.night(1)
    asked: list[str] = []
    with closing(sqlite3.connect(nights.archive / DATABASE)) as db:
        db.set_trace_callback(asked.append)
        new_problems(db, 1, 0)
        db.set_trace_callback(None)
        steps = [step for query in asked for step in query_plan(db, query)]
    assert "SCAN p USING INDEX problems_open" in steps  # those that are not solved
    assert not [step for step in steps if step.startswith("SCAN u") or "TEMP B-TREE" in step]
