"""Scrapy's log messages: of each page only at level DEBUG, a failing disk in one line."""

import logging
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from pipelines.archive import is_of_storage
from scraper.wording import printable


class Log(LogFormatter):
    """Scrapy's log formatter, without the errors that the frontier logs when it ends the run.

    Messages of level DEBUG, one for each page, are not even formatted at any other level.
    """

    def __init__(self, *, pages: bool) -> None:
        self._pages = pages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(pages=crawler.settings["LOG_LEVEL"] == "DEBUG")

    def crawled(  # type: ignore[override]  # its documentation allows None
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """The message for a page; None unless the level is DEBUG."""
        return super().crawled(request, response, spider) if self._pages else None

    def scraped(  # type: ignore[override]  # as above
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        return super().scraped(item, response, spider) if self._pages else None

    def dropped(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """The message for a refused page, in one line."""
        entry = super().dropped(item, exception, response, spider)
        entry["msg"], entry["args"] = "%s is refused: %s", (item.url, printable(str(exception)))
        return entry

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """The message for an error of a step, at level DEBUG if storage failed."""
        entry = super().item_error(item, exception, response, spider)
        entry["msg"], entry["args"] = "a step failed on %s", (item.url,)
        if is_of_storage(exception) and not isinstance(exception, MemoryError):
            entry["level"] = logging.DEBUG
        return entry
