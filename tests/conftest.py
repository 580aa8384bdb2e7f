"""What tests share: an archive's rows without a crawl, and the crawls of the sample sites."""

import fcntl
import gc
import os
import pickle
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from pipelines.database import open_writer
from pipelines.history.causes import Cause
from pipelines.storing.fulltext import index_due
from pipelines.storing.rows import Source, store_question
from scraper.items import Question
from scraper.record import timestamp
from tests.faults.server import FaultServer
from tests.stages import Stages, crawl_stages

settings.register_profile("patient", deadline=None)  # no test fails because the machine is busy
settings.load_profile("patient")
CAPTURED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def pytest_configure() -> None:
    """Programs that these start obey signals, though what runs in the background may ignore them.

    A shell's `&` lets it ignore Ctrl-C, `nohup` a terminal that goes away.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """The collector need not look through thousands of tests again and again: they stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A site that plays what a test tells it to."""
    with FaultServer() as server:
        yield server


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A new archive database, holding one run."""
    with closing(new_archive(tmp_path)) as connection:
        yield connection


def plan(connection: sqlite3.Connection, query: str) -> list[str]:
    """The steps by which SQLite would answer."""
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]


def new_archive(folder: Path) -> sqlite3.Connection:
    connection = open_writer(folder)
    connection.execute(
        "INSERT INTO runs(site, host, revisit, started_at) VALUES ('adoctor', '', 'due', '')"
    )
    return connection


@pytest.fixture
def keep(connection: sqlite3.Connection) -> Callable[..., bool]:
    """Store a question as if it had been captured just now, or at a moment.

    `before` is what the capture before says to today's reader, `sha256` that of the page's bytes.
    """
    return keeper(connection)


def keeper(connection: sqlite3.Connection) -> Callable[..., bool]:
    """`keep` for any archive."""

    def store(
        question: Question,
        captured: datetime = CAPTURED,
        *,
        before: Question | None = None,
        sha256: str = "",
    ) -> bool:
        connection.execute(
            "INSERT OR IGNORE INTO urls(url, site, host, kind, via, disclosed_in)"
            " VALUES (?, ?, ?, 'question', 'start', 1)",
            (question.url, question.site, urlsplit(question.url).netloc),
        )
        (url_id,) = connection.execute(
            "SELECT id FROM urls WHERE url=?", (question.url,)
        ).fetchone()
        connection.execute("INSERT OR IGNORE INTO warcs VALUES ('x.warc.gz', 0, '')")
        capture_id = connection.execute(
            "INSERT INTO captures(url_id, url, run_id, fetched_at, status, sha256, size,"
            " outcome, warc, offset, length)"
            " VALUES (?, ?, 1, ?, 200, ?, 0, 'fetched', 'x.warc.gz', 0, 0)",
            (url_id, question.url, timestamp(captured), sha256),
        ).lastrowid
        assert capture_id is not None
        source = Source(captured, capture_id, url_id, lambda _: before)
        is_new = Cause.NEW in store_question(connection, question, source)
        index_due(connection)
        return is_new

    return store


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Stages]:
    """The stages of a sample site's crawls by its name, crawled by the worker that asks first."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return cache(lambda name: _crawled_once(name, shared / f"crawled-{name}"))


def _crawled_once(name: str, folder: Path) -> Stages:
    folder.mkdir(exist_ok=True)
    kept = folder / "stages"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(crawl_stages(name, folder)))
    stages = pickle.loads(kept.read_bytes())
    assert isinstance(stages, Stages)
    return stages


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a seventh of the tests' time is waiting for time-outs."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dear modules first."""
    items.sort(key=lambda item: item.get_closest_marker("dear") is None)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The name of a case, which all workers must agree on: packed bytes hold the time of day."""
    return argname if isinstance(val, bytes) and not val.isascii() else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that a campaign's tests measured."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, figure in report.user_properties:
                terminalreporter.write_line(
                    f"{report.nodeid.rpartition('::')[2]}: {name}: {figure}"
                )
