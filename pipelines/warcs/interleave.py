"""Visits of several machines in the order of their times, as one machine would have stored them."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.records import REDACTED
from pipelines.warcs.walk import Damage, Record, members, record_in
from scraper.record import moment

_NEVER, _EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Unit(NamedTuple):
    """Records that belong together: a visit with its capture, or what a file begins with."""

    when: datetime  # never before that of the unit before it in its lane
    id: str  # WARC-Record-ID of its last record
    run: str  # where it begins a file, the UUID of the run that the file tells of; else ""
    data: bytes  # as it lies in the WARC
    worth: tuple[str, int, int]  # of equal units the one of the highest is taken: see `_worth`

    @property
    def is_torn(self) -> bool:
        """Whether it is the end of a file that was cut: no visit, and not all of its bytes."""
        return self.when == _EVER and self.worth[-1] < 0


Lane = Sequence[tuple[Path, int]]
"""The WARCs of one machine in their order, each with the bytes of it that were committed."""


def interleaved(lanes: Sequence[Lane]) -> Iterator[Unit]:
    """The units of all lanes, each once: that which was redacted last, if any was.

    Damaged bytes stay where they are, unless the same is whole elsewhere. Raises OSError.
    """
    best: dict[str, tuple[str, int, int]] = {}
    for unit in chain.from_iterable(map(_units, lanes)):
        best[unit.id] = max(unit.worth, best.get(unit.id, unit.worth))
    for unit in heapq.merge(*map(_units, lanes), key=lambda unit: unit.when):
        if best.get(unit.id) == unit.worth:
            del best[unit.id]
            yield unit


def _units(lane: Lane) -> Iterator[Unit]:
    when = _NEVER
    for number, (path, size) in enumerate(lane, 1):
        parts: list[bytes] = []
        found_there: list[Record | Damage] = []
        begins = True
        for member in members(path, size):
            found = member if isinstance(member, Damage) else record_in(path, member)
            parts.append(_read(member) if isinstance(member, Damage) else member.raw)
            found_there.append(found)
            if isinstance(found, Record) and (value := decision_in(found)):
                when = max(when, moment(value.get("visited_at") or found.headers["WARC-Date"]))
                run = value["row"]["uuid"] if begins and value["type"] == RUN else ""
                yield Unit(when, found.id, run, b"".join(parts), _worth(found_there))
                parts.clear()
                found_there.clear()
                begins = False
        if parts:
            when = _EVER if number == len(lane) else when  # so that a torn tail stays at the end
            yield Unit(when, f"the end of {path}", "", b"".join(parts), _worth(found_there))


def _worth(found: list[Record | Damage]) -> tuple[str, int, int]:
    """When its records were redacted last, how many were, and how much of it is whole."""
    damaged = sum(isinstance(one, Damage) for one in found)
    marks = [
        one.headers[REDACTED]
        for one in found
        if isinstance(one, Record) and REDACTED in one.headers
    ]
    return max(marks, default=""), len(marks), -damaged


def _read(damage: Damage) -> bytes:
    with damage.path.open("rb") as file:
        file.seek(damage.offset)
        return file.read(damage.length)
