"""Crawls in the test's process, and the toy site, whose pages tests write by hand."""

import asyncio
import json
import re
import subprocess
import sys
import warnings
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from pipelines.frontier import RESULT
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run, exit_status
from scraper.errors import NotAQuestionError, QuestionMissingError
from scraper.items import Kind, Link, Question, Reply, Via
from scraper.politeness import retry
from scraper.reading.page import Page
from scraper.spider import QuestionSpider
from tests.forked import python_m

SHORT_WAIT = timedelta(seconds=0.02)  # instead of retry.FIRST_WAIT_LOOPBACK, which grows to seconds
_AIOHTTP = "scrapy.core.downloader.handlers._aiohttp"


class Ended(NamedTuple):
    """Why a crawl ended, and what its run counted."""

    why: EndReason
    run: Run


_HREF = re.compile(r'href="([^"]+)"')


def crawl(
    archive: Path,
    *,
    site: type[QuestionSpider] | None = None,
    settings: dict[str, Any] | None = None,
    **arguments: Any,
) -> Ended:
    """Crawl a site, the toy site by default, in this process.

    A process can start a Twisted reactor only once, so there is none. Scrapy's handler that works
    without one is private and warns of that.
    """
    handlers = {"http": f"{_AIOHTTP}.AiohttpDownloadHandler", "https": None}
    overrides = {
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": handlers,
        "DOWNLOAD_VERIFY_CERTIFICATES": False,  # loading them takes as long as a small crawl
    }
    project = _settings(archive, overrides | (settings or {}))

    async def run() -> Ended:
        crawler = Crawler(site or Toy, project)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            await crawler.crawl_async(**arguments)
        return _ended(crawler)

    return asyncio.run(run())


def crawl_process(
    archive: Path,
    *,
    settings: dict[str, Any] | None = None,
    timeout: float = 60,
    **arguments: Any,
) -> subprocess.CompletedProcess[str]:
    """Crawl the toy site in a process of its own, with the reactor and handlers of real runs."""
    job = json.dumps([str(archive), settings or {}, arguments])
    return python_m("tests.crawling", job, seconds=timeout)


def _settings(archive: Path, overrides: dict[str, Any]) -> Settings:
    project = Settings()
    project.setmodule("scraper.settings", priority="project")
    defaults = {"ARCHIVE": str(archive), "LOG_LEVEL": "ERROR", "PROGRESS": False}
    project.setdict(defaults | overrides, priority="cmdline")
    return project


def _ended(crawler: Crawler) -> Ended:
    assert crawler.stats is not None
    return Ended(*crawler.stats.get_value(RESULT))


def _main() -> None:
    retry.FIRST_WAIT_LOOPBACK = SHORT_WAIT
    archive, settings, arguments = json.loads(sys.argv[1])
    process = AsyncCrawlerProcess(_settings(Path(archive), settings))
    crawler = process.create_crawler(Toy)
    crawling = process.crawl(crawler, **arguments)
    process.start()
    crawling.result()
    ended = _ended(crawler)
    sys.exit(exit_status(ended.why, ended.run))


class Toy(QuestionSpider):
    """A site of hand-written pages: questions under /q/, all other pages are lists."""

    name = "toy"
    home = "http://127.0.0.1/"
    required = frozenset({"title", "text"})

    @staticmethod
    def start_links(home: str) -> list[Link]:
        return [Link(url=home, kind=Kind.LIST, via=Via.START)]

    @staticmethod
    def classify(url: str, home: str) -> tuple[str, Kind] | None:
        parts = urlsplit(urldefrag(url).url)
        if parts.netloc != urlsplit(home).netloc:
            return None
        return parts.geturl(), Kind.QUESTION if parts.path.startswith("/q/") else Kind.LIST

    @staticmethod
    def read_question(page: Page) -> Question:
        """Read `<h1>title</h1><p>text</p>` and one `<li>` for each reply.

        The title "missing" stands for a page without a question, "bug" for a fault of the reader.
        """
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
                    replies=tuple(
                        Reply(text=reply) for reply in re.findall("<li>(.*?)</li>", text)
                    ),
                )
        raise NotAQuestionError("no heading and paragraph")

    @staticmethod
    def read_links(page: Page, kind: Kind, home: str, question: Question | None) -> Iterable[Link]:
        del question
        via = Via.SIMILAR if kind is Kind.QUESTION else Via.LIST
        for href in _HREF.findall(page.decoded.text):
            with suppress(ValueError):  # http://[bad/
                classified = Toy.classify(urljoin(page.url, href), home)
                if classified is not None:
                    url, link_kind = classified
                    yield Link(url=url, kind=link_kind, via=via)


if __name__ == "__main__":
    _main()
