"""Fetches robots.txt: follows redirects and tries again after temporary faults."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from scraper.clock import now
from scraper.politeness.errors import DeniedError
from scraper.politeness.retry import classify_failure, explain_failure, retry_after
from scraper.politeness.robots_rules import Robots, read_robots
from scraper.reading.urls import href_in_header, join

# Key in the meta of requests for robots.txt, which need no permission: redirects that led there.
OWN_FETCH = "robots_txt"
_MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_PAUSES = (2.0, 8.0)  # seconds before the second and third try
_PAUSES_LOOPBACK = (0.05, 0.2)
_PATIENCE = 30.0  # seconds after which no further try begins

Download = Callable[[Request], Awaitable[Response]]


async def fetch_robots(
    download: Download,
    origin: str,
    loopback: bool,  # noqa: FBT001
) -> tuple[Robots, list[Response]]:
    """The rules of `origin` ("https://host") and every response on the way to them.

    Never raises for a fault of the network or the site: `Robots.unreachable` tells of it.
    """
    responses: list[Response] = []
    begun = time.monotonic()
    robots = await _fetch_once(download, origin, responses)
    for pause in _PAUSES_LOOPBACK if loopback else _PAUSES:
        if robots.unreachable is None:
            break
        if robots.retry_at is not None:
            pause = max(pause, (robots.retry_at - now()).total_seconds())  # noqa: PLW2901
        if time.monotonic() - begun + pause > _PATIENCE:
            break
        await asyncio.sleep(pause)
        robots = await _fetch_once(download, origin, responses)
    return robots, responses


async def _fetch_once(download: Download, origin: str, responses: list[Response]) -> Robots:
    url = f"{origin}/robots.txt"
    for redirects in range(_MAX_REDIRECTS + 1):
        try:
            meta = {OWN_FETCH: redirects}
            request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
            response = await download(request)
            location = response.headers.get(b"Location")
            target = join(url, href_in_header(location)) if location else None
        except DeniedError as error:
            if not redirects:
                return Robots(denied=error)
            return Robots(unreachable=f"robots.txt redirects out of reach: {error.reason}")
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the rules are unknown
            code, reason = classify_failure(error)[0], explain_failure(error)
            return Robots(unreachable=f"{url} cannot be fetched: {reason}", cause=code)
        responses.append(response)
        if response.status not in range(300, 400) or target is None:
            robots = read_robots(response)
            wait = retry_after(response.headers, now())
            return replace(robots, retry_at=wait) if robots.unreachable else robots
        url = target
    return Robots(unreachable=f"robots.txt redirects more than {_MAX_REDIRECTS} times")
