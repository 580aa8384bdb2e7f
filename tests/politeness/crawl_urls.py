"""Fetches URLs with real Scrapy and our middlewares, and prints what became of each.

A program of its own, as a Twisted reactor can be started only once in a process. Standard input and
output are JSON: see `Crawl` in conftest.py.
"""

import asyncio
import hashlib
import json
import resource
import socket
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from scraper import signals
from scraper.politeness.errors import BodyError
from scraper.politeness.retry import classify_failure
from scraper.politeness.robots_rules import Robots

JOB = json.load(sys.stdin)
RESULTS: list[dict[str, Any]] = []
ROBOTS: list[dict[str, Any]] = []

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
    "DOWNLOAD_HANDLERS": {"ftp": None, "file": None, "data": None, "s3": None},
    "DOWNLOAD_MAXSIZE": 8 << 20,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_TIMEOUT": 2,
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
    """Fetches each URL once; follows nothing."""

    name = "urls"
    hosts = frozenset(JOB["hosts"])

    async def start(self) -> AsyncIterator[scrapy.Request]:
        for url in JOB["urls"]:
            yield scrapy.Request(url, self.came, errback=self.failed, dont_filter=True)

    def came(self, response: Response) -> None:
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

    def failed(self, failure: Failure) -> None:
        code, may_pass = classify_failure(failure)
        error = failure.value
        raw = error.response.body if isinstance(error, BodyError) and error.response else None
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        RESULTS.append(
            {
                "url": request.url,
                "code": code,
                "may_pass": may_pass,
                "reason": str(error),
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
    if name in JOB["dns"]:
        return str(JOB["dns"][name])
    if name in {"localhost", "127.0.0.1"}:
        return "127.0.0.1"
    raise socket.gaierror(f"no such name here: {name}")


def main() -> None:
    socket.gethostbyname = resolve
    if SETTINGS.get("TWISTED_REACTOR_ENABLED", True):
        process = AsyncCrawlerProcess(SETTINGS)
        crawler = process.create_crawler(UrlSpider)
        crawler.signals.connect(note_robots, signals.robots_fetched)
        process.crawl(crawler)
        process.start()
    else:
        asyncio.run(crawl_without_reactor())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"results": RESULTS, "robots": ROBOTS, "peak_mib": peak}, sys.stdout)


async def crawl_without_reactor() -> None:
    runner = AsyncCrawlerRunner(SETTINGS)
    crawler = runner.create_crawler(UrlSpider)
    crawler.signals.connect(note_robots, signals.robots_fetched)
    await runner.crawl(crawler)


main()
