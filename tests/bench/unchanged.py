"""CPU time of a page that has not changed (304)."""

import statistics
from collections.abc import Mapping
from pathlib import Path

from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.bench.measuring import run, run_in_turn, sample_site
from tests.bench.whole import bare, crawl, taken

PAIRS = 3


class NotModified:
    """A site whose pages have not changed; its robots.txt allows everything."""

    start = "/"

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        """304 to everything."""
        del headers
        status = 404 if path_and_query == b"/robots.txt" else 304
        return Response(status=status, headers=(("ETag", '"1"'),), body=b"")


def main(folder: Path, pages: int) -> None:
    """Print milliseconds of CPU for a 304, against the 200s of a bare Scrapy spider, in turn."""
    print(f"a 304 against a page of a bare default Scrapy spider, {pages} pages, CPU per page")
    archive, log = folder / "archive", folder / "log"
    with sample_site(pages // 2) as held:
        run(crawl(held, archive), log)
    port = int(held.rstrip("/").rpartition(":")[2])
    ratios = []
    with serve(NotModified(), port), sample_site(pages // 2) as changing:
        for _ in range(PAIRS):
            ours, theirs = run_in_turn(
                ([*crawl(held, archive), "--revisit", "all"], log),
                (bare(changing, folder / "bare.scrapy"), folder / "bare.log"),
            )
            known, received = taken(archive), int(theirs.output)
            ratios.append(ours.per_page(known) / theirs.per_page(received))
            print(
                f"  qarchive {ours.per_page(known):.2f} ms ({known} URLs)   scrapy"
                f" {theirs.per_page(received):.2f} ms ({received} pages)   ratio {ratios[-1]:.2f}",
                flush=True,
            )
    print(f"  median ratio {statistics.median(ratios):.2f} (mark: 0.25)")
