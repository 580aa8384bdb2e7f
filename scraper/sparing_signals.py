"""Scrapy's signal manager, which does nothing where nobody listens."""

from typing import Any

from pydispatch import dispatcher
from scrapy.signalmanager import SignalManager


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
