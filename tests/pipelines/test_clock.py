"""Clocks that step back, change to summer time or pass 2038: runs follow each other by number."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import Ended, crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.numbered import page, put

PAGES = 12


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        put(server, PAGES)
        yield server


class Years:
    """Runs of one archive, each at a moment of its own."""

    def __init__(self, archive: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.archive, self._site, self._patch = archive, site, monkeypatch

    def run(self, moment: str, **arguments: Any) -> tuple[Ended, int]:
        """How it ended, and how many question pages were asked for."""
        self._site.log.clear()
        self._patch.setenv("QARCHIVE_NOW", moment)
        ended = crawl(self.archive, base_url=self._site.url("/"), **arguments)
        return ended, sum(seen.path.startswith("/q/") for seen in self._site.log)


@pytest.fixture
def years(tmp_path: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch) -> Years:
    return Years(tmp_path, site, monkeypatch)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-11-22T09:00:00Z", "2026-11-22T08:00:00Z"),  # an hour back
        ("2026-11-22T09:00:00Z", "2016-11-22T09:00:00Z"),  # ten years back
        ("2026-11-22T09:00:00Z", "1970-01-01T00:00:05Z"),  # a machine without a battery
        ("2026-10-25T02:59:00+02:00", "2026-10-25T02:01:00+01:00"),  # Berlin, the second 2 o'clock
        ("2026-03-29T01:59:00+01:00", "2026-03-29T03:01:00+02:00"),  # Berlin, no 2 o'clock
        ("2038-01-19T03:14:06Z", "2038-01-19T03:14:09Z"),  # 32 bits end here
        ("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z"),
    ],
)
def test_nothing_is_fetched_again_or_left_out(years: Years, first: str, second: str) -> None:
    _, asked = years.run(first, max_pages=6)
    ended, more = years.run(second)
    assert ended.why == "finished"
    assert asked + more == PAGES
    assert rows(years.archive, "SELECT count(*) FROM questions") == [(PAGES,)]
    assert rows(years.archive, "SELECT id, ended_why FROM runs ORDER BY id") == [
        (1, "budget"),
        (2, "finished"),
    ]


def test_a_clock_that_was_ahead_for_one_run_delays_nothing(years: Years) -> None:
    years.run("2099-01-01T00:00:00Z")
    _, asked = years.run("2026-11-22T09:00:00Z")
    assert asked == 0
    _, asked = years.run("2028-11-22T09:00:00Z")
    assert asked == PAGES


def test_after_2038_pages_come_due_as_before(years: Years) -> None:
    years.run("2037-12-01T00:00:00Z")
    _, asked = years.run("2040-01-01T00:00:00Z")
    assert asked == PAGES
    days = rows(
        years.archive,
        "SELECT substr(min(started_at), 1, 10), substr(max(started_at), 1, 10) FROM runs",
    )
    assert days == [("2037-12-01", "2040-01-01")]


def test_a_wait_set_by_a_wrong_clock_does_not_last_for_years(
    years: Years, site: FaultServer
) -> None:
    site.play("/q/3", [reply(503, [("Retry-After", "3600")]), reply(200, body=b"")])
    years.run("2099-01-01T00:00:00Z")
    site.play("/q/3", [reply(200, body=page(3))])
    ended, asked = years.run("2026-11-22T09:00:00Z")
    assert asked > 0
    assert ended.why == "finished"
    assert rows(years.archive, "SELECT count(*) FROM questions") == [(PAGES,)]
