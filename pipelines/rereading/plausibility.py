"""Whether a visit's result is plausible, compared with what was read before."""

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
    """The doubt about a visit, if any; `first`: its question is not in the archive yet."""
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
    """The doubt about a visit that is replayed, by what other machines have read.

    `alone`: its own machine had nothing to compare the visit with.
    """
    if alone and is_cut(db, folder, site, visit, run_id):
        return CUT
    return held_elsewhere(db, visit)
