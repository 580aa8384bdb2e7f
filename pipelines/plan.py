"""`qarchive plan`: what the next run would fetch, in which order, and why; writes nothing."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import chain, islice, zip_longest
from typing import Any, NamedTuple

from pipelines.database import dicts
from pipelines.estimates.sightings import former_hosts
from pipelines.queue.days import today
from pipelines.queue.due import due_pages
from pipelines.queue.hosts import Scope
from pipelines.queue.order import DOUBTFUL, LAST, LEFT_OVER, NEW, START
from pipelines.revisit import HINT
from scraper.clock import LONGEST_WAIT
from scraper.record import timestamp


class Planned(NamedTuple):
    """One page that the next run would fetch."""

    url: str
    kind: str
    reason: str  # new, start, lastmod, due, gone, moved, problem, denied, put off or left over
    why: str  # for a person


_STATES = {  # of the last visit: reason and why
    "later": ("put off", "put off until {not_before}"),
    "gone": ("gone", "missing since {gone_since}, visited again to be sure"),
    "moved": ("moved", "redirected at {visited_at}"),
    "problem": ("problem", "could not be read at {visited_at}"),
    "denied": ("denied", "forbidden before: robots.txt is asked, no page is fetched for it"),
}
_READY = """
SELECT -priority, id FROM urls WHERE site=? AND host=? AND state='ready'
  AND (priority>=? OR priority<=? OR seen_day IS NULL) ORDER BY priority DESC, id
"""
_LEFT_OVER = """
SELECT id FROM urls WHERE site=? AND host=? AND state='ready'
  AND priority<? AND priority>? AND seen_day IS NOT NULL ORDER BY id
"""
_WAKING = """
SELECT -priority, id FROM urls WHERE site=? AND host=? AND state='later'
  AND (not_before<=? OR not_before>?) ORDER BY priority DESC, id
"""


def scopes(db: sqlite3.Connection, site: str | None) -> list[Scope]:
    """Each site, or the one that is named, and the hosts where it is now."""
    rows = db.execute(
        "SELECT DISTINCT site, host FROM runs WHERE site=?1 OR ?1 IS NULL ORDER BY 1, 2", (site,)
    ).fetchall()
    former = {name: former_hosts(db, name) for name, _ in rows}
    return [Scope(name, host) for name, host in rows if host not in former[name]]


def plan(
    db: sqlite3.Connection, scope: Scope, now: datetime, budget: int | None
) -> Iterator[Planned]:
    """The pages of the next run with `--revisit due`, in order; at most `budget`.

    Not known yet are new links that it finds, and what robots.txt denied before and allows now.
    """
    day = today(db, now)
    pages = _order(db, scope, day, now, budget)
    if budget is not None:
        pages = islice(_in_turns(pages, budget), budget)
    for priority, url_id in pages:
        row = next(dicts(db, "SELECT * FROM urls WHERE id=?", url_id))
        yield Planned(row["url"], row["kind"], *_reason(row, priority, day))


def put_off(db: sqlite3.Connection, scope: Scope, now: datetime) -> tuple[int, str | None]:
    """How many pages are put off beyond that moment, and when the first of them is due."""
    count, first = db.execute(
        "SELECT count(*), min(not_before) FROM urls"
        " WHERE site=? AND host=? AND state='later' AND not_before>? AND not_before<=?",
        (*scope, timestamp(now), timestamp(now + LONGEST_WAIT)),
    ).fetchone()
    return count, first


def _order(
    db: sqlite3.Connection, scope: Scope, day: float, now: datetime, budget: int | None
) -> Iterator[tuple[int, int]]:
    """(priority, id), as `pipelines.queue.ready` would hand them out."""
    due = sorted((-page.priority, page.id) for page in due_pages(db, scope, day, budget))
    due_ids = {url_id for _, url_id in due}  # some are ready from an earlier run
    ready = db.execute(_READY, (*scope, NEW, LAST))
    left = ((-LEFT_OVER, url_id) for (url_id,) in db.execute(_LEFT_OVER, (*scope, NEW, LAST)))
    woken = db.execute(_WAKING, (*scope, timestamp(now), timestamp(now + LONGEST_WAIT)))
    yielded: set[int] = set()
    for rank, url_id in merge(ready, left, woken, due):
        if url_id in due_ids:
            if url_id in yielded:
                continue
            yielded.add(url_id)
        yield -rank, url_id


def _in_turns(pages: Iterator[tuple[int, int]], budget: int) -> Iterator[tuple[int, int]]:
    """Order as for a budget: leads and known pages in turns, the last request for a `LAST` one."""
    bands: dict[int, list[tuple[int, int]]]  # by the lowest priority
    bands = {NEW: [], DOUBTFUL: [], LAST + 1: [], 2 * LAST: []}
    for page in pages:
        band = next(band for lowest, band in bands.items() if page[0] >= lowest)
        if len(band) < budget:
            band.append(page)
    first, leads, known, last = bands.values()
    turns = (page for pair in zip_longest(leads, known) for page in pair if page is not None)
    others = [*first, *turns]
    starts = sum(rank >= START for rank, _ in first)
    before = budget - 1 if budget > starts + 1 else budget
    yield from chain(others[:before], last, others[before:])


def _reason(row: dict[str, Any], priority: int, day: float) -> tuple[str, str]:
    if row["state"] in _STATES:
        reason, why = _STATES[row["state"]]
        return reason, why.format_map(row)
    if row["visited_at"] is None:
        return "new", f"new, seen by way of {row['via']}"
    if (row["history_bucket"] or 0) & HINT:
        return "lastmod", f"the sitemap tells of a change ({row['lastmod']}), {_ago(row, day)}"
    if priority == START:
        return "start", f"start page, {_ago(row, day)}"
    if priority == LEFT_OVER:
        return "left over", f"left over from an earlier run, {_ago(row, day)}"
    revisits, changes = row["revisits"], row["changes"]
    seen = f"changed in {changes} of {revisits} visits" if revisits else "not visited again so far"
    return "due", f"{seen}, {_ago(row, day)}"


def _ago(row: dict[str, Any], day: float) -> str:
    if row["seen_day"] is None:
        return f"last tried at {row['visited_at']}"
    return f"last seen {max(0.0, day - row['seen_day']):.0f} days ago"
