"""Fetches URLs with real Scrapy and our middlewares, and prints what became of each.

A program of its own, as a Twisted reactor can be started only once in a process. What it is given
and what it prints is JSON: see `fetch` in crawling.py.
"""

import asyncio
import hashlib
import ipaddress
import json
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from scraper import signals
from scraper.politeness import robots as robots_middleware
from scraper.politeness.errors import BodyError
from scraper.politeness.handler import BoundedHeadHandler
from scraper.politeness.retry import classify_failure, explain_failure
from scraper.politeness.robots_rules import Robots
from tests.memory import peak_mib

JOB = json.loads(sys.argv[1])
SENT: list[float] = []  # time.monotonic() of every request, robots.txt included
REACTOR = JOB["settings"].get("TWISTED_REACTOR_ENABLED", True)
RESULTS: list[dict[str, Any]] = []
ROBOTS: list[dict[str, Any]] = []


class TimedHandler(BoundedHeadHandler):
    async def download_request(self, request: scrapy.Request) -> Response:
        SENT.append(time.monotonic())
        return await super().download_request(request)


HANDLER = TimedHandler if REACTOR else AiohttpDownloadHandler
BASE = "scrapy.downloadermiddlewares"
SETTINGS = {
    "DOWNLOADER_MIDDLEWARES_BASE": {
        f"{BASE}.downloadtimeout.DownloadTimeoutMiddleware": 350,
        f"{BASE}.useragent.UserAgentMiddleware": 500,
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scraper.politeness.scope.ScopeMiddleware": 100,
        "scraper.politeness.robots.RobotsMiddleware": 200,
        "scraper.politeness.body.BodyMiddleware": 590,
    },
    "TWISTED_DNS_RESOLVER": "scraper.politeness.resolver.GuardedResolver",
    "DOWNLOAD_HANDLERS": {
        **dict.fromkeys(("data", "file", "ftp", "s3")),
        "http": HANDLER,
        "https": HANDLER,
    },
    "DOWNLOAD_MAXSIZE": 8 << 20,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_TIMEOUT": 4,
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "HTTPERROR_ALLOW_ALL": True,
    "USER_AGENT": "qarchive/0 (tests)",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    **JOB["settings"],
}


class UrlSpider(scrapy.Spider):
    """Fetches each URL once, and follows the redirects as the frontier does: as new URLs."""

    name = "urls"
    hosts = frozenset(JOB["hosts"])

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in JOB["urls"]:
            yield self.request(url)

    def request(self, url: str) -> scrapy.Request:
        return scrapy.Request(url, self.came, errback=self.failed, dont_filter=True)

    def came(self, response: Response) -> Iterator[scrapy.Request]:
        assert response.request is not None
        came = {
            "url": response.request.url,
            "status": response.status,
            "sha256": hashlib.sha256(response.body).hexdigest(),
            "raw_sha256": hashlib.sha256(response.request.meta["raw_body"]).hexdigest(),
            "flags": response.flags,
            "text": isinstance(response, TextResponse),
        }
        RESULTS.append(came)
        location = response.headers.get("Location")
        if location and JOB["follow"]:
            yield self.request(urljoin(response.url, location.decode()))

    def failed(self, failure: Failure) -> None:
        error = failure.value
        assert error is not None
        code, may_pass = classify_failure(error)
        raw = error.response.body if isinstance(error, BodyError) and error.response else None
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        RESULTS.append(
            {
                "url": request.url,
                "code": code,
                "may_pass": may_pass,
                "reason": explain_failure(error),
                "raw_size": None if raw is None else len(raw),
                "retry_at": str(getattr(error, "retry_at", None)),
            }
        )


def note_robots(origin: str, responses: list[Response], robots: Robots) -> None:
    ROBOTS.append(
        {
            "origin": origin,
            "statuses": [response.status for response in responses],
            "delay": robots.delay,
            "unreachable": robots.unreachable,
        }
    )


def resolve(name: str) -> str:
    """Stand in for the machine's name server."""
    if name == "localhost":
        return "127.0.0.1"
    with suppress(ValueError):
        return str(ipaddress.IPv4Address(JOB["dns"].get(name, name)))
    raise socket.gaierror(f"no such name here: {name}")


def resolve_ipv6(name: str, *_: object) -> list[tuple[Any, ...]]:
    """The same for names that have no other address."""
    with suppress(ValueError):
        address = str(ipaddress.IPv6Address(JOB["dns"].get(name, name)))
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 0, 0, 0))]
    raise socket.gaierror(f"no such name here: {name}")


def main() -> None:
    socket.gethostbyname = resolve
    socket.getaddrinfo = resolve_ipv6  # type: ignore[assignment]
    robots_middleware.FRESH = JOB["fresh"]
    if REACTOR:
        process = AsyncCrawlerProcess(SETTINGS)
        crawler = process.create_crawler(UrlSpider)
        crawler.signals.connect(note_robots, signals.robots_fetched)
        process.crawl(crawler)
        process.start()
    else:
        asyncio.run(crawl_without_reactor())
    json.dump(
        {"results": RESULTS, "robots": ROBOTS, "sent": SENT, "peak_mib": peak_mib()}, sys.stdout
    )


async def crawl_without_reactor() -> None:
    runner = AsyncCrawlerRunner(SETTINGS)
    crawler = runner.create_crawler(UrlSpider)
    crawler.signals.connect(note_robots, signals.robots_fetched)
    await runner.crawl(crawler)


main()
