"""What a look at a page has shown: whether it changed, whether it is gone, when to look again."""

import sqlite3
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from pipelines.queue.days import since
from pipelines.queue.hosts import Scope
from pipelines.revisit import HINT, SOONEST, Past, Trust, shape
from scraper.items import Outcome, Via, Visit
from scraper.record import timestamp

# Days, at most, until what could not be had is asked for again.
_GONE_AGAIN, _MOVED_AGAIN, _PROBLEM_AGAIN = 180.0, 30.0, 32.0
_NEVER_THERE = 30.0  # days, at least: links to such pages are many
AS_LONG = 0.7  # of the time it has been missing
_FOR_GOOD = frozenset({301, 308})
_FADING = 0.99  # of what the record of a host's lastmod weighs after each further look


class Look(NamedTuple):
    """The columns of `urls` that a visit sets, in the order in which `settle` names them."""

    looks: int
    changes: int
    stirs: float
    stirred: float
    quiet: float
    seen_day: float | None
    whole_day: float | None
    shape: int | None
    due_day: float | None
    gone_since: str | None
    missing_day: float | None


class Seen(NamedTuple):
    """What a look has shown, and what was known before it."""

    now: Look
    before: Look
    via: str
    missed_for: float  # days since the page was first not to be had
    is_news: bool  # it was not missing before this run


@dataclass(frozen=True, slots=True)
class _Known:
    here: Scope
    via: str
    told: bool
    last: Look


_KNOWN = """
SELECT u.site, u.host, u.via, u.lastmod IS NOT NULL, r.day, r.started_at, u.looks, u.changes,
  u.stirs, u.stirred, u.quiet, u.seen_day, u.whole_day, u.shape, u.due_day, u.gone_since,
  u.missing_day
FROM urls u, runs r WHERE u.id=? AND r.id=?
"""


def look(db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int, *, edited: bool) -> Seen:
    """What the visit tells of the page; the host's lastmod is judged by it.

    `edited`: a question's record differs, or a list or sitemap has led to something new. Bytes
    alone tell neither: a template changes everywhere at once, and lists shift.
    """
    site, host, via, told, run_day, started_at, *last = db.execute(
        _KNOWN, (url_id, run_id)
    ).fetchone()
    known = _Known(Scope(site, host), via, bool(told), Look(*last))
    day = run_day + since(started_at, visit.visited_at)
    if visit.outcome not in (Outcome.FETCHED, Outcome.UNCHANGED):
        now = _missed(visit, known, day)
        missed_for = 0.0 if now.missing_day is None else day - now.missing_day
        missing_day = known.last.missing_day
        is_news = missing_day is None or missing_day >= run_day
        return Seen(now, known.last, via, missed_for, is_news)
    before = known.last
    past = Past(stirs=before.stirs, stirred=before.stirred, quiet=before.quiet)
    looks, changes = before.looks, before.changes
    if before.seen_day is not None and day > before.seen_day:
        past = past.after(day - before.seen_day, changed=edited)
        looks, changes = looks + 1, changes + edited
        _judge_lastmod(db, known, changed=edited)
    now = Look(
        looks, changes, past.stirs, past.stirred, past.quiet, seen_day=day,
        whole_day=day if _is_whole(visit) else before.whole_day,
        shape=shape(past, told=known.told), due_day=None, gone_since=None, missing_day=None,
    )  # fmt: skip
    return Seen(now, known.last, via, 0.0, is_news=True)


def _is_whole(visit: Visit) -> bool:
    """Whether the page itself was seen: a 304 is the server's word alone."""
    return visit.capture is not None and visit.capture.status != HTTPStatus.NOT_MODIFIED


def _missed(visit: Visit, known: _Known, day: float) -> Look:
    """The page was not to be had; what it said before stays."""
    last = known.last._replace(shape=None)
    denied, never_seen = visit.outcome is Outcome.DENIED, last.seen_day is None
    if last.missing_day is None and not (denied and never_seen):
        last = last._replace(missing_day=day)
    if denied:  # asked of robots.txt by each run, which costs no request
        return last._replace(due_day=day)
    wait = _wait(visit, known, day)
    since_when = last.gone_since
    if since_when is None and is_gone(visit, last):
        since_when = timestamp(visit.visited_at)
    return last._replace(gone_since=since_when, due_day=None if wait is None else day + wait)


def _wait(visit: Visit, known: _Known, day: float) -> float | None:
    """Days until another look: two thirds or so of those that the page has been missing.

    None leaves it to `not_before`.
    """
    never_seen = known.last.seen_day is None
    counted_up = known.via == Via.RANGE and never_seen
    match visit.outcome:
        case Outcome.GONE if counted_up:
            return _GONE_AGAIN
        case Outcome.GONE if known.last.gone_since is None:
            return SOONEST  # a second look
        case Outcome.GONE:
            least, most = _NEVER_THERE if never_seen else SOONEST, _GONE_AGAIN
        case Outcome.MOVED if counted_up or _is_for_good(visit):
            return _MOVED_AGAIN
        case Outcome.MOVED:
            least, most = SOONEST, _MOVED_AGAIN
        case Outcome.PROBLEM:
            least, most = SOONEST, _PROBLEM_AGAIN
        case _:
            return None
    missed = 0.0 if known.last.missing_day is None else day - known.last.missing_day
    return min(max(least, AS_LONG * missed), most)


def is_gone(visit: Visit, before: Look) -> bool:
    """Whether the page is not at its URL any more, or never was: missing, or moved for good."""
    if visit.outcome is Outcome.MOVED:
        return before.seen_day is not None and _is_for_good(visit)
    return visit.outcome is Outcome.GONE


def _is_for_good(visit: Visit) -> bool:
    return visit.capture is not None and visit.capture.status in _FOR_GOOD


def _judge_lastmod(db: sqlite3.Connection, known: _Known, *, changed: bool) -> None:
    hinted = bool((known.last.shape or 0) & HINT)
    if not known.told or not (hinted or changed):
        return
    right, wrong, missed = hinted and changed, hinted and not changed, not hinted
    db.execute(
        "INSERT INTO lastmods VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
        " right=right*?6+?3, wrong=wrong*?6+?4, missed=missed*?6+?5",
        (*known.here, float(right), float(wrong), float(missed), _FADING),
    )


def trust_of(db: sqlite3.Connection, here: Scope) -> Trust:
    """How far lastmod has proved right there."""
    row = db.execute(
        "SELECT right, wrong, missed FROM lastmods WHERE site=? AND host=?", here
    ).fetchone()
    return Trust(right=row[0], wrong=row[1], missed=row[2]) if row else Trust()
