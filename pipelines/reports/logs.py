"""What Scrapy logs: each page for those who ask for it, a failing disk in one line."""

import logging
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from pipelines.archive import STORAGE_ERRORS


class Log(LogFormatter):
    """Scrapy's, but quiet about what the frontier tells itself when it ends the run.

    What is logged of each page at level DEBUG is not even put together at any other.
    """

    def __init__(self, *, pages: bool) -> None:
        self._pages = pages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(pages=crawler.settings["LOG_LEVEL"] == "DEBUG")

    def crawled(  # type: ignore[override]  # its documentation allows None
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """Nothing above level DEBUG."""
        return super().crawled(request, response, spider) if self._pages else None

    def scraped(  # type: ignore[override]  # as above
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Nothing above level DEBUG."""
        return super().scraped(item, response, spider) if self._pages else None

    def dropped(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """In one line, without all that was read."""
        told = super().dropped(item, exception, response, spider)
        told["msg"], told["args"] = "%s is refused: %s", (item.url, exception)
        return told

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """At level DEBUG for a storage error."""
        told = super().item_error(item, exception, response, spider)
        if isinstance(exception, STORAGE_ERRORS):
            told["level"] = logging.DEBUG
        return told
