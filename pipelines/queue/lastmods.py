"""Compares the moments of sitemaps' lastmods, which are kept as written."""

from contextlib import suppress
from datetime import UTC, date, datetime

from scraper.record import timestamp


def latest(lastmod: str | None) -> str | None:
    """The last moment that it may mean, as a timestamp; None for what is no date.

    Registered as SQL function by `open_writer`.

    >>> latest("2026-11-22T12:00:00+08:00"), latest("2026-11-22")
    ('2026-11-22T04:00:00Z', '2026-11-22T24:00:00Z')
    """
    text = lastmod or ""
    with suppress(ValueError):
        return f"{date.fromisoformat(text)}T24:00:00Z"
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        return timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    return None
