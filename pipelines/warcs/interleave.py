"""Merges the WARCs of several machines into one stream of visits, ordered by time."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.records import REDACTED
from pipelines.warcs.walk import Damage, Record, members, record_in
from scraper.record import moment

_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class _Quality(NamedTuple):
    """How good a copy of a unit is: of several copies the highest is taken."""

    redacted_at: str  # of its record that was redacted last; "" for none
    redacted: int  # records that were redacted
    whole: int  # less the number of damaged ranges in it


class Unit(NamedTuple):
    """Records that belong together: a visit with its capture, or the beginning of a file."""

    when: datetime  # never before that of the unit before it in its lane
    id: str  # WARC-Record-ID of its last record
    run: str  # at the beginning of a file, the UUID of its run; else ""
    data: bytes  # as it is in the WARC
    quality: _Quality

    @property
    def is_torn(self) -> bool:
        """Whether it is the truncated end of a file, without a visit."""
        return self.when == _LATEST and self.quality.whole < 0


Lane = Sequence[tuple[Path, int]]
"""The WARCs of one machine in their order, each with its committed size in bytes."""


def interleaved(lanes: Sequence[Lane]) -> Iterator[Unit]:
    """Yield the units of all lanes by time, each once: the copy that was redacted last.

    Damaged bytes are kept, unless another copy of the unit is whole. Raises OSError.
    """
    best: dict[str, _Quality] = {}
    for lane in lanes:
        for unit in _units(lane):
            best[unit.id] = max(unit.quality, best.get(unit.id, unit.quality))
    for unit in heapq.merge(*map(_units, lanes), key=lambda unit: unit.when):
        if best.get(unit.id) == unit.quality:
            del best[unit.id]
            yield unit


def _units(lane: Lane) -> Iterator[Unit]:
    when = _EARLIEST
    for number, (path, size) in enumerate(lane, 1):
        parts: list[bytes] = []
        items: list[Record | Damage] = []
        is_first = True
        for member in members(path, size):
            item = member if isinstance(member, Damage) else record_in(path, member)
            parts.append(_bytes_of(member) if isinstance(member, Damage) else member.raw)
            items.append(item)
            decision = decision_in(item) if isinstance(item, Record) else {}
            if isinstance(item, Record) and decision:
                when = max(when, moment(decision.get("visited_at") or item.headers["WARC-Date"]))
                run = decision["row"]["uuid"] if is_first and decision["type"] == RUN else ""
                yield Unit(when, item.id, run, b"".join(parts), _quality(items))
                parts.clear()
                items.clear()
                is_first = False
        if parts:
            is_last_file = number == len(lane)
            when = _LATEST if is_last_file else when  # so that a torn tail stays at the end
            yield Unit(when, f"the end of {path}", "", b"".join(parts), _quality(items))


def _quality(items: list[Record | Damage]) -> _Quality:
    dates = [
        item.headers[REDACTED]
        for item in items
        if isinstance(item, Record) and REDACTED in item.headers
    ]
    damaged = sum(isinstance(item, Damage) for item in items)
    return _Quality(max(dates, default=""), len(dates), -damaged)


def _bytes_of(damage: Damage) -> bytes:
    with damage.path.open("rb") as file:
        file.seek(damage.offset)
        return file.read(damage.length)
