"""Whether a site has turned a run away: it put off all that was requested."""

import sqlite3

from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run
from scraper.items import Outcome

_ANSWERED_STARTS = """
SELECT count(*) FROM runs r JOIN urls u USING (site, host) WHERE r.id=? AND u.via='start'
  AND u.visited_in=r.id AND u.state NOT IN ('later', 'denied')
"""
_LAST_END = """
SELECT r.ended_why FROM runs r JOIN runs this USING (site, host)
WHERE this.id=? AND r.id<this.id ORDER BY r.id DESC LIMIT 1
"""


def was_turned_away(db: sqlite3.Connection, run: Run, reason: EndReason, *, due: bool) -> bool:
    """Whether the site has put off all requests of the run that ended for `reason`.

    Answered start pages do not count while more is due. A run that had nothing left to request is
    judged as the last run was.
    """
    put_off = run.counts[Outcome.LATER]
    answered = run.taken - put_off - run.counts[Outcome.DENIED]
    if reason is EndReason.ASKED_TO_WAIT and due:
        (answered_starts,) = db.execute(_ANSWERED_STARTS, (run.id,)).fetchone()
        return bool(answered == answered_starts)
    if put_off or reason is EndReason.FINISHED:
        return bool(put_off) and not answered
    last_end = db.execute(_LAST_END, (run.id,)).fetchone()
    return not answered and last_end in {(EndReason.TURNED_AWAY,), (EndReason.UNREACHABLE,)}
