"""Doubts about a URL's earlier visits: what is doubted often enough is believed in the end."""

import sqlite3
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from pipelines.digest import digest
from pipelines.rereading.captures import rereader
from scraper.items import Outcome, Problem, Question
from scraper.origins import origin
from scraper.site import Site

# Captures of the URL, newest first, each with its age in days and its outcome.
_CAPTURES = """
SELECT c.id, now.day - r.day, c.outcome FROM urls u JOIN captures c ON c.url_id = u.id
JOIN runs r ON r.id = c.run_id JOIN runs now ON now.id = ?
WHERE u.url = ? AND c.outcome <> 'later' ORDER BY c.id DESC
"""
_DOUBTED = "SELECT capture_id FROM problems WHERE code=? AND url=? AND detail=?"


class Doubts:
    """The doubts that earlier visits of a site's URLs have met."""

    def __init__(self, db: sqlite3.Connection, folder: Path, site: type[Site], run_id: int) -> None:
        self._db = db
        self._run_id = run_id
        self._reread = rereader(db, folder, site)

    def outlasted(self, question: Question, url: str, doubt: Problem, days: float) -> bool:
        """Whether each visit for `days` met the same doubt, and one of them read the same question.

        The similar questions on the page may differ.
        """
        expected = content_digest(replace(question, similar=()))
        for capture_id in self._doubted_captures(url, doubt, days):
            earlier = self._reread(capture_id)
            if earlier and content_digest(replace(earlier, similar=())) == expected:
                return True
        return False

    def _doubted_captures(self, url: str, doubt: Problem, days: float) -> list[int]:
        """The URL's latest captures in a row with this doubt, newest first.

        Empty unless the earliest of them is `days` old.
        """
        rows = self._db.execute(_CAPTURES, (self._run_id, url))
        problems = list(takewhile(lambda row: row[2] == Outcome.PROBLEM, rows))
        if not problems or problems[-1][1] < days:
            return []
        query = self._db.execute(_DOUBTED, (doubt.code, url, doubt.detail))
        doubted = {capture_id for (capture_id,) in query}
        in_a_row = list(takewhile(lambda row: row[0] in doubted, problems))
        if not in_a_row or in_a_row[-1][1] < days:
            return []
        return [capture_id for capture_id, _, _ in in_a_row]


def content_digest(question: Question) -> str:
    """The digest of what a page itself says, whatever its URL on the site, and without warnings."""
    return digest(replace(question, url=f"{origin(question.url)}/", warnings=()))
