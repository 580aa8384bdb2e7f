"""The whole job against a bare Scrapy spider on the same pages, in turn."""

import sqlite3
import statistics
from contextlib import closing
from pathlib import Path

from tests.bench.measuring import Cost, run, sample_site

PAIRS = 3


def crawl(url: str, archive: Path, log: Path) -> tuple[Cost, int]:
    """`qarchive crawl`; its cost and the pages it fetched."""
    command = ["-m", "scraper.cli", "crawl", "adoctor", "--base-url", url]
    cost = run([*command, "--archive", str(archive), "--no-progress"], log)
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        (pages,) = db.execute("SELECT count(*) FROM captures").fetchone()
    return cost, pages


def bare(url: str, log: Path) -> tuple[Cost, int]:
    """The peer; its cost and the pages it fetched."""
    cost = run(["-m", "tests.bench.bare", url, str(log.with_suffix(".scrapy"))], log)
    return cost, int(cost.output)


def main(folder: Path, pages: int) -> None:
    """Print each pair, and the median ratio."""
    ratios = []
    print(f"whole job against a bare default Scrapy spider, {pages} question pages, CPU per page")
    with sample_site(pages // 2) as url:
        for pair in range(PAIRS):
            ours, fetched = crawl(url, folder / f"whole-{pair}", folder / "whole.log")
            theirs, received = bare(url, folder / "bare.log")
            ratio = ours.per_page(fetched) / theirs.per_page(received)
            ratios.append(ratio)
            print(
                f"  qarchive {ours.per_page(fetched):.2f} ms ({fetched} pages,"
                f" {ours.peak:.0f} MB)   scrapy {theirs.per_page(received):.2f} ms"
                f" ({received} pages, {theirs.peak:.0f} MB)   ratio {ratio:.2f}",
                flush=True,
            )
    print(f"  median ratio {statistics.median(ratios):.2f} (mark: 0.8)")
