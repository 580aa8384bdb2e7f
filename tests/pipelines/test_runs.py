"""A run says what it did and whether that can be trusted: counts, coverage, pace, exit status."""

import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.statscollectors import MemoryStatsCollector

from pipelines.reports.coverage import Fall
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run, complaints, exit_status
from scraper.politeness.pace import Stopwatch
from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.crawling import Toy, crawl, crawl_process
from tests.database import dict_rows
from tests.faults.plays import kept, links, reply, robots
from tests.faults.server import FaultServer
from tests.few_topics import build_small
from tests.stages import qarchive
from tests.truth.sites import NAMES, SampleSite
from tests.wrong_pages import WRONG

pytestmark = pytest.mark.dear

HTML = (("Content-Type", "text/html; charset=utf-8"),)
KEPT = "SELECT id, digest, captured_at FROM questions ORDER BY id"


@dataclass
class Swapped:
    """A sample site that answers some question pages with something else."""

    site: SampleSite
    share: float = 0.0  # of the question pages
    swap: Callable[[bytes, int], Response] | None = None
    swapped: set[bytes] = field(default_factory=set)
    _asked: dict[bytes, int] = field(default_factory=dict)

    @property
    def start(self) -> str:
        return self.site.start

    def respond(self, target: bytes, headers: Mapping[str, str]) -> Response:
        if self.swap is None or not any(
            word in target for word in (b"/article/", b"q_no=", b"/questions/")
        ):
            return self.site.respond(target, headers)
        place = self._asked.setdefault(target, len(self._asked))
        if int(place * self.share) == int((place + 1) * self.share):
            return self.site.respond(target, headers)
        self.swapped.add(target)
        return self.swap(target, place)


def wrong(_: bytes, place: int) -> Response:
    return Response(status=200, headers=HTML, body=sorted(WRONG.values())[place % len(WRONG)])


