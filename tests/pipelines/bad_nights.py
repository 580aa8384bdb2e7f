"""A small site that is up or down, and an archive of it that is crawled each night."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.layout import DATABASE
from pipelines.reports.runs import complaints, exit_status
from scraper.politeness import retry
from tests.crawling import SHORT_WAIT, Ended, Toy, crawl
from tests.database import rows
from tests.faults import plays
from tests.faults.plays import reply
from tests.faults.server import Behaviour, FaultServer
from tests.repairing import repair

NEW_YEAR = datetime(2026, 1, 1, 3, 30, tzinfo=UTC)
PAGES = 20
TABLES = ("runs", "captures", "questions", "question_versions", "problems")
URLS = (
    "SELECT url, kind, ways, state, attempts, visited_in, seen_day, whole_day, due_day,"
    " missing_day,"
    " gone_since, denied, etag, last_modified, moved_to FROM urls ORDER BY id"
)


def paths(count: int = PAGES) -> list[str]:
    return [f"/q/{number}" for number in range(count)]


def question(path: str) -> Behaviour:
    body = f"<h1>Knee {path.removeprefix('/q/')}</h1><p>It hurts.</p><li>Rest it.</li>"
    return reply(200, body=body.encode())


def links(*to: str) -> Behaviour:
    return reply(200, body=plays.links(*to))


class Nights:
    """Runs of one archive, one a night."""

    def __init__(self, archive: Path, site: FaultServer, patch: pytest.MonkeyPatch) -> None:
        self.archive, self.site, self._patch = archive, site, patch
        self.spider: type[Toy] = Toy
        self.asked: list[str] = []  # in the last night
        self.said: list[str] = []

    def well(self) -> None:
        """Let the site answer as it should."""
        self.serve(PAGES)

    def serve(
        self, count: int, answers: Callable[[str], list[Behaviour]] = lambda path: [question(path)]
    ) -> None:
        """Let the home page lead to so many questions, each with these answers."""
        self.site.play("/", [links(*paths(count))])
        for path in paths(count):
            self.site.play(path, answers(path))

    def down(self, play: Behaviour) -> None:
        """Let every page of the site answer with this behaviour."""
        for path in ("/", *paths()):
            self.site.play(path, [play])

    def night(self, day: float, **arguments: Any) -> int:
        """Crawl on that day, the first of January 2026 being day 1; the exit status."""
        ended = self.ended(day, **arguments)
        return exit_status(ended.why, ended.run)

    def ended(self, day: float, **arguments: Any) -> Ended:
        self.site.log.clear()
        self._patch.setenv("QARCHIVE_NOW", (NEW_YEAR + timedelta(days=day - 1)).isoformat())
        ended = crawl(self.archive, site=self.spider, base_url=self.site.url("/"), **arguments)
        self.asked = sorted(seen.path for seen in self.site.log if seen.path != "/robots.txt")
        self.said = list(complaints(ended.run))
        return ended

    def rows(self, query: str) -> list[Any]:
        return rows(self.archive, query)

    def states(self) -> dict[str, str]:
        return dict(self.rows("SELECT replace(url, rtrim(url, replace(url, '/', '')), ''), state"
                              " FROM urls WHERE url LIKE '%/q/%'"))  # fmt: skip

    def contents(self) -> dict[str, list[Any]]:
        """The rows of each table."""
        tables = {name: sorted(self.rows(f"SELECT * FROM {name}"), key=repr) for name in TABLES}
        return tables | {"urls": self.rows(URLS)}

    def assert_rebuilt(self) -> None:
        """Rebuild the database from the WARCs and compare."""
        before = self.contents()
        (self.archive / DATABASE).unlink()
        repair(self.archive, self.spider)
        assert self.contents() == before


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    monkeypatch.setattr(retry, "FIRST_WAIT_LOOPBACK", SHORT_WAIT)
    with FaultServer() as site:
        nights = Nights(tmp_path / "a", site, monkeypatch)
        nights.well()
        yield nights
