"""A sample site crawled week after week, within a budget, and what the archive made of it."""

import asyncio
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from pipelines.frontier import RESULT
from pipelines.reports.runs import Run
from scraper.clock import VARIABLE
from scraper.items import Outcome
from scraper.sample.history import moment
from scraper.sample.server import serve
from scraper.sites.adoctor import Adoctor
from tests.database import rows
from tests.stages import Watched
from tests.truth.sites import SampleSite, build

_AIOHTTP = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"


def crawl(archive: Path, base_url: str, max_pages: int | None) -> Run:
    """Crawl the sample adoctor in this process, without a reactor; the run's counts."""
    project = Settings()
    project.setmodule("scraper.settings", priority="project")
    project.setdict(
        {
            "ARCHIVE": str(archive),
            "LOG_LEVEL": "ERROR",
            "PROGRESS": False,
            "TWISTED_REACTOR_ENABLED": False,
            "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), _AIOHTTP),
            "DOWNLOAD_VERIFY_CERTIFICATES": False,
        },
        priority="cmdline",
    )

    async def run() -> Run:
        crawler = Crawler(Adoctor, project)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            await crawler.crawl_async(base_url=base_url, max_pages=max_pages)
        assert crawler.stats is not None
        why, ended = crawler.stats.get_value(RESULT)
        assert why in ("finished", "budget")
        assert isinstance(ended, Run)
        return ended

    return asyncio.run(run())


@dataclass
class Weeks:
    """Ten weeks of one site."""

    questions: int
    first: int | None  # requests of the first crawl; None: as many as it takes
    share: float  # of all pages: requests of each further crawl
    runs: list[Run] = field(default_factory=list)
    asked: list[Counter[str]] = field(default_factory=list)  # path and query -> how often, by week
    sites: list[SampleSite] = field(default_factory=list)
    full: int = 0  # requests of a crawl that fetches everything

    def budget(self) -> int:
        """Requests of a further crawl."""
        return round(self.full * self.share)


def crawl_weeks(weeks: Weeks, archive: Path, count: int, patch: pytest.MonkeyPatch) -> str:
    """Crawl `count` revisions, a week apart; the site's URL."""
    watched = Watched(build("adoctor", questions=weeks.questions, revision=1))
    with serve(watched) as served:
        for revision in range(1, count + 1):
            watched.site = build("adoctor", questions=weeks.questions, revision=revision)
            watched.asked = Counter()
            patch.setenv(VARIABLE, moment(revision).isoformat())
            most = weeks.first if revision == 1 else weeks.budget()
            run = crawl(archive, served.url, most)
            if revision == 1 and weeks.first is None:
                weeks.full = sum(run.counts.values())
            weeks.runs.append(run)
            weeks.asked.append(watched.asked)
            weeks.sites.append(watched.site)
        return served.url


def held_numbers(archive: Path) -> set[int]:
    """Numbers of the questions that the archive holds in both languages."""
    counted = rows(archive, "SELECT source_id, count(*) FROM questions GROUP BY source_id")
    return {int(number) for number, languages in counted if languages == 2}


def costs(run: Run) -> dict[str, int]:
    """How many URLs the run left in each state."""
    return {outcome.value: run.counts[outcome] for outcome in Outcome if run.counts[outcome]}
