"""Shows the progress of a crawl: a bar on a terminal, one line a minute elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from pipelines.archive import archive_of
from pipelines.frontier import frontier_of
from pipelines.queue.urls import known
from scraper.items import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress

_BAR_INTERVAL = 0.5  # seconds
_LINE_INTERVAL = 60.0


class CrawlProgress:
    """Scrapy extension; with PROGRESS=False it shows nothing."""

    def __init__(self, crawler: Crawler, *, bar: bool) -> None:
        self._crawler = crawler
        self._bar = _bar() if bar else None
        self._task: Any = None
        self._started = time.monotonic()
        self._call = create_looping_call(self._show)
        self._every = _BAR_INTERVAL if bar else _LINE_INTERVAL

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlProgress | None:
        if crawler.settings.get("PROGRESS") is False:
            raise NotConfigured
        report = cls(crawler, bar=sys.stderr.isatty())
        crawler.signals.connect(report._opened, signals.spider_opened)
        crawler.signals.connect(report._closed, signals.spider_closed)
        return report

    def _opened(self) -> None:
        if self._bar is not None:
            assert self._crawler.spider is not None
            self._task = self._bar.add_task(self._crawler.spider.name, total=None, figures="")
            self._bar.start()
        self._call.start(self._every, now=False)

    def _closed(self) -> None:
        if self._call.running:
            self._call.stop()
        if self._bar is not None:
            self._bar.stop()

    def _show(self) -> None:
        frontier, archive = frontier_of(self._crawler), archive_of(self._crawler)
        if not frontier.on or archive.failure is not None:
            return
        run = frontier.run
        total, ready = known(archive.db, frontier.scope)
        rate = run.taken / max(time.monotonic() - self._started, 0.001)
        figures = (
            f"{run.taken} pages, {run.counts[Outcome.PROBLEM]} problems, {rate:.1f}/s,"
            f" {run.questions} questions, {total} known, {ready} to do"
        )
        if self._bar is not None:
            self._bar.update(
                self._task, completed=run.taken, total=run.taken + ready, figures=figures
            )
        else:
            with suppress(OSError):  # nobody reads it: the crawl goes on
                print(f"{frontier.scope.site}: {figures}", file=sys.stderr, flush=True)  # noqa: T201


def _bar() -> Progress:
    from rich.console import Console  # noqa: PLC0415 -- slow, and only a terminal needs it
    from rich.progress import (  # noqa: PLC0415 -- as above
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
