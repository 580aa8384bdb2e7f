"""Imports Scrapy's TLS modules without a look at the whole call stack.

Scrapy asks `inspect.stack()` in which module each of three deprecated classes of theirs is made.
That reads the source of every frame, and takes 0.15 to 0.35 s of CPU at each start of a crawl.
"""

import inspect
import sys
from importlib import import_module
from types import ModuleType


def callers() -> list[tuple[ModuleType, ...]]:
    """A stand-in for `inspect.stack` that gives what Scrapy reads: the second frame's module."""
    made_in = sys.modules[sys._getframe(2).f_globals["__name__"]]  # noqa: SLF001
    return [(), (made_in,)]


def _import(module: str) -> None:
    whole = inspect.stack
    setattr(inspect, "stack", callers)  # noqa: B010 -- it has another type
    try:
        import_module(module)
    finally:
        inspect.stack = whole


_import("scrapy.core.downloader.contextfactory")
