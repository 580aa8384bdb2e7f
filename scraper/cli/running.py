"""One crawl in this process: archive opened first, Scrapy started, the result told."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from pipelines.archive import Archive, lend
from pipelines.errors import StorageError
from pipelines.frontier import RESULT, frontier_of
from pipelines.runs import Run
from scraper.errors import TombstonesError
from scraper.memory import keep_for_the_next_page
from scraper.tombstones import load

if TYPE_CHECKING:
    from scraper.spider import QuestionSpider


def crawl(
    spider: type[QuestionSpider],
    folder: Path,
    *,
    contact: str | None = None,
    progress: bool | None = None,
    **arguments: Any,
) -> tuple[str, Run]:
    """Crawl a site into the archive; why it ended, and the run's counts.

    `arguments` are the spider's. Raises ArchiveError before the first request when the archive
    cannot be used, and click.UsageError when the crawl cannot be set up.
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.exceptions import NotConfigured
    from scrapy.settings import Settings

    import scraper.politeness.handler  # noqa: F401 (Scrapy's own looks at the stack: it is short here)

    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    given = {
        "LOG_LEVEL": "WARNING",
        "ARCHIVE": str(folder),
        "CONTACT": contact,
        "PROGRESS": progress,
    }
    settings.setdict(given, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    try:  # what the spider refuses is told before anything is made
        tried = spider.from_crawler(process.create_crawler(spider), **arguments)
        deque(tried.first_links(), maxlen=0)
    except (NotConfigured, ValueError) as error:
        raise click.UsageError(str(error)) from error
    try:
        load(folder)
    except TombstonesError as error:
        raise StorageError(str(error)) from error
    archive = Archive.open(folder)
    try:
        crawler = process.create_crawler(spider)
        lend(crawler, archive)
        crawling = process.crawl(crawler, **arguments)
        keep_for_the_next_page()
        process.start()
        if crawling.done():
            crawling.result()
        else:  # a second signal left the engine no time to close
            frontier_of(crawler).close("shutdown")
    finally:
        archive.close()
    assert crawler.stats is not None
    return cast("tuple[str, Run]", crawler.stats.get_value(RESULT))


def spider_class(site: str) -> type[QuestionSpider]:
    """The site's spider. Raises click.UsageError, naming the sites there are."""
    from scraper.loading import sites

    if site not in sites():
        raise click.UsageError(f"no site {site}: it is one of {', '.join(sites())}.")
    return sites()[site]
