"""pywb, which shares nothing with this program but the formats, replays every captured page."""

import http.client
import socket
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

import pytest

from exports import wacz
from scraper.sample.server import serve
from tests.conventions import REPO
from tests.database import rows
from tests.few_topics import build_small
from tests.programs import needs
from tests.stages import SEED, Stages, qarchive
from tests.truth.sites import NAMES

PROGRAMS = REPO / ".venv-pywb" / "bin"
pytestmark = [
    pytest.mark.pywb,
    needs(PROGRAMS / "wayback", "`make pywb` installs it"),
]
_STARTS = 60  # seconds at most
_CAPTURES = "SELECT url, fetched_at, status, sha256 FROM captures"
_AS_STORED = {"Accept-Encoding": "gzip, deflate"}  # else pywb undoes the encoding


@contextmanager
def replaying(folder: Path) -> Iterator[int]:
    """The port at which pywb serves the collections in `folder`."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
    with (folder / "log").open("wb") as log, subprocess.Popen(
        [PROGRAMS / "wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder, stdout=log, stderr=log,
    ) as server:  # fmt: skip
        try:
            _wait(port, server)
            yield port
        finally:
            server.kill()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + _STARTS
    while server.poll() is None and time.monotonic() < latest:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("pywb did not start")


def collect(folder: Path, name: str, *words: object) -> None:
    """A collection of pywb's with these files in it."""
    for command in (["init", name], ["add", name, *map(str, words)]):
        subprocess.run(
            [PROGRAMS / "wb-manager", *command],
            cwd=folder, check=True, capture_output=True, timeout=120,
        )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_capture_comes_back_byte_for_byte(
    name: str, crawled: Callable[[str], Stages], tmp_path: Path
) -> None:
    assert_replayed(crawled(name).later.archive, tmp_path)


def test_what_is_left_of_a_redacted_page_comes_back_at_each_visit(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    with serve(build_small("qapage", questions=6, seed=SEED)) as home:
        crawl = ("crawl", "qapage", "--base-url", home, "--archive", archive)
        qarchive(*crawl, QARCHIVE_NOW="2026-11-22")
        ((gone,),) = rows(archive, "SELECT id FROM questions ORDER BY key LIMIT 1")
        qarchive("forget", gone, "--reason", "x", "--archive", archive)
        qarchive(*crawl, "--revisit", "all", QARCHIVE_NOW="2026-11-23")
    redacted = "SELECT count(*) FROM captures WHERE redacted_at IS NOT NULL AND refers_to IS NULL"
    unchanged = f"{_CAPTURES} WHERE status = 304 AND refers_to IS NULL"
    assert rows(archive, redacted) > [(1,)]
    assert rows(archive, unchanged) == []
    assert_replayed(archive, tmp_path)


def assert_replayed(archive: Path, tmp_path: Path) -> None:
    captures = rows(archive, _CAPTURES)
    came = defaultdict(set)  # at one moment of a clock that was set back, more than one
    for url, moment, status, digest in captures:
        came[url, moment].add((200 if status == 304 else status, digest))  # of what it was before
    wacz.write(archive, tmp_path / "a.wacz")
    collect(tmp_path, "packed", "--unpack-wacz", tmp_path / "a.wacz")
    collect(tmp_path, "plain", *sorted((archive / "warc").iterdir()))
    with replaying(tmp_path) as port, closing(http.client.HTTPConnection("127.0.0.1", port)) as to:
        for place, asked in (("packed", list(came)), ("plain", list(came)[::5])):
            for url, moment in asked:
                at = "".join(filter(str.isdigit, moment))
                to.request("GET", f"/{place}/{at}id_/{url}", headers=_AS_STORED)
                answer = to.getresponse()
                told = (answer.status, sha256(answer.read()).hexdigest())
                assert told in came[url, moment], (place, url, moment)
                played = parsedate_to_datetime(answer.headers["Memento-Datetime"])
                assert played == datetime.fromisoformat(moment), (place, url)
