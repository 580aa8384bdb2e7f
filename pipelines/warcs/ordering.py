"""The order of an archive's WARCs, which a restored file may not have by its name."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipelines.warcs.walk import Record, records


class _Birth(NamedTuple):
    """What a WARC tells of its beginning; empty where that is damaged."""

    name: str = ""  # that it was given, unless a merge gave it another
    date: str = ""  # RFC 3339


def in_order(folder: Path, names: Iterable[str]) -> list[str]:
    """The WARCs of a folder as they followed each other.

    That is by their names, or by those that stand in the files where by these the times at which
    the files were begun fall less often. A clock may have stepped back. Raises OSError.
    """
    births = {name: _birth(folder / name) for name in sorted(names)}
    told = sorted(births, key=lambda name: births[name].name or name)

    def falls(order: list[str]) -> int:
        dates = [births[name].date for name in order if births[name].date]
        return sum(before > after for before, after in pairwise(dates))

    return min(list(births), told, key=falls)


def _birth(path: Path) -> _Birth:
    first = next(records(path), None)
    if not isinstance(first, Record):
        return _Birth()
    return _Birth(first.headers.get("WARC-Filename", ""), first.headers.get("WARC-Date", ""))
