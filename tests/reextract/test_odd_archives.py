"""Rereading an archive of other readers, on which a reading broke off, or in which it fails."""

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.reextract import reextract
from pipelines.rereading.bookmark import HOUSE, READERS, Bookmark
from pipelines.verify import verify
from scraper.cli.program import cli
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.reextract.sites import SITES, make


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        ("nothing", 4),
        ("scraper/reading/dates.py", None),
        ("scraper/new.py", None),
        ("pipelines/plan.py", 4),
    ],
)
def test_a_bookmark_holds_for_the_same_readers_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, held: int | None
) -> None:
    for folder in ("scraper/reading", "pipelines"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "scraper/reading/dates.py").write_text("old", "ascii")
    monkeypatch.setattr("pipelines.rereading.bookmark.HOUSE", tmp_path)
    Bookmark.of(tmp_path, ["toy"]).save(4)
    (tmp_path / changed).write_text("new", "ascii")
    assert Bookmark.of(tmp_path, ["toy"]).load() == held
    assert Bookmark.of(tmp_path, ["other"]).load() is None


@pytest.mark.parametrize("pattern", READERS)
def test_the_readers_are_where_they_are_looked_for(pattern: str) -> None:
    assert any(HOUSE.glob(pattern))


def test_a_fault_of_our_own_is_told_and_changes_nothing_of_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make(tmp_path)
    monkeypatch.setattr("pipelines.reextract.supersede", None)
    found = reextract(tmp_path, SITES, 1, lambda _: None)
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert found.refused == len(logged) == 5  # pages whose record changes
    assert all(record.exc_info and record.exc_info[0] is TypeError for record in logged)
    assert list(verify(tmp_path)) == []


VERSIONS = "SELECT question_id, cause, first_capture, last_capture FROM question_versions"


def read_formerly(page: Page) -> Question:
    """By a reader that took blue for Chinese."""
    language = "zh-Hant" if b"blue" in page.body else "en"
    return replace(Toy.read_question(page), language=language)


class Former(Toy):
    read_question = staticmethod(read_formerly)


def test_versions_that_were_taken_for_another_record_stay_as_they_are(
    tmp_path: Path, server: FaultServer
) -> None:
    server.play("/", [reply(200, body=b'<a href="/q/1">')])
    for words in ("red", "blue", "green", "grey"):
        server.play("/q/1", [reply(200, body=f"<h1>Knee</h1><p>It is {words}.</p>".encode())])
        crawl(tmp_path, site=Former, base_url=server.url("/"), revisit="all")
    before = rows(tmp_path, VERSIONS)
    reextract(tmp_path, {"toy": Toy}, 1, lambda _: None)
    assert rows(tmp_path, VERSIONS) == before
    assert list(verify(tmp_path)) == []


def test_a_site_without_a_reader_is_told(tmp_path: Path) -> None:
    make(tmp_path)
    words = ["reextract", "--archive", str(tmp_path), "--dry-run", "--workers", "1"]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 1
    assert told.output.endswith("no site toy is known: its captures were not read\n")
    assert json.loads(CliRunner().invoke(cli, [*words, "--json"]).output)["unknown_sites"] == [
        "toy"
    ]
    nothing = CliRunner().invoke(cli, [*words, "--site", "adoctor"])
    assert (nothing.exit_code, nothing.output.count("\n")) == (0, 1)  # no word of unchanged records
