"""Archives of runs that overlapped, made into one: the visits of both follow each other by time."""

import shutil
import time
from pathlib import Path

from pipelines.merge import merge
from pipelines.verify import verify
from tests.crawling import crawl, crawl_process
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import Exchange, FaultServer
from tests.forgetting.merging import SITES, count, history, merged


def overlapping(folder: Path, before: bytes, after: bytes) -> tuple[Path, Path]:
    """Archives of two runs; the one that began first sees the page last."""
    slow, quick = folder / "slow", folder / "quick"
    with FaultServer() as server:

        def edited_meanwhile(exchange: Exchange) -> None:
            crawl_process(quick, base_url=server.url("/"))
            time.sleep(1)  # old records are known by URL and second
            reply(200, body=after)(exchange)

        server.play("/", [reply(200, body=b'<a href="/q/1">1</a>')])
        server.play("/q/1", [edited_meanwhile, reply(200, body=before)])
        crawl(slow, base_url=server.url("/"))
    return slow, quick


def test_a_run_that_went_on_solves_a_problem_of_one_that_began_later(tmp_path: Path) -> None:
    into = merged(*overlapping(tmp_path, b"<p>Server busy</p>", b"<h1>One</h1><p>b</p>"))
    assert rows(into, "SELECT run_id, solved_in FROM problems") == [(2, 1)]
    assert list(verify(into)) == []


def test_visits_of_runs_that_overlapped_follow_each_other_by_their_times(tmp_path: Path) -> None:
    """The slow run begins first, and sees page 1 after the quick one did: it was edited between."""
    slow, quick = overlapping(tmp_path, b"<h1>One</h1><p>a</p>", b"<h1>One</h1><p>b</p>")
    for sources in ((slow, quick), (quick, slow)):
        into = merged(*sources)
        versions = history(into)["toy:1:en"]
        assert [version[:2] for version in versions] == [("new", "a"), ("content", "b")]
        assert (count(into, "runs"), count(into, "captures")) == (2, 6)
        assert len(list((into / "warc").iterdir())) == 2
        again = tmp_path / "again"
        merge((slow, into, quick), again, SITES, lambda _: None)
        assert history(again) == history(into)
        assert (count(again, "runs"), count(again, "captures")) == (2, 6)
        shutil.rmtree(into)
        shutil.rmtree(again)


def test_runs_of_different_sites_that_overlapped_stay_in_files_of_their_own(tmp_path: Path) -> None:
    slow, quick = tmp_path / "slow", tmp_path / "quick"
    page = reply(200, body=b"<h1>One</h1><p>a</p>")
    with FaultServer() as server, FaultServer() as elsewhere:
        for one in (server, elsewhere):
            one.play("/", [reply(200, body=b'<a href="/q/1">1</a>')])
            one.play("/q/1", [page])

        def meanwhile(exchange: Exchange) -> None:
            crawl_process(quick, base_url=elsewhere.url("/"))
            page(exchange)

        server.play("/q/1", [meanwhile])
        crawl(slow, base_url=server.url("/"))
    into = merged(slow, quick)
    files = sorted((into / "warc").iterdir())
    assert [path.stat().st_size for path in files] == [
        next((archive / "warc").iterdir()).stat().st_size for archive in (slow, quick)
    ]
