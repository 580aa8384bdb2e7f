"""Scrapy's engine for middlewares that hardly ever wait, and callbacks that return one item.

These need no coroutine for each middleware, no chain of generators, no queue and no tasks; nor a
search for those who listen to a signal that has no listener.
"""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from typing import Any, TypeVar

from pydispatch import dispatcher
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.core.engine import ExecutionEngine
from scrapy.core.scraper import Scraper
from scrapy.core.spidermw import ScrapeFunc, SpiderMiddlewareManager
from scrapy.http import Request, Response
from scrapy.signalmanager import SignalManager
from scrapy.utils.defer import ensure_awaitable, iter_errback
from twisted.python.failure import Failure

T = TypeVar("T")


def spare(engine: ExecutionEngine) -> None:
    """Let an engine do what it does with less."""
    engine.downloader.middleware.__class__ = _DownloaderMiddlewares
    engine.scraper.__class__ = _Scraper
    if not engine.scraper.spidermw.middlewares:
        engine.scraper.spidermw.__class__ = _NoSpiderMiddlewares


class _DownloaderMiddlewares(DownloaderMiddlewareManager):
    async def _process_request(
        self, request: Request, download_func: Callable[[Request], Coroutine[Any, Any, Response]]
    ) -> Response | Request:
        """As Scrapy's; awaits what is to be awaited."""
        for method in self.methods["process_request"]:
            answer = self._handle_mw_method(method, request=request)  # type: ignore[arg-type]
            if answer is None:
                continue
            given: Response | Request | None = await ensure_awaitable(answer)
            if given is not None:
                return given
        return await download_func(request)


class _Scraper(Scraper):
    async def handle_spider_output_async(
        self,
        result: Iterable[T] | AsyncIterator[T],
        request: Request,
        response: Response | Failure,
    ) -> None:
        """As Scrapy's; the items of a list one after the other."""
        if isinstance(result, AsyncIterator):
            await super().handle_spider_output_async(result, request, response)
            return
        for output in iter_errback(result, self.handle_spider_error, request, response):
            await self._process_spidermw_output_async(output, response)


class _NoSpiderMiddlewares(SpiderMiddlewareManager):
    async def scrape_response_async(
        self, scrape_func: ScrapeFunc[T], response: Response, request: Request
    ) -> Any:
        """What the callback returns."""
        return await scrape_func(response, request)


class SparingSignals(SignalManager):
    """Sends signals that have a receiver; of the ten or so for each page hardly any has one."""

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        if not self._has_receiver(signal, kwargs.get("sender", self.sender)):
            return []
        return super().send_catch_log(signal, **kwargs)

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        if not self._has_receiver(signal, kwargs.get("sender", self.sender)):
            return []
        return await super().send_catch_log_async(signal, **kwargs)

    def _has_receiver(self, signal: Any, sender: Any) -> bool:
        """Whether anybody listens: to it or to all signals, of this sender or of all."""
        for heard in (sender, dispatcher.Any):
            connected = dispatcher.connections.get(id(heard))
            if connected and (signal in connected or dispatcher.Any in connected):
                return True
        return False
