"""SIGTERM, SIGINT, SIGHUP and SIGXCPU end a crawl cleanly; a second one ends it at once."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.archive import Archive
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import hang, kept, reply
from tests.faults.server import Exchange, FaultServer
from tests.forked import Forked, python_m
from tests.numbered import ids, page, put

PAGES = 40


def slowly(exchange: Exchange) -> None:
    exchange.wait(0.05)
    reply(200, body=page(1))(exchange)


def crawling(archive: Path, url: str) -> Forked:
    """The command in a process of its own, ended in any case."""
    return Forked("tests.toy_command", "--archive", archive, "--base-url", url)


def wait_for(server: FaultServer, path: str) -> None:
    deadline = time.monotonic() + 30
    while not server.seen(path):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def last_run(archive: Path) -> tuple[str | None, int | None]:
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
    (why, status), *_ = rows(archive, "SELECT ended_why, exit_status FROM runs ORDER BY id DESC")
    return why, status


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU])
def test_a_signal_ends_the_run_cleanly(tmp_path: Path, number: int) -> None:
    with FaultServer() as server:
        put(server, PAGES, lambda _: slowly)
        with crawling(tmp_path, server.url("/")) as process:
            wait_for(server, "/q/3")
            process.send_signal(number)
            done = process.ended(20)
            assert (done.returncode, done.stderr.count("\n")) == (6, 1)
        assert last_run(tmp_path) == ("stopped", 6)
        asked = len(server.log)
        assert asked < PAGES
        assert crawl(tmp_path, base_url=server.url("/")).why == "finished"
        assert ids(tmp_path) == set(range(PAGES))
        assert len({seen.path for seen in server.log}) == len(server.log) - 1  # robots.txt twice


def test_a_second_signal_does_not_wait_for_what_is_in_flight(tmp_path: Path) -> None:
    with FaultServer() as server:
        put(server, PAGES, lambda _: hang)
        with crawling(tmp_path, server.url("/")) as process:
            wait_for(server, "/q/3")
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            assert process.poll() is None  # the requests in flight are waited for
            process.send_signal(signal.SIGTERM)
            done = process.ended(10)
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
    assert last_run(tmp_path)[0] in {"stopped", None}


def stopped_twice() -> None:
    """The first signal comes as the WARC is begun, the second as the archive is closed."""
    for name in ("append", "close"):
        action, told = getattr(Archive, name), iter([signal.SIGTERM])

        def signalled(
            archive: Archive,
            *words: object,
            action: Callable[..., object] = action,
            told: Iterator[signal.Signals] = told,
        ) -> object:
            try:
                return action(archive, *words)
            finally:
                for number in told:
                    signal.raise_signal(number)

        setattr(Archive, name, signalled)


def test_a_second_signal_while_the_run_ends_changes_nothing(tmp_path: Path) -> None:
    with FaultServer() as server:
        server.play("/", [kept(b"")])
        words = ("--archive", tmp_path, "--base-url", server.url("/"))
        done = python_m("tests.toy_command", *words, prepare=stopped_twice)
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert last_run(tmp_path) == ("stopped", 6)


def test_a_signal_ends_a_wait_for_retry_after(tmp_path: Path, server: FaultServer) -> None:
    put(server, PAGES, lambda _: reply(503, [("Retry-After", "120")]))
    with crawling(tmp_path, server.url("/")) as process:
        wait_for(server, "/q/0")
        time.sleep(0.5)
        assert process.poll() is None  # it waits: two minutes are within its patience
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 6
    assert last_run(tmp_path) == ("stopped", 6)
