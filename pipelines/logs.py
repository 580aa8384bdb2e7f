"""A failing disk is told in one line, not in a traceback for each page that was in flight."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.logformatter import LogFormatter, LogFormatterResult

from pipelines.archive import STORAGE_ERRORS


class Log(LogFormatter):
    """Scrapy's, but quiet about what the frontier tells itself when it ends the run."""

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """At level DEBUG for a storage error."""
        told = super().item_error(item, exception, response, spider)
        if isinstance(exception, STORAGE_ERRORS):
            told["level"] = logging.DEBUG
        return told
