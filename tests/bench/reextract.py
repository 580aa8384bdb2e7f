"""Stored pages read again when every record differs: pages a second, and CPU against parsing alone.

The archive is made without a crawl, by a reader that errs in one field.
"""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipelines.archive import Archive
from pipelines.capture import archived
from pipelines.layout import WARCS
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.urls import disclose
from pipelines.reports.runs import Run
from pipelines.storing.visits import VisitContext, store_visit
from pipelines.warcs.files import responses
from scraper.items import Kind, Link, Question, Via
from tests.bench.measuring import Cost, run
from tests.bench.stages import HOME, SCOPE, Stages, captures, read


def _department(question: Question) -> Question:
    return replace(question, department="Nothing")


def _title(question: Question) -> Question:
    """A field of the full text, so that the index is written too."""
    return replace(question, title=f"{question.title} | adoctor")


def fill(folder: Path, pages: int, erring: Callable[[Question], Question]) -> None:
    """Make an archive by a reader that errs as `erring` does."""
    archive = Archive.open(folder)
    archive.group = 500
    begun = Run.begin(archive.db, SCOPE, "due", HOME)
    archive.run_id = begun.id
    for capture in captures(pages):
        visit = read(capture, Stages())
        assert visit.question is not None
        visit = replace(visit, question=erring(visit.question), links=())
        with archive.visit():
            link = Link(url=visit.url, kind=Kind.QUESTION, via=Via.START)
            disclose(archive.db, SCOPE.site, [link], run_id=begun.id)
            (url_id,) = archive.db.execute(
                "SELECT id FROM urls WHERE url=?", (visit.url,)
            ).fetchone()
            context = VisitContext(
                scope=SCOPE, run_id=begun.id, url_id=url_id, hops=0, reread=lambda _: None,
                disclosed=Disclosed(), losses=begun.losses, coverage=begun.coverage,
            )  # fmt: skip
            store_visit(archive.db, context, archived(archive, visit))
    archive.close()


def _parse(folder: Path) -> float:
    """Seconds of CPU to parse every body, decoded, and nothing else."""
    spent = 0.0
    for path in (folder / WARCS).iterdir():
        for stored in responses(path):
            started = time.process_time()
            etree.fromstring(stored.body, etree.HTMLParser(encoding="utf-8"))
            spent += time.process_time() - started
    return spent


def _reextract(original: Path, workers: int) -> tuple[float, Cost]:
    """Seconds that the command takes on a copy, and what it cost."""
    folder = original.with_name(f"copy-{workers}")
    shutil.copytree(original, folder)
    started = time.monotonic()
    command = ["reextract", "--archive", str(folder), "--workers", str(workers), "--json"]
    cost = run(["-m", "scraper.cli", *command], folder / "log")
    took = time.monotonic() - started
    report = json.loads(cost.output)
    assert report["versions"] == {"reader": report["urls"]}, report
    shutil.rmtree(folder)
    return took, cost


def main(folder: Path, pages: int) -> None:
    """Print seconds on one and two cores, CPU a page, and its ratio to parsing alone."""
    for name, erring in (("a field apart from the full text", _department), ("titles", _title)):
        print(f"`qarchive reextract` of {pages} stored pages, all written: {name} had been misread")
        archive = folder / name.split()[0] / "archive"
        fill(archive, pages, erring)
        parsing = _parse(archive)
        print(f"  parsing alone {parsing * 1000 / pages:.2f} ms of CPU a page")
        (one, alone), (two, both) = (_reextract(archive, workers) for workers in (1, 2))
        for cores, took, cost in ((1, one, alone), (2, two, both)):
            print(
                f"  {cores} core: {took:.1f} s, {pages / took:.0f} pages/s,"
                f" {cost.per_page(pages):.2f} ms of CPU a page, {cost.cpu / parsing:.2f} times"
                f" parsing (mark: 5); peak {cost.peak:.0f} MB"
            )
        print(f"  two cores {one / two:.2f} times one (mark: 1.7; 1500 pages/s)", flush=True)
        shutil.rmtree(archive.parent)
