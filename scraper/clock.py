"""The time of day, in one place, so that tests and rehearsals can set it."""

import os
from datetime import UTC, datetime, timedelta
from time import monotonic

LONGEST_WAIT = timedelta(days=30)  # that a host gets; what lies beyond is its fault or a clock's
VARIABLE = "QARCHIVE_NOW"
_STARTED = monotonic()
_YEARS = range(1970, 9000)


def now() -> datetime:
    """The moment in UTC. With QARCHIVE_NOW set (ISO 8601) the process starts then and ticks on.

    Raises ValueError when the variable holds no date, or one that leaves no room for reckoning.
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
    return moment + timedelta(seconds=monotonic() - _STARTED)
