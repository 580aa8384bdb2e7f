"""The registry of sites: every file in `scraper/sites/` with a spider is one."""

from functools import cache

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from scraper.spider import QuestionSpider


@cache
def sites() -> dict[str, type[QuestionSpider]]:
    """All sites by name."""
    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    loader = SpiderLoader.from_settings(settings)
    spiders = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: site for name, site in spiders.items() if issubclass(site, QuestionSpider)}
