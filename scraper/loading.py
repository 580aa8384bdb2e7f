"""Sites by their names: every file in `scraper/sites/` with a spider is one."""

from functools import cache

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from scraper.spider import QuestionSpider


@cache
def sites() -> dict[str, type[QuestionSpider]]:
    """All sites."""
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    loader = SpiderLoader.from_settings(settings)
    found = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: one for name, one in found.items() if issubclass(one, QuestionSpider)}
