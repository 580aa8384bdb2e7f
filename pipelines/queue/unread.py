"""Question pages that are held and can't be read any more, as the runs of a month have left them.

A night may look at one page or two, so it is judged together with the nights before it.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipelines.queue.days import SETTLED
from pipelines.reports.coverage import at_most
from pipelines.revisit import SOONEST

_KEPT = 0.95  # of the pages looked at, at the least, on a site that is well
_CHANCE = 1e-3  # of a false alarm: three pages of three are enough for one
# Since when, and whether its authors took it down. What was put off a moment ago is still to come.
_MISSING = """
WITH away(id) AS (
  SELECT id FROM urls WHERE site=?1 AND host=?2 AND due_day IS NOT NULL UNION
  SELECT id FROM urls WHERE site=?1 AND host=?2 AND state='later' AND missing_day<=?3)
SELECT u.missing_day, max(q.gone_since IS NULL)=0
FROM away JOIN urls u USING (id) JOIN questions q ON q.url_id=u.id
WHERE u.kind='question' AND u.missing_day IS NOT NULL GROUP BY u.id
"""
_NEVER_READ = """
SELECT missing_day FROM urls WHERE site=?1 AND host=?2 AND kind='question' AND due_day IS NOT NULL
  AND state='problem' AND seen_day IS NULL
"""
# When each page that is read was last looked at, if only by a URL that leads there.
_SEEN = """
SELECT day FROM (SELECT max(t.seen_day, ifnull((
    SELECT max(r.day) FROM urls u JOIN runs r ON r.id=u.visited_in
    WHERE u.moved_to=t.id AND u.state='moved' AND u.kind='question'), 0)) AS day
  FROM urls t WHERE t.site=? AND t.host=? AND t.kind='question' AND t.shape IS NOT NULL)
WHERE day>=?
"""
_READ = "FROM urls WHERE site=? AND host=? AND kind='question' AND shape IS NOT NULL"
_RUNS = "SELECT day FROM runs WHERE site=? AND host=? AND id<=? AND day>? ORDER BY id"


class Unread(NamedTuple):
    """Of so many pages looked at, each counted as it was left, so many can't be read any more."""

    missing: int
    looked: int

    def is_much(self) -> bool:
        """Whether it is hardly the pages' authors' doing."""
        return at_most(self.looked - self.missing, self.looked, _KEPT) < _CHANCE


NOTHING = Unread(0, 0)


def unread(db: sqlite3.Connection, run_id: int) -> Unread:
    """What has gone missing since some run of the last month, if it is much; else in this run.

    What is older is how the site is, unless that is most of what is held. A page that was never
    read counts where none was since.
    """
    query = "SELECT site, host, day FROM runs WHERE id=?"
    site, host, day = db.execute(query, (run_id,)).fetchone()
    here = (site, host)
    held = db.execute(_MISSING, (*here, day - 2 * SOONEST)).fetchall()
    never_read = db.execute(_NEVER_READ, here).fetchall()
    if not held and not never_read:
        return NOTHING
    (read,) = db.execute(f"SELECT count(*) {_READ}", here).fetchone()
    days = [row[0] for row in db.execute(_RUNS, (*here, run_id, day - SETTLED))]
    seen = db.execute(_SEEN, (*here, days[0]))
    counts = (_since(days, (row[0] for row in rows)) for rows in (held, never_read, seen))
    broken = sum(not is_taken_down for _, is_taken_down in held) if read else len(held)
    found = [Unread(broken, broken + read)] if broken > read else []
    for lost, new, kept in zip(*counts, strict=True):
        missing = lost if kept else lost + new
        found.append(Unread(missing, missing + kept))
    return next(filter(Unread.is_much, found), found[-1])


def _since(days: Sequence[float], looks: Iterable[float]) -> list[int]:
    """How many of the looks were in each of the runs or later."""
    counts = [0] * len(days)
    for look in looks:
        if look >= days[0]:
            counts[bisect_right(days, look) - 1] += 1
    return list(accumulate(reversed(counts)))[::-1]
