"""What a visit shows of a page: whether it changed, whether it is gone, when to visit it again."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import NamedTuple

from pipelines.queue.days import since
from pipelines.queue.hosts import Scope
from pipelines.revisit import HINT, MIN_INTERVAL, ChangeHistory, Trust, history_bucket, is_awaited
from scraper.items import SOUND, Outcome, Via, Visit
from scraper.record import timestamp

# Days, at most, until a page that is gone, has moved or is a problem is fetched again.
_GONE_AGAIN, _MOVED_AGAIN, _PROBLEM_AGAIN = 180.0, 30.0, 32.0
_NEVER_THERE = 30.0  # days, at least, for a page that was never there: many links lead to such
MISSING_SHARE = 0.7  # a missing page is fetched again after this share of the time it is missing
_REPLIES_COME = timedelta(days=60)  # after a question was asked
_PERMANENT = frozenset({301, 308})  # redirects
_DECAY = 0.99  # of the weight of earlier visits in a host's record of lastmods, at each visit


class PageState(NamedTuple):
    """The columns of `urls` that a visit sets."""

    revisits: int
    changes: int
    weighted_changes: float
    days_to_change: float
    days_unchanged: float
    seen_day: float | None
    whole_day: float | None
    history_bucket: int | None
    due_day: float | None
    gone_since: str | None
    missing_day: float | None

    @property
    def history(self) -> ChangeHistory:
        """What its visits have shown."""
        return ChangeHistory(
            weighted_changes=self.weighted_changes,
            days_to_change=self.days_to_change,
            days_unchanged=self.days_unchanged,
        )


class Observation(NamedTuple):
    """What a visit has shown of a page, and what was known before it."""

    now: PageState
    before: PageState
    via: str
    missed_for: float  # days since the page was first missing


@dataclass(frozen=True, slots=True)
class _Page:
    scope: Scope
    via: str
    has_lastmod: bool
    state: PageState  # before the visit


_PAGE = f"""
SELECT u.site, u.host, u.via, u.lastmod IS NOT NULL, r.day, r.started_at,
  {", ".join(f"u.{column}" for column in PageState._fields)}
FROM urls u, runs r WHERE u.id=? AND r.id=?
"""


def observe(
    db: sqlite3.Connection, url_id: int, visit: Visit, run_id: int, *, edited: bool
) -> Observation:
    """Compare the visit with what was known of the page, and judge the host's lastmod by it.

    `edited`: a question's record has changed, or a list or sitemap has led to something new. A
    change of bytes is neither: a template changes on all pages at once, and lists shift.
    """
    row = db.execute(_PAGE, (url_id, run_id)).fetchone()
    site, host, via, has_lastmod, run_day, started_at, *state = row
    page = _Page(Scope(site, host), via, bool(has_lastmod), PageState(*state))
    before = page.state
    day = run_day + since(started_at, visit.visited_at)
    if visit.outcome not in SOUND:
        now = _missing(visit, page, day)
        missed_for = 0.0 if now.missing_day is None else day - now.missing_day
        return Observation(now, before, via, missed_for)
    history, revisits, changes = before.history, before.revisits, before.changes
    if before.seen_day is not None and day > before.seen_day:
        history = history.after(day - before.seen_day, changed=edited)
        revisits, changes = revisits + 1, changes + edited
        _judge_lastmod(db, page, changed=edited)
    now = PageState(
        revisits=revisits,
        changes=changes,
        weighted_changes=history.weighted_changes,
        days_to_change=history.days_to_change,
        days_unchanged=history.days_unchanged,
        seen_day=day,
        whole_day=day if _has_page(visit) else before.whole_day,
        history_bucket=history_bucket(
            history,
            has_lastmod=page.has_lastmod,
            awaits_reply=_awaits_reply(visit, before.history_bucket, history),
        ),
        due_day=None,
        gone_since=None,
        missing_day=None,
    )
    return Observation(now, before, via, missed_for=0.0)


def _awaits_reply(visit: Visit, bucket: int | None, history: ChangeHistory) -> bool:
    """Whether the page is a young question without a reply.

    Where nothing was read, as before, but not for longer than it could be young.
    """
    question = visit.question
    if question is None:
        days = history.days_unchanged + history.days_to_change
        return is_awaited(bucket) and days < _REPLIES_COME.days
    asked = question.asked_on
    is_young = asked is not None and visit.visited_at.date() - asked < _REPLIES_COME
    return is_young and not question.replies


def _has_page(visit: Visit) -> bool:
    """Whether the page itself was received: a 304 is only the server's word."""
    return visit.capture is not None and visit.capture.status != HTTPStatus.NOT_MODIFIED


