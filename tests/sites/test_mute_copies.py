"""A template for print that declares no language shows no question of its own."""

from pathlib import Path

import pytest

from pipelines.layout import DATABASE
from pipelines.reextract import reextract
from scraper.sites.qapage import QAPageSpider
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.repairing import repair
from tests.sites.forum import json_ld, qapage

QUESTION, PRINT = "/green-water", "/green-water/print"


def marks(archive: Path) -> list[tuple[str, int]]:
    """The language of each record, and whether it is current."""
    return rows(archive, "SELECT language, gone_since IS NULL FROM questions ORDER BY language")


@pytest.mark.parametrize(
    ("first", "second", "held"),
    [
        (QUESTION, PRINT, [("en", 1)]),
        (PRINT, QUESTION, [("en", 1), ("und", 0)]),
    ],
)
def test_it_is_no_current_record(
    tmp_path: Path, first: str, second: str, held: list[tuple[str, int]], server: FaultServer
) -> None:
    page = json_ld(qapage(url=QUESTION))
    links = f'<a href="{first}">1</a><a href="{second}">2</a>'
    server.play("/", [reply(200, body=links.encode())])
    server.play(QUESTION, [reply(200, body=page.encode())])
    server.play(PRINT, [reply(200, body=page.replace(' lang="en"', "").encode())])
    for _ in range(2):
        crawl(tmp_path, site=QAPageSpider, settings={"CONCURRENT_REQUESTS": 1},
              base_url=server.url("/"), revisit="all")  # fmt: skip
        assert marks(tmp_path) == held
    reextract(tmp_path, {"qapage": QAPageSpider}, 1, lambda _: None)
    assert marks(tmp_path) == held
    (tmp_path / DATABASE).unlink()
    repair(tmp_path, QAPageSpider)
    assert marks(tmp_path) == held


def test_what_a_translation_says_is_no_other_questions(tmp_path: Path, server: FaultServer) -> None:
    head = f'<head><link rel="canonical" href="{QUESTION}">'
    page = json_ld(qapage(url=QUESTION, dateCreated="2020-04-18")).replace("<head>", head)
    other = page.replace("It is green.", "Look at my pond, all of you.")
    urls = {PRINT: other, "/de/green-water": page.replace('"en"', '"de"'), QUESTION: page}
    server.play("/", [reply(200, body="".join(f'<a href="{url}">1</a>' for url in urls).encode())])
    for url, body in urls.items():
        server.play(url, [reply(200, body=body.encode())])
    crawl(tmp_path, site=QAPageSpider, settings={"CONCURRENT_REQUESTS": 1},
          base_url=server.url("/"))  # fmt: skip
    held = rows(tmp_path, "SELECT question_text FROM questions")
    assert held == [("It is green.",)] * 2
