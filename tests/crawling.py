"""Crawls inside the test's process, and a small site whose pages tests write by hand."""

import asyncio
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from pipelines.frontier import RESULT
from pipelines.runs import Run
from scraper.errors import NotAQuestionError, QuestionMissingError
from scraper.items import Kind, Link, Question, Reply, Via
from scraper.reading.page import Page
from scraper.spider import QuestionSpider

_HREF = re.compile(r'href="([^"]+)"')


def crawl(
    spider: type[QuestionSpider] | str,
    archive: Path,
    *,
    settings: dict[str, Any] | None = None,
    **arguments: Any,
) -> tuple[str, Run]:
    """Crawl into the archive; why it ended, and the run's counts."""
    project = Settings()
    project.setmodule("scraper.settings", priority="project")
    given = {"ARCHIVE": str(archive), "TWISTED_REACTOR_ENABLED": False, "LOG_LEVEL": "ERROR"}
    project.setdict(given | (settings or {}), priority="cmdline")

    async def run() -> tuple[str, Run]:
        crawler = AsyncCrawlerRunner(project).create_crawler(spider)
        await crawler.crawl_async(**arguments)
        assert crawler.stats is not None
        return cast("tuple[str, Run]", crawler.stats.get_value(RESULT))

    return asyncio.run(run())


def start_links(home: str) -> list[Link]:
    return [Link(url=home, kind=Kind.LIST, via=Via.START)]


def classify(url: str, home: str) -> tuple[str, Kind] | None:
    parts = urlsplit(urldefrag(url).url)
    if parts.netloc != urlsplit(home).netloc:
        return None
    return parts.geturl(), Kind.QUESTION if parts.path.startswith("/q/") else Kind.LIST


def read_question(page: Page) -> Question:
    """The page is `<h1>title</h1><p>text</p>` and one `<li>` for each reply."""
    text = page.decoded.text
    match re.findall(r"<h1>(.*?)</h1><p>(.*?)</p>", text):
        case [("missing", _)]:
            raise QuestionMissingError(page.url)
        case [("bug", _)]:
            raise KeyError("a bug in the reader")
        case [(title, asked)]:
            return Question(
                site="toy",
                source_id=urlsplit(page.url).path.removeprefix("/q/"),
                language="en",
                url=page.url,
                title=title or None,
                text=asked.encode().decode("unicode_escape"),
                replies=tuple(Reply(text=reply) for reply in re.findall("<li>(.*?)</li>", text)),
            )
    raise NotAQuestionError("no heading and paragraph")


def read_links(page: Page, kind: Kind, home: str, question: Question | None) -> Iterable[Link]:
    del question
    via = Via.SIMILAR if kind is Kind.QUESTION else Via.LIST
    for href in _HREF.findall(page.decoded.text):
        with suppress(ValueError):  # http://[bad/
            found = classify(urljoin(page.url, href), home)
            if found is not None:
                yield Link(url=found[0], kind=found[1], via=via)


class Toy(QuestionSpider):
    """The site of these tests."""

    name = "toy"
    home = "http://127.0.0.1/"
    required = frozenset({"title", "text"})
    start_links = staticmethod(start_links)
    classify = staticmethod(classify)
    read_question = staticmethod(read_question)
    read_links = staticmethod(read_links)
