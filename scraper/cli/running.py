"""Runs one crawl in this process: opens the archive, then starts Scrapy."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import click

from pipelines.archive import Archive, lend
from pipelines.frontier import RESULT, frontier_of
from pipelines.queue.hosts import refuse_taken
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run
from scraper.cli.streams import warn
from scraper.memory import keep_for_the_next_page
from scraper.tombstones import load
from scraper.wording import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

    from scraper.spider import QuestionSpider


def crawl(
    spider: type[QuestionSpider],
    folder: Path,
    *,
    contact: str | None = None,
    progress: bool = True,
    claimed: Callable[[], IO[str]] | None = None,
    **arguments: Any,
) -> tuple[EndReason, Run]:
    """Crawl a site into the archive; returns why the run ended, and its counts.

    `arguments` are the spider's; `claimed` is as for `Archive.open`. Raises ArchiveError before the
    first request when the archive cannot be used, and click.UsageError when the crawl cannot be
    set up.
    """
    import scrapy.core.downloader.contextfactory  # noqa: F401 (reads all callers' source: few here)
    from scrapy.crawler import AsyncCrawlerProcess

    settings = _settings(ARCHIVE=str(folder), CONTACT=contact, PROGRESS=progress, SPIDER_MODULES=[])
    process = AsyncCrawlerProcess(settings)
    made = _make_spider(process.create_crawler(spider), arguments)
    _tell_of_proxy(made)
    load(folder)  # raises for unreadable tombstones before anything is made
    archive = Archive.open(folder, claimed)
    try:
        refuse_taken(archive.db, made.name, made.base)
        crawler = process.create_crawler(spider)
        lend(crawler, archive)
        crawling = process.crawl(crawler, **arguments)
        keep_for_the_next_page()
        process.start()
        assert crawler.stats is not None
        if crawling.done():
            crawling.result()
        elif crawler.stats.get_value(RESULT) is None:  # a second signal left no time to close
            frontier_of(crawler).close(EndReason.STOPPED)
    finally:
        archive.close()
    return cast("tuple[EndReason, Run]", crawler.stats.get_value(RESULT))


def make_spider(
    spider: type[QuestionSpider], *, contact: str | None, **arguments: Any
) -> QuestionSpider:
    """The spider as a crawl makes it. Raises click.UsageError for arguments it refuses."""
    from scrapy.crawler import Crawler

    return _make_spider(Crawler(spider, _settings(CONTACT=contact)), arguments)


def _make_spider(crawler: Crawler, arguments: dict[str, Any]) -> QuestionSpider:
    from scrapy.exceptions import NotConfigured

    try:
        spider = cast("type[QuestionSpider]", crawler.spidercls).from_crawler(crawler, **arguments)
        deque(spider.first_links(), maxlen=0)
    except (NotConfigured, ValueError) as error:
        raise click.UsageError(str(error)) from error
    return spider


def _tell_of_proxy(spider: QuestionSpider) -> None:
    """Warn where the environment names a proxy: none is used, as it would look up names itself."""
    scheme, host = urlsplit(spider.base)[:2]
    if scheme in getproxies() and not (spider.loopback or proxy_bypass(host)):
        warn(f"{scheme}_proxy is set but not used: requests go straight to {host}.")


def _settings(**given: Any) -> Settings:
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    quiet = {"LOG_LEVEL": "WARNING", "LOG_VERSIONS": []}  # as INFO; finding them takes 10 ms
    settings.setdict(quiet | given, priority="cmdline")
    return settings


def spider_class(site: str) -> type[QuestionSpider]:
    """The site's spider. Raises click.UsageError, naming the sites there are."""
    from scraper.loading import site_named, sites

    named = site_named(site)
    if named is None:
        names = ", ".join(sites())
        raise click.UsageError(f"no site {site}: it is one of {names}.{suggestion(site, sites())}")
    return named
