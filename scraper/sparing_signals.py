"""Scrapy's signal manager, which does nothing where nobody listens."""

from typing import Any

from pydispatch import dispatcher
from scrapy.signalmanager import SignalManager


class SparingSignals(SignalManager):
    """Sends signals that have a receiver; of the ten or so for each page hardly any has one."""

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        return super().send_catch_log(signal, **kwargs) if self._has_receiver(signal) else []

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """As Scrapy's."""
        if not self._has_receiver(signal):
            return []
        return await super().send_catch_log_async(signal, **kwargs)

    def _has_receiver(self, signal: Any) -> bool:
        """Whether anybody listens: to it or to all signals, of this crawl or of all senders."""
        for sender in (self.sender, dispatcher.Any):
            connected = dispatcher.connections.get(id(sender))
            if connected and (signal in connected or dispatcher.Any in connected):
                return True
        return False
