"""The registry of sites: every file in `scraper/sites/` with a spider is one."""

from collections.abc import Sequence
from functools import cache
from pkgutil import iter_modules

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from scraper import sites as files
from scraper.settings import SPIDER_MODULES
from scraper.spider import QuestionSpider


@cache
def sites() -> dict[str, type[QuestionSpider]]:
    """All sites by name."""
    return _sites_in(SPIDER_MODULES)


def site_named(name: str) -> type[QuestionSpider] | None:
    """The site of that name; where its file is named so too, no other is imported."""
    file = name.replace("-", "_")
    own = [f"{files.__name__}.{file}" for each in iter_modules(files.__path__) if each.name == file]
    return _sites_in(own).get(name) or sites().get(name)


def _sites_in(modules: Sequence[str]) -> dict[str, type[QuestionSpider]]:
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": modules}))
    spiders = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: site for name, site in spiders.items() if issubclass(site, QuestionSpider)}
