"""One crawl in this process: archive opened first, Scrapy started, the result told."""

from pathlib import Path
from typing import Any, cast

import click

from pipelines.archive import Archive, lend
from pipelines.frontier import RESULT
from pipelines.runs import Run


def crawl(
    site: str,
    folder: Path,
    *,
    contact: str | None = None,
    progress: bool | None = None,
    **arguments: Any,
) -> tuple[str, Run]:
    """Crawl `site` into the archive; why it ended, and the run's counts.

    `arguments` are the spider's. Raises ArchiveError before the first request when the archive
    cannot be used, and click.UsageError when the crawl cannot be set up.
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.exceptions import NotConfigured
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    given = {
        "LOG_LEVEL": "WARNING",
        "ARCHIVE": str(folder),
        "CONTACT": contact,
        "PROGRESS": progress,
    }
    settings.setdict(given, priority="cmdline")
    archive = Archive.open(folder)
    try:
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(site)
        lend(crawler, archive)
        crawling = process.crawl(crawler, **arguments)
        process.start()
        crawling.result()
    except (NotConfigured, ValueError) as error:
        raise click.UsageError(str(error)) from error
    finally:
        archive.close()
    assert crawler.stats is not None
    return cast("tuple[str, Run]", crawler.stats.get_value(RESULT))


def site_names() -> list[str]:
    """The names of all sites that can be crawled."""
    from scrapy.settings import Settings
    from scrapy.spiderloader import SpiderLoader

    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    return sorted(SpiderLoader.from_settings(settings).list())
