"""How many question pages of a site can't be read any more, and whether that is alarming.

One run may visit only a page or two, so it is judged together with the runs of the month before.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipelines.chance import at_most
from pipelines.queue.days import SETTLED
from pipelines.queue.redirects import SAME_WORDS, led_to
from pipelines.revisit import MIN_INTERVAL

_READABLE_SHARE = 0.95  # of the visited pages, at the least, on a healthy site
_FALSE_ALARM = 1e-3  # its chance; three missing pages of three are enough for an alarm
# The day since when each is missing, and whether its authors took it down. Of the URLs put off,
# only those missing for two visits or more: the others are still to be fetched. A page that
# redirects to a new page, which waits its turn, is not missing, nor one whose question is there.
_WAITS = "t.state='ready' AND t.visited_in IS NULL"
_MISSING = f"""
WITH missing(id) AS (
  SELECT id FROM urls WHERE site=?1 AND host=?2 AND due_day IS NOT NULL UNION
  SELECT id FROM urls WHERE site=?1 AND host=?2 AND state='later' AND missing_day<=?3)
SELECT u.missing_day, max(q.gone_since IS NULL)=0
FROM missing JOIN urls u USING (id) JOIN questions q ON q.url_id=u.id
LEFT JOIN urls t ON t.id=u.moved_to AND u.state='moved'
WHERE u.kind='question' AND u.missing_day IS NOT NULL
  AND (t.id IS NULL OR NOT ({_WAITS}) AND NOT EXISTS (
    SELECT 1 FROM questions q JOIN questions o ON {SAME_WORDS}
    WHERE q.url_id=u.id AND o.url_id IN ({led_to("id=u.id")})))
GROUP BY u.id
"""
_NEVER_READ = """
SELECT missing_day FROM urls WHERE site=?1 AND host=?2 AND kind='question' AND due_day IS NOT NULL
  AND state='problem' AND seen_day IS NULL
"""
# The day of the last visit to each readable page, be it by a URL that redirects to it; and to what
# redirects to a page that waits.
_LAST_VISITS = f"""
SELECT day FROM (SELECT max(ifnull(t.seen_day, 0), ifnull((
    SELECT max(r.day) FROM urls u JOIN runs r ON r.id=u.visited_in
    WHERE u.moved_to=t.id AND u.state='moved' AND u.kind='question'), 0)) AS day
  FROM urls t WHERE t.site=? AND t.host=?
    AND (t.kind='question' AND t.history_bucket IS NOT NULL OR {_WAITS}))
WHERE day>=?
"""
_READABLE = """
SELECT count(*) FROM urls WHERE site=? AND host=? AND kind='question' AND history_bucket IS NOT NULL
"""
_RUNS = "SELECT day FROM runs WHERE site=? AND host=? AND id<=? AND day>? ORDER BY id"


class UnreadPages(NamedTuple):
    """How many pages were visited, and how many of them can't be read any more."""

    missing: int
    visited: int

    def is_alarming(self) -> bool:
        """Whether so many missing pages are hardly the doing of their authors."""
        readable = self.visited - self.missing
        return at_most(readable, self.visited, _READABLE_SHARE) < _FALSE_ALARM


NONE_UNREAD = UnreadPages(0, 0)


def unread_pages(db: sqlite3.Connection, run_id: int) -> UnreadPages:
    """Count the pages of the run's site that can't be read any more.

    They are counted since each run of the last month, the earliest first, and the first count
    that is alarming is returned; if none is, that of this run. What went missing earlier is taken
    for normal, unless it is most of all pages. A page that was never read counts only from where
    no page was read since.
    """
    query = "SELECT site, host, day FROM runs WHERE id=?"
    site, host, day = db.execute(query, (run_id,)).fetchone()
    scope = (site, host)
    missing = db.execute(_MISSING, (*scope, day - 2 * MIN_INTERVAL)).fetchall()
    never_read = db.execute(_NEVER_READ, scope).fetchall()
    if not missing and not never_read:
        return NONE_UNREAD
    (readable,) = db.execute(_READABLE, scope).fetchone()
    not_taken_down = sum(not is_taken_down for _, is_taken_down in missing)
    broken = not_taken_down if readable else len(missing)
    counts = [UnreadPages(broken, broken + readable)] if broken > readable else []

    run_days = [row[0] for row in db.execute(_RUNS, (*scope, run_id, day - SETTLED))]
    visits = db.execute(_LAST_VISITS, (*scope, run_days[0]))
    missing_since = counts_since(run_days, (missing_day for missing_day, _ in missing))
    never_read_since = counts_since(run_days, (row[0] for row in never_read))
    readable_since = counts_since(run_days, (row[0] for row in visits))
    for lost, new, read in zip(missing_since, never_read_since, readable_since, strict=True):
        unread = lost if read else lost + new
        counts.append(UnreadPages(unread, unread + read))
    for count in counts:
        if count.is_alarming():
            return count
    return counts[-1]


def counts_since(run_days: Sequence[float], days: Iterable[float]) -> list[int]:
    """For each run, how many of `days` are the run's or later."""
    per_run = [0] * len(run_days)
    for day in days:
        if day >= run_days[0]:
            per_run[bisect_right(run_days, day) - 1] += 1
    return list(accumulate(reversed(per_run)))[::-1]
