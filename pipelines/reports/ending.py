"""Decides why a run ended."""

import sqlite3
from collections.abc import Callable

from pipelines.queue.hosts import Scope
from pipelines.queue.ready import next_wake
from pipelines.queue.urls import start_denied
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run, exit_status
from scraper.items import Outcome

_ANSWERED_STARTS = """
SELECT count(*) FROM runs r JOIN urls u USING (site, host) WHERE r.id=? AND u.via='start'
  AND u.visited_in=r.id AND u.state NOT IN ('later', 'denied')
"""
_LAST_END = """
SELECT r.ended_why FROM runs r JOIN runs this USING (site, host)
WHERE this.id=? AND r.id<this.id ORDER BY r.id DESC LIMIT 1
"""


def end_reason(
    db: sqlite3.Connection,
    scope: Scope,
    run: Run,
    *,
    stopped_for: EndReason | None,
    must_wait: bool,
    has_traps: bool,
    is_more_due: Callable[[], bool],
) -> EndReason:
    """Why a run has ended.

    `stopped_for`: why it was stopped, None if it had nothing left to request; `must_wait`: the host
    has asked for silence; `has_traps`: it has found crawler traps; `is_more_due`: tells whether a
    URL is ready.
    """
    run.count_problems(db)
    reason = stopped_for
    if reason is None:
        must_wait = must_wait and (is_more_due() or next_wake(db, scope) is not None)
        reason = _idle_reason(db, scope, run, must_wait=must_wait, has_traps=has_traps)
    if reason.exit_status or not _was_turned_away(db, run, reason, is_more_due):
        return reason
    return EndReason.TURNED_AWAY


def _idle_reason(
    db: sqlite3.Connection, scope: Scope, run: Run, *, must_wait: bool, has_traps: bool
) -> EndReason:
    """Why a run has nothing left to request."""
    denied = run.counts[Outcome.DENIED]
    if denied and denied == run.taken and start_denied(db, scope):
        return EndReason.FORBIDDEN
    if must_wait:
        return EndReason.ASKED_TO_WAIT
    is_endless = has_traps or run.new.loops > 0
    if is_endless and not exit_status(EndReason.FINISHED, run):
        return EndReason.TRAP
    return EndReason.FINISHED


def _was_turned_away(
    db: sqlite3.Connection, run: Run, reason: EndReason, is_more_due: Callable[[], bool]
) -> bool:
    """Whether the site has put off all requests of the run that ended for `reason`.

    Answered start pages do not count while more is due. A run that had nothing left to request is
    judged as the last run was.
    """
    put_off = run.counts[Outcome.LATER]
    answered = run.taken - put_off - run.counts[Outcome.DENIED]
    if reason is EndReason.ASKED_TO_WAIT and is_more_due():
        (answered_starts,) = db.execute(_ANSWERED_STARTS, (run.id,)).fetchone()
        return bool(answered == answered_starts)
    if put_off or reason is EndReason.FINISHED:
        return bool(put_off) and not answered
    last_end = db.execute(_LAST_END, (run.id,)).fetchone()
    return not answered and last_end in {(EndReason.TURNED_AWAY,), (EndReason.UNREACHABLE,)}
