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

    That is by their names; where these contradict the times at which the files were begun, and the
    names that stand in the files do not, it is by those. A clock may have stepped back. Raises
    OSError.
    """
    births = {name: _birth(folder / name) for name in sorted(names)}
    by_name = list(births)
    for order in (by_name, sorted(by_name, key=lambda name: births[name].name or name)):
        dates = [births[name].date for name in order if births[name].date]
        if all(before <= after for before, after in pairwise(dates)):
            return order
    return by_name


def _birth(path: Path) -> _Birth:
    first = next(records(path), None)
    if not isinstance(first, Record):
        return _Birth()
    return _Birth(first.headers.get("WARC-Filename", ""), first.headers.get("WARC-Date", ""))
