"""Problems that are new since the last run that told how it ended.

A run that is killed or stopped, or that a failure ends, tells of none. The next run that comes to
its end tells of them too, whether or not it asks for those pages again.
"""

import sqlite3
from itertools import accumulate
from typing import NamedTuple

from pipelines.queue.unread import counts_since

_LOOPS = frozenset({"redirect-loop", "too-many-redirects"})
_FAULTS = frozenset({"reader-failed", "step-failed"})
_LAST_TOLD = """
SELECT max(r.id) FROM runs r JOIN runs this USING (site, host)
WHERE this.id=? AND r.id<this.id AND r.ended_why NOT IN ('stopped', 'storage', 'internal error')
"""
_EARLIER_UNTOLD = """
SELECT r.id, r.day, r.taken-r.denied-r.problem FROM runs r JOIN runs this USING (site, host)
WHERE this.id=?1 AND r.id<?1 AND r.id>?2 ORDER BY r.id
"""
_NEW = """
SELECT u.missing_day, group_concat(p.code)
FROM runs this CROSS JOIN problems p INDEXED BY problems_open CROSS JOIN urls u ON u.id=p.url_id
WHERE this.id=? AND p.solved_in IS NULL AND p.run_id>=? AND u.site=this.site AND u.host=this.host
  AND u.state='problem' AND u.missing_day>=?
GROUP BY p.url_id
"""


class Since(NamedTuple):
    """What was found from one run on."""

    run: int
    problems: int  # new ones
    pages: int  # asked for, without those that were a problem before


class NewProblems(NamedTuple):
    """The pages that are a problem at the end of a run, and were not missing before."""

    # From each run that has not told on, this one last; only from the first run of all, if none has
    # told. Empty in a run that asks for all pages again: its own counts tell all.
    since: tuple[Since, ...] = ()
    loops: int = 0  # of these problems, endless redirects
    faults: int = 0  # of these problems, bugs of ours


def last_told(db: sqlite3.Connection, run_id: int) -> int | None:
    """The last earlier run of the same site at that host that told how it ended."""
    told: int | None = db.execute(_LAST_TOLD, (run_id,)).fetchone()[0]
    return told


def new_problems(db: sqlite3.Connection, run_id: int, sound: int) -> NewProblems:
    """Count them; `sound`: the other pages that this run has asked for."""
    query = "SELECT day, revisit FROM runs WHERE id=?"
    day, revisit = db.execute(query, (run_id,)).fetchone()
    told = last_told(db, run_id)
    untold = db.execute(_EARLIER_UNTOLD, (run_id, told or 0)).fetchall()
    runs, days, sounds = zip(*untold, (run_id, day, sound), strict=True)
    found = db.execute(_NEW, (run_id, runs[0], days[0])).fetchall()
    problems = counts_since(days, (missing_day for missing_day, _ in found))
    sounds_since = list(accumulate(reversed(sounds)))[::-1]
    pages = map(sum, zip(problems, sounds_since, strict=True))
    since = tuple(map(Since, runs, problems, pages))
    if told is None:
        since = since[:1]
    elif revisit == "all":
        since = ()
    codes = [frozenset(of_page.split(",")) for _, of_page in found]
    loops = sum(not _LOOPS.isdisjoint(of_page) for of_page in codes)
    faults = sum(not _FAULTS.isdisjoint(of_page) for of_page in codes)
    return NewProblems(since, loops, faults)
