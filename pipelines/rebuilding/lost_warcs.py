"""Refuses to rebuild a database when that would lose captures: WARCs are missing or too short."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from pipelines.database import UNREADABLE, is_there, reading
from pipelines.errors import LostError, NoArchiveError
from pipelines.layout import DATABASE, WARCS
from pipelines.warcs.names import warcs_in
from scraper.tombstones import Tombstones

_GO_ON = (
    f"restore from a backup. The archive is as it was, for its {DATABASE} alone knows of them. To"
    f" go on without, move {DATABASE}* into a folder of its own, where `qarchive export` and"
    " `serve` read it,"
)
_WARCS = "SELECT name, size, sha256 FROM old.warcs ORDER BY name"
# Under another name, or mended by a copy.
_SAME_BYTES = "SELECT 1 FROM warcs WHERE size=? AND sha256=?"
_LOST = """
SELECT o.url FROM old.captures o WHERE o.warc=? AND o.url_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM captures n WHERE n.url_id=(SELECT id FROM urls WHERE url=o.url)
  AND n.fetched_at=o.fetched_at)
"""

_CAPTURES_BEYOND = """
SELECT count(*) FROM captures WHERE warc=? AND offset + length > ? AND url_id IS NOT NULL
"""


def refuse_nothing(folder: Path) -> None:
    """Raise LostError or NoArchiveError when there is no WARC to make a database from."""
    if warcs_in(folder / WARCS):
        return
    if is_there(folder):
        raise LostError(f"{folder / WARCS} holds no WARC any more: {_GO_ON} and crawl again.")
    raise NoArchiveError(f"{folder} holds no WARCs to rebuild a database from.")


def refuse_sure_loss(folder: Path) -> None:
    """Raise LostError where a file is shorter than in the old database, and none is longer.

    Then no other file can have what is lost. For an archive where nothing was taken down.
    """
    sizes = {path.name: path.stat().st_size for path in warcs_in(folder / WARCS)}
    lost = []
    old = reading(folder / DATABASE)
    with suppress(*UNREADABLE), closing(sqlite3.connect(old, uri=True)) as db:
        committed = dict(db.execute("SELECT name, size FROM warcs ORDER BY name"))
        if all(size <= committed.get(name, 0) for name, size in sizes.items()):
            for name, size in committed.items():
                actual = sizes.get(name, 0)
                if actual < size:
                    (captures,) = db.execute(_CAPTURES_BEYOND, (name, actual)).fetchone()
                    lost.append(_line(name, actual, size, captures))
    _refuse(lost)


def refuse_loss(folder: Path, stage: Path, tombstones: Tombstones) -> None:
    """Raise LostError where the old database has captures that the new one in `stage` lacks.

    Those that were taken down are meant to be gone. An old database that cannot be read is ignored.
    """
    with closing(sqlite3.connect(stage / DATABASE, uri=True)) as db:
        lost = []
        with suppress(*UNREADABLE):
            db.execute("ATTACH ? AS old", (reading(folder / DATABASE),))
            lost = list(_lost(db, folder / WARCS, tombstones))
    _refuse(lost)


def _refuse(lost: list[str]) -> None:
    if lost:
        raise LostError(f"{'; '.join(lost)}: {_GO_ON} and repair again.")


def _line(name: str, actual: int, size: int, captures: int) -> str:
    line = f"{WARCS}/{name} holds {actual:,} of {size:,} bytes"
    return f"{line}, {captures:,} captures of pages are lost with the others" if captures else line


def _lost(db: sqlite3.Connection, folder: Path, tombstones: Tombstones) -> Iterator[str]:
    for name, size, sha256 in db.execute(_WARCS).fetchall():
        actual = (folder / name).stat().st_size if (folder / name).is_file() else 0
        if actual >= size or db.execute(_SAME_BYTES, (size, sha256)).fetchone():
            continue
        captures = sum(not tombstones.covers_url(url) for (url,) in db.execute(_LOST, (name,)))
        if captures or not tombstones:
            yield _line(name, actual, size, captures)
