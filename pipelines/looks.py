"""What a look at a page has shown: whether it changed, whether it is gone, when to look again."""

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.days import since
from pipelines.revisit import HINT, SOONEST, Past, Trust, shape
from scraper.items import Kind, Outcome, Via, Visit
from scraper.record import timestamp

_GONE_AGAIN = 180.0  # days
_MOVED_AGAIN = 30.0
_PROBLEM_AT_LAST = 32.0
_PATIENCE = 4  # failures before the days between two attempts double
_FADING = 0.99  # of what the record of a site's lastmod weighs after each further look


class Look(NamedTuple):
    """The columns of `urls` that a visit sets, in the order in which `settle` names them."""

    looks: int
    changes: int
    stirs: float
    stirred: float
    quiet: float
    seen_day: float | None
    shape: int | None
    due_day: float | None
    gone_since: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    site: str
    via: str
    attempts: int
    told: bool
    last: Look
    run_day: float
    started_at: str


_KNOWN = """
SELECT u.site, u.via, u.attempts, u.lastmod IS NOT NULL, r.day, r.started_at,
  u.looks, u.changes, u.stirs, u.stirred, u.quiet, u.seen_day, u.shape, u.due_day, u.gone_since
FROM urls u, runs r WHERE u.id=? AND r.id=?
"""


def look(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int, *, edited: bool) -> Look:
    """What the visit tells of the page; the site's lastmod is judged by it."""
    site, via, attempts, told, run_day, started_at, *last = db.execute(
        _KNOWN, (url_id, run_id)
    ).fetchone()
    known = _Known(site, via, attempts, bool(told), Look(*last), run_day, started_at)
    day = run_day + since(started_at, visit.visited_at)
    if visit.outcome not in (Outcome.FETCHED, Outcome.UNCHANGED):
        return _missed(db, url_id, visit, known, day)
    if known.last.gone_since is not None:
        db.execute("UPDATE questions SET gone_since=NULL WHERE url_id=?", (url_id,))
    before = known.last
    past = Past(stirs=before.stirs, stirred=before.stirred, quiet=before.quiet)
    looks, changes = before.looks, before.changes
    if before.seen_day is not None and day > before.seen_day:
        changed = _has_changed(db, url_id, visit, run_id, edited=edited)
        past = past.after(day - before.seen_day, changed=changed)
        looks, changes = looks + 1, changes + changed
        _judge_lastmod(db, known, changed=changed)
    return Look(
        looks, changes, past.stirs, past.stirred, past.quiet,
        seen_day=day, shape=shape(past, told=known.told), due_day=None, gone_since=None,
    )  # fmt: skip


def _missed(db: sqlite3.Connection, url_id: int, visit: Visit, known: _Known, day: float) -> Look:
    """The page was not to be had; what it said before stays, and is marked as gone if it is."""
    last = known.last
    if visit.outcome is Outcome.GONE:
        if last.gone_since is not None:  # the second look
            db.execute(
                "UPDATE questions SET gone_since=? WHERE url_id=?", (last.gone_since, url_id)
            )
        last = last._replace(gone_since=last.gone_since or timestamp(visit.visited_at))
    wait = _wait(visit.outcome, known)
    return last._replace(shape=None, due_day=None if wait is None else day + wait)


def _wait(outcome: Outcome, known: _Known) -> float | None:
    """Days until another look; None leaves it to `not_before`."""
    match outcome:
        case Outcome.GONE:
            counted_up = known.via == Via.RANGE and known.last.seen_day is None
            again = counted_up or known.last.gone_since is not None
            return _GONE_AGAIN if again else SOONEST
        case Outcome.MOVED:
            return _MOVED_AGAIN
        case Outcome.PROBLEM:
            return min(SOONEST * 2.0 ** max(0, known.attempts - _PATIENCE), _PROBLEM_AT_LAST)
        case Outcome.DENIED:
            return 0.0  # asked of robots.txt again by each run, which costs no request
    return None


def _has_changed(
    db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int, *, edited: bool
) -> bool:
    """Whether a question's record differs, or a list has led to something new.

    Bytes alone tell neither: a template changes everywhere at once, and lists shift.
    """
    if visit.outcome is Outcome.UNCHANGED:
        return False
    if edited or visit.kind is Kind.SITEMAP:
        return True
    newest = db.execute(
        "SELECT disclosed_by, disclosed_in FROM urls ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return visit.kind is not Kind.QUESTION and newest == (url_id, run_id)


def _judge_lastmod(db: sqlite3.Connection, known: _Known, *, changed: bool) -> None:
    hinted = bool((known.last.shape or 0) & HINT)
    if not known.told or not (hinted or changed):
        return
    right, wrong, missed = hinted and changed, hinted and not changed, not hinted
    db.execute(
        "INSERT INTO lastmods VALUES (?1, ?2, ?3, ?4) ON CONFLICT(site) DO UPDATE SET"
        " right=right*?5+?2, wrong=wrong*?5+?3, missed=missed*?5+?4",
        (known.site, float(right), float(wrong), float(missed), _FADING),
    )


def trust_of(db: sqlite3.Connection, site: str) -> Trust:
    """How far the site's lastmod has proved right."""
    row = db.execute("SELECT right, wrong, missed FROM lastmods WHERE site=?", (site,)).fetchone()
    return Trust(right=row[0], wrong=row[1], missed=row[2]) if row else Trust()
