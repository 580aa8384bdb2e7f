"""Fixtures for all tests: archives without a crawl, crawled sample sites, the fault server."""

import fcntl
import gc
import os
import pickle
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests.faults.server import FaultServer
from tests.questions import Keep, keeper, new_archive
from tests.stages import Stages, crawl_stages

settings.register_profile("patient", deadline=None)  # no test fails because the machine is busy
settings.load_profile("patient")


def pytest_configure() -> None:
    """Restore the signal handlers that programs started by tests inherit.

    A shell's `&` makes pytest ignore SIGINT, `nohup` SIGHUP.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Exempt the collected tests, thousands of objects that stay, from garbage collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """A loopback server that answers as the test tells it to."""
    with FaultServer() as server:
        yield server


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of a new archive that holds one run."""
    with closing(new_archive(tmp_path)) as connection:
        yield connection


def query_plan(connection: sqlite3.Connection, query: str) -> list[str]:
    """The steps of SQLite's plan for a query."""
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]


@pytest.fixture
def keep(connection: sqlite3.Connection) -> Keep:
    """Store a question in that database as if it had been captured just now, or at a moment."""
    return keeper(connection)


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Stages]:
    """Return the crawl stages of a sample site by its name.

    They are crawled once, by the xdist worker that asks first, and shared on disk.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return cache(lambda name: _crawled_once(name, shared / f"crawled-{name}"))


def _crawled_once(name: str, folder: Path) -> Stages:
    folder.mkdir(exist_ok=True)
    saved = folder / "stages"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not saved.exists():
            saved.write_bytes(pickle.dumps(crawl_stages(name, folder)))
    stages = pickle.loads(saved.read_bytes())
    assert isinstance(stages, Stages)
    return stages


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: a seventh of the tests' time is spent waiting for time-outs."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest modules, marked `dear`, first, so that no worker ends late."""
    items.sort(key=lambda item: item.get_closest_marker("dear") is None)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name binary parameters by their argument: gzip holds the time, and ids must not change."""
    return argname if isinstance(val, bytes) and not val.isascii() else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that a campaign's tests recorded."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, figure in report.user_properties:
                terminalreporter.write_line(
                    f"{report.nodeid.rpartition('::')[2]}: {name}: {figure}"
                )
