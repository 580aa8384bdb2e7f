"""The whole job against a bare Scrapy spider on the same pages, in turn."""

import statistics
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measuring import run_in_turn, sample_site
from tests.database import rows

PAIRS = 3


def crawl(url: str, archive: Path) -> Sequence[str]:
    """`qarchive crawl`, as arguments of `python`."""
    command = ["-m", "scraper.cli", "crawl", "adoctor", "--base-url", url]
    return [*command, "--archive", str(archive), "--no-progress"]


def bare(url: str, log: Path) -> Sequence[str]:
    """The peer, as arguments of `python`; it prints the number of pages it fetched."""
    return ["-m", "tests.bench.bare", url, str(log)]


def taken(archive: Path) -> int:
    """URLs that the last run settled."""
    (taken,), *_ = rows(archive, "SELECT taken FROM runs ORDER BY id DESC")
    return int(taken)


def main(folder: Path, pages: int) -> None:
    """Print each pair, and the median ratio."""
    ratios = []
    print(f"whole job against a bare default Scrapy spider, {pages} question pages, CPU per page")
    with sample_site(pages // 2) as url:
        for pair in range(PAIRS):
            archive = folder / f"whole-{pair}"
            ours, theirs = run_in_turn(
                (crawl(url, archive), folder / "whole.log"),
                (bare(url, folder / "bare.scrapy"), folder / "bare.log"),
            )
            settled, received = taken(archive), int(theirs.output)
            ratios.append(ours.per_page(settled) / theirs.per_page(received))
            print(
                f"  qarchive {ours.per_page(settled):.2f} ms ({settled} pages,"
                f" {ours.peak:.0f} MB)   scrapy {theirs.per_page(received):.2f} ms"
                f" ({received} pages, {theirs.peak:.0f} MB)   ratio {ratios[-1]:.2f}",
                flush=True,
            )
    print(f"  median ratio {statistics.median(ratios):.2f} (mark: 0.8)")
