"""The current time, which QARCHIVE_NOW can set for tests and rehearsals."""

import os
from datetime import UTC, datetime, timedelta
from time import monotonic

LONGEST_WAIT = timedelta(days=30)  # that a host may ask for; more is its mistake or a wrong clock's
VARIABLE = "QARCHIVE_NOW"
STARTED = monotonic()
_YEARS = range(1970, 9000)


def now() -> datetime:
    """The current time in UTC; with QARCHIVE_NOW (ISO 8601) as if the process had started then.

    Raises ValueError when the variable is no date, or outside the years 1970 to 8999.
    """
    start = os.environ.get(VARIABLE)
    if not start:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(start)
        moment = (given if given.tzinfo else given.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"{VARIABLE} is {start!r}, no moment such as 2026-11-22T09:00:00Z"
        ) from error
    if moment.year not in _YEARS:
        raise ValueError(f"{VARIABLE} is {start!r}: its year is none from 1970 to 8999")
    return moment + timedelta(seconds=monotonic() - STARTED)
