"""The base class of middlewares, pipeline steps and extensions that need the crawler."""

from typing import Self

from scrapy.crawler import Crawler


class Component:
    """A component that Scrapy makes with nothing but the crawler."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)
