"""Compares the problems of visits in the WARCs with the rows of `problems`."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

from scraper.items import Outcome
from scraper.record import moment, timestamp

_PROBLEMS = """
SELECT p.url, p.found_at, p.code, p.field, p.detail FROM problems p JOIN runs r ON r.id = p.run_id
WHERE r.uuid = ?
"""


class ProblemRows:
    """The rows of `problems`, by run."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._of_run = cache(lambda run: set(db.execute(_PROBLEMS, (run,))))

    def missing_codes(self, visit: dict[str, Any], row_outcome: str | None) -> Iterator[str]:
        """Yield the codes of the visit's problems that have no row.

        `visit` is its JSON in the WARC, `row_outcome` that in the row of its capture, if any. A
        page that was a problem may have been reread since; then its rows tell nothing.
        """
        problems, outcome = visit.get("problems", ()), visit["outcome"]
        if not problems or outcome == Outcome.DENIED or visit.get("robots"):
            return
        if outcome == Outcome.PROBLEM and row_outcome not in {None, Outcome.PROBLEM}:
            return
        found_at = timestamp(moment(visit["visited_at"]))
        for problem in problems:
            if (visit["url"], found_at, *problem) not in self._of_run(visit["run"]):
                yield problem[0]
