"""`qarchive crawl` stops at a signal, whenever it comes."""

import signal
import socket
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from exports.records import records
from scraper.cli.program import cli
from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.database import rows
from tests.forked import Forked
from tests.stages import qarchive
from tests.truth.sites import SampleSite, build


@dataclass(frozen=True)
class Slow:
    """A site that takes its time for each page."""

    site: SampleSite
    seconds: float = 0.02

    @property
    def start(self) -> str:
        return self.site.start

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        time.sleep(self.seconds)
        return self.site.respond(path_and_query, headers)


def _crawl(url: str, archive: Path) -> tuple[object, ...]:
    """The command: to crawl a forum."""
    return ("crawl", "qapage", "--base-url", url, "--archive", archive, "--no-progress")


def _start(url: str, archive: Path) -> Forked:
    return Forked("scraper.cli", *_crawl(url, archive))


@contextmanager
def crawling(url: str, archive: Path) -> Iterator[Forked]:
    """A crawl that has committed something and goes on."""
    with _start(url, archive) as process:
        while not _fetched(archive):
            assert process.poll() is None
            time.sleep(0.02)
        yield process


def _fetched(archive: Path) -> bool:
    try:
        return rows(archive, "SELECT count(*) FROM captures") != [(0,)]
    except sqlite3.OperationalError:  # not made yet
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_and_loses_nothing(tmp_path: Path, number: signal.Signals) -> None:
    site = build("qapage", questions=60)
    with serve(Slow(site)) as home:
        with crawling(home, tmp_path) as process:
            process.send_signal(number)
            done = process.ended(30)
        assert done.returncode == 6
        assert done.stderr.splitlines()[-1].startswith("qarchive: stopped before the end")
        assert "Traceback" not in done.stderr
        ((why, lost, fetched),) = rows(tmp_path, "SELECT ended_why, lost, fetched FROM runs")
        assert (why, lost) == ("stopped", 0)
        pages = "SELECT count(*) FROM captures WHERE url_id IS NOT NULL"
        assert rows(tmp_path, pages) == [(fetched,)]
        assert qarchive(*_crawl(home, tmp_path)).returncode == 0
        truth = [question.id for question in site.records(home)]
    assert [record["id"] for record in records(tmp_path)] == truth
    assert rows(tmp_path, "SELECT count(*) FROM captures WHERE url LIKE '%/questions/%'") == [(60,)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_stops_it_at_once(tmp_path: Path, number: signal.Signals) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:  # never answers
        listener.settimeout(30)
        with (
            _start(f"http://127.0.0.1:{listener.getsockname()[1]}", tmp_path) as process,
            closing(listener.accept()[0]),  # its first request waits for an answer
        ):
            for _ in range(2):
                process.send_signal(number)
                time.sleep(0.5)
            done = process.ended(15)  # a request may take twice as long
    assert (done.returncode, "Traceback" in done.stderr) == (6, False), done.stderr
    assert rows(tmp_path, "SELECT ended_why, exit_status FROM runs") == [("stopped", 6)]
    assert rows(tmp_path, "SELECT count(*) FROM urls WHERE state <> 'ready'") == [(0,)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_before_scrapy_listens_ends_it_as_one_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setattr("scraper.cli.running.crawl", lambda *_, **__: signal.raise_signal(number))
    usual: dict[signal.Signals, Any] = {
        signal.SIGTERM: signal.SIG_DFL,
        signal.SIGINT: signal.default_int_handler,
        signal.SIGHUP: signal.SIG_DFL,
    }
    before = {one: signal.signal(one, handler) for one, handler in usual.items()}
    try:
        ended = CliRunner().invoke(cli, ["crawl", "adoctor", "--archive", str(tmp_path)])
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert ended.exit_code == 6
    assert ended.stderr.startswith("qarchive: stopped before the end")
