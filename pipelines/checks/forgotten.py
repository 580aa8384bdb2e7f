"""Finds what a tombstone covers but is in the archive again: an old backup was put back."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipelines.checks.finding import REPAIR, Finding
from pipelines.errors import StorageError
from pipelines.layout import DATABASE, WARCS
from pipelines.lock import is_taking_down
from pipelines.progress import CommandProgress, ProgressCallback, silent
from pipelines.rebuilding.staging import kept_databases
from pipelines.takedown.from_warcs import WarcTakedown
from pipelines.takedown.known import lost
from pipelines.warcs.decisions import decision_in
from pipelines.warcs.names import is_own, warcs_in
from pipelines.warcs.walk import Record, records
from scraper import loading
from scraper.errors import TombstonesError
from scraper.forgetting import forgotten_on
from scraper.site import Sites
from scraper.tombstone_keys import KEYS
from scraper.tombstones import TOMBSTONES, Tombstones
from scraper.tombstones import load as load_tombstones
from scraper.wording import counted

_CHECK = "forgotten"
_ADVICE = f"{REPAIR} without what was taken down"
_AGAIN = "give the same `qarchive forget` again"
_KEPT = "an old database that a repair kept: what was taken down may be in it"
_LOOK = "look at it, then delete it"
_FROM_A_COPY = (
    "restore it from a copy; without one, `qarchive verify --repair` goes on as if nothing was"
    " taken down then"
)
_OR_DELETE = "restore that from a copy; if nothing was ever taken down, delete the key"
_WAIT = "nothing to do, it is going on"
_RUNS = "SELECT site, host, max(home) FROM runs GROUP BY site, host"


def check(
    db: sqlite3.Connection, folder: Path, tell: ProgressCallback = silent
) -> Iterator[Finding]:
    """Find rows and WARC records of pages that were taken down, and records that quote them.

    Files that no row names are searched too, and each body as a repair would.
    """
    is_going_on = is_taking_down(folder)
    try:
        tombstones = load_tombstones(folder)
    except TombstonesError as error:
        what, _, todo = str(error).rstrip(".").partition("; ")
        yield Finding(_CHECK, TOMBSTONES, what, todo)
        return
    missing = lost(db, tombstones)
    for moment in missing:
        yield Finding(_CHECK, TOMBSTONES, f"the takedown of {moment} is not in it", _FROM_A_COPY)
    if not (missing or tombstones or is_going_on) and (folder / KEYS).exists():
        yield Finding(_CHECK, KEYS, f"it is there without {TOMBSTONES}", _OR_DELETE)
    for tombstone in tombstones.unfinished.entries:
        what = f"the takedown of {tombstone.at} was not completed"
        if is_going_on:
            yield Finding(_CHECK, TOMBSTONES, f"{what} yet", _WAIT, harmless=True)
        else:
            yield Finding(_CHECK, TOMBSTONES, what, _AGAIN)
    tombstones = tombstones.finished
    for path in kept_databases(folder):
        yield Finding(_CHECK, path.name, _KEPT, _LOOK, harmless=not tombstones)
    if not tombstones:
        return
    sites = loading.sites()
    if count := _count_rows(db, tombstones, sites):
        yield _finding(DATABASE, count)
    sizes = {path: path.stat().st_size for path in warcs_in(folder / WARCS)}
    progress = CommandProgress(_CHECK, 0, sum(sizes.values()))
    for path, size in sizes.items():
        yield from _in_file(path, WarcTakedown(tombstones, sites), progress, tell)
        progress = progress._replace(done=progress.done + size)


def _count_rows(db: sqlite3.Connection, tombstones: Tombstones, sites: Sites) -> int:
    """How many records of such pages the database has; if none, how many URLs."""
    ids = sum(
        tombstones.covers_id(record_id) for (record_id,) in db.execute("SELECT id FROM questions")
    )
    covers_on = {
        (site, host): forgotten_on(tombstones, sites[site], home).covers
        for site, host, home in db.execute(_RUNS)
        if site in sites
    }
    urls = sum(
        covers_on.get((site, host), tombstones.covers_url)(url)
        for url, site, host in db.execute("SELECT url, site, host FROM urls")
    )
    return ids or urls


def _in_file(
    path: Path, takedown: WarcTakedown, progress: CommandProgress, tell: ProgressCallback
) -> Iterator[Finding]:
    forgotten = quoting = 0
    is_ours, where = is_own(path.name), f"{WARCS}/{path.name}"
    try:
        for record in records(path):
            tell(progress._replace(done=progress.done + record.offset))
            if isinstance(record, Record):
                is_ours |= bool(decision_in(record))
                is_forgotten = takedown.is_forgotten(record)
                forgotten += is_forgotten
                quoting += not is_forgotten and takedown.redacted(record) is not None
    except StorageError as error:  # the site is unknown here
        yield Finding(_CHECK, where, str(error).rstrip("."), "install the site's reader")
    if forgotten or quoting:
        finding = _finding(where, forgotten, quoting)
        yield finding if is_ours else finding._replace(todo="move it away")


def _finding(where: str, forgotten: int, quoting: int = 0) -> Finding:
    pages, parts = "pages that were taken down", []
    for count, how in ((forgotten, "of"), (quoting, "quoting or linking to")):
        if count:
            parts.append(f"{counted(count, 'record')} {how} {pages}")
            pages = "such"
    return Finding(_CHECK, where, ", ".join(parts), _ADVICE)
