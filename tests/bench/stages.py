"""CPU time of each stage of a page's way through a crawl, over pages of the sample site."""

import gzip
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipelines.archive import Archive
from pipelines.capture import archived
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.hosts import Scope
from pipelines.queue.urls import disclose
from pipelines.reports.runs import Run
from pipelines.storing.visits import VisitContext, decision_record, store_visit
from scraper.items import Capture, Kind, Link, Outcome, Via, Visit
from scraper.memory import keep_for_the_next_page
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.truth.sites import build

T = TypeVar("T")
HOME = "http://127.0.0.1:1/"
SCOPE = Scope("adoctor", "127.0.0.1:1")


class Stages:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, name: str, action: Callable[[], T]) -> T:
        """Run the action and add its CPU time to the stage."""
        started = time.process_time()
        result = action()
        self.seconds[name] += time.process_time() - started
        return result


def captures(pages: int) -> Iterator[Capture]:
    """Gzipped question pages of the sample site as captures."""
    site = build("adoctor", questions=pages)
    ids = list(islice(site.existing_ids(), pages // 2))
    paths = [f"{prefix}article/{number}" for number in ids for prefix in ("", "zh-Hant/")]
    headers = {"accept-encoding": "gzip", "host": "127.0.0.1:1"}
    for path in paths:
        response = site.respond(f"/{path}", headers)
        lines = tuple((name.encode(), value.encode()) for name, value in response.headers)
        yield Capture(
            url=HOME + path, fetched_at=datetime.now(UTC), status=200,
            request=f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n".encode(),
            headers=lines, body=response.body,
        )  # fmt: skip


def read(capture: Capture, stages: Stages) -> Visit:
    """The page as the spider reads it."""
    body = stages.time("inflate", lambda: gzip.decompress(capture.body))
    page = Page(url=capture.url, body=body, content_type="text/html; charset=utf-8")
    stages.time("parse", lambda: page.root)
    stages.time("visible lines", lambda: page.lines)
    question = stages.time("read question", lambda: Adoctor.read_question(page))
    links = stages.time(
        "read links", lambda: tuple(Adoctor.read_links(page, Kind.QUESTION, HOME, question))
    )
    return Visit(
        url=capture.url, kind=Kind.QUESTION, outcome=Outcome.FETCHED,
        visited_at=capture.fetched_at, capture=capture, question=question, links=links,
    )  # fmt: skip


def store(archive: Archive, run: Run, visit: Visit, stages: Stages) -> None:
    """The page as the pipeline stores it, commits and their fsync included."""
    kept = stages.time("write WARC", lambda: archived(archive, visit))
    (url_id,) = archive.db.execute("SELECT id FROM urls WHERE url=?", (visit.url,)).fetchone()

    def rows() -> None:
        with archive.visit():
            context = VisitContext(
                scope=SCOPE, run_id=run.id, url_id=url_id, hops=0, reread=lambda _: None,
                disclosed=Disclosed(), losses=run.losses, coverage=run.coverage,
            )  # fmt: skip
            store_visit(archive.db, context, kept)
            archive.append(decision_record(kept, visit, run.uuid))

    stages.time("rows, full text, frontier, commit", rows)


def main(folder: Path, pages: int = 1000) -> None:
    """Print milliseconds of CPU a page for each stage."""
    keep_for_the_next_page()
    stages = Stages()
    visits = [read(capture, stages) for capture in captures(pages)]
    archive = Archive.open(folder / "stages")
    run = Run.begin(archive.db, SCOPE, "due", HOME)
    archive.run_id = run.id
    known = [Link(url=visit.url, kind=Kind.QUESTION, via=Via.START) for visit in visits]
    disclose(archive.db, "adoctor", known, run_id=run.id)
    for visit in visits:
        store(archive, run, visit, stages)
    archive.close()
    print(f"where the time goes, {len(visits)} question pages, CPU per page")
    for name, seconds in stages.seconds.items():
        print(f"  {name:34} {seconds * 1000 / len(visits):.3f} ms")
    print("  the rest of a crawl's page is Scrapy's engine, download and start-up")
