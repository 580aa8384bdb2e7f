"""Ranges of numbered URLs: one link stands for up to a million, of which none is held in memory."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from pipelines.queue.ways import BITS
from scraper.items import Link, Via

_MOST = 10_000  # numbers in one statement, which holds their rows in memory
NUMBERS = """
WITH RECURSIVE numbers(number) AS (
  SELECT :highest UNION ALL SELECT number - 1 FROM numbers WHERE number > :lowest)
"""
"""The table `numbers` of a `Stretch`."""
_KNOWN = f"""{NUMBERS}
SELECT number FROM numbers CROSS JOIN urls ON url = :prefix || number WHERE ways & :way LIMIT 1
"""


class Stretch(NamedTuple):
    """URLs that end in successive numbers."""

    highest: int
    lowest: int
    prefix: str


def stretch_of(link: Link) -> Stretch:
    """The URLs that the link stands for; raises ValueError if they end in no number."""
    prefix = link.url.rstrip("0123456789")
    highest = int(link.url[len(prefix) :])
    return Stretch(highest, highest - link.numbers + 1, prefix)


def each(link: Link) -> Iterator[Link]:
    """Yield a link to each URL that the link stands for."""
    if link.numbers == 1:
        yield link
        return
    highest, lowest, prefix = stretch_of(link)
    for number in range(highest, lowest - 1, -1):
        yield replace(link, url=f"{prefix}{number}", numbers=1)


def insert(
    db: sqlite3.Connection,
    query: str,
    ranges: Iterable[Link],
    row: Callable[[Link], dict[str, Any]],
) -> bool:
    """Insert the numbers of ranges by a query with `NUMBERS`; False when one was counted before.

    Numbers below that one are known as well. `row`: the other values of the query.
    """
    for link in ranges:
        stretch = stretch_of(link)
        highest, lowest, prefix = stretch
        known = db.execute(_KNOWN, stretch._asdict() | {"way": BITS[Via.RANGE]}).fetchone()
        if known is not None:
            lowest = known[0] + 1
        starts = range(highest, lowest - 1, -_MOST)
        stretches = [Stretch(top, max(lowest, top - _MOST + 1), prefix) for top in starts]
        db.executemany(query, [stretch._asdict() | row(link) for stretch in stretches])
        if known is not None:
            return False
    return True
