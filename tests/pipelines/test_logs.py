"""Scrapy's log tells of each page to those who ask for it."""

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from pipelines.reports.logs import Log


@pytest.mark.parametrize(("level", "told"), [("DEBUG", True), ("INFO", False), ("WARNING", False)])
def test_each_page_is_told_at_level_debug_only(level: str, told: bool) -> None:  # noqa: FBT001
    log = Log.from_crawler(get_crawler(settings_dict={"LOG_LEVEL": level}))
    request, spider = Request("http://127.0.0.1/a"), Spider(name="a")
    response = Response(request.url, request=request)
    assert (log.crawled(request, response, spider) is not None) is told
    assert (log.scraped("item", response, spider) is not None) is told
