"""Repairs of an archive, as `qarchive verify --repair` makes them."""

from contextlib import closing
from pathlib import Path

from pipelines import lock
from pipelines.rebuild import rebuild
from pipelines.rebuilding.replay import ReplayResult
from scraper.site import Site
from tests.crawling import Toy


def repair(archive: Path, site: type[Site] = Toy) -> ReplayResult:
    """Rebuild the database of an archive of one site, by default the toy site's."""
    with closing(lock.take(archive)):
        return rebuild(archive, {site.name: site})
