"""Calls a function at a set moment, in the event loop."""

from collections.abc import Callable
from datetime import datetime

from scrapy.utils.asyncio import CallLaterResult, call_later

from scraper.clock import now


class Alarm:
    """Rings once at the moment for which it was set; only then can it be set anew."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._call: CallLaterResult | None = None

    def set(self, moment: datetime) -> None:
        """Ring at that moment, unless the alarm is set already."""
        if self._call is None:
            self._call = call_later(max(0.0, (moment - now()).total_seconds()), self._go_off)

    def cancel(self) -> None:
        """Never ring again."""
        if self._call is not None:
            self._call.cancel()

    def _go_off(self) -> None:
        self._call = None
        self._ring()
