"""Visits of several machines in the order of their times, as one machine would have stored them."""

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pipelines.walk import Damage, Record, members, record_in
from scraper.record import moment


class Unit(NamedTuple):
    """Records that belong together: a visit with its capture, or what a file begins with."""

    when: datetime  # never before that of the unit before it in its lane
    id: str  # WARC-Record-ID of its last record
    run: str  # where it begins a file, the UUID of the run that the file tells of; else ""
    data: bytes  # as it lies in the WARC


Lane = Iterable[tuple[Path, int]]
"""The WARCs of one machine in their order, each with the bytes of it that were committed."""


def interleaved(lanes: Sequence[Lane]) -> Iterator[Unit]:
    """The units of all lanes, each once. Damaged bytes stay where they are. Raises OSError."""
    seen: set[str] = set()
    for unit in heapq.merge(*map(_units, lanes), key=lambda unit: unit.when):
        if unit.id not in seen:
            seen.add(unit.id)
            yield unit


def _units(lane: Lane) -> Iterator[Unit]:
    when = datetime.min.replace(tzinfo=UTC)
    for path, size in lane:
        parts: list[bytes] = []
        begins = True
        for member in members(path, size):
            found = member if isinstance(member, Damage) else record_in(path, member)
            parts.append(_read(member) if isinstance(member, Damage) else member.raw)
            if isinstance(found, Record) and found.kind == "metadata":
                value = json.loads(found.content)
                when = max(when, moment(value.get("visited_at") or found.headers["WARC-Date"]))
                run = value["row"]["uuid"] if begins else ""
                yield Unit(when, found.id, run, b"".join(parts))
                parts.clear()
                begins = False
        if parts:
            yield Unit(when, f"the end of {path}", "", b"".join(parts))


def _read(damage: Damage) -> bytes:
    with damage.path.open("rb") as file:
        file.seek(damage.offset)
        return file.read(damage.length)
