"""A revisit's original is found by an index, however many captures there are."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pipelines.warcs.files import Position
from pipelines.warcs.originals import with_original
from pipelines.warcs.walk import Record, records
from scraper.items import Kind, Outcome, Visit
from scraper.record import moment


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
