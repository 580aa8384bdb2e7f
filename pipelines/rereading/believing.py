"""Whether what a visit brought is believed, when held against what was read there before."""

import sqlite3
from pathlib import Path

from pipelines.rereading.cuts import CUT, is_cut
from pipelines.rereading.lists import STOPPED, has_stopped
from pipelines.rereading.replaced import replacement
from scraper.items import Problem, Visit
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
