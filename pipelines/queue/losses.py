"""What a run misses of what the archive holds: pages that the site took down, or a bad night.

One page that is gone is gone. Many at once, or a start page, are more likely an outage, a login
wall or a site that was rebuilt: such a run proves nothing of any page, and says so.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.coverage import at_most
from pipelines.queue.days import SETTLED
from pipelines.queue.former import gone_with_address
from pipelines.queue.looks import AS_LONG, Seen, is_gone
from pipelines.revisit import SOONEST
from scraper.items import Kind, Outcome, Via, Visit

_KEPT = 0.95  # of the pages looked at by a run, at the least, on a site that is well
_CHANCE = 1e-3  # of a false alarm: three pages of three are enough for one
_LOOPS = frozenset({"redirect-loop", "too-many-redirects"})
_GOOD = frozenset({Outcome.FETCHED, Outcome.UNCHANGED})
_MISSING = frozenset({Outcome.GONE, Outcome.MOVED})
# What has moved is marked only where another record is held that its redirects end at.
_MARK = """
WITH RECURSIVE chain(id) AS (
  SELECT moved_to FROM urls WHERE id=?1 AND state='moved' UNION
  SELECT moved_to FROM urls JOIN chain USING (id) WHERE state='moved')
UPDATE questions SET gone_since=(SELECT gone_since FROM urls WHERE id=url_id)
WHERE url_id=?1 AND gone_since IS NULL
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

    looked: int = 0  # question pages, but for those known to be missing
    missing: int = 0  # of them, gone or redirected
    starts_missing: int = 0  # start pages that are gone, redirected or a problem
    starts_lost: int = 0  # of them, those of the last 30 days
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
        good, recent = visit.outcome in _GOOD, seen.missed_for < SETTLED
        if seen.via == Via.START and not good:
            self.starts_missing += 1
            self.starts_lost += recent
        if visit.kind is Kind.QUESTION:
            known = gone and gone_before
            lost = visit.outcome in _MISSING and recent and not known
            self.looked += good or lost
            self.missing += lost

    def recall(self, row: Mapping[str, Any]) -> Losses:
        """Take the counts as the run told them: some of its visits may be forgotten or damaged."""
        self.looked, self.missing = row["looked"], row["missing"]
        self.starts_missing, self.starts_lost = row["starts_missing"], row["starts_lost"]
        return self

    def told(self, *, good: bool) -> Iterator[str]:
        """What is wrong, each in a few words; `good`: the run has got some page."""
        if self.starts_lost or (self.starts_missing and not good):
            yield "a start page that was there before is gone, redirected or unreadable"
        if self.many:
            yield (
                f"{self.missing:,} of {self.looked:,} question pages that are held are gone or"
                " redirected all at once, so none is marked as gone"
            )

    @property
    def many(self) -> bool:
        """Whether so many pages are missing all at once that it is hardly their authors' doing."""
        return _is_many(self.missing, self.looked)

    @property
    def sudden(self) -> bool:
        """Whether what is missing says more of the site's state than of the pages."""
        return bool(self.starts_lost) or self.many

    def conclude(self, db: sqlite3.Connection, run_id: int) -> None:
        """Mark the records of pages missing at a second look; in a bad night forget the looks."""
        if not self.sudden:
            db.executemany(_MARK, _rows(self._again))
            self._conclude_former(db, run_id)
            return
        (day,) = db.execute("SELECT day FROM runs WHERE id=?", (run_id,)).fetchone()
        db.executemany(
            "UPDATE urls SET gone_since=NULL,"
            " due_day=iif(state='gone', ?1+max(?2, ?3*(?1-missing_day)), due_day) WHERE id=?4",
            ((day, SOONEST, AS_LONG, *row) for row in _rows(self._first)),
        )

    def _conclude_former(self, db: sqlite3.Connection, run_id: int) -> None:
        """The same for records of a former address, unless too few have come from there yet."""
        site, host = db.execute("SELECT site, host FROM runs WHERE id=?", (run_id,)).fetchone()
        lost = list(gone_with_address(db, site, host, self._again))
        here = db.execute(_HERE, (site, host)).fetchone()[0] if lost else 0
        if lost and not _is_many(len(lost), here + len(lost)):
            db.executemany("UPDATE questions SET gone_since=? WHERE id=?", lost)


def _is_many(missing: int, looked: int) -> bool:
    return at_most(looked - missing, looked, _KEPT) < _CHANCE


def _rows(ids: array[int]) -> Iterable[tuple[int]]:
    return ((url_id,) for url_id in ids)
