"""Peak memory of runs over a site and one ten times larger, which must not differ."""

from pathlib import Path

from tests.bench.measuring import run, sample_site
from tests.bench.whole import crawl, taken


def main(folder: Path, small: int) -> None:
    """Print the peak memory of a crawl of `small` question pages and of ten times as many."""
    print("peak memory of `qarchive crawl`")
    peaks = []
    for pages in (small, small * 10):
        with sample_site(pages // 2) as url:
            archive = folder / f"flat-{pages}"
            cost = run(crawl(url, archive), folder / "flat.log")
        peaks.append(cost.peak)
        settled = taken(archive)
        print(f"  {settled} pages: {cost.peak:.0f} MB, {cost.per_page(settled):.2f} ms", flush=True)
    print(f"  ratio {peaks[1] / peaks[0]:.2f} (mark: flat, and under 250 MB)")