def _missing(visit: Visit, page: _Page, day: float) -> PageState:
    """The state of a page that was not received."""
    state = page.state._replace(history_bucket=None)
    is_denied, never_seen = visit.outcome is Outcome.DENIED, state.seen_day is None
    if state.missing_day is None and not (is_denied and never_seen):
        state = state._replace(missing_day=day)
    if is_denied:  # by robots.txt, which each run asks without a request for the page
        return state._replace(due_day=day)
    wait = _wait(visit, page, day)
    gone_since = state.gone_since
    if gone_since is None and is_gone(visit, state):
        gone_since = timestamp(visit.visited_at)
    return state._replace(gone_since=gone_since, due_day=None if wait is None else day + wait)


def _wait(visit: Visit, page: _Page, day: float) -> float | None:
    """Days until the next visit of a missing page; None leaves that to `not_before`."""
    never_seen = page.state.seen_day is None
    is_guessed_number = page.via == Via.RANGE and never_seen
    match visit.outcome:
        case Outcome.GONE if is_guessed_number:
            return _GONE_AGAIN
        case Outcome.GONE if page.state.gone_since is None:
            return MIN_INTERVAL  # to confirm it
        case Outcome.GONE:
            least, most = _NEVER_THERE if never_seen else MIN_INTERVAL, _GONE_AGAIN
        case Outcome.MOVED if is_guessed_number or _is_permanent(visit):
            return _MOVED_AGAIN
        case Outcome.MOVED:
            least, most = MIN_INTERVAL, _MOVED_AGAIN
        case Outcome.PROBLEM:
            least, most = MIN_INTERVAL, _PROBLEM_AGAIN
        case _:
            return None
    missed = 0.0 if page.state.missing_day is None else day - page.state.missing_day
    return min(max(least, MISSING_SHARE * missed), most)


def is_gone(visit: Visit, before: PageState) -> bool:
    """Whether the page is not at its URL any more, or never was: missing, or moved permanently."""
    if visit.outcome is Outcome.MOVED:
        return before.seen_day is not None and _is_permanent(visit)
    return visit.outcome is Outcome.GONE


def _is_permanent(visit: Visit) -> bool:
    return visit.capture is not None and visit.capture.status in _PERMANENT


def _judge_lastmod(db: sqlite3.Connection, page: _Page, *, changed: bool) -> None:
    """Count whether a newer lastmod announced this visit's change."""
    hinted = bool((page.state.history_bucket or 0) & HINT)
    if not page.has_lastmod or not (hinted or changed):
        return
    right, wrong, missed = hinted and changed, hinted and not changed, not hinted
    db.execute(
        "INSERT INTO lastmods VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"
        " right=right*?6+?3, wrong=wrong*?6+?4, missed=missed*?6+?5",
        (*page.scope, float(right), float(wrong), float(missed), _DECAY),
    )


def trust_of(db: sqlite3.Connection, scope: Scope) -> Trust:
    """How far the lastmods of a host have proved right."""
    row = db.execute(
        "SELECT right, wrong, missed FROM lastmods WHERE site=? AND host=?", scope
    ).fetchone()
    return Trust(right=row[0], wrong=row[1], missed=row[2]) if row else Trust()
