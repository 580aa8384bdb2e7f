"""Kills crawls at random moments, and checks the archive that is left."""

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from pipelines.warcs.tails import GROUP
from scraper.sample.server import serve
from tests.database import rows
from tests.few_topics import build_small
from tests.forked import Forked
from tests.stages import Watched

IN_FLIGHT = 8  # what the spider allows at once on loopback
_TIME_LIMIT = 120.0  # seconds of one crawl


@contextmanager
def counted_site(questions: int) -> Iterator[tuple[Watched, str]]:
    """The adoctor sample site, which counts requests, and its URL."""
    site = Watched(build_small("adoctor", questions=questions))
    with serve(site) as home:
        yield site, home


def start(url: str, archive: Path) -> Forked:
    """Start the command as a user types it."""
    words = ("--base-url", url, "--archive", archive, "--no-progress")
    return Forked("scraper.cli", "crawl", "adoctor", *words)


def crawl_whole(url: str, archive: Path) -> None:
    """Crawl to the end."""
    with start(url, archive) as process:
        assert process.wait(_TIME_LIMIT) == 0


def kill_at_random(url: str, archive: Path, chance: random.Random) -> bool:
    """Kill a crawl within half a second of its first commit; False if it ended before that."""
    before = last_capture(archive)
    with start(url, archive) as process:
        deadline = time.monotonic() + _TIME_LIMIT
        while process.poll() is None and last_capture(archive) == before:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        return process.wait(_TIME_LIMIT) == -signal.SIGKILL


def last_capture(archive: Path) -> int:
    """The id of the archive's last capture, 0 while there is none."""
    try:
        with closing(sqlite3.connect(f"file:{archive / 'archive.db'}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT max(id) FROM captures").fetchone()[0] or 0)
    except sqlite3.Error:
        return 0


def assert_whole(archive: Path) -> None:
    """Check that database and WARCs are sound and hold the same captures."""
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
    assert rows(archive, "PRAGMA foreign_key_check") == []
    assert (
        rows(archive, "INSERT INTO questions_fts(questions_fts) VALUES ('integrity-check')") == []
    )
    stored = set(rows(archive, "SELECT warc, offset, length FROM captures"))
    assert stored == set(_responses(archive))


def _responses(archive: Path) -> Iterator[tuple[str, int, int]]:
    """The responses as warcio, another WARC reader, finds them: file, offset, length."""
    for path in sorted((archive / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            iterator = ArchiveIterator(file, check_digests="raise")
            for record in iterator:
                record.content_stream().read()
                offset, length = iterator.get_record_offset(), iterator.get_record_length()
                if record.rec_type in {"response", "revisit"}:
                    yield path.name, offset, length


def allowed_refetches(kills: int) -> int:
    """Pages that so many kills may have fetched again: those in flight and one group each."""
    return kills * (IN_FLIGHT + GROUP)
