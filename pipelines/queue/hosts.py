"""Hosts: their names, and until when one asked to be left alone."""

import sqlite3
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from scraper.clock import LONGEST_WAIT
from scraper.items import Visit
from scraper.record import timestamp

PATIENCE = timedelta(minutes=5)  # what is put off for longer is left to the next run


class Scope(NamedTuple):
    """The part of the frontier that a run works on: one site at one host."""

    site: str
    host: str


def name_of(host: str) -> str | None:
    """Without the port, by which copies of one site on one machine differ."""
    return urlsplit(f"//{host}").hostname


def host_not_before(db: sqlite3.Connection, host: str, now: datetime) -> datetime | None:
    """The moment before which the host asked to be left alone, if it did and that can be true."""
    row = db.execute("SELECT not_before FROM hosts WHERE host=?", (host,)).fetchone()
    moment = datetime.fromisoformat(row[0]) if row else None
    if moment is None or moment <= now + LONGEST_WAIT:
        return moment
    db.execute("DELETE FROM hosts WHERE host=?", (host,))
    return None


def silence(db: sqlite3.Connection, host: str, until: datetime) -> None:
    """Note that the host asked to be left alone until then."""
    db.execute(
        "INSERT INTO hosts VALUES (?, ?) ON CONFLICT(host) DO UPDATE"
        " SET not_before=max(not_before, excluded.not_before)",
        (host, timestamp(until)),
    )


def ends_the_run(visit: Visit) -> bool:
    """Whether the host asked for a longer silence than a run waits for."""
    until = visit.silent_until
    return until is not None and until - visit.visited_at > PATIENCE
