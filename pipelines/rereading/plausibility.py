"""Whether what a visit brought is believed, when held against what was read there before."""

import sqlite3
from pathlib import Path

from pipelines.rereading.cuts import CUT, is_cut
from pipelines.rereading.lists import STOPPED, has_stopped
from pipelines.rereading.replaced import held_elsewhere, replacement
from scraper.items import Problem, Visit
from scraper.site import Site
from scraper.spider import QuestionSpider


def doubt_about(
    db: sqlite3.Connection,
    folder: Path,
    spider: QuestionSpider,
    visit: Visit,
    *,
    run_id: int,
    first: bool,
) -> Problem | None:
    """What speaks against the visit, if anything; `first`: its question is not held yet."""
    if has_stopped(db, folder, spider, visit):
        return STOPPED
    if first:
        return None
    if is_cut(db, folder, type(spider), visit, run_id):
        return CUT
    return replacement(db, folder, type(spider), visit, run_id)


def doubt_of_others(
    db: sqlite3.Connection,
    folder: Path,
    site: type[Site],
    visit: Visit,
    run_id: int,
    *,
    alone: bool,
) -> Problem | None:
    """What another machine read that speaks against the visit; `alone`: its own had nothing."""
    if alone and is_cut(db, folder, site, visit, run_id):
        return CUT
    return held_elsewhere(db, visit)
