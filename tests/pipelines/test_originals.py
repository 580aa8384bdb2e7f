"""What a WARC tells of a run: what it decided, and which capture a revisit repeats."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from pipelines.rebuilding.originals import with_original
from pipelines.warcs.decisions import RUN, decision_in, run_from_json
from pipelines.warcs.files import Position
from pipelines.warcs.records import JSON
from pipelines.warcs.walk import Record, records
from scraper.items import Kind, Outcome, Visit
from scraper.record import moment
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import links, reply
from tests.faults.server import FaultServer


def test_no_capture_is_scanned_for_a_revisit(sound: Path) -> None:
    path = max((sound / "warc").iterdir())
    revisit = next(
        one for one in records(path) if isinstance(one, Record) and one.kind == "revisit"
    )
    url, date = (revisit.headers[name] for name in ("WARC-Target-URI", "WARC-Date"))
    visit = Visit(url=url, kind=Kind.QUESTION, outcome=Outcome.UNCHANGED, visited_at=moment(date))
    asked: list[str] = []
    with closing(sqlite3.connect(sound / "archive.db")) as db:
        db.set_trace_callback(asked.append)
        found = with_original(db, visit, revisit, Position(path.name, 0, 0))
        db.set_trace_callback(None)
        (query,) = asked
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}")]
        ((original,),) = db.execute("SELECT refers_to FROM captures WHERE url=? AND size=0", (url,))
    assert found.refers_to == original
    assert not [step for step in plan if "SCAN" in step], plan


def test_a_page_that_was_gone_in_between_repeats_what_it_was(tmp_path: Path) -> None:
    there = reply(200, body=b"<h1>Knee</h1><p>It hurts.</p></body></html>")
    with FaultServer() as server:
        server.play("/", [reply(200, body=links("/q/1"))])
        for answer in (there, reply(404, body=b"Gone"), there):
            server.play("/q/1", [answer])
            crawl(tmp_path, base_url=server.url("/"), revisit="all")
    query = """
    SELECT c.outcome, o.outcome FROM captures c LEFT JOIN captures o ON o.id = c.refers_to
    WHERE c.url LIKE '%/q/1' ORDER BY c.id"""
    assert rows(tmp_path, query) == [
        ("fetched", None), ("gone", None), ("unchanged", "fetched"),
    ]  # fmt: skip


def test_a_run_of_an_archive_of_development_has_todays_columns() -> None:
    written = {"type": RUN, "row": {"uuid": "1", "looked": 4}, "links": []}
    record = SimpleNamespace(
        kind="metadata", headers={"Content-Type": JSON}, content=json.dumps(written).encode()
    )
    row, links = run_from_json(decision_in(cast("Record", record)))
    assert (row, links) == ({"uuid": "1", "revisited": 4}, ())
