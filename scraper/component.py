"""What Scrapy makes for a crawler: a middleware, a pipeline step, an extension."""

from typing import Self

from scrapy.crawler import Crawler


class Component:
    """Base of those that need the crawler and nothing else."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler)
