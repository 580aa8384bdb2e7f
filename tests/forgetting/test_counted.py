"""A site whose questions are counted up: the number of one that is gone stands nowhere."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines import lock
from pipelines.layout import WARCS
from pipelines.rebuild import rebuild
from pipelines.status import status
from pipelines.verify import verify
from pipelines.warcs.decisions import decision_in
from pipelines.warcs.names import warcs_in
from pipelines.warcs.walk import Record, records
from scraper.items import Outcome
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.crawling import crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.forgetting.searching import occurrences
from tests.forgetting.toys import forget
from tests.sites.taiwan_pages import ASKER, block, v2023

SITES = {"taiwan-ehospital": TaiwanEhospitalSpider}
PLACE = "/doctor/All/ShowDetail.php?q_no="
TEXTS = ("我的左膝走路會痛已經三天", "右手的手指早上會麻要看哪科", "晚上睡不著覺白天很累怎麼辦",
         "吃飯以後肚子會脹氣三個月了", "皮膚很癢抓了會紅擦藥沒有用")  # fmt: skip


def put(server: FaultServer) -> None:
    """Questions 51 to 55; the home page names the two newest, and the newest cites the third."""
    for number, text in enumerate(TEXTS, 51):
        cited = "，見編號053" * (number == 55)
        html = v2023(block(ASKER, text + cited), number=f"#{number}", title=f"問題{number}")
        server.play(f"{PLACE}{number}", [reply(200, body=html.encode("big5hkscs"))])
    newest = "".join(f'<a href="All/ShowDetail.php?q_no={number}">新</a>' for number in (54, 55))
    server.play("/doctor/Index1.php", [reply(200, body=newest.encode("big5hkscs"))])


def ranges(archive: Path) -> list[list[Any]]:
    """What the WARCs tell of numbers that are counted: the first and the last."""
    return [
        row[1:3]
        for path in warcs_in(archive / WARCS)
        for record in records(path)
        if isinstance(record, Record)
        for row in decision_in(record).get("links", ())
        if isinstance(row[1], int)
    ]


def assert_unnamed(archive: Path, numbers: Iterable[int]) -> None:
    assert [str(finding) for finding in verify(archive)] == []
    words = tuple(f"q_no={number}" for number in numbers)
    assert occurrences(archive / WARCS, words) == []
    with closing(sqlite3.connect(archive / "archive.db")) as db:  # of its bytes two may look so
        held = "".join(db.iterdump())
    assert not [word for word in words if word in held]
    told = json.dumps(status(archive)["sites"]["taiwan-ehospital"]["gaps"])
    assert not [number for number in numbers if str(number) in told], told


def test_a_number_that_is_counted_is_not_counted_again(tmp_path: Path, server: FaultServer) -> None:
    archive = tmp_path / "a"
    put(server)
    crawl(archive, site=TaiwanEhospitalSpider, base_url=server.url("/doctor/"))
    assert ranges(archive) == [[55, 1]]
    gone = [53, 55]
    words = [f"taiwan-ehospital:{number}:zh-Hant" for number in gone]
    assert forget(archive, *words, "--reason", "x")[0] == 0
    assert ranges(archive) == [[54, 1]]
    assert_unnamed(archive, gone)
    server.log.clear()
    ended = crawl(
        archive, site=TaiwanEhospitalSpider, base_url=server.url("/doctor/"), revisit="all"
    )
    assert not [exchange for exchange in server.log if exchange.path.endswith(("53", "55"))]
    assert ended.run.counts[Outcome.DENIED] == 0
    assert_unnamed(archive, gone)
    held = lock.take(archive)
    rebuild(archive, SITES)
    held.close()
    assert_unnamed(archive, gone)


def test_a_row_of_an_older_archive_is_denied_and_not_told_again(
    tmp_path: Path, server: FaultServer
) -> None:
    archive = tmp_path / "a"
    put(server)
    crawl(archive, site=TaiwanEhospitalSpider, base_url=server.url("/doctor/"))
    assert forget(archive, "taiwan-ehospital:53:zh-Hant", "--reason", "x")[0] == 0
    with closing(sqlite3.connect(archive / "archive.db")) as db, db:
        db.execute(
            "INSERT INTO urls(url, site, host, kind, priority, via, ways, hops, disclosed_in)"
            " SELECT replace(url, '=54', '=53'), site, host, kind, priority, 'range', 128, 0, 1"
            " FROM urls WHERE url LIKE '%=54'"
        )
    ended = crawl(archive, site=TaiwanEhospitalSpider, base_url=server.url("/doctor/"))
    assert ended.run.counts[Outcome.DENIED] == 1
    assert [path for path in occurrences(archive, ("q_no=53",)) if path.startswith("warc")] == []
    assert [finding.where for finding in verify(archive)] == ["archive.db"]
    held = lock.take(archive)
    rebuild(archive, SITES)
    held.close()
    assert_unnamed(archive, [53])
