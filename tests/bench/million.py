"""A million known URLs of which a thousand are due: how soon the first request goes out."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive
from pipelines.queue.hosts import Scope
from pipelines.queue.urls import disclose
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run
from pipelines.revisit import ChangeHistory, history_bucket
from scraper.items import Kind, Link, Via
from scraper.record import timestamp
from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.bench.measuring import REPO

KNOWN, DUE = 1_000_000, 1_000


class Empty:
    """A site without pages that notes the time of the first request."""

    start = "/"

    def __init__(self) -> None:
        self.first: float | None = None
        self.asked = 0

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        """404 to everything."""
        del headers
        if path_and_query != b"/robots.txt":
            self.asked += 1
            self.first = self.first or time.monotonic()
        return Response(status=404, headers=(), body=b"")


def fill(folder: Path, url: str) -> None:
    """Fill the frontier as a crawl does; only the states are set by hand."""
    archive = Archive.open(folder)
    host = url.split("/")[2]
    run = Run.begin(archive.db, Scope("adoctor", host), "due", url)
    links = (
        Link(url=f"{url}article/{number}", kind=Kind.QUESTION, via=Via.SITEMAP)
        for number in range(1, KNOWN + 1)
    )
    disclose(archive.db, "adoctor", links, run_id=run.id)
    run.end(archive.db, EndReason.FINISHED)
    archive.close()
    now = timestamp(datetime.now(UTC))
    with closing(sqlite3.connect(folder / "archive.db")) as db, db:
        db.execute(
            "UPDATE urls SET state='unchanged', visited_in=1, visited_at=?, history_bucket=?,"
            " seen_day=iif(id % ? = 0, -1000, 0)",
            (now, history_bucket(ChangeHistory(), has_lastmod=False), KNOWN // DUE),
        )


def main(folder: Path) -> None:
    """Print seconds to the first request, and the peak memory."""
    site = Empty()
    with serve(site) as home:
        fill(folder / "archive", home)
        code = (
            "from scraper.cli import main; from tests.memory import peak_mib\n"
            "try: main()\n"
            "finally: print(round(peak_mib() * 1.048576))"
        )
        command = ["crawl", "adoctor", "--base-url", home, "--no-progress"]
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", code, *command, "--archive", str(folder / "archive")],
            capture_output=True, text=True, cwd=REPO, check=False,
        )  # fmt: skip
    assert done.returncode == 1, done.stderr  # a site of nothing but 404
    assert site.first is not None
    print(f"{KNOWN} known URLs, {DUE} due: first request after {site.first - started:.2f} s")
    print(f"  {site.asked} pages asked for, peak {done.stdout.split()[-1]} MB (marks: 2 s, 250 MB)")
