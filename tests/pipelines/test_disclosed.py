"""What a run need not tell the frontier twice, and what it must."""

import sqlite3
import tracemalloc
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipelines.queue import disclosed
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.urls import disclose
from scraper.items import Kind, Link, Via
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer


def link(number: int, via: Via = Via.SIMILAR, lastmod: str | None = None) -> Link:
    return Link(url=f"https://a.example/{number}", kind=Kind.QUESTION, via=via, lastmod=lastmod)


def numbers(newest: int) -> Link:
    return replace(link(newest, Via.RANGE), numbers=newest)


def test_a_link_is_news_once_for_each_way() -> None:
    known = Disclosed()
    known.note([link(1)])
    assert list(known.without_known([link(1), link(2), link(1, Via.LIST)])) == [
        link(2),
        link(1, Via.LIST),
    ]


def test_a_sitemaps_dates_are_always_told() -> None:
    known = Disclosed()
    dated = link(1, Via.SITEMAP, "2026-11-22")
    known.note([dated])
    assert list(known.without_known([dated])) == [dated]


def test_what_is_remembered_is_bounded() -> None:
    known = Disclosed()
    for number in range(disclosed.MOST + 2):
        known.note([link(number)])
    assert list(known.without_known([link(0), link(disclosed.MOST + 1)])) == [link(0)]
    known.note(link(number, Via.RANGE) for number in range(1_000_000, 1_200_000))
    assert list(known.without_known([link(1_000_000, Via.RANGE)]))


def test_no_number_of_a_long_range_is_held_in_memory(connection: sqlite3.Connection) -> None:
    tracemalloc.start()
    disclose(connection, "toy", [numbers(25_000)], run_id=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000
    query = "SELECT url FROM urls WHERE id IN (1, 10000, 10001, 25000) ORDER BY id"
    found = [url.rpartition("/")[2] for (url,) in connection.execute(query)]
    assert found == ["25000", "15001", "15000", "1"]


def test_a_page_taken_down_is_left_out_of_a_range() -> None:
    known = Disclosed(link(2).url.__eq__)
    three = numbers(3)
    assert known.without_forgotten((three,)) == (three,)
    assert list(known.without_known([three])) == [link(3, Via.RANGE), link(1, Via.RANGE)]


def page(words: str, *paths: str) -> bytes:
    return f"<h1>Knee</h1><p>{words}</p>".encode() + b"".join(
        f'<a href="{path}">'.encode() for path in paths
    )


def test_what_a_visit_that_could_not_be_stored_disclosed_is_still_to_be_told(
    tmp_path: Path, server: FaultServer
) -> None:
    server.play("/", [reply(200, body=b'<a href="/q/none">')])
    crawl(tmp_path, base_url=server.url("/"))
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        db.execute(
            "CREATE TRIGGER refused BEFORE INSERT ON questions WHEN new.source_id = 'first'"
            " BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    server.play("/", [reply(200, body=b'<a href="/q/first"><a href="/q/second">')])
    server.play("/q/first", [reply(200, body=page("It hurts.", "/q/third"))])
    server.play("/q/second", [reply(200, body=page("It aches.", "/q/third"))])
    server.play("/q/third", [reply(200, body=page("It burns."))])
    crawl(tmp_path, base_url=server.url("/"), revisit="all")
    states = dict(rows(tmp_path, "SELECT url, state FROM urls"))
    assert states[server.url("/q/first")] == "problem"
    assert states[server.url("/q/third")] == "fetched"
