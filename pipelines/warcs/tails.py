"""Finds and cuts back what a killed crawl wrote to WARCs after the last commit."""

import os
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import StorageError
from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.names import is_own, warcs_in
from pipelines.warcs.walk import Damage, records

GROUP = 16  # visits in one transaction of a crawl
_GROUP_BYTES = 200_000_000  # more than those of the largest pages, requests included


class Tail(NamedTuple):
    """Bytes of a WARC that were not committed: all of them in a file without a row."""

    path: Path
    begin: int
    end: int


def cut_back(folder: Path, db: sqlite3.Connection) -> None:
    """Remove what one group wrote after the last commit. Other programs' files stay.

    Raises StorageError, having changed nothing, when more than that differs: then the database
    is not this archive's latest, and cutting would destroy evidence. Raises OSError.
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
    uncommitted = tails(sizes_in(folder), committed)
    if not are_one_group(db, uncommitted, committed):
        raise StorageError(
            f"{folder} is newer than the database: restore the latest archive.db, or rebuild it"
            " by `qarchive verify --repair`."
        )
    for tail in uncommitted:
        if tail.path.name in committed:
            os.truncate(tail.path, tail.begin)
        else:
            tail.path.unlink()


def sizes_in(folder: Path) -> dict[Path, int]:
    """An archive's own WARCs as they are now. Raises OSError."""
    return {path: path.stat().st_size for path in warcs_in(folder) if is_own(path.name)}


def tails(sizes: dict[Path, int], committed: dict[str, int]) -> list[Tail]:
    """The bytes of files with these sizes beyond those that were committed."""
    candidates = [Tail(path, committed.get(path.name, 0), size) for path, size in sizes.items()]
    return [tail for tail in candidates if tail.end > tail.begin or tail.path.name not in committed]


def are_one_group(db: sqlite3.Connection, tails: list[Tail], committed: Collection[str]) -> bool:
    """Whether a killed crawl may have left the tails. Raises OSError.

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
