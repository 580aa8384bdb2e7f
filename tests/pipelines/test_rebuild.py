"""A rebuilt database says what the lost one said, and takes its place whole or not at all."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pipelines import lock
from pipelines.errors import LostError
from pipelines.layout import DATABASE
from pipelines.merge import merge
from pipelines.verify import verify
from pipelines.warcs.walk import Damage, Record, records
from scraper.errors import PageChangedError
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl
from tests.damaging import flip
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.repairing import repair

read_question = Toy.read_question  # tests put others in its place
TABLES = ("runs", "captures", "questions", "question_versions", "replies", "problems", "warcs")
PAGES = {
    "/": '<a href="/q/1">1</a><a href="/q/2">2</a><a href="/q/3">3</a><a href="/q/4">4</a>',
    "/q/1": "<h1>One</h1><p>first</p><li>answer</li>",
    "/q/2": '<h1>Two</h1><p>second</p><a href="/q/5">5</a>',
    "/q/3": "<h1>bug</h1><p>x</p>",
    "/q/5": "<h1>Five</h1><p>fifth</p>",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "archive"
    with FaultServer() as server, pytest.MonkeyPatch.context() as monkeypatch:
        for path, html in PAGES.items():
            server.play(path, [reply(200, body=html.encode())])
        for day, edit in ((1, "first"), (8, "first, edited"), (15, "first, edited")):
            monkeypatch.setenv("QARCHIVE_NOW", f"2026-11-{day:02}T09:00:00Z")
            edited = PAGES["/q/1"].replace("first", edit)
            server.play("/q/1", [reply(200, body=edited.encode())])
            crawl(folder, base_url=server.url("/"), revisit="all")
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three crawls: an edit, a page gone, a page as it was, a broken page and a missing one."""
    monkeypatch.setenv("QARCHIVE_NOW", "2026-11-15T09:00:00Z")
    return Path(shutil.copytree(made, tmp_path / "archive"))


def contents(archive: Path) -> dict[str, list[Any]]:
    """The rows of each table, as far as WARCs tell them."""
    tables = {table: sorted(rows(archive, f"SELECT * FROM {table}"), key=repr) for table in TABLES}
    links = "SELECT url, kind, state, via, ways, disclosed_by, moved_to FROM urls ORDER BY id"
    return tables | {"urls": rows(archive, links)}


def rebuilt(archive: Path) -> None:
    repair(archive)


