"""Which counts of a run are an alarm, the exit status that says so, and what its log tells."""

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from pipelines.reports.end_reason import EndReason
from pipelines.reports.logs import Log
from pipelines.reports.new_problems import NewProblems, Since
from pipelines.reports.runs import Run, complaints, exit_status
from scraper.items import Outcome


def run_of(**counts: int) -> Run:
    given = {Outcome(name): number for name, number in counts.items()}
    return Run(1, "", counts=dict.fromkeys(Outcome, 0) | given, is_whole=True)


@pytest.mark.parametrize(
    ("why", "run", "status"),
    [
        ("finished", run_of(), 0),
        ("finished", run_of(fetched=95, problem=5), 0),
        ("finished", run_of(fetched=94, problem=6), 1),
        ("budget", run_of(fetched=94, problem=6), 1),
        ("finished", run_of(fetched=10, problem=1, denied=1000), 1),  # denials are no pages
        ("finished", run_of(denied=10), 0),
        ("unreachable", run_of(problem=10), 5),
        ("stopped", run_of(fetched=10), 6),
        ("storage", run_of(fetched=10), 3),
    ],
)
def test_exit_status(why: str, run: Run, status: int) -> None:
    assert exit_status(EndReason(why), run) == status


@pytest.mark.parametrize(
    ("fetched", "known", "news", "said"),
    [
        (2, 1, 0, None),  # a page that has long been broken, start page and sitemap
        (0, 3, 0, None),
        (2, 0, 1, None),  # chance
        (1, 0, 2, "2 of 3 pages are problems"),
        (0, 0, 3, "3 of 3 pages are problems"),
        (0, 9, 3, "3 of 3 pages are new problems"),
        (18, 5, 2, None),
        (17, 5, 3, None),
        (16, 5, 4, "4 of 20 pages are new problems"),
        (95, 9, 5, None),
        (94, 9, 6, "6 of 100 pages are new problems"),
    ],
)
def test_a_quiet_night_tells_what_is_news_and_more_than_chance(
    fetched: int, known: int, news: int, said: str | None
) -> None:
    run = run_of(fetched=fetched, problem=known + news)
    run.is_whole, run.new = False, NewProblems((Since(1, news, fetched + news),))
    assert list(complaints(run)) == ([said] if said else [])


def test_a_lost_url_is_a_complaint() -> None:
    run = run_of(fetched=10)
    run.lost = 1
    assert exit_status(EndReason.FINISHED, run) == 1
    assert list(complaints(run)) == ["1 URL lost, which is a bug"]


@pytest.mark.parametrize(("level", "told"), [("DEBUG", True), ("INFO", False), ("WARNING", False)])
def test_each_page_is_told_at_level_debug_only(level: str, told: bool) -> None:  # noqa: FBT001
    log = Log.from_crawler(get_crawler(settings_dict={"LOG_LEVEL": level}))
    request, spider = Request("http://127.0.0.1/a"), Spider(name="a")
    response = Response(request.url, request=request)
    assert (log.crawled(request, response, spider) is not None) is told
    assert (log.scraped("item", response, spider) is not None) is told
