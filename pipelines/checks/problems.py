"""The problems that visits tell of in the WARCs, against the rows of `problems`."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from scraper.items import Outcome
from scraper.record import timestamp

_FILED = """
SELECT p.url, p.found_at, p.code, p.field, p.detail FROM problems p JOIN runs r ON r.id = p.run_id
WHERE r.uuid = ?
"""


class Filed:
    """What is filed of each run."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._of = cache(lambda run: set(db.execute(_FILED, (run,))))

    def lacks(self, told: dict[str, Any], kept: str | None) -> Iterator[str]:
        """The codes that the visit tells of, and no row does.

        `kept`: the outcome of its capture's row. A page that was a problem may be read by now.
        """
        problems, outcome = told.get("problems", ()), told["outcome"]
        if not problems or outcome == Outcome.DENIED or told.get("robots"):
            return
        if outcome == Outcome.PROBLEM and kept not in {None, Outcome.PROBLEM}:
            return
        found_at = timestamp(datetime.fromisoformat(told["visited_at"]))
        for problem in problems:
            if (told["url"], found_at, *problem) not in self._of(told["run"]):
                yield problem[0]
