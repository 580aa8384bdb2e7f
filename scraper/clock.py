"""The time of day, in one place, so that tests and rehearsals can set it."""

import os
from datetime import UTC, datetime, timedelta
from time import monotonic

VARIABLE = "QARCHIVE_NOW"
_STARTED = monotonic()


def now() -> datetime:
    """The moment in UTC. With QARCHIVE_NOW set (ISO 8601) the process starts then and ticks on.

    Raises ValueError when the variable holds no date.
    """
    start = os.environ.get(VARIABLE)
    if not start:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(start)
    except ValueError as error:
        raise ValueError(
            f"{VARIABLE} is {start!r}, no moment such as 2026-11-22T09:00:00Z"
        ) from error
    if given.tzinfo is None:
        given = given.replace(tzinfo=UTC)
    return given.astimezone(UTC) + timedelta(seconds=monotonic() - _STARTED)
