"""Measures how fast a host was really asked, where requests leave for the network."""

import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

_STAT = "qarchive/smallest_gap/"  # and the host


class Pace(NamedTuple):
    """Seconds between two requests to one host."""

    smallest_gap: float | None  # None: fewer than two were sent
    delay: float  # the required minimum: ours, or that of robots.txt if it is longer


class Stopwatch:
    """Keeps the shortest time between two requests to each host in the crawler's stats."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float] = time.monotonic) -> None:
        assert crawler.stats is not None
        self._stats = crawler.stats
        self._clock = clock
        self._last: dict[str, float] = {}
        self._least: dict[str, float] = {}

    def sent(self, request: Request) -> None:
        """Record that a request leaves now."""
        host, now = urlparse_cached(request).netloc, self._clock()
        gap = now - self._last.get(host, float("-inf"))
        self._last[host] = now
        if gap < self._least.get(host, float("inf")):
            self._least[host] = gap
            self._stats.set_value(_STAT + host, gap)


def pace_of(crawler: Crawler, host: str) -> Pace:
    """The pace of a crawl at a host ("host" or "host:port")."""
    assert crawler.stats is not None
    delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
    if crawler.engine is not None:
        name = urlsplit(f"//{host}").hostname or ""
        slot = crawler.engine.downloader.per_slot_settings.get(name, {})
        delay = max(delay, slot.get("delay", 0.0))
    return Pace(crawler.stats.get_value(_STAT + host), delay)
