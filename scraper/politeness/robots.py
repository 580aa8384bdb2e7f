"""Obeys robots.txt (RFC 9309): sends nothing to a host before its rules are known."""

import asyncio
import time
from collections.abc import Awaitable

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from scraper import signals
from scraper.component import Component
from scraper.politeness.addresses import is_loopback_host
from scraper.politeness.errors import DeniedError, RobotsUnreachableError
from scraper.politeness.robots_fetch import OWN_FETCH, fetch_robots
from scraper.politeness.robots_rules import MAX_DELAY, Robots

FRESH = 24 * 3600.0  # seconds that rules are used (RFC 9309, 2.4)


class RobotsMiddleware(Component):
    """Denies what robots.txt disallows, and everything while it cannot be read.

    One fetch per host and day; all requests to the host wait for it. Raises DeniedError
    (robots-disallow, robots-delay) and RobotsUnreachableError. Crawl-delay and Request-rate raise
    the delay of the host's downloader slot.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._reading: dict[str, asyncio.Task[Robots]] = {}
        self._read_at: dict[str, float] = {}

    def process_request(self, request: Request) -> Awaitable[None] | None:
        if OWN_FETCH in request.meta:
            return None
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        reading = self._reading.get(origin)
        if reading is None or self._is_stale(origin):
            self._read_at.pop(origin, None)
            reading = asyncio.create_task(self._read(origin, parts.hostname or ""))
            self._reading[origin] = reading
        if reading.done():
            check_allowed(request.url, reading.result())
            return None
        return self._wait(request, reading)

    async def _wait(self, request: Request, reading: asyncio.Task[Robots]) -> None:
        # Shielded: others wait for the same robots.txt when one request is cancelled.
        check_allowed(request.url, await asyncio.shield(reading))

    def _is_stale(self, origin: str) -> bool:
        read_at = self._read_at.get(origin)
        return read_at is not None and read_at + FRESH < time.monotonic()

    async def _read(self, origin: str, host: str) -> Robots:
        engine = self._crawler.engine
        assert engine is not None
        robots, responses = await fetch_robots(
            engine.download_async, origin, is_loopback_host(host)
        )
        self._read_at[origin] = time.monotonic()
        if 0 < robots.delay <= MAX_DELAY:
            self._raise_delay(engine.downloader, host, robots.delay)
        await self._crawler.signals.send_catch_log_async(
            signals.robots_fetched, origin=origin, responses=responses, robots=robots
        )
        return robots

    def _raise_delay(self, downloader: Downloader, host: str, delay: float) -> None:
        # Slots are dropped when unused for a minute; these settings are for the ones made later.
        settings = downloader.per_slot_settings.setdefault(host, {})
        least = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        delay = max(delay, settings.get("delay", least))
        settings.update(delay=delay, jitter=0)
        slot = downloader.slots.get(host)
        if slot is not None:
            slot.delay, slot.jitter = delay, 0


def check_allowed(url: str, robots: Robots) -> None:
    """Raise RobotsUnreachableError or DeniedError unless `robots` lets `url` be fetched."""
    if robots.denied is not None:
        raise DeniedError(robots.denied.code, robots.denied.reason)
    if robots.unreachable is not None:
        raise RobotsUnreachableError(robots.unreachable, robots.retry_at, robots.cause)
    if robots.delay > MAX_DELAY:
        wish = f"robots.txt asks for {robots.delay:.0f} s between requests"
        raise DeniedError("robots-delay", f"{wish}, more than {MAX_DELAY:.0f} s")
    if not robots.allows(url):
        raise DeniedError("robots-disallow", "robots.txt disallows this URL")
