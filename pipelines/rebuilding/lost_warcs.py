"""Refuses to rebuild a database when that would lose captures: WARCs are missing or others."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from pipelines.database import UNREADABLE, is_there, reading
from pipelines.disk import sha256_of
from pipelines.errors import LostError, NoArchiveError
from pipelines.layout import DATABASE, WARCS
from pipelines.warcs.names import warcs_in
from pipelines.warcs.walk import Damage, end_of_records
from scraper.tombstones import Tombstones

_GO_ON = (
    f"restore from a backup. The archive is as it was, for its {DATABASE} alone knows of them. To"
    f" go on without, move {DATABASE}* into a folder of its own, where `qarchive export` and"
    " `serve` read it,"
)
# A kill in its first moment leaves none.
_HAS_TABLES = "SELECT 1 FROM old.sqlite_schema WHERE name NOT LIKE '%sqlite_migrations%'"
_WARCS = "SELECT name, size, sha256 FROM old.warcs ORDER BY name"
# Under another name, or mended by a copy.
_SAME_BYTES = "SELECT 1 FROM warcs WHERE size=? AND sha256=?"
# With tombstones the digest says nothing: a redacted body has another.
_LOST = """
SELECT o.url FROM old.captures o WHERE o.warc=? AND o.url_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM captures n WHERE n.url_id=(SELECT id FROM urls WHERE url=o.url)
  AND n.fetched_at=o.fetched_at AND (n.sha256=o.sha256 OR ?))
"""
# That a damaged file is still the one that was written.
_SAME_PLACE = """
SELECT 1 FROM old.captures o JOIN captures n USING (warc, offset, url, fetched_at)
WHERE o.warc=? LIMIT 1
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


def refuse_loss(
    folder: Path, stage: Path, damaged: Iterable[Damage], tombstones: Tombstones
) -> None:
    """Raise LostError where the old database has captures that the new one in `stage` lacks.

    Those that were taken down are meant to be gone; those that `damaged` bytes held are told of as
    long as these stay in their file. Raises as `UNREADABLE` an old database that cannot be asked,
    if nothing is known to be lost.
    """
    if not is_there(folder):
        return
    lost: list[str] = []
    names = {damage.path.name for damage in damaged}
    with closing(sqlite3.connect(stage / DATABASE, uri=True)) as db:
        try:
            db.execute("ATTACH ? AS old", (reading(folder / DATABASE),))
            if db.execute(_HAS_TABLES).fetchone():
                lost.extend(_lost(db, folder / WARCS, names, tombstones))
        finally:
            _refuse(lost)


def _refuse(lost: list[str]) -> None:
    if lost:
        raise LostError(f"{'; '.join(lost)}: {_GO_ON} and repair again.")


def _line(name: str, actual: int, size: int, captures: int) -> str:
    line = f"{WARCS}/{name} holds {actual:,} of {size:,} bytes"
    if actual >= size:
        line = f"{WARCS}/{name} is not what was written to it"
    return f"{line}, {captures:,} captures of pages are lost with the others" if captures else line


def _lost(
    db: sqlite3.Connection, folder: Path, damaged: Collection[str], tombstones: Tombstones
) -> Iterator[str]:
    for name, size, sha256 in db.execute(_WARCS).fetchall():
        path, is_damaged = folder / name, name in damaged
        if _holds_its_bytes(db, path, size, sha256):
            continue
        actual = _actual_size(path, is_damaged=is_damaged)
        is_short, captures = actual < size, 0
        if is_damaged and not is_short and db.execute(_SAME_PLACE, (name,)).fetchone():
            continue
        try:
            urls = db.execute(_LOST, (name, bool(tombstones)))
            captures = sum(not tombstones.covers_url(url) for (url,) in urls)
        except UNREADABLE:
            if not is_short:
                raise
        if captures or (is_short and not tombstones):
            yield _line(name, actual, size, captures)


def _holds_its_bytes(db: sqlite3.Connection, path: Path, size: int, sha256: str) -> bool:
    """Whether what was committed to a WARC is there, if only under another name."""
    if size == 0 or db.execute(_SAME_BYTES, (size, sha256)).fetchone():
        return True
    return path.is_file() and sha256_of(path, size) == sha256


def _actual_size(path: Path, *, is_damaged: bool) -> int:
    """Its bytes, without those at the end that the next crawl would take for a crash's."""
    if not path.is_file():
        return 0
    return end_of_records(path) if is_damaged else path.stat().st_size
