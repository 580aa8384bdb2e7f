"""Merges the WARCs of several machines into one stream of visits, ordered by time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from pipelines.warcs.decisions import RUN, decision_in
from pipelines.warcs.records import REDACTED
from pipelines.warcs.walk import Damage, Record, members, record_in
from scraper.record import moment

_EARLIEST, _LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class _Item(Protocol):
    """A part of a lane."""

    @property
    def id(self) -> str:
        """The same for all copies of the item."""

    @property
    def time(self) -> Any:
        """What items of different lanes are ordered by."""


T = TypeVar("T", bound=_Item)


def in_common_order(lanes: Iterable[Iterable[T]], copies: Counter[str]) -> Iterator[list[T]]:
    """Yield each item with its copies: by time, but in each lane's own order.

    `copies`: in how many lanes each item is. An item waits until it is next in all of them. Where
    two lanes have items in opposite orders, time decides, once no other item can come first.
    """
    remaining = [iter(lane) for lane in lanes]
    waiting: dict[str, dict[int, T]] = {}  # the next item of each lane, by id and the lane's number
    ready: list[tuple[Any, int, str]] = []  # a heap of those that are next in all their lanes

    def advance(lane: int) -> None:
        item = next(remaining[lane], None)
        if item is not None:
            waiting_copies = waiting.setdefault(item.id, {})
            waiting_copies[lane] = item
            if len(waiting_copies) >= copies[item.id]:
                latest = max(copy.time for copy in waiting_copies.values())
                heappush(ready, (latest, lane, item.id))

    for lane in range(len(remaining)):
        advance(lane)
    while waiting:
        if ready:
            _, _, item_id = heappop(ready)
        else:
            item_id = min(waiting, key=lambda key: min(item.time for item in waiting[key].values()))
        waiting_copies = waiting.pop(item_id)
        copies[item_id] -= len(waiting_copies)
        yield list(waiting_copies.values())
        for lane in waiting_copies:
            advance(lane)


class _Quality(NamedTuple):
    """How good a copy of a unit is: of several copies the highest is taken."""

    redacted_at: str  # of its record that was redacted last; "" for none
    redacted: int  # records that were redacted
    whole: int  # less the number of damaged ranges in it
    records: int  # the more, the less is missing


class _Part(NamedTuple):
    """A record or damaged range, and its bytes in the WARC."""

    item: Record | Damage
    data: bytes


class Unit(NamedTuple):
    """Records that belong together: a visit with its capture, or the beginning of a file."""

    when: datetime  # by its machine's clock
    latest: datetime  # of the unit and those before it in its lane, as a clock may step back
    id: str  # WARC-Record-ID of its last record
    run: str  # at the beginning of a file, the UUID of its run; else ""
    data: bytes  # as it is in the WARC
    quality: _Quality

    @property
    def time(self) -> tuple[datetime, datetime]:
        """What units of different lanes are ordered by."""
        return self.latest, self.when

    @property
    def is_torn(self) -> bool:
        """Whether it is the truncated end of a file, without a visit."""
        return self.when == _LATEST


Lane = Sequence[tuple[Path, int]]
"""The WARCs of one machine in their order, each with its committed size in bytes."""


def interleaved(lanes: Sequence[Lane]) -> Iterator[Unit]:
    """Yield the units of all lanes in common order, each once: the copy that was redacted last.

    Damaged bytes are kept, unless another copy of the unit is whole. Raises OSError.
    """
    best: dict[str, _Quality] = {}
    copies = Counter[str]()
    for lane in lanes:
        ids = set[str]()
        for unit in _units(lane):
            best[unit.id] = max(unit.quality, best.get(unit.id, unit.quality))
            ids.add(unit.id)
        copies.update(ids)
    for units in in_common_order(map(_units, lanes), copies):
        for unit in units:
            if best.get(unit.id) == unit.quality:
                del best[unit.id]
                yield unit


def _units(lane: Lane) -> Iterator[Unit]:
    """Yield the units of a lane; a visit that begins in one file and ends in the next is whole."""
    latest = _EARLIEST
    parts: list[_Part] = []
    for number, (path, size) in enumerate(lane, 1):
        begun, is_first = len(parts), True
        for member in members(path, size):
            item = member if isinstance(member, Damage) else record_in(path, member)
            data = _bytes_of(member) if isinstance(member, Damage) else member.raw
            parts.append(_Part(item, data))
            decision = decision_in(item) if isinstance(item, Record) else {}
            if isinstance(item, Record) and decision:
                when = moment(decision.get("visited_at") or item.headers["WARC-Date"])
                latest = max(latest, when)
                run = decision["row"]["uuid"] if is_first and decision["type"] == RUN else ""
                begun = begun if run else 0  # of a visit that ends after the beginning of the file
                yield _unit(when, latest, item.id, run, parts[begun:])
                parts, is_first = parts[:begun], False
        is_last_file = number == len(lane)
        is_damaged = any(isinstance(part.item, Damage) for part in parts)
        if parts and (is_last_file or is_damaged):
            latest = _LATEST if is_last_file and is_damaged else latest  # a torn tail stays there
            last = parts[-1].item
            end_id = last.id if isinstance(last, Record) else f"the end of {path}"
            yield _unit(latest, latest, end_id, "", parts)
            parts = []


def _unit(when: datetime, latest: datetime, id_: str, run: str, parts: list[_Part]) -> Unit:
    records = [part.item for part in parts if isinstance(part.item, Record)]
    dates = [record.headers[REDACTED] for record in records if REDACTED in record.headers]
    damaged = len(parts) - len(records)
    quality = _Quality(max(dates, default=""), len(dates), -damaged, len(parts))
    return Unit(when, latest, id_, run, b"".join(part.data for part in parts), quality)


def _bytes_of(damage: Damage) -> bytes:
    with damage.path.open("rb") as file:
        file.seek(damage.offset)
        return file.read(damage.length)
