"""WARCs that a database tells of and that are not there, or not whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from pipelines.database import NAME, is_there, reading
from pipelines.errors import LostError, NoArchiveError
from pipelines.warcs.names import FOLDER, warcs_in
from scraper.tombstones import Tombstones

_GO_ON = (
    f"restore from a backup. The archive is as it was, for its {NAME} alone knows of them. To go on"
    f" without, move {NAME}* into a folder of its own, where `qarchive export` and `serve` read it,"
)
_WARCS = "SELECT name, size, sha256 FROM old.warcs ORDER BY name"
_HELD = "SELECT 1 FROM warcs WHERE size=? AND sha256=?"  # under another name, or mended by a copy
_LOST = """
SELECT o.url FROM old.captures o WHERE o.warc=? AND o.url_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM captures n WHERE n.url_id=(SELECT id FROM urls WHERE url=o.url)
  AND n.fetched_at=o.fetched_at)
"""

_BEHIND = """
SELECT count(*) FROM captures WHERE warc=? AND offset + length > ? AND url_id IS NOT NULL
"""


def refuse_nothing(folder: Path) -> None:
    """Raise LostError or NoArchiveError when there is no WARC to make a database from."""
    if warcs_in(folder / FOLDER):
        return
    if is_there(folder):
        raise LostError(f"{folder / FOLDER} holds no WARC any more: {_GO_ON} and crawl again.")
    raise NoArchiveError(f"{folder} holds no WARCs to rebuild a database from.")


def refuse_sure_loss(folder: Path) -> None:
    """Raise LostError where one file holds less than the old database tells of, and none more.

    Then no replay finds what is lost. Of an archive where nothing was taken down.
    """
    there = {path.name: path.stat().st_size for path in warcs_in(folder / FOLDER)}
    lost = []
    with suppress(sqlite3.Error), closing(sqlite3.connect(reading(folder / NAME), uri=True)) as db:
        told = dict(db.execute("SELECT name, size FROM warcs ORDER BY name"))
        if all(size <= told.get(name, 0) for name, size in there.items()):
            short = [name for name in told if there.get(name, 0) < told[name]]
            for name in short:
                (captures,) = db.execute(_BEHIND, (name, there.get(name, 0))).fetchone()
                lost.append(_line(name, there.get(name, 0), told[name], captures))
    _refuse(lost)


def refuse_loss(folder: Path, stage: Path, stones: Tombstones) -> None:
    """Raise LostError when an archive's old database tells of more than its new one in `stage`.

    What was taken down is meant to be gone, and bytes with it. A database that cannot be read tells
    nothing.
    """
    with closing(sqlite3.connect(stage / NAME, uri=True)) as db:
        lost = []
        with suppress(sqlite3.Error):
            db.execute("ATTACH ? AS old", (reading(folder / NAME),))
            lost = list(_lost(db, folder / FOLDER, stones))
    _refuse(lost)


def _refuse(lost: list[str]) -> None:
    if lost:
        raise LostError(f"{'; '.join(lost)}: {_GO_ON} and repair again.")


def _line(name: str, there: int, size: int, captures: int) -> str:
    told = f"{FOLDER}/{name} holds {there:,} of {size:,} bytes"
    return f"{told}, {captures:,} captures of pages are lost with the others" if captures else told


def _lost(db: sqlite3.Connection, folder: Path, stones: Tombstones) -> Iterator[str]:
    for name, size, sha256 in db.execute(_WARCS).fetchall():
        there = (folder / name).stat().st_size if (folder / name).is_file() else 0
        if there >= size or db.execute(_HELD, (size, sha256)).fetchone():
            continue
        captures = sum(not stones.covers_url(url) for (url,) in db.execute(_LOST, (name,)))
        if captures or not stones:
            yield _line(name, there, size, captures)
