"""Tells what the bytes of WARCs are that no row covers: a crawl's, or something else."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from pipelines.checks.finding import REPAIR, Finding
from pipelines.layout import WARCS
from pipelines.warcs.tails import Origin, origins

UNKNOWN = "the database does not know it"
UNCOMMITTED = "not committed: by a crawl that is running or was killed, or a record that is cut"
ALTERED = "not what a crawl wrote"
RESTORE_OR_MOVE = "restore the file from a backup; if no repair can read it, move it away"
_WHAT_AND_TODO = {
    Origin.LATER: (UNKNOWN, f"restore the latest archive.db, or {REPAIR}"),
    Origin.CRAWL: (UNCOMMITTED, "nothing to do, the crawl commits it or the next one removes it"),
    Origin.OTHER: (ALTERED, RESTORE_OR_MOVE),
}


def check(
    db: sqlite3.Connection, sizes: dict[Path, int], committed: dict[str, int]
) -> Iterator[Finding]:
    """Yield a finding for each file of one of these `sizes` that goes beyond what is committed."""
    for tail, origin in origins(db, sizes, committed):
        where, (what, todo) = f"{WARCS}/{tail.path.name}", _WHAT_AND_TODO[origin]
        finding = Finding("warcs", where, what, todo, harmless=origin is Origin.CRAWL)
        length = tail.end - tail.begin
        yield finding._replace(offset=tail.begin, length=length) if tail.begin else finding
