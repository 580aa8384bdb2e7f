"""What a tombstone covers and is there all the same: a backup from before, put back."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipelines.checks.finding import REPAIR, Finding
from pipelines.database import NAME
from pipelines.warcs.decisions import told_in
from pipelines.warcs.files import FOLDER, is_own, warcs_in
from pipelines.warcs.walk import Record, records
from scraper import tombstones
from scraper.errors import TombstonesError
from scraper.tombstones import STONES, Tombstones

_CHECK, _TARGET = "forgotten", "WARC-Target-URI"
_ADVICE = f"{REPAIR} without what was taken down"


def check(db: sqlite3.Connection, folder: Path) -> Iterator[Finding]:
    """Rows and records of pages that were taken down, in files that no row names as well."""
    try:
        stones = tombstones.load(folder)
    except TombstonesError as error:
        what, _, todo = str(error).partition("; ")
        yield Finding(_CHECK, STONES, what, todo)
        return
    if not stones:
        return
    urls = sum(stones.covers_url(url) for (url,) in db.execute("SELECT url FROM urls"))
    ids = sum(stones.covers_id(one) for (one,) in db.execute("SELECT id FROM questions"))
    if urls + ids:
        yield _fault(NAME, ids or urls)
    for path in warcs_in(folder / FOLDER):
        yield from _in_file(path, stones)


def _in_file(path: Path, stones: Tombstones) -> Iterator[Finding]:
    covered, ours = 0, is_own(path.name)
    for record in records(path):
        if isinstance(record, Record):
            told = told_in(record)
            ours |= bool(told)
            covered += stones.covers_url(told.get("url", record.headers.get(_TARGET, "")))
    if covered:
        found = _fault(f"{FOLDER}/{path.name}", covered)
        yield found if ours else found._replace(todo="move it away")


def _fault(where: str, count: int) -> Finding:
    what = f"{count} record{'s' if count > 1 else ''} of pages that were taken down"
    return Finding(_CHECK, where, what, _ADVICE)
