"""Finds and cuts back what a killed crawl wrote to WARCs after the last commit."""

import os
import sqlite3
from collections.abc import Collection, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from pipelines.disk import sha256_of
from pipelines.errors import StorageError
from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.names import is_own, warcs_in
from pipelines.warcs.walk import MAGIC, NO_RECORD, TOO_LARGE, Damage, records

GROUP = 16  # visits in one transaction of a crawl
_GROUP_BYTES = 200_000_000  # more than those of the largest pages, requests included


class Origin(Enum):
    """Where bytes that were not committed come from."""

    CRAWL = auto()  # one that is running or was killed
    LATER = auto()  # commits that the database does not know: it is an old one
    OTHER = auto()  # no crawl


class Tail(NamedTuple):
    """Bytes of a WARC that were not committed: all of them in a file without a row."""

    path: Path
    begin: int
    end: int


def cut_back(folder: Path, db: sqlite3.Connection) -> None:
    """Remove what one group wrote after the last commit. Other programs' files stay.

    Raises StorageError, having changed nothing, when more than that differs: then the database
    is not this archive's latest, or a file is not what was written, and cutting would destroy
    evidence. Raises OSError.
    """
    committed: dict[str, int] = dict(db.execute("SELECT name, size FROM warcs"))
    for name, size in committed.items():
        path = folder / name
        actual = path.stat().st_size if path.exists() else 0
        if actual < size:
            raise StorageError(
                f"{path} holds {actual:,} of {size:,} bytes: restore it from a backup. How to go on"
                " without one, `qarchive verify --repair` tells."
            )
    uncommitted = list(origins(db, sizes_in(folder), committed))
    for tail, origin in uncommitted:
        if origin is Origin.LATER:
            raise StorageError(
                f"{folder} is newer than the database: restore the latest archive.db, or rebuild it"
                " by `qarchive verify --repair`."
            )
        if origin is Origin.OTHER:
            raise StorageError(
                f"{tail.path} is not what a crawl wrote: restore it from a backup, or run"
                " `qarchive verify --repair`; if that can't read it, move it away."
            )
    for tail, _ in uncommitted:
        if tail.path.name in committed:
            os.truncate(tail.path, tail.begin)
        else:
            tail.path.unlink()


def refuse_altered(folder: Path, db: sqlite3.Connection) -> None:
    """Raise StorageError where a WARC is not what was committed: replayed, it tells another story.

    Raises OSError.
    """
    for name, size, sha256 in db.execute("SELECT name, size, sha256 FROM warcs ORDER BY name"):
        path = folder / name
        if size and sha256_of(path, size) != sha256:
            damaged = (item for item in records(path, size) if isinstance(item, Damage))
            where = next((f", damaged at byte {item.offset} ({item.why})" for item in damaged), "")
            raise StorageError(
                f"{path} is not what was written to it{where}: restore it from a backup, or run"
                " `qarchive verify --repair`."
            )


def sizes_in(folder: Path) -> dict[Path, int]:
    """An archive's own WARCs as they are now. Raises OSError."""
    return {path: path.stat().st_size for path in warcs_in(folder) if is_own(path.name)}


def origins(
    db: sqlite3.Connection, sizes: dict[Path, int], committed: dict[str, int]
) -> Iterator[tuple[Tail, Origin]]:
    """Yield the bytes of files with these sizes beyond those that were committed. Raises OSError.

    They are a killed crawl's only if all of them may be one group.
    """
    candidates = [Tail(path, committed.get(path.name, 0), size) for path, size in sizes.items()]
    tails = [
        tail for tail in candidates if tail.end > tail.begin or tail.path.name not in committed
    ]
    is_group = _are_one_group(db, tails, committed)
    for tail in tails:
        if not is_group:
            yield tail, Origin.LATER
        else:
            yield tail, Origin.CRAWL if _is_left_by_kill(db, tail) else Origin.OTHER


def _is_left_by_kill(db: sqlite3.Connection, tail: Tail) -> bool:
    """Whether the tail is records, whole or in part, behind the committed bytes.

    A WARC that was unpacked or packed as a whole is none: to our reader it is damage alone.
    """
    query = "SELECT sha256 FROM warcs WHERE name=? AND size > 0"
    for (sha256,) in db.execute(query, (tail.path.name,)):
        if sha256_of(tail.path, tail.begin) != sha256:
            return False
    items = records(tail.path, tail.end, tail.begin)
    return all(_is_part(item) for item in items if isinstance(item, Damage))


def _is_part(damage: Damage) -> bool:
    """Whether it may be a part of a record, or what a power failure left of one: zeros.

    No WARC begins with a zero, however it was packed.
    """
    if damage.why in {NO_RECORD, TOO_LARGE}:
        return False
    with damage.path.open("rb") as file:
        file.seek(damage.offset)
        begin = file.read(min(len(MAGIC), damage.length))
    return damage.offset > 0 or begin[:1] == b"\0" or MAGIC.startswith(begin.rstrip(b"\0"))


def _are_one_group(db: sqlite3.Connection, tails: list[Tail], committed: Collection[str]) -> bool:
    """Whether they may be what a crawl had not committed when it was killed.

    A run's row is committed before its first WARC is made, its end is written in a group of its
    own, and no other group has more than `GROUP` visits: else the database is an old one.
    """
    new_files = sum(tail.path.name not in committed for tail in tails)
    if new_files > 1 or sum(tail.end - tail.begin for tail in tails) > _GROUP_BYTES:
        return False
    runs = {uuid for (uuid,) in db.execute("SELECT uuid FROM runs")}
    visits, has_end = 0, False
    for tail in tails:
        for record in records(tail.path, tail.end, tail.begin):
            decision = {} if isinstance(record, Damage) else decision_in(record)
            if not decision:
                continue
            is_run = decision["type"] == RUN
            run = decision["row"]["uuid"] if is_run else decision["run"]
            if run not in runs:
                return False
            has_end |= is_run and decision["row"]["ended_at"] is not None
            visits += not is_run
            if visits > (0 if has_end else GROUP):
                return False
    return True
