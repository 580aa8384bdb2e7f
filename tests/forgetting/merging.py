"""Archives of several machines that crawled one small site at different hours."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipelines.merge import merge
from pipelines.verify import verify
from tests.crawling import Toy, crawl
from tests.database import rows
from tests.faults.plays import Headers, reply
from tests.faults.server import Behaviour, Exchange, FaultServer

SITES = {"toy": Toy}
HOURS = ("2026-09-07T09:00Z", "2026-09-08T09:00Z", "2026-09-09T09:00Z", "2026-09-10T09:00Z")
WORDS = ("first", "second", "second", "fourth")


def visit(
    server: FaultServer,
    archive: Path,
    hour: int,
    words: tuple[str, ...] = WORDS,
    tagged: Callable[[str], Headers] = lambda _: (),
) -> None:
    """Crawl the site as it is at HOURS[hour]."""
    server.play("/", [reply(200, body=b'<a href="/q/1">1</a><a href="/q/2">2</a>')])
    page = f"<h1>One</h1><p>{words[hour]}</p></body></html>"
    server.play("/q/1", [unless_known(page.encode(), tagged(words[hour]))])
    server.play("/q/2", [reply(200, body=f"<h1>Two</h1><p>new {hour}</p>".encode())])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scraper.clock.STARTED", time.monotonic())
        patch.setenv("QARCHIVE_NOW", HOURS[hour])
        crawl(archive, base_url=server.url("/"), revisit="all")


def unless_known(body: bytes, headers: Headers) -> Behaviour:
    """Answer 304 without headers if the request names the page's ETag, else the page."""

    def play(exchange: Exchange) -> None:
        known = exchange.server.log[-1].headers.get("if-none-match")
        fresh = dict(headers).get("ETag", "") != known
        (reply(200, headers, body) if fresh else reply(304))(exchange)

    return play


def history(archive: Path) -> dict[str, list[tuple[Any, ...]]]:
    """For each record its versions in order: cause, text, first and last sighting."""
    query = """
    SELECT v.question_id, v.cause,
      ifnull(json_extract(v.record, '$.question.text'), q.question_text),
      substr(f.fetched_at, 1, 13), substr(l.fetched_at, 1, 13)
    FROM question_versions v JOIN questions q ON q.id = v.question_id
    JOIN captures f ON f.id = v.first_capture JOIN captures l ON l.id = v.last_capture
    ORDER BY v.rowid"""
    versions: dict[str, list[tuple[Any, ...]]] = {}
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for key, *version in db.execute(query):
            versions.setdefault(key, []).append(tuple(version))
    assert list(verify(archive)) == []
    return versions


def count(archive: Path, table: str) -> int:
    ((number,),) = rows(archive, f"SELECT count(*) FROM {table}")
    return int(number)


def merged(*sources: Path) -> Path:
    into = sources[0].with_name("merged")
    merge(sources, into, SITES, lambda _: None)
    return into
