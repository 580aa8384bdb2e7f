"""A crawl of given URLs in a process of its own, against the fault server."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.forked import python_m


@dataclass(frozen=True)
class Crawl:
    """What became of a crawl: results by URL, in the order of their coming."""

    results: list[dict[str, Any]]
    robots: list[dict[str, Any]]
    sent: list[float]  # the client's time.monotonic() of every request
    peak_mib: float

    def of(self, url: str) -> dict[str, Any]:
        """The one result of `url`."""
        (result,) = [result for result in self.results if result["url"] == url]
        return result

    @property
    def codes(self) -> list[str]:
        """The distinct problem codes, "" for URLs that were fetched."""
        return sorted({result.get("code", "") for result in self.results})


def fetch(
    urls: Iterable[str],
    hosts: Iterable[str],
    *,
    dns: dict[str, str] | None = None,
    follow: bool = False,
    fresh: float = 86400,
    **settings: object,
) -> Crawl:
    """Fetch `urls` with `hosts` as scope.

    `dns` answers instead of the machine's name server; `fresh` is how long a robots.txt holds.
    """
    job = {
        "urls": list(urls),
        "hosts": list(hosts),
        "dns": dns or {},
        "follow": follow,
        "fresh": fresh,
        "settings": settings,
    }
    done = python_m("tests.politeness.crawl_urls", json.dumps(job))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return Crawl(**json.loads(done.stdout))
