"""Reads the progress of a running crawl, with small queries that do not slow it down."""

import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.database import dicts, open_reader, unreadable
from pipelines.layout import DATABASE
from scraper.items import Outcome

_RUN = """
SELECT * FROM runs WHERE id IN (SELECT max(id) FROM runs GROUP BY site) ORDER BY site
"""
_STATES = "SELECT state, sum(urls) FROM tallies WHERE site = ? AND urls > 0 GROUP BY state"


class RunProgress(NamedTuple):
    """How far the last run of a site has come."""

    site: str
    run: int
    ended_why: str | None  # None while it runs, and when it was killed
    taken: int
    outcomes: dict[str, int]  # of this run, those that occurred
    states: dict[str, int]  # of all the site's URLs

    @property
    def to_do(self) -> int:
        """URLs that this run has still to take."""
        return self.states.get("ready", 0)


def run_progress(archive: Path) -> list[RunProgress]:
    """Each site's last run. Raises NoArchiveError, or StorageError when it cannot be read."""
    with open_reader(archive) as connection, unreadable(archive / DATABASE):
        return [_progress(connection, run) for run in list(dicts(connection, _RUN))]


def _progress(connection: sqlite3.Connection, run: dict[str, Any]) -> RunProgress:
    return RunProgress(
        site=run["site"],
        run=run["id"],
        ended_why=run["ended_why"],
        taken=run["taken"],
        outcomes={outcome: run[outcome] for outcome in Outcome if run[outcome]},
        states=dict(connection.execute(_STATES, (run["site"],))),
    )
