"""A question that a forum shows at several URLs is one record."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exports.records import records
from pipelines.reextract import try_out
from pipelines.storing.causes import Cause
from pipelines.storing.rows import Source, store_question
from pipelines.verify import verify
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget
from tests.questions import CAPTURED, SMALL, Keep

OWN, VIEW = "/questions/7/green-water", "/questions/7/green-water/99"
WORD = "Kanarienvogel"


def page(*answers: str) -> bytes:
    told = "".join(
        '<div itemprop="suggestedAnswer" itemscope itemtype="http://schema.org/Answer">'
        f'<p itemprop="text">{text}</p></div>'
        for text in answers
    )
    return (
        f'<html lang="en"><head><link rel="canonical" href="{OWN}"></head><body itemscope'
        ' itemtype="http://schema.org/QAPage"><div itemprop="mainEntity" itemscope'
        ' itemtype="http://schema.org/Question"><h1 itemprop="name">Green water?</h1>'
        f"{told}</div></body></html>"
    ).encode()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        links = f'<a href="{OWN}?sort=new">1</a><a href="{VIEW}">2</a><a href="{OWN}?lq=1">3</a>'
        server.play("/", [reply(200, body=links.encode())])
        server.play(OWN, [reply(200, body=page("Shade.", f"Let the {WORD} drink."))])
        server.play(VIEW, [reply(200, body=page(f"Let the {WORD} drink."))])
        yield server


def run(archive: Path, server: FaultServer, **arguments: Any) -> None:
    crawl(archive, site=QAPageSpider, base_url=server.url("/"), **arguments)


def replies(archive: Path) -> list[list[str]]:
    return [[reply["text"] for reply in record["replies"]] for record in records(archive)]


def versions(archive: Path) -> list[int]:
    """How many replies each state of the record had."""
    held = rows(archive, "SELECT record FROM question_versions ORDER BY id")
    return [len(json.loads(record)["replies"]) for (record,) in held if record]


def assert_nothing_to_do(archive: Path) -> None:
    """The archive is sound, and today's reader reads all of it as it is stored."""
    assert list(verify(archive)) == []
    again = try_out(archive, {"qapage": QAPageSpider}, 1, lambda _: None)
    assert again.captures > 0
    assert (again.causes, again.failed) == ({}, {})


def test_what_stands_at_its_own_url_is_kept(server: FaultServer, tmp_path: Path) -> None:
    run(tmp_path / "a", server, start_url=server.url(OWN), max_pages=1)
    for _ in range(2):
        run(tmp_path / "a", server, revisit="all")
    assert replies(tmp_path / "a") == [["Shade.", f"Let the {WORD} drink."]]
    assert versions(tmp_path / "a") == []
    (record,) = records(tmp_path / "a")
    assert (record["source_id"], record["url"]) == ("7", server.url(OWN))
    assert_nothing_to_do(tmp_path / "a")


def test_a_view_that_was_read_first_gives_way(server: FaultServer, tmp_path: Path) -> None:
    run(tmp_path / "a", server, start_url=server.url(VIEW), max_pages=1)
    assert replies(tmp_path / "a") == [[f"Let the {WORD} drink."]]
    for _ in range(2):
        run(tmp_path / "a", server, revisit="all")
    assert replies(tmp_path / "a") == [["Shade.", f"Let the {WORD} drink."]]
    assert versions(tmp_path / "a") == [1]
    assert_nothing_to_do(tmp_path / "a")


@pytest.mark.parametrize("view", [f"{OWN}/print", "/questions/7/print"])
def test_a_view_without_a_canonical_gives_way_too(
    server: FaultServer, tmp_path: Path, view: str
) -> None:
    server.play(view, [reply(200, body=page().replace(b'rel="canonical"', b""))])
    run(tmp_path / "a", server, start_url=server.url(view), max_pages=1)
    assert replies(tmp_path / "a") == [[]]
    for _ in range(2):
        run(tmp_path / "a", server, revisit="all")
    assert replies(tmp_path / "a") == [["Shade.", f"Let the {WORD} drink."]]
    assert versions(tmp_path / "a") == [0]
    assert_nothing_to_do(tmp_path / "a")


def test_a_list_with_broken_data_of_a_question_leads_on(
    server: FaultServer, tmp_path: Path
) -> None:
    broken = '<script type="application/ld+json">{"@type": "QAPage",</script>'
    server.play("/", [reply(200, body=f'{broken}<a href="{OWN}">1</a>'.encode())])
    run(tmp_path / "a", server)
    assert len(replies(tmp_path / "a")) == 1
    changed = rows(tmp_path / "a", "SELECT url FROM problems WHERE code = 'page-changed'")
    assert changed == [(server.url("/"),)]


@pytest.mark.parametrize(
    ("first", "more", "path"),
    [
        (VIEW, False, VIEW),
        (VIEW, True, VIEW),
        (VIEW, True, OWN),
        (OWN, True, VIEW),
        (OWN, True, f"{OWN}?sort=new"),
    ],
)
def test_any_of_its_urls_takes_all_of_it_down(
    server: FaultServer, tmp_path: Path, *, first: str, more: bool, path: str
) -> None:
    run(tmp_path / "a", server, start_url=server.url(first), max_pages=1)
    if more:
        run(tmp_path / "a", server)
    status, _, wrong = forget(tmp_path / "a", server.url(path), "--reason", "x")
    assert (status, wrong) == (0, "")
    assert replies(tmp_path / "a") == []
    assert occurrences(tmp_path / "a", (WORD,)) == []
    run(tmp_path / "a", server, revisit="all")
    assert replies(tmp_path / "a") == []
    assert occurrences(tmp_path / "a", (WORD,)) == []


PRINTED = "https://adoctor.tw/print/12"
NOT_READ_ANY_MORE = [
    "UPDATE urls SET denied='robots.txt'",
    "UPDATE urls SET missing_day=1",
    "UPDATE questions SET gone_since='2026-11-23T09:00:00Z'",
]


@pytest.mark.parametrize("no_more", NOT_READ_ANY_MORE)
def test_a_view_speaks_where_its_page_does_not(
    connection: sqlite3.Connection, keep: Keep, no_more: str
) -> None:
    keep(SMALL)
    view = replace(SMALL, url=PRINTED, title="Dry eyes, to print")
    title = "SELECT title FROM questions"
    keep(view)
    assert connection.execute(title).fetchall() == [("Dry eyes",)]
    connection.execute(no_more)
    keep(view)
    assert connection.execute(title).fetchall() == [("Dry eyes, to print",)]


def test_a_view_without_language_speaks_where_its_question_is_gone(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(SMALL)
    keep(replace(SMALL, source_id="9", url=PRINTED))
    view, at_print = replace(SMALL, language="und"), Source(CAPTURED, 2, 2)
    assert store_question(connection, view, at_print) == ()
    connection.execute(NOT_READ_ANY_MORE[-1])
    assert store_question(connection, view, at_print) == (Cause.NEW,)