def damaged(archive: Path, path: str) -> tuple[Path, list[Record], Record]:
    """The first WARC with a bit flipped in the page's record, and what it held."""
    (first, *_) = sorted((archive / "warc").iterdir())
    whole = [one for one in records(first) if isinstance(one, Record)]
    hurt = next(one for one in whole if one.headers.get("WARC-Target-URI", "").endswith(path))
    flip(first, hurt.offset + hurt.length // 2)
    return first, whole, hurt


def test_a_lost_database_comes_back_as_it_was(archive: Path) -> None:
    before = contents(archive)
    assert len(before["question_versions"]) == 4
    assert sorted(str(row[3]) for row in before["questions"]) == ["1", "2", "5"]
    (archive / DATABASE).unlink()
    rebuilt(archive)
    assert contents(archive) == before


def refuse(page: Page) -> Question:
    if b"first" in page.body:
        raise PageChangedError("learnt to refuse")
    return read_question(page)


class Refusing(Toy):
    """The toy site, whose reader cannot read page 1 any more."""

    read_question = staticmethod(refuse)


def test_a_page_that_no_reader_can_read_any_more_keeps_its_record(
    archive: Path, tmp_path: Path
) -> None:
    def records_and_versions(folder: Path) -> list[Any]:
        versions = "SELECT question_id, digest, record, first_capture FROM question_versions"
        return rows(folder, "SELECT * FROM questions ORDER BY id") + rows(folder, versions)

    before, merged = records_and_versions(archive), tmp_path / "merged"
    merge([archive], merged, {"toy": Refusing}, lambda _: None)
    result = repair(archive, Refusing)
    for folder in (merged, archive):
        assert records_and_versions(folder) == before
        assert list(verify(folder)) == []
    assert result.unread == (2, 0, ())
    causes = "SELECT cause FROM question_versions WHERE question_id='toy:1:en' ORDER BY id"
    assert rows(archive, causes) == [("new",), ("unclear",)]


def test_records_that_are_lost_are_told(archive: Path) -> None:
    with sqlite3.connect(archive / DATABASE) as db:
        db.execute("UPDATE questions SET title='damaged' WHERE source_id='1'")
        db.execute("DELETE FROM question_versions WHERE record IS NOT NULL")
    assert repair(archive, Refusing).unread == (0, 3, ("toy:1:en",))
    (archive / DATABASE).unlink()
    assert repair(archive, Refusing).unread == (0, 3, ())


@pytest.mark.parametrize("change", ["DELETE FROM problems WHERE id=1",
    "UPDATE problems SET code='x' WHERE id=2", "UPDATE problems SET field='x' WHERE id=2",
    "UPDATE problems SET detail='x' WHERE id=3", "UPDATE problems SET found_at='x' WHERE id=3",
])  # fmt: skip
def test_a_problem_that_is_not_as_its_visit_told_is_found(archive: Path, change: str) -> None:
    assert list(verify(archive)) == []
    with closing(sqlite3.connect(archive / DATABASE)) as db, db:
        assert db.execute(change).rowcount == 1
    (found,) = verify(archive)
    assert found.check == "captures"
    assert "/q/3, reader-failed, is not as told" in found.what
    rebuilt(archive)
    assert list(verify(archive)) == []


def test_a_page_that_is_read_by_now_is_no_missing_problem(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(page: Page) -> Question:
        return replace(read_question(replace(page, body=b"<h1>Bug</h1><p>x</p>")), title="Bug")

    monkeypatch.setattr(Toy, "read_question", staticmethod(read))
    rebuilt(archive)
    assert contents(archive)["problems"] == []
    assert list(verify(archive)) == []


def test_what_is_surely_lost_is_told_before_a_replay(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = max((archive / "warc").iterdir())
    path.write_bytes(path.read_bytes()[:-100])
    monkeypatch.setattr("pipelines.rebuild.fill", lambda *_: pytest.fail("replayed"))
    with pytest.raises(LostError, match=r"holds [0-9,]+ of [0-9,]+ bytes: restore"):
        rebuilt(archive)


def test_a_rebuilt_archive_is_crawled_on(archive: Path, server: FaultServer) -> None:
    (archive / DATABASE).unlink()
    rebuilt(archive)
    ended = crawl(archive, base_url=server.url("/"))
    assert ended.why in {"finished", "unreachable"}
    assert len(contents(archive)["runs"]) == 4


def kill_move(patch: pytest.MonkeyPatch, after: int) -> None:
    """Raise KeyboardInterrupt in place of the first change in `.ready` after so many calls."""
    calls = count()

    def dying(function: Callable[..., object]) -> Callable[..., object]:
        def called(path: Path, *words: object, **named: object) -> object:
            if next(calls) >= after and ".ready" in str(path):
                raise KeyboardInterrupt
            return function(path, *words, **named)

        return called

    patch.setattr(Path, "replace", dying(Path.replace))
    patch.setattr(Path, "unlink", dying(Path.unlink))


@pytest.mark.parametrize("call", range(8))
def test_a_move_that_is_killed_goes_on_when_the_lock_is_taken_next(
    archive: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    before = contents(archive)
    (archive / DATABASE).write_bytes(b"damaged" * 999)
    with monkeypatch.context() as patch:
        kill_move(patch, after=call)
        try:
            rebuilt(archive)
        except KeyboardInterrupt:
            assert (archive / ".ready").exists()
    lock.take(archive).close()
    assert contents(archive) == before
    assert not [path for path in archive.iterdir() if path.name in {".next", ".ready"}]
    (kept,) = archive.glob(f"{DATABASE}.*Z")
    assert kept.read_bytes() == b"damaged" * 999


def test_what_is_damaged_is_passed_over_and_the_rest_is_read(archive: Path) -> None:
    first, whole, hurt = damaged(archive, "/q/2")
    found = list(records(first))
    assert [(one.offset, one.length) for one in found if isinstance(one, Damage)] == [
        (hurt.offset, hurt.length)
    ]
    assert [one.id for one in found if isinstance(one, Record)] == [
        one.id for one in whole if one.id != hurt.id
    ]
    (archive / DATABASE).unlink()
    rebuilt(archive)
    assert sorted(str(row[3]) for row in contents(archive)["questions"]) == ["1", "5"]


def test_a_page_that_lay_in_the_damage_is_fetched_whole_again(archive: Path) -> None:
    damaged(archive, "/q/5")
    (archive / DATABASE).unlink()
    rebuilt(archive)
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        ready = "SELECT url, etag, last_modified, sha256 FROM urls WHERE state='ready'"
        ((url, *told),) = db.execute(ready)
    assert url.endswith("/q/5")
    assert told == [None, None, None]
    faults = [one for one in verify(archive) if one.check == "captures"]
    assert {one.what.partition(": ")[2] for one in faults} == {
        "it repeats a capture that is not known"
    }
