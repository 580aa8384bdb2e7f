"""Compares the moments of sitemaps' lastmods, which are kept as written."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime

from scraper.record import timestamp

_DAY_OF_A_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:?\d\d)")
_YEAR = re.compile("[0-9]{4}")


def latest(lastmod: str | None) -> str | None:
    """The last moment that it may mean, as a timestamp.

    What is no ISO 8601 is text if it begins with a year, so that it is compared with others of its
    notation; else None. Registered as SQL function by `open_writer`.

    >>> latest("2026-11-22T12:00:00+08:00"), latest("2026-11-22"), latest("2026-11-22 8:00 UTC")
    ('2026-11-22T04:00:00Z', '2026-11-22T24:00:00Z', '2026-11-22 8:00 UTC')
    """
    if not lastmod:
        return None
    text = lastmod.replace("/", "-")
    if day := _DAY_OF_A_ZONE.fullmatch(text):  # to Python "+08:00" were its time
        text = "T23:59:59".join(day.groups())
    with suppress(ValueError):
        return f"{date.fromisoformat(text)}T24:00:00Z"
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(text)
        return timestamp(at if at.tzinfo else at.replace(tzinfo=UTC))
    return text if _YEAR.match(text) else None