def command(site: str, url: str, archive: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`qarchive crawl` as it is typed."""
    base = "/".join(url.split("/")[:3])
    given = ["crawl", site, "--base-url", base, "--archive", str(archive), "--no-progress"]
    return qarchive(*given, *options)


def last_run(archive: Path) -> dict[str, Any]:
    return dict_rows(archive, "SELECT * FROM runs ORDER BY id DESC LIMIT 1")[0]


# Wrong pages and changed layouts


@pytest.mark.parametrize("name", NAMES)
def test_wrong_pages_are_problems_and_overwrite_nothing(name: str, tmp_path: Path) -> None:
    site = Swapped(build_small(name, questions=40))
    with serve(site) as home:
        assert command(name, home, tmp_path).returncode == 0
        before = dict_rows(tmp_path, KEPT)
        site.share, site.swap = 0.2, wrong
        done = command(name, home, tmp_path, "--revisit", "all")
    assert dict_rows(tmp_path, KEPT) == before
    assert len(site.swapped) >= 8
    problems = dict_rows(tmp_path, "SELECT url, capture_id FROM problems WHERE solved_in IS NULL")
    assert len({problem["url"] for problem in problems}) == len(site.swapped)
    assert all(problem["capture_id"] for problem in problems)
    run = last_run(tmp_path)
    assert run["problem"] == len(site.swapped)
    assert done.returncode == run["exit_status"] == 1
    assert f"{len(site.swapped)} of " in done.stderr


def test_a_few_wrong_pages_are_no_failure(tmp_path: Path) -> None:
    site = Swapped(build_small("qapage", questions=60))
    with serve(site) as home:
        command("qapage", home, tmp_path)
        site.share, site.swap = 0.04, wrong
        done = command("qapage", home, tmp_path, "--revisit", "all")
    assert done.returncode == 0, done.stderr
    assert last_run(tmp_path)["problem"] == len(site.swapped) > 0


def test_a_changed_layout_is_told_and_loses_nothing(tmp_path: Path) -> None:
    site = Swapped(build_small("adoctor", questions=25))
    with serve(site) as home:
        assert command("adoctor", home, tmp_path).returncode == 0
        before = dict_rows(tmp_path, KEPT)
        site.site = build_small("adoctor", questions=25, layout="changed")
        done = command("adoctor", home, tmp_path, "--revisit", "all")
        site.site = build_small("adoctor", questions=25)
        mended = command("adoctor", home, tmp_path, "--revisit", "all")
    assert done.returncode == 1
    assert "50 of 50 question pages can't be read" in done.stderr
    assert mended.returncode == 0, mended.stderr
    assert dict_rows(tmp_path, "SELECT id, digest FROM questions ORDER BY id") == [
        {"id": row["id"], "digest": row["digest"]} for row in before
    ]
    second = dict_rows(tmp_path, "SELECT * FROM runs WHERE id=2")[0]
    assert json.loads(second["coverage"]) == {"record": [50, 0]}
    kept = dict_rows(tmp_path, "SELECT count(*) AS n FROM captures WHERE run_id=2 AND status=200")
    assert kept[0]["n"] >= 50  # for a reader yet to be written


# Fields


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.play("/", [reply(200, body=links(*(f"/q/{n}" for n in range(30))))])
        yield server


def play_questions(server: FaultServer, *, replied: bool, edit: str) -> None:
    for number in range(30):
        answer = "<li>Rest it.</li>" if replied else ""
        body = f"<h1>Knee {number}</h1><p>It hurts. {edit}</p>{answer}"
        server.play(f"/q/{number}", [reply(200, body=body.encode())])


def test_a_field_that_falls_fails_the_run_until_it_is_back(
    server: FaultServer, tmp_path: Path
) -> None:
    def run_with(*, replied: bool, edit: str) -> Run:
        play_questions(server, replied=replied, edit=edit)
        return crawl(tmp_path, base_url=server.url("/"), revisit="all").run

    assert run_with(replied=True, edit="a").fell == []
    fallen = run_with(replied=False, edit="b")
    assert fallen.fell == [Fall("kept replies", 1.0, 0.0, 30)]
    assert exit_status(EndReason.FINISHED, fallen) == 1
    assert run_with(replied=False, edit="c").fell != []  # a run that fell is no measure
    assert exit_status(EndReason.FINISHED, run_with(replied=True, edit="d")) == 0
    stored = [
        json.loads(row["fell"]) for row in dict_rows(tmp_path, "SELECT fell FROM runs ORDER BY id")
    ]
    assert stored[0] == stored[3] == []
    fall = {"field": "kept replies", "before": 1.0, "now": 0.0, "pages": 30, "settled": False}
    assert stored[1] == [fall]


# Pace


def test_the_smallest_gap_is_kept_by_host() -> None:
    ticks = iter([0.0, 2.0, 2.5, 3.5, 3.6])
    crawler = AsyncCrawlerRunner().create_crawler(Toy)
    crawler.stats = MemoryStatsCollector(crawler)
    stopwatch = Stopwatch(crawler, clock=lambda: next(ticks))
    for host in ("a:80", "a:80", "b", "a:80", "b"):
        stopwatch.sent(Request(f"http://{host}/"))
    told = crawler.stats.get_stats()
    assert told["qarchive/smallest_gap/a:80"] == pytest.approx(1.5)
    assert told["qarchive/smallest_gap/b"] == pytest.approx(1.1)


def test_a_run_keeps_the_pace_it_was_asked_for(server: FaultServer, tmp_path: Path) -> None:
    server.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.3")])
    server.play("/", [reply(200, body=b'<a href="/q/1"><a href="/q/2">')])
    play_questions(server, replied=True, edit="")
    done = crawl_process(tmp_path, base_url=server.url("/"))
    assert done.returncode == 0, done.stderr
    run = last_run(tmp_path)
    assert run["delay"] == 0.3
    assert run["smallest_gap"] >= 0.25  # less what a busy machine delays
    moments = sorted(seen.at for seen in server.log if seen.path != "/robots.txt")
    assert min(b - a for a, b in pairwise(moments)) >= 0.15  # less what a busy machine delays


def test_a_kept_connection_that_ends_as_it_is_used_costs_another_request_in_its_time(
    server: FaultServer, tmp_path: Path
) -> None:
    server.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.3")])
    paths = [f"/q/{number}" for number in range(5)]
    server.play("/", [kept("".join(f'<a href="{path}">' for path in paths).encode())])
    for path in paths:
        server.play(path, [kept(b"<h1>Knee</h1><p>Why?</p>")])
    done = crawl_process(tmp_path, base_url=server.url("/"), max_pages=9)
    assert done.returncode == 0, done.stderr
    moments = [seen.at for seen in server.log if seen.path != "/robots.txt"]
    assert min(b - a for a, b in pairwise(moments)) >= 0.15
    assert len(moments) == 9  # three pages were asked for twice
    assert last_run(tmp_path)["fetched"] == 6


def test_what_a_killed_run_has_read_counts(tmp_path: Path) -> None:
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/q/1">')])
        server.play("/q/1", [reply(200, body=b"<h1>Knee</h1><p>Why?</p>")])
        url = server.url("/")
        assert crawl(tmp_path, base_url=url).run.questions == 1
        with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
            db.execute("UPDATE runs SET questions=0, ended_at=NULL, ended_why=NULL")
        ended = crawl(tmp_path, base_url=url)
    assert (ended.why, ended.run.questions, ended.run.barren) == ("finished", 0, False)


def test_the_first_crawl_that_comes_to_its_end_tells_of_the_killed_ones(tmp_path: Path) -> None:
    with FaultServer() as server:
        server.play("/", [reply(200, body=links("/q/1", "/q/2"))])
        server.play("/q/1", [reply(200, body=b"<h1>Knee</h1><p>Why?</p>")])
        server.play("/q/2", [reply(403)])
        url = server.url("/")
        crawl(tmp_path, base_url=url)
        with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
            db.execute("UPDATE runs SET ended_at=NULL, ended_why=NULL, exit_status=NULL")
        told = [list(complaints(crawl(tmp_path, base_url=url).run)) for _ in range(2)]
    assert told == [["1 of 3 pages since run 1 are problems"], []]
