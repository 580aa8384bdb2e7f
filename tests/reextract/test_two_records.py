"""A URL whose page an earlier reader once took for another record."""

from dataclasses import replace
from pathlib import Path

from pipelines.reextract import reextract
from pipelines.verify import verify
from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy, crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer

VERSIONS = "SELECT question_id, cause, first_capture, last_capture FROM question_versions"


def read_formerly(page: Page) -> Question:
    """By a reader that took blue for Chinese."""
    language = "zh-Hant" if b"blue" in page.body else "en"
    return replace(Toy.read_question(page), language=language)


class Former(Toy):
    read_question = staticmethod(read_formerly)


def test_its_other_versions_stay_as_they_are(tmp_path: Path) -> None:
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/q/1">')])
        for words in ("red", "blue", "green", "grey"):
            server.play("/q/1", [reply(200, body=f"<h1>Knee</h1><p>It is {words}.</p>".encode())])
            crawl(tmp_path, site=Former, base_url=server.url("/"), revisit="all")
    before = rows(tmp_path, VERSIONS)
    reextract(tmp_path, {"toy": Toy}, 1, lambda _: None)
    assert rows(tmp_path, VERSIONS) == before
    assert list(verify(tmp_path)) == []
