"""Who comes second is refused; where other programs hold the database, the crawl pauses."""

import fcntl
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from pipelines import archive as archives
from pipelines import lock
from pipelines.archive import Archive
from pipelines.errors import ArchiveBusyError, StorageError
from tests.crawling import Ended, crawl
from tests.faults.plays import reply
from tests.faults.server import Behaviour, Exchange, FaultServer
from tests.numbered import ids, page, put

PAGES = 60


def slowly(number: int) -> Behaviour:
    def play(exchange: Exchange) -> None:
        exchange.wait(0.02)
        reply(200, body=page(number))(exchange)

    return play


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        put(server, PAGES, slowly)
        yield server


class Holder(threading.Thread):
    """Another program: takes the database when told to and holds it for so many seconds."""

    def __init__(self, how: str, seconds: float) -> None:
        super().__init__(daemon=True)
        self._how, self._seconds = how, seconds
        self._wanted, self._has, self.over = (threading.Event() for _ in range(3))
        self._path = Path()
        self.start_at = self.end_at = 0.0

    def take(self, path: Path) -> None:
        """Return when it holds the database."""
        self._path = path
        self._wanted.set()
        assert self._has.wait(10)

    def run(self) -> None:
        self._wanted.wait(60)
        with closing(sqlite3.connect(self._path, isolation_level=None)) as db:
            db.execute(self._how)
            db.execute("SELECT count(*) FROM urls").fetchone()  # takes a reader's snapshot
            self.start_at = time.monotonic()
            self._has.set()
            self.over.wait(self._seconds)
            self.end_at = time.monotonic()
            db.execute("ROLLBACK")


class Heartbeat:
    """Scrapy extension: how long the loop has been deaf, at most."""

    longest = 0.0  # seconds

    def __init__(self, crawler: Crawler) -> None:
        self._last = time.monotonic()
        self._call = create_looping_call(self._beat)
        crawler.signals.connect(self._start, signals.spider_opened)
        crawler.signals.connect(self._call.stop, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Heartbeat":
        cls.longest = 0.0
        return cls(crawler)

    def _start(self) -> None:
        self._last = time.monotonic()
        self._call.start(0.02, now=False)

    def _beat(self) -> None:
        now = time.monotonic()
        Heartbeat.longest = max(Heartbeat.longest, now - self._last)
        self._last = now


@contextmanager
def held(
    archive: Path, monkeypatch: pytest.MonkeyPatch, how: str, seconds: float
) -> Iterator[Holder]:
    """The holder slips in between the second group and the third of what is crawled here."""
    holder = Holder(how, seconds)
    holder.start()
    begin, groups = Archive.begin, count(1)

    def slip_in(self: Archive) -> bool:
        is_between_groups = not self.db.in_transaction and not self.paused
        if is_between_groups and next(groups) == 2:
            holder.take(archive / "archive.db")
        return begin(self)

    monkeypatch.setattr(Archive, "begin", slip_in)
    try:
        yield holder
    finally:
        holder.over.set()
        holder.join(30)


def crawled(archive: Path, site: FaultServer) -> Ended:
    beat = {f"{__name__}.Heartbeat": 0}
    return crawl(archive, settings={"EXTENSIONS": beat}, base_url=site.url("/"))


@pytest.mark.parametrize(
    "how", ["BEGIN IMMEDIATE", pytest.param("BEGIN EXCLUSIVE", marks=pytest.mark.campaign)]
)
def test_a_writer_makes_the_crawl_pause(
    tmp_path: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    with held(tmp_path, monkeypatch, how, seconds=2) as holder:
        ended = crawled(tmp_path, site)
    assert ended.why == "finished"
    assert ids(tmp_path) == set(range(PAGES))
    assert len({seen.path for seen in site.log}) == len(site.log)  # nothing fetched twice
    during = [seen for seen in site.log if holder.start_at + 0.5 < seen.at < holder.end_at]
    assert during == []  # nothing is asked for that could not be kept
    assert holder.end_at - holder.start_at >= 2
    assert 0 < Heartbeat.longest < 1.5


def test_a_reader_is_not_even_noticed(
    tmp_path: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(tmp_path, monkeypatch, "BEGIN", seconds=60) as holder:
        ended = crawled(tmp_path, site)
    assert ended.why == "finished"
    assert ids(tmp_path) == set(range(PAGES))
    assert [seen for seen in site.log if seen.at > holder.start_at]
    assert Heartbeat.longest < 1.5


def test_a_writer_that_stays_ends_the_run_and_loses_nothing(
    tmp_path: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as shorter:
        shorter.setattr(archives, "PATIENCE", 0.5)
        shorter.setattr(archives, "CLOSING_PATIENCE", 0.5)
        with held(tmp_path, shorter, "BEGIN IMMEDIATE", seconds=30):
            assert crawled(tmp_path, site).why == "storage"
    assert ids(tmp_path) < set(range(PAGES))
    assert crawled(tmp_path, site).why == "finished"
    assert ids(tmp_path) == set(range(PAGES))


def test_before_a_run_it_is_waited_for_in_words_and_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Archive.open(tmp_path).close()
    monkeypatch.setattr(archives, "QUIET_PATIENCE", 0.1)
    with closing(sqlite3.connect(tmp_path / "archive.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(archives, "OPENING_PATIENCE", 1)
        with pytest.raises(StorageError, match="end it"):
            Archive.open(tmp_path)
        assert "waiting" in caplog.text
    Archive.open(tmp_path).close()


@pytest.mark.campaign
@pytest.mark.parametrize("how", ["BEGIN", "BEGIN IMMEDIATE"])
def test_for_a_whole_minute(
    tmp_path: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    with held(tmp_path, monkeypatch, how, seconds=60) as holder:
        assert crawled(tmp_path, site).why == "finished"
        if how == "BEGIN IMMEDIATE":
            assert holder.end_at - holder.start_at >= 60
    assert ids(tmp_path) == set(range(PAGES))
    assert Heartbeat.longest < 1.5


def test_who_comes_second_is_told_so_without_a_look_at_the_database(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database, which a look would tell")
    with closing(lock.take(tmp_path)), pytest.raises(ArchiveBusyError):
        lock.claim(tmp_path)


def test_a_question_whether_the_archive_is_locked_refuses_nobody(tmp_path: Path) -> None:
    lock.take(tmp_path).close()
    reader = (tmp_path / "lock").open()
    fcntl.flock(reader, fcntl.LOCK_SH)
    threading.Timer(0.1, reader.close).start()
    lock.take(tmp_path).close()


def test_a_lock_is_given_back_when_the_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database, which a look tells")
    with pytest.raises(StorageError, match="verify --repair"):
        lock.claim(tmp_path)
    lock.take(tmp_path).close()


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path)
    with pytest.raises(ArchiveBusyError):
        lock.take(tmp_path)
    archive.close()
    lock.take(tmp_path).close()
