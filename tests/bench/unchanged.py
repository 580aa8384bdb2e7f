"""What a page costs that has not changed: 304 and nothing else."""

import statistics
from collections.abc import Mapping
from pathlib import Path

from scraper.sample.server import serve
from scraper.sample.web import Response
from tests.bench.measuring import run, sample_site
from tests.bench.whole import bare, crawl

PAIRS = 3


class NotModified:
    """A site whose every page is as it was; its robots.txt allows everything."""

    start = "/"

    def respond(self, path_and_query: bytes, headers: Mapping[str, str]) -> Response:
        """304 to everything."""
        del headers
        status = 404 if path_and_query == b"/robots.txt" else 304
        return Response(status=status, headers=(("ETag", '"1"'),), body=b"")


def main(folder: Path, pages: int) -> None:
    """Print milliseconds of CPU for a 304, against the 200s of a bare Scrapy spider."""
    print(f"a 304 against a page of a bare default Scrapy spider, {pages} pages, CPU per page")
    archive = folder / "archive"
    with sample_site(pages // 2) as url:
        crawl(url, archive, folder / "log")
        peers = [bare(url, folder / "bare.log") for _ in range(PAIRS)]
    ratios = []
    port = int(url.rstrip("/").rpartition(":")[2])
    for peer, received in peers:
        with serve(NotModified(), port):
            command = ["crawl", "adoctor", "--base-url", url, "--archive", str(archive)]
            cost = run(
                ["-m", "scraper.cli", *command, "--revisit", "all", "--no-progress"],
                folder / "log",
            )
        known = int(cost.output.split(" URLs settled")[0].rpartition(" ")[2])
        ratios.append(cost.per_page(known) / peer.per_page(received))
        print(
            f"  qarchive {cost.per_page(known):.2f} ms ({known} URLs)   scrapy"
            f" {peer.per_page(received):.2f} ms ({received} pages)   ratio {ratios[-1]:.2f}",
            flush=True,
        )
    print(f"  median ratio {statistics.median(ratios):.2f} (mark: 0.25)")
