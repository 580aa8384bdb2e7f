"""Pages that are not believed at their first look, and what makes them be believed in the end."""

import sqlite3
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from pipelines.rereading.captures import rereader
from pipelines.storing.rows import digest
from scraper.bases import origin
from scraper.items import Outcome, Problem, Question
from scraper.site import Site

_LOOKS = """
SELECT c.id, now.day - r.day, c.outcome FROM urls u JOIN captures c ON c.url_id = u.id
JOIN runs r ON r.id = c.run_id JOIN runs now ON now.id = ?
WHERE u.url = ? AND c.outcome <> ? ORDER BY c.id DESC
"""
_DOUBTED = "SELECT capture_id FROM problems WHERE code=? AND url=? AND detail=?"


class Doubts:
    """What was found wrong with a URL's pages at its last looks."""

    def __init__(self, db: sqlite3.Connection, folder: Path, site: type[Site], run_id: int) -> None:
        self._db = db
        self._run_id = run_id
        self._reread = rereader(db, folder, site)

    def outlasted(self, now: Question, url: str, doubt: Problem, days: float) -> bool:
        """Whether each look since `days` ago met the same doubt, and one of them said the same.

        What the site shows beside the question may differ.
        """
        said = says(replace(now, similar=()))
        looks = map(self._reread, self._lasting(url, doubt, days))
        return any(look is not None and says(replace(look, similar=())) == said for look in looks)

    def _lasting(self, url: str, doubt: Problem, days: float) -> list[int]:
        """The captures, newest first, of such looks; none if the first is not so long ago."""
        rows = self._db.execute(_LOOKS, (self._run_id, url, Outcome.LATER))
        missed = list(takewhile(lambda row: row[2] == Outcome.PROBLEM, rows))
        if not missed or missed[-1][1] < days:
            return []
        found = {row[0] for row in self._db.execute(_DOUBTED, (doubt.code, url, doubt.detail))}
        looks = list(takewhile(lambda row: row[0] in found, missed))
        return [row[0] for row in looks] if looks and looks[-1][1] >= days else []


def says(question: Question) -> str:
    """What is compared: the page's own word, wherever it stands."""
    return digest(replace(question, url=f"{origin(question.url)}/", warnings=()))
