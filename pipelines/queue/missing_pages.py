"""What a run misses of what the archive holds: pages that the site took down, or a bad night.

One page that is gone is gone. Many at once, or a start page, are more likely an outage, a login
wall or a site that was rebuilt: such a run proves nothing of any page, and says so.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from pipelines.queue.days import SETTLED
from pipelines.queue.former_addresses import gone_with_address
from pipelines.queue.observations import AS_LONG, Seen, is_gone
from pipelines.queue.unread import NOTHING, Unread, unread
from pipelines.revisit import SOONEST
from scraper.items import Outcome, Via, Visit

_LOOPS = frozenset({"redirect-loop", "too-many-redirects"})
_GOOD = frozenset({Outcome.FETCHED, Outcome.UNCHANGED})
# What has moved is marked only where another record is held that its redirects end at.
_MARK = """
WITH RECURSIVE chain(id) AS (
  SELECT moved_to FROM urls WHERE id=?1 AND state='moved' UNION
  SELECT moved_to FROM urls JOIN chain USING (id) WHERE state='moved')
UPDATE questions SET gone_since=(SELECT gone_since FROM urls WHERE id=url_id)
WHERE url_id=?1 AND gone_since IS NULL
AND (SELECT missing_day FROM urls WHERE id=?1) <= ?2
AND ((SELECT state FROM urls WHERE id=?1) <> 'moved' OR EXISTS (
  SELECT 1 FROM chain JOIN questions q ON q.url_id = chain.id
  WHERE q.id <> questions.id AND q.gone_since IS NULL))
"""
_HERE = """
SELECT count(*) FROM urls u JOIN questions q ON q.url_id = u.id
WHERE u.site=? AND u.host=? AND q.gone_since IS NULL
"""


@dataclass
class Losses:
    """Counts of one run; but for the last two, of pages that had been read before."""

    unread: Unread = NOTHING  # known when the run has ended, as is the next
    starts_missing: int = 0  # 1: no start page leads to a question any more
    starts_lost: int = 0  # start pages gone, redirected or a problem in the last 30 days
    problems: int = 0  # pages of any kind that are a problem, and were not missing before the run
    loops: int = 0  # such problems that are redirects without an end
    _first: array[int] = field(default_factory=lambda: array("q"))  # URLs found gone
    _again: array[int] = field(default_factory=lambda: array("q"))  # and those found so before

    def note(self, visit: Visit, url_id: int, seen: Seen) -> None:
        """Count a visit that is stored."""
        gone, gone_before = is_gone(visit, seen.before), seen.before.gone_since is not None
        if gone:
            (self._again if gone_before else self._first).append(url_id)
        if visit.outcome is Outcome.PROBLEM and seen.is_news:
            self.problems += 1
            self.loops += any(one.code in _LOOPS for one in visit.problems)
        if seen.before.seen_day is None or visit.outcome in {Outcome.LATER, Outcome.DENIED}:
            return
        if seen.via == Via.START and visit.outcome not in _GOOD:
            self.starts_lost += seen.missed_for < SETTLED

    def recall(self, row: Mapping[str, Any]) -> Losses:
        """Take the counts as the run told them: some of its visits may be forgotten or damaged."""
        self.unread = Unread(row["missing"], row["looked"])
        self.starts_missing, self.starts_lost = row["starts_missing"], row["starts_lost"]
        return self

    def told(self) -> Iterator[str]:
        """What is wrong, each in a few words."""
        if self.starts_lost:
            yield "a start page that was there before is gone, redirected or unreadable"
        elif self.starts_missing:
            yield "no start page leads to a question any more"
        if self.unread.is_much():
            missing, looked = self.unread
            yield f"{missing:,} of {looked:,} question pages can't be read"

    @property
    def sudden(self) -> bool:
        """Whether what is missing says more of the site's state than of the pages."""
        return bool(self.starts_lost or self.starts_missing) or self.unread.is_much()

    def count(self, db: sqlite3.Connection, run_id: int, *, leads_on: bool) -> None:
        """Count what only the end of a run tells; `leads_on`: a start page leads to a question."""
        self.unread = unread(db, run_id)
        self.starts_missing = int(not leads_on)

    def conclude(self, db: sqlite3.Connection, run_id: int) -> None:
        """Mark the records of pages missing at a second look; in a bad night forget the looks.

        What has been missing for a month is taken for the truth.
        """
        (day,) = db.execute("SELECT day FROM runs WHERE id=?", (run_id,)).fetchone()
        truth = day - SETTLED if self.sudden else inf
        db.executemany(_MARK, ((*row, truth) for row in _rows(self._again)))
        if not self.sudden:
            self._conclude_former(db, run_id)
            return
        db.executemany(
            "UPDATE urls SET gone_since=NULL,"
            " due_day=iif(state='gone', ?1+max(?2, ?3*(?1-missing_day)), due_day)"
            " WHERE id=?5 AND missing_day>?4",
            ((day, SOONEST, AS_LONG, truth, *row) for row in _rows(self._first)),
        )

    def _conclude_former(self, db: sqlite3.Connection, run_id: int) -> None:
        """The same for records of a former address, unless too few have come from there yet."""
        site, host = db.execute("SELECT site, host FROM runs WHERE id=?", (run_id,)).fetchone()
        lost = list(gone_with_address(db, site, host, self._again))
        here = db.execute(_HERE, (site, host)).fetchone()[0] if lost else 0
        if lost and not Unread(len(lost), here + len(lost)).is_much():
            db.executemany("UPDATE questions SET gone_since=? WHERE id=?", lost)


def _rows(ids: array[int]) -> Iterable[tuple[int]]:
    return ((url_id,) for url_id in ids)
