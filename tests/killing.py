"""Kill a crawl again and again, and look at what is left."""

import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from pipelines.warcs.tails import GROUP
from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.database import rows
from tests.few_topics import build_small
from tests.forked import Forked
from tests.truth.sites import SampleSite

IN_FLIGHT = 8  # what the spider allows at once on loopback
_AT_MOST = 120.0  # seconds of one crawl


@dataclass
class Counted:
    """A sample site that counts how often each page was asked for."""

    site: SampleSite
    asked: Counter[bytes] = field(default_factory=Counter)

    @property
    def start(self) -> str:
        return self.site.start

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        self.asked[path_and_query] += 1
        return self.site.respond(path_and_query, headers)


@contextmanager
def counted_site(questions: int) -> Iterator[tuple[Counted, str]]:
    """The adoctor sample site and its URL."""
    counted = Counted(build_small("adoctor", questions=questions))
    with serve(counted) as served:
        yield counted, served.url


def start(url: str, archive: Path) -> Forked:
    """The command a user types."""
    words = ("--base-url", url, "--archive", archive, "--no-progress")
    return Forked("scraper.cli", "crawl", "adoctor", *words)


def crawl_whole(url: str, archive: Path) -> None:
    """Run it to its end."""
    with start(url, archive) as process:
        assert process.wait(_AT_MOST) == 0


def kill_at_random(url: str, archive: Path, chance: random.Random) -> bool:
    """Start it and kill it within half a second of its first commit; False if it ended before."""
    before = held(archive)
    with start(url, archive) as process:
        deadline = time.monotonic() + _AT_MOST
        while process.poll() is None and held(archive) == before:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5))
        process.send_signal(signal.SIGKILL)
        return process.wait(_AT_MOST) == -signal.SIGKILL


def held(archive: Path) -> int:
    """Captures in the archive, 0 while there is none."""
    try:
        with closing(sqlite3.connect(f"file:{archive / 'archive.db'}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT max(id) FROM captures").fetchone()[0] or 0)
    except sqlite3.Error:
        return 0


def assert_whole(archive: Path) -> None:
    """Database and WARC are sound, and each names the other's records."""
    assert rows(archive, "PRAGMA integrity_check") == [("ok",)]
    assert rows(archive, "PRAGMA foreign_key_check") == []
    assert (
        rows(archive, "INSERT INTO questions_fts(questions_fts) VALUES ('integrity-check')") == []
    )
    named = set(rows(archive, "SELECT warc, offset, length FROM captures"))
    assert named == set(_responses(archive))


def _responses(archive: Path) -> Iterator[tuple[str, int, int]]:
    """Where other people's reader finds the responses, each read to its end."""
    for path in sorted((archive / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            iterator = ArchiveIterator(file, check_digests="raise")
            for record in iterator:
                record.content_stream().read()
                offset, length = iterator.get_record_offset(), iterator.get_record_length()
                if record.rec_type in {"response", "revisit"}:
                    yield path.name, offset, length


def allowed_refetches(kills: int) -> int:
    """What was in flight and one uncommitted group, for each kill; start pages come on top."""
    return kills * (IN_FLIGHT + GROUP)
