"""What a tombstone covers and is there all the same: a backup from before, put back."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipelines.checks.finding import REPAIR, Finding
from pipelines.database import NAME
from pipelines.errors import StorageError
from pipelines.progress import Progress, Report, silent
from pipelines.takedown.purge import Purge
from pipelines.warcs.decisions import decision_in
from pipelines.warcs.names import FOLDER, is_own, warcs_in
from pipelines.warcs.walk import Record, records
from scraper import loading, tombstones
from scraper.clock import now
from scraper.errors import TombstonesError
from scraper.forgetting import forgotten_on
from scraper.site import Sites
from scraper.tombstones import STONES, Tombstones

_CHECK = "forgotten"
_ADVICE = f"{REPAIR} without what was taken down"
_AGAIN = "give the same `qarchive forget` again"
_RUNS = "SELECT site, host, max(home) FROM runs GROUP BY site, host"


def check(db: sqlite3.Connection, folder: Path, tell: Report = silent) -> Iterator[Finding]:
    """Rows and records of pages that were taken down, and records that quote them.

    In files that no row names as well. Each body is searched as a repair would.
    """
    try:
        stones = tombstones.load(folder)
    except TombstonesError as error:
        what, _, todo = str(error).rstrip(".").partition("; ")
        yield Finding(_CHECK, STONES, what, todo)
        return
    for one in stones.unfinished.stones:
        yield Finding(_CHECK, STONES, f"the takedown of {one.at} was not completed", _AGAIN)
    stones = stones.finished
    if not stones:
        return
    known = loading.sites()
    if rows := _rows(db, stones, known):
        yield _fault(NAME, rows)
    sizes = {path: path.stat().st_size for path in warcs_in(folder / FOLDER)}
    progress = Progress(_CHECK, 0, sum(sizes.values()))
    for path, size in sizes.items():
        yield from _in_file(path, Purge(stones, known, (), now()), progress, tell)
        progress = progress._replace(done=progress.done + size)


def _rows(db: sqlite3.Connection, stones: Tombstones, sites: Sites) -> int:
    """How many records, or else URLs, the database has of such pages."""
    ids = sum(stones.covers_id(one) for (one,) in db.execute("SELECT id FROM questions"))
    buried = {
        (site, host): forgotten_on(stones, sites[site], home).covers
        for site, host, home in db.execute(_RUNS)
        if site in sites
    }
    urls = sum(
        buried.get((site, host), stones.covers_url)(url)
        for url, site, host in db.execute("SELECT url, site, host FROM urls")
    )
    return ids or urls


def _in_file(path: Path, purge: Purge, progress: Progress, tell: Report) -> Iterator[Finding]:
    covered = quoting = 0
    ours, where = is_own(path.name), f"{FOLDER}/{path.name}"
    try:
        for record in records(path):
            tell(progress._replace(done=progress.done + record.offset))
            if isinstance(record, Record):
                ours |= bool(decision_in(record))
                is_forgotten = purge.is_forgotten(record)
                covered += is_forgotten
                quoting += not is_forgotten and purge.redacted(record) is not None
    except StorageError as error:  # of a site that is not known here
        yield Finding(_CHECK, where, str(error).rstrip("."), "install the site's reader")
    if covered or quoting:
        found = _fault(where, covered, quoting)
        yield found if ours else found._replace(todo="move it away")


def _fault(where: str, covered: int, quoting: int = 0) -> Finding:
    pages, told = "pages that were taken down", []
    for count, how in ((covered, "of"), (quoting, "quoting or linking to")):
        if count:
            told.append(f"{count} record{'s' if count > 1 else ''} {how} {pages}")
            pages = "such"
    return Finding(_CHECK, where, ", ".join(told), _ADVICE)
