"""A question that is gone at the address to which its site has moved is gone."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from pipelines.database import open_reader
from pipelines.plan import scopes
from pipelines.queue.hosts import Scope
from pipelines.queue.urls import known
from pipelines.status import run_progress, status
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.pipelines.bad_nights import Nights, links, nights, paths, question

__all__ = ["nights"]
MARKED = "SELECT source_id, substr(gone_since, 9, 2) FROM questions WHERE gone_since IS NOT NULL"


@pytest.fixture
def other() -> Iterator[FaultServer]:
    with FaultServer() as other:
        yield other


def moved(nights: Nights, other: FaultServer, missing: list[str]) -> None:
    """The site stands at another port from the second night on, without some pages."""
    for site in (nights.site, other):
        nights.site = site
        nights.well()
        site.play("/", [links(*paths(8))])
        if site is not other:
            nights.night(1)
    for path in missing:
        other.play(path, [reply(404)])
    for day in (2, 3):
        assert nights.rows(MARKED) == []
        assert nights.night(day, revisit="all") == 0


def test_it_is_marked_at_the_second_look(nights: Nights, other: FaultServer) -> None:
    moved(nights, other, ["/q/3"])
    assert nights.rows(MARKED) == [("3", "02")]
    nights.assert_rebuilt()
    other.play("/q/3", [question("/q/3")])
    assert nights.night(4, revisit="all") == 0
    assert nights.rows(MARKED) == []
    nights.assert_rebuilt()


def test_it_is_current_where_it_is_seen_again_at_the_former_one(
    nights: Nights, other: FaultServer
) -> None:
    former = nights.site
    moved(nights, other, ["/q/3"])
    nights.site = former
    assert nights.night(4, revisit="all") == 0
    assert nights.rows(MARKED) == []
    nights.site = other
    assert nights.night(5, revisit="all") == 0
    assert nights.rows(MARKED) == []
    nights.assert_rebuilt()


def test_a_copy_of_some_pages_proves_nothing(nights: Nights, other: FaultServer) -> None:
    moved(nights, other, paths(4))
    assert nights.rows(MARKED) == []


def test_the_former_one_alarms_nobody_any_more(nights: Nights, other: FaultServer) -> None:
    nights.night(1)
    former = nights.site
    nights.down(reply(301, [("Location", other.url("/"))]))
    assert nights.night(2, revisit="all") == 1
    hosts, codes = told(nights)
    assert (hosts, codes) == ([urlsplit(former.url("/")).netloc], ["redirect-off-site"])
    nights.site = other
    nights.well()
    assert nights.night(3) == 0
    assert told(nights) == ([urlsplit(other.url("/")).netloc], [])


def test_what_was_due_at_the_former_one_is_no_work(nights: Nights, other: FaultServer) -> None:
    nights.night(1, max_pages=5)
    nights.site = other
    nights.well()
    assert nights.night(2) == 0
    site = status(nights.archive)["sites"]["toy"]
    assert (site["urls_total"], site["urls"]) == (
        21, {"list": {"fetched": 1}, "question": {"fetched": 20}}
    )  # fmt: skip
    (progress,) = run_progress(nights.archive)
    assert (progress.to_do, progress.states) == (0, {"fetched": 21})
    here = Scope("toy", urlsplit(other.url("/")).netloc)
    with open_reader(nights.archive) as db:
        assert (scopes(db, None), known(db, here)) == ([here], (21, 0))


def told(nights: Nights) -> tuple[list[str], list[str]]:
    """The hosts whose last runs are told, and the codes of open problems."""
    site = status(nights.archive)["sites"]["toy"]
    runs, problems = site["last_runs"], site["open_problems"]
    return [run["host"] for run in runs], [problem["code"] for problem in problems]
