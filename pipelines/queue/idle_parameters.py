"""Learns which parameters of a site's URLs change nothing, by pages that read as another's record.

Such as a cache-buster or a short session id, which each link of each response gives anew. A tag,
which pages pass on to their links, or which comes again and again, is none: it may choose a list.
"""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from pipelines.digest import digest
from scraper.items import Question

_SURE = 5  # pages that differed from a record's in the parameter alone
_PER_VALUE = 4  # such pages, on average: the links of one response may share a value


@dataclass
class IdleParameters:
    """The parameters that this run has found to change nothing."""

    db: sqlite3.Connection
    _pages: Counter[str] = field(default_factory=Counter)  # that show it, by parameter
    _values: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _names: set[str] = field(default_factory=set)

    def note_copy(self, question: Question, url: str, parent: int) -> bool:
        """Whether the page shows a record word for word; if so, learn from its URL."""
        row = self.db.execute("SELECT url, digest FROM questions WHERE id=?", (question.id,))
        own, expected = row.fetchone() or (None, None)
        if own is None or digest(replace(question, url=own)) != expected:
            return False
        if url.partition("?")[0] == own.partition("?")[0]:
            (above,) = self.db.execute("SELECT url FROM urls WHERE id=?", (parent,)).fetchone()
            for pair in _pairs(url) - _pairs(own) - _pairs(above):
                self._pages[_name(pair)] += 1
                self._values[_name(pair)].add(hash(pair))
            self._names = {
                name for name, pages in self._pages.items() if self._is_idle(name, pages)
            }
        return True

    def without(self, url: str) -> str:
        """The URL without its idle parameters."""
        path, _, query = url.partition("?")
        if not query or not self._names:
            return url
        kept = "&".join(pair for pair in query.split("&") if _name(pair) not in self._names)
        return f"{path}?{kept}" if kept else path

    def _is_idle(self, name: str, pages: int) -> bool:
        return _SURE <= pages <= _PER_VALUE * len(self._values[name])


def _pairs(url: str) -> set[str]:
    return set(filter(None, url.partition("?")[2].split("&")))


def _name(pair: str) -> str:
    return pair.partition("=")[0]
