"""Scrapy's scraper without a queue and two tasks for the one item of each response."""

from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from scrapy.core.scraper import Scraper
from scrapy.http import Request, Response
from scrapy.utils.asyncgen import as_async_generator
from scrapy.utils.defer import aiter_errback
from twisted.python.failure import Failure

T = TypeVar("T")


class SparingScraper(Scraper):
    """Processes what a callback returns, which is one Visit, one after the other."""

    async def handle_spider_output_async(
        self,
        result: Iterable[T] | AsyncIterator[T],
        request: Request,
        response: Response | Failure,
    ) -> None:
        """As Scrapy's, whatever CONCURRENT_ITEMS is."""
        outputs = as_async_generator(result)
        async for output in aiter_errback(outputs, self.handle_spider_error, request, response):
            await self._process_spidermw_output_async(output, response)
