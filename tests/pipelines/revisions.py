"""A sample site crawled each week within a budget of requests."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipelines.reports.runs import Run
from scraper.clock import VARIABLE
from scraper.sample.history import moment
from scraper.sample.server import serve
from scraper.sites.adoctor import Adoctor
from tests.crawling import crawl
from tests.database import rows
from tests.stages import Watched
from tests.truth.sites import SampleSite, build


def crawl_adoctor(archive: Path, base_url: str, max_pages: int | None) -> Run:
    """Crawl the sample adoctor in this process; the run's counts."""
    why, run = crawl(archive, site=Adoctor, base_url=base_url, max_pages=max_pages)
    assert why in ("finished", "budget")
    return run


@dataclass
class Weeks:
    """Crawls of one site, a week apart."""

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
    with serve(watched) as home:
        for revision in range(1, count + 1):
            watched.site = build("adoctor", questions=weeks.questions, revision=revision)
            watched.asked = Counter()
            patch.setenv(VARIABLE, moment(revision).isoformat())
            max_pages = weeks.first if revision == 1 else weeks.budget()
            run = crawl_adoctor(archive, home, max_pages)
            if revision == 1 and weeks.first is None:
                weeks.full = sum(run.counts.values())
            weeks.runs.append(run)
            weeks.asked.append(watched.asked)
            weeks.sites.append(watched.site)
        return home


def held_numbers(archive: Path) -> set[int]:
    """Numbers of the questions that the archive holds in both languages."""
    counted = rows(archive, "SELECT source_id, count(*) FROM questions GROUP BY source_id")
    return {int(number) for number, languages in counted if languages == 2}
