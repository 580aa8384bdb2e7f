"""A summary of the archive once a day, week or month, also when all is well."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pipelines.database import open_reader
from pipelines.notify.crawl_events import site_figures, site_lines, text
from pipelines.notify.event import Event, EventKind
from scraper.errors import ArchiveError
from scraper.record import moment

EVERY = "QARCHIVE_NOTIFY_SUMMARY"
PERIODS: dict[str, Callable[[datetime], tuple[int, ...]]] = {
    "daily": lambda at: (at.year, at.month, at.day),
    "weekly": lambda at: at.isocalendar()[:2],
    "monthly": lambda at: (at.year, at.month),
}


def summary(archive: Path, every: str, since: datetime) -> Event | None:
    """The summary, when the archive's last run is the first to end of a day, week or month (UTC).

    What was killed has not ended. The run counts if it began after `since`, so that no run calls
    for two. `every` is daily, weekly or monthly; anything else raises ValueError.
    """
    if every not in PERIODS:
        raise ValueError(f"{EVERY} is daily, weekly or monthly")
    period = PERIODS[every]
    match _last_two_starts(archive):
        case [last, *before] if last >= since and period(last) not in map(period, before):
            pass
        case _:
            return None
    sites = site_figures(archive)
    lines = []
    for site, figures in sites.items():
        lines += [site, *(f"  {line}" for line in site_lines(figures, every_host=True)), ""]
    return Event(
        kind=EventKind.SUMMARY,
        subject=f"qarchive: {every} summary of {', '.join(sites)}",
        text=text(lines),
        figures=sites,
    )


def _last_two_starts(archive: Path) -> list[datetime]:
    query = "SELECT started_at FROM runs WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 2"
    try:
        with open_reader(archive) as db:
            return [moment(row[0]) for row in db.execute(query)]
    except (ArchiveError, sqlite3.Error):
        return []
