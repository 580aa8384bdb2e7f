"""A page with status 200 that is no question page gives no record, on any site."""

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from pipelines.validate import missing_fields
from scraper.errors import QuestionMissingError, ReadingError
from scraper.items import Question
from scraper.reading.page import Page
from scraper.site import Site
from tests.truth.sites import NAMES, SampleSite, build
from tests.wrong_pages import WRONG

HOST = "127.0.0.1:8000"
LISTS = {"adoctor": "/", "taiwan-ehospital": "/doctor/Index1.php", "qapage": "/questions"}


def spider_of(name: str) -> type[Site]:
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    spider: type[Site] = SpiderLoader.from_settings(settings).load(name)  # type: ignore[assignment]
    return spider


@pytest.fixture(scope="module", params=NAMES)
def site(request: pytest.FixtureRequest) -> SampleSite:
    return build(request.param, questions=40, seed=5)


def urls(site: SampleSite) -> Iterator[str]:
    home = f"http://{HOST}{site.start}"
    for record in site.records(home):
        yield record.url


def fetched(site: SampleSite, url: str) -> tuple[bytes, str | None]:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    answer = site.respond(target, {"host": HOST})
    assert answer.status == 200
    return answer.body, answer.header("Content-Type")


def read(site: SampleSite, url: str, body: bytes, content_type: str | None) -> Question | None:
    """What may be stored; None when the page is refused as it should be."""
    spider = spider_of(site.name)
    page = Page(url=url, body=body, content_type=content_type, default_charset=spider.charset)
    try:
        question = spider.read_question(page)
    except QuestionMissingError:
        pytest.fail("the question would be taken for gone")
    except ReadingError:
        return None
    return None if question.problems or missing_fields(question, spider.required) else question


@pytest.mark.parametrize("kind", sorted(WRONG))
def test_a_wrong_page_gives_no_record(site: SampleSite, kind: str) -> None:
    url = next(urls(site))
    assert read(site, url, WRONG[kind], "text/html; charset=utf-8") is None


def test_a_list_in_place_of_a_question_gives_no_record(site: SampleSite) -> None:
    body, content_type = fetched(site, f"http://{HOST}{LISTS[site.name]}")
    assert read(site, next(urls(site)), body, content_type) is None


def test_another_questions_page_gives_no_record(site: SampleSite) -> None:
    language = re.compile(r"/zh-Hant/")
    own = [url for url in urls(site) if not language.search(url)]
    for url, other in pairwise(own):
        body, content_type = fetched(site, other)
        question = read(site, url, body, content_type)
        assert question is None, (url, other)


def test_the_right_page_does(site: SampleSite) -> None:
    url = next(urls(site))
    assert read(site, url, *fetched(site, url)) is not None
