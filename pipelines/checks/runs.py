"""Compares the rows of `runs` with what the WARCs tell of the runs and their visits."""

import sqlite3
from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipelines.checks.finding import Finding
from pipelines.database import dicts
from pipelines.queue.days import since
from pipelines.warcs.walk import Record
from scraper.items import Outcome
from scraper.record import moment

# What a run saves with each group of visits; no record tells it before that of the run's end.
_COUNTS = {*Outcome, "taken", "questions", "bytes", "lost", "coverage", "starts_lost"}
_SAME_DAY = 1e-6  # days
Row = dict[str, Any]


class _Told(NamedTuple):
    """The record of a run's end, or else of its beginning."""

    where: str
    offset: int
    length: int
    row: Row

    @property
    def has_ended(self) -> bool:
        return self.row["ended_at"] is not None


@dataclass
class _Settled:
    """The visits of a run that was killed, but for URLs that may not be fetched."""

    visits: int = 0
    urls: set[int] = field(default_factory=set)  # hashes: there may be a whole site's


class RunRows:
    """The rows of `runs`, by UUID, and what the records that are met tell of them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._rows = {row["uuid"]: row for row in dicts(db, "SELECT * FROM runs ORDER BY id")}
        self._told: dict[str, _Told] = {}
        self._settled: defaultdict[str, _Settled] = defaultdict(_Settled)
        self.all_told = True  # no WARC is damaged: what was met is all that was written

    def __contains__(self, uuid: str) -> bool:
        return uuid in self._rows

    def meet_run(self, where: str, record: Record, row: Row) -> None:
        """Note what the record of a run's beginning or end tells."""
        if row["uuid"] not in self._told or row["ended_at"] is not None:
            self._told[row["uuid"]] = _Told(where, record.offset, record.length, row)

    def meet_visit(self, visit: Row) -> None:
        """Note a visit, as JSON in the WARC, of a run whose row has no end."""
        row = self._rows.get(visit["run"])
        if row is None or row["ended_at"] is not None or visit.get("robots"):
            return
        settled, url = self._settled[visit["run"]], hash(visit["url"])
        if visit["outcome"] == Outcome.DENIED:
            settled.urls.discard(url)
        else:
            settled.visits += 1
            settled.urls.add(url)

    def findings(self) -> Iterator[Finding]:
        """Yield how the rows differ from what was told, when all records have been met."""
        for uuid, told in self._told.items():
            if uuid not in self._rows:
                yield _finding(told, f"run {uuid} is not in the database")
        for row, told, day in self._days():
            if not (told.has_ended or self.all_told):
                continue
            names = _differing(row, told)
            if self.all_told and abs(row["day"] - day) > _SAME_DAY:
                names.append("day")
            is_killed = not told.has_ended and row["ended_at"] is None
            if is_killed and not self._is_sum_of_visits(row):
                names.append("taken")
            if names:
                yield _finding(told, f"run {row['id']} has another {', '.join(names)}")

    def _days(self) -> Iterator[tuple[Row, _Told, float]]:
        """Yield each row with what is told of it and its day, as `Run.recalled` counts it."""
        day, starts = 0.0, list[str]()
        for uuid, row in self._rows.items():
            told = self._told.get(uuid)  # None: killed before it had a WARC
            known = row if told is None else told.row
            start = known["started_at"]
            if place := bisect(starts, start):
                day += since(starts[place - 1], moment(start))
            day = max(day, known["day"])
            insort(starts, start)
            if told is not None:
                yield row, told, day

    def _is_sum_of_visits(self, row: Row) -> bool:
        """Whether a killed run took as many URLs as it visited, some perhaps more than once.

        The WARCs do not repeat that a URL is still denied, and a better reader may take a visit
        for a problem or none.
        """
        settled = self._settled[row["uuid"]]
        taken: int = row["taken"] - row[Outcome.DENIED]
        return len(settled.urls) <= taken <= settled.visits


def _differing(row: Row, told: _Told) -> list[str]:
    skipped = {"day"} if told.has_ended else {"day", *_COUNTS}
    return [
        name for name, value in told.row.items() if name not in skipped and row.get(name) != value
    ]


def _finding(told: _Told, what: str) -> Finding:
    return Finding("runs", told.where, what, offset=told.offset, length=told.length)
