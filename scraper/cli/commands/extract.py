"""`qarchive extract`."""

import sys
from pathlib import Path

import click

from pipelines.errors import StorageError
from scraper.cli.streams import say, use_utf_8
from scraper.exit_status import ExitStatus


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--site", required=True, help="Whose reader to use.")
@click.option("--url", help="Where the page was fetched; needed unless the page or WARC says it.")
@click.option(
    "--evidence",
    is_flag=True,
    help="Add where on its page each field stands: XPath, and offsets into the visible text.",
)
def command(files: tuple[Path, ...], site: str, url: str | None, evidence: bool) -> None:
    """Read saved pages and print their records as JSON Lines.

    FILES are HTML pages (may be gzipped) or WARCs (*.warc, *.warc.gz), of which the question
    pages are read. What can't be read is told on standard error and under "problems"; the exit
    status is then 1.

    \b
    Example:
        qarchive extract page.html --site adoctor --url https://adoctor.tw/article/177001
    """
    from scraper.cli.running import spider_class
    from scraper.cli.saved import pages, print_record
    from scraper.politeness.errors import BodyError

    use_utf_8()
    spider = spider_class(site)
    all_sound = True
    for file in files:
        try:
            for saved in pages(file, url, spider):
                all_sound &= print_record(saved, spider, evidence=evidence)
        except (StorageError, BodyError) as error:
            say(f"{file}: cannot be read: {error}", err=True)
            all_sound = False
    sys.exit(ExitStatus.DONE if all_sound else ExitStatus.FAULTS)
