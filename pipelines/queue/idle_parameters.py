"""Learns which parameters of a site's URLs change nothing, by pages that read as another's record.

Such as a cache-buster or a short session id, which each link of each response gives anew.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass, field, replace

from pipelines.storing.rows import digest
from scraper.items import Question

_SURE = 5  # pages that differed from a record's in the parameter alone


@dataclass
class IdleParameters:
    """The parameters that this run has found to change nothing."""

    db: sqlite3.Connection
    _pages: Counter[str] = field(default_factory=Counter)  # that show it, by parameter
    _names: set[str] = field(default_factory=set)

    def note_copy(self, question: Question, url: str) -> bool:
        """Whether the page shows a record word for word; if so, learn from its URL."""
        row = self.db.execute("SELECT url, digest FROM questions WHERE id=?", (question.id,))
        own, expected = row.fetchone() or (None, None)
        if own is None or digest(replace(question, url=own)) != expected:
            return False
        if url.partition("?")[0] == own.partition("?")[0]:
            self._pages.update({_name(pair) for pair in _pairs(url) ^ _pairs(own)})
            self._names = {name for name, pages in self._pages.items() if pages >= _SURE}
        return True

    def without(self, url: str) -> str:
        """The URL without its idle parameters."""
        path, _, query = url.partition("?")
        if not query or not self._names:
            return url
        kept = "&".join(pair for pair in query.split("&") if _name(pair) not in self._names)
        return f"{path}?{kept}" if kept else path


def _pairs(url: str) -> set[str]:
    return set(filter(None, url.partition("?")[2].split("&")))


def _name(pair: str) -> str:
    return pair.partition("=")[0]
