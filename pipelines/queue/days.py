"""The archive's own calendar: days counted from run to run, independent of clock errors.

A run's day is that of the run before it plus the time since the latest earlier run that does not
lie in the future. So a clock that was wrong for a run, ahead or behind, makes no page look older.
"""

import sqlite3
from datetime import datetime

from scraper.record import moment, timestamp

SETTLED = 30.0  # days; a change that lasted so long is taken for the site's new normal
_SECONDS = 86_400


def today(db: sqlite3.Connection, now: datetime) -> float:
    """The day of a run that would begin now; 0 in an archive without runs."""
    (latest,) = db.execute("SELECT day FROM runs ORDER BY id DESC LIMIT 1").fetchone() or (0.0,)
    (start,) = db.execute(
        "SELECT max(started_at) FROM runs WHERE started_at<=?", (timestamp(now),)
    ).fetchone()
    day: float = latest
    return day + (since(start, now) if start else 0.0)


def since(start: str, end: datetime) -> float:
    """Days from a timestamp to a moment; none when the clock stepped back between them."""
    return max(0.0, (end - moment(start)).total_seconds() / _SECONDS)
