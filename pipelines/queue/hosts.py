"""Hosts: their names, whose they are, and until when a host asked not to be sent requests."""

import sqlite3
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines.errors import WrongPlaceError
from scraper.clock import LONGEST_WAIT
from scraper.items import Visit
from scraper.record import moment, timestamp

# A run waits no longer, and leaves the rest to the next one; moments are rounded up to a second.
PATIENCE = timedelta(minutes=5, seconds=1)


class Scope(NamedTuple):
    """The part of the frontier that a run works on: one site at one host."""

    site: str
    host: str


def name_of(host: str) -> str | None:
    """The host without its port, by which copies of one site on one machine differ."""
    return urlsplit(f"//{host}").hostname


def refuse_taken(db: sqlite3.Connection, site: str, home: str) -> None:
    """Raise WrongPlaceError where one of two sites is within the other: a page can be of one."""
    here = _folder(home)
    rows = db.execute("SELECT DISTINCT home, site FROM runs WHERE site<>?", (site,))
    for theirs, other in rows.fetchall():  # an open SELECT would lock tables when this raises
        there = _folder(theirs)
        if here.startswith(there) or there.startswith(here):
            raise WrongPlaceError(
                f"{theirs} was crawled as {other} in this archive: give another --archive for"
                f" {site}, or another --base-url."
            )


def _folder(home: str) -> str:
    parts = urlsplit(home)
    folder, _, page = parts.path.rpartition("/")
    return f"{parts.netloc}{folder if '.' in page else parts.path.rstrip('/')}/"


def host_not_before(db: sqlite3.Connection, host: str, now: datetime) -> datetime | None:
    """The moment until which the host asked for silence; None if it did not, or that is absurd."""
    row = db.execute("SELECT not_before FROM hosts WHERE host=?", (host,)).fetchone()
    until = moment(row[0]) if row else None
    if until is None or until <= now + LONGEST_WAIT:
        return until
    db.execute("DELETE FROM hosts WHERE host=?", (host,))
    return None


def silence(db: sqlite3.Connection, host: str, until: datetime) -> None:
    """Store until when the host asked for silence."""
    db.execute(
        "INSERT INTO hosts VALUES (?, ?) ON CONFLICT(host) DO UPDATE"
        " SET not_before=max(not_before, excluded.not_before)",
        (host, timestamp(until)),
    )


def ends_the_run(visit: Visit) -> bool:
    """Whether the host asked for a longer silence than a run waits for."""
    until = visit.silent_until
    return until is not None and until - visit.visited_at > PATIENCE
