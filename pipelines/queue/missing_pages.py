"""Pages of the archive that a run finds missing, and whether that is the fault of the whole site.

A single missing page was taken down. Many at once, or a start page, more likely mean an outage, a
login wall or a site that was rebuilt: such a run reports that, and marks no record as gone.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from pipelines.queue.days import SETTLED
from pipelines.queue.hosts import name_of
from pipelines.queue.observations import MISSING_SHARE, Observation, is_gone
from pipelines.queue.redirects import SAME_WORDS, led_to
from pipelines.queue.unread import NONE_UNREAD, UnreadPages, unread_pages
from pipelines.revisit import MIN_INTERVAL
from scraper.items import SOUND, Outcome, Via, Visit
from scraper.origins import origin
from scraper.wording import counted

# A record whose page redirects is gone only where another record is at the end of the redirects; if
# they were never permanent, one that says the same.
_MARK_GONE = f"""
UPDATE questions AS q SET gone_since=ifnull(u.gone_since, u.visited_at)
FROM urls u WHERE q.url_id=?1 AND u.id=?1 AND q.gone_since IS NULL AND u.missing_day <= ?2
AND (u.state <> 'moved' OR EXISTS (
  SELECT 1 FROM questions o WHERE o.url_id IN ({led_to("id=?1")}) AND o.gone_since IS NULL
  AND iif(u.gone_since IS NULL, {SAME_WORDS}, q.id <> o.id)))
"""
_CURRENT_RECORDS = """
SELECT count(*) FROM urls u JOIN questions q ON q.url_id = u.id
WHERE u.site=? AND u.host=? AND q.gone_since IS NULL
"""
_HOMES = "SELECT DISTINCT home FROM runs WHERE site=?"
_GONE = "SELECT url, gone_since, missing_day FROM urls WHERE id=? AND state='gone'"
_QUESTIONS_AT = """
SELECT q.id FROM urls u JOIN questions q ON q.url_id = u.id
WHERE u.url=? AND u.seen_day<? AND q.site IN (?, ?) AND q.gone_since IS NULL
"""


@dataclass
class Losses:
    """What one run found missing of pages that had been read before."""

    unread: UnreadPages = NONE_UNREAD  # counted at the end of the run, as is the next
    starts_missing: int = 0  # 1: none that can be read leads to a question
    starts_lost: int = 0  # start pages gone, redirected or a problem in the last 30 days
    lists_lost: int = 0  # in the last 30 days, if the newest questions are on no other
    _newly_gone: array[int] = field(default_factory=lambda: array("q"))  # URLs, by id
    _still_gone: array[int] = field(default_factory=lambda: array("q"))  # or led away for a month

    def note(self, visit: Visit, url_id: int, observation: Observation) -> None:
        """Count a visit that is stored."""
        if is_gone(visit, observation.before):
            if observation.before.gone_since is None:
                self._newly_gone.append(url_id)
            elif observation.missed_for >= MIN_INTERVAL:  # not at once, as `--revisit all` may
                self._still_gone.append(url_id)
        elif visit.outcome is Outcome.MOVED and observation.missed_for >= SETTLED:
            self._still_gone.append(url_id)
        if observation.before.seen_day is None or visit.outcome in {Outcome.LATER, Outcome.DENIED}:
            return
        if observation.via == Via.START and visit.outcome not in SOUND:
            self.starts_lost += observation.missed_for < SETTLED

    def recall(self, row: Mapping[str, Any]) -> Losses:
        """Take the counts of the run's row: some of its visits may be forgotten or damaged."""
        self.unread = UnreadPages(row["missing"], row["revisited"])
        self.starts_missing, self.starts_lost = row["starts_missing"], row["starts_lost"]
        self.lists_lost = row["lists_lost"]
        return self

    def complaints(self) -> Iterator[str]:
        """Yield what is wrong, each in a few words."""
        if self.starts_lost:
            yield "a start page that was there before is gone, redirected or unreadable"
        elif self.starts_missing:
            yield "no start page that can be read leads to a question"
        if self.lists_lost:
            lists = counted(self.lists_lost, "list page")
            yield f"{lists} lost, and no other names the newest questions"
        if self.unread.is_alarming():
            missing, visited = self.unread
            yield f"{missing:,} of {visited:,} question pages can't be read"

    @property
    def is_outage(self) -> bool:
        """Whether the site as a whole is to blame rather than the missing pages."""
        return bool(self.starts_lost or self.starts_missing) or self.unread.is_alarming()

    def count(
        self, db: sqlite3.Connection, run_id: int, *, leads_on: bool, lists_lost: int
    ) -> None:
        """Count what is known at the end of a run; `leads_on`: a start page leads to a question."""
        self.unread = unread_pages(db, run_id)
        self.starts_missing, self.lists_lost = int(not leads_on), lists_lost

    def conclude(self, db: sqlite3.Connection, run_id: int) -> None:
        """Mark the records of pages that were gone at two visits in a row as gone.

        In an outage that is done only for what has been missing for a month, and this run's first
        findings of a gone page are undone.
        """
        (day,) = db.execute("SELECT day FROM runs WHERE id=?", (run_id,)).fetchone()
        latest = day - SETTLED if self.is_outage else inf  # day since when a page has to be missing
        db.executemany(_MARK_GONE, ((*row, latest) for row in _rows(self._still_gone)))
        if not self.is_outage:
            self._conclude_former(db, run_id)
            return
        db.executemany(
            "UPDATE urls SET gone_since=NULL,"
            " due_day=iif(state='gone', ?1+max(?2, ?3*(?1-missing_day)), due_day)"
            " WHERE id=?5 AND missing_day>?4",
            ((day, MIN_INTERVAL, MISSING_SHARE, latest, *row) for row in _rows(self._newly_gone)),
        )

    def _conclude_former(self, db: sqlite3.Connection, run_id: int) -> None:
        """Mark records of the former host as gone, unless too few have moved from there."""
        site, host = db.execute("SELECT site, host FROM runs WHERE id=?", (run_id,)).fetchone()
        lost = list(_gone_with_address(db, site, host, self._still_gone))
        if not lost:
            return
        (current,) = db.execute(_CURRENT_RECORDS, (site, host)).fetchone()
        if not UnreadPages(len(lost), current + len(lost)).is_alarming():
            db.executemany("UPDATE questions SET gone_since=? WHERE id=?", lost)


def _rows(ids: array[int]) -> Iterable[tuple[int]]:
    return ((url_id,) for url_id in ids)


def _gone_with_address(
    db: sqlite3.Connection, site: str, host: str, gone: Iterable[int]
) -> Iterator[tuple[str, str]]:
    """Yield since when it is gone, and the id of each question not seen at a former host since.

    At the same path of the present host it is gone; one that answers there has moved already
    (`pipelines.storing.rows`).

    `gone`: ids of URLs at `host`. Under qapage another host name is another site.
    """
    origins = {origin(home) for (home,) in db.execute(_HOMES, (site,))}
    for url_id in gone if len(origins) > 1 else ():
        for url, since, day in db.execute(_GONE, (url_id,)).fetchall():
            here = origin(url)
            for former in sorted(origins - {here}):
                values = (former + url.removeprefix(here), day, site, name_of(host))
                for (question_id,) in db.execute(_QUESTIONS_AT, values).fetchall():
                    yield since, question_id
