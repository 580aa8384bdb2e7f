"""What lies in WARCs behind the last commit: one group that a crawl left, or more than that."""

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
    """Bytes of a WARC that no row names; of a file that no row names, all of them."""

    path: Path
    begin: int
    end: int


def cut_back(folder: Path, db: sqlite3.Connection) -> None:
    """Drop what one group wrote after the last commit. What others put there stays.

    Raises StorageError, having changed nothing, when more than that differs: then the database
    is not this archive's latest, and cutting would destroy evidence. Raises OSError.
    """
    committed: dict[str, int] = dict(db.execute("SELECT name, size FROM warcs"))
    for name, size in committed.items():
        path = folder / name
        there = path.stat().st_size if path.exists() else 0
        if there < size:
            raise StorageError(
                f"{path} holds {there:,} of {size:,} bytes: restore it from a backup. How to go on"
                " without one, `qarchive verify --repair` tells."
            )
    found = tails(sizes_in(folder), committed)
    if not are_one_group(found, committed, runs_of(db)):
        raise StorageError(
            f"{folder} is newer than the database: restore the latest archive.db, or rebuild it"
            " by `qarchive verify --repair`."
        )
    for tail in found:
        if tail.path.name in committed:
            os.truncate(tail.path, tail.begin)
        else:
            tail.path.unlink()


def sizes_in(folder: Path) -> dict[Path, int]:
    """An archive's own WARCs as they are now. Raises OSError."""
    return {path: path.stat().st_size for path in warcs_in(folder) if is_own(path.name)}


def tails(there: dict[Path, int], committed: dict[str, int]) -> list[Tail]:
    """What is there beyond what was committed."""
    found = (Tail(path, committed.get(path.name, 0), size) for path, size in there.items())
    return [one for one in found if one.end > one.begin or one.path.name not in committed]


def runs_of(db: sqlite3.Connection) -> set[str]:
    """The UUIDs of the runs that a database knows."""
    return {uuid for (uuid,) in db.execute("SELECT uuid FROM runs")}


def are_one_group(found: list[Tail], committed: Collection[str], runs: Collection[str]) -> bool:
    """Whether a crawl that was killed may have left the tails. Raises OSError.

    A run's row is committed before its first WARC is made, its end is told in a group of its own,
    and no other holds more than `GROUP` visits: else the database is not the archive's latest.
    """
    unnamed = sum(tail.path.name not in committed for tail in found)
    if unnamed > 1 or sum(tail.end - tail.begin for tail in found) > _GROUP_BYTES:
        return False
    visits, ended = 0, False
    for tail in found:
        for record in records(tail.path, tail.end, tail.begin):
            told = {} if isinstance(record, Damage) else decision_in(record)
            if not told:
                continue
            is_run = told["type"] == RUN
            if (told["row"]["uuid"] if is_run else told["run"]) not in runs:
                return False
            ended |= is_run and told["row"]["ended_at"] is not None
            visits += not is_run
            if visits > (0 if ended else GROUP):
                return False
    return True
