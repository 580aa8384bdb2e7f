"""Sorts an archive's WARCs in the order they were written, also where files were renamed."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipelines.warcs.walk import Record, records


class _Start(NamedTuple):
    """The name and date in a WARC's first record; empty where that is damaged or missing."""

    name: str = ""  # that it was given, unless a merge gave it another
    date: str = ""  # RFC 3339


def in_order(folder: Path, names: Iterable[str]) -> list[str]:
    """The WARCs of a folder in the order they were written.

    That is the order of their names, or of the names inside the files, if by these fewer files are
    older than the one before them; some may be, since a clock may have stepped back. Raises
    OSError.
    """
    starts = {name: _start(folder / name) for name in sorted(names)}
    by_inner_name = sorted(starts, key=lambda name: starts[name].name or name)

    def inversions(order: list[str]) -> int:
        dates = [starts[name].date for name in order if starts[name].date]
        return sum(before > after for before, after in pairwise(dates))

    return min(list(starts), by_inner_name, key=inversions)


def _start(path: Path) -> _Start:
    first = next(records(path), None) if path.is_file() else None
    if not isinstance(first, Record):
        return _Start()
    return _Start(first.headers.get("WARC-Filename", ""), first.headers.get("WARC-Date", ""))
