"""What a repair takes from the old database, and what it does not."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines import frontier
from pipelines.layout import DATABASE
from pipelines.warcs.decisions import run_to_json
from scraper.items import Link, Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.repairing import repair
from tests.twice_crawled import twice_crawled

read_question = Toy.read_question  # tests put others in its place


def repaired(archive: Path) -> list[tuple[str]]:
    """The titles of all records after a repair."""
    repair(archive)
    return titles(archive)


def titles(archive: Path) -> list[tuple[str]]:
    return rows(archive, "SELECT title FROM questions ORDER BY url")


def test_a_question_that_was_none_to_begin_with_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: FaultServer
) -> None:
    def lax(page: Page) -> Question:
        return read_question(replace(page, body=page.body.replace(b"missing", b"Missing")))

    monkeypatch.setattr(Toy, "read_question", staticmethod(lax))
    server.play("/", [reply(200, body=b'<a href="/q/1">1</a><a href="/q/2">2</a>')])
    server.play("/q/2", [reply(200, body=b"<h1>Two</h1><p>second</p>")])
    removed = "this question was removed on day"
    pages = ("One", "my question"), ("missing", f"{removed} 2"), ("missing", f"{removed} 3")
    for title, text in pages:
        server.play("/q/1", [reply(200, body=f"<h1>{title}</h1><p>{text}</p>".encode())])
        crawl(tmp_path, base_url=server.url("/"), revisit="all")
    assert titles(tmp_path) == [("Missing",), ("Two",)]
    monkeypatch.setattr(Toy, "read_question", staticmethod(read_question))
    assert repaired(tmp_path) == [("One",), ("Two",)]


def test_a_database_whose_schema_is_no_text_is_replaced(tmp_path: Path) -> None:
    before, path = titles(twice_crawled(tmp_path)), tmp_path / DATABASE
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes().replace(b"CREATE VIEW", b"CREATE\xffVIEW"))
    with closing(sqlite3.connect(path)) as db, pytest.raises(UnicodeDecodeError):
        db.execute("SELECT 1 FROM warcs")
    assert repaired(tmp_path) == before


@pytest.mark.parametrize("column", ["lists_lost", "starts_lost", "missing"])
def test_runs_of_a_version_that_did_not_count_something_yet_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    def older(row: dict[str, Any], links: Iterable[Link]) -> bytes:
        return run_to_json({name: row[name] for name in row if name != column}, links)

    monkeypatch.setattr(frontier, "run_to_json", older)
    before = titles(twice_crawled(tmp_path))
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.execute(f"ALTER TABLE runs DROP COLUMN {column}")
    assert repaired(tmp_path) == before
    assert set(rows(tmp_path, f"SELECT {column} FROM runs")) == {(0,)}
