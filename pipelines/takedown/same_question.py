"""One question under all its URLs: languages, slugs, views, and where it moved to or from."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.takedown.own_words import units_by_version
from scraper.site import Sites

Key = tuple[str, str]  # site and source_id


class Row(NamedTuple):
    """A record of the question, in one language."""

    id: str
    site: str
    source_id: str
    url: str


class Kin(NamedTuple):
    """All that is one question, or several that were asked for."""

    keys: frozenset[Key]
    rows: frozenset[Row]
    urls: frozenset[str]


def kin_of(db: sqlite3.Connection, keys: Iterable[Key], urls: Iterable[str], sites: Sites) -> Kin:
    """Whatever the archive knows to be the same as these."""
    search = _Search(db, sites)
    for key in keys:
        search.take(key)
    search.see(urls)
    while search.waiting:
        search.follow(search.waiting.pop())
    rows = search.rows | set(_standing(db, search.urls))
    every = search.keys | {(row.site, row.source_id) for row in rows}
    return Kin(frozenset(every), frozenset(rows), frozenset(search.urls))


def alike(db: sqlite3.Connection, url_id: int) -> set[str]:
    """The page under other URLs: in other languages that it named, and where it was fetched."""
    return {url for (url,) in db.execute(_ALIKE, {"id": url_id})}


class _Search:
    def __init__(self, db: sqlite3.Connection, sites: Sites) -> None:
        self.keys: set[Key] = set()
        self.rows: set[Row] = set()
        self.urls: set[str] = set()
        self.waiting: list[str] = []  # URLs whose redirects have not been followed
        self._db = db
        self._sites = sites
        self._moves = _moves(db)

    def take(self, key: Key) -> None:
        """Take in a question, with its URLs."""
        if key in self.keys:
            return
        self.keys.add(key)
        self.see(_numbered(self._db, key, self._sites))
        rows = "SELECT id, site, source_id, url FROM questions WHERE site=? AND source_id=?"
        for row in map(Row._make, self._db.execute(rows, key).fetchall()):
            self.rows.add(row)
            self.see([row.url, *_views(self._db, row)])
            for (place,) in self._db.execute(_PLACES, {"id": row.id}).fetchall():
                self.see(alike(self._db, place))

    def see(self, urls: Iterable[str]) -> None:
        """Take in URLs, whose redirects are to be followed."""
        new = set(urls) - self.urls
        self.urls |= new
        self.waiting += new

    def follow(self, url: str) -> None:
        """Take in what a URL lastingly leads to, or what leads there."""
        for other in self._moves[url] - self.urls:
            there = _standing(self._db, [other])
            if self._are_same(there):
                self.see([other])
                for row in there:
                    self.take((row.site, row.source_id))

    def _are_same(self, rows: list[Row]) -> bool:
        """Whether what stands where a redirect leads says what was asked for, or nobody knows.

        A forum lets a question lead to another person's, of which it is the double.
        """
        if not rows or not self.rows or {(row.site, row.source_id) for row in rows} <= self.keys:
            return True
        own, theirs = (
            [units for row in those for units in units_by_version(self._db, row.id)]
            for those in (self.rows, rows)
        )
        return any(_say_the_same(one, other) for one in own for other in theirs)


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether half of what the shorter page says stands on the other: it was edited since."""
    return 2 * len(one & other) >= min(len(one), len(other))


def _standing(db: sqlite3.Connection, urls: Iterable[str]) -> list[Row]:
    rows = db.execute(
        "SELECT id, site, source_id, url FROM questions WHERE url IN"
        " (SELECT value FROM json_each(:urls)) OR url_id IN (SELECT id FROM urls WHERE url IN"
        " (SELECT value FROM json_each(:urls)))",
        {"urls": json.dumps(sorted(urls))},
    )
    return list(map(Row._make, rows))


# Lasting redirects, and whether they lead to a question: a front page is nobody's.
_MOVES = """
SELECT f.url, t.url, t.kind = 'question' OR EXISTS (SELECT 1 FROM questions WHERE url_id = t.id)
FROM urls f JOIN urls t ON t.id = f.moved_to
WHERE EXISTS (SELECT 1 FROM captures c WHERE c.url_id = f.id AND c.status IN (301, 308))
"""


def _moves(db: sqlite3.Connection) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for start, end, to_question in db.execute(_MOVES):
        found[end].add(start)
        if to_question:
            found[start].add(end)
    return found


# Where a question stands, and where it was read.
_PLACES = """
SELECT url_id FROM questions WHERE id = :id
UNION SELECT u.id FROM urls u JOIN questions q ON q.url = u.url WHERE q.id = :id
UNION SELECT c.url_id FROM question_versions v
  JOIN captures c ON c.id IN (v.first_capture, v.last_capture)
  WHERE v.question_id = :id AND c.url_id IS NOT NULL
"""

_ALIKE = """
SELECT url FROM urls WHERE id = :id
  OR (disclosed_by = :id AND via = 'alternate')
  OR id = (SELECT disclosed_by FROM urls WHERE id = :id AND via = 'alternate')
UNION SELECT url FROM captures WHERE url_id = :id
"""


def _numbered(db: sqlite3.Connection, key: Key, sites: Sites) -> Iterator[str]:
    """Yield the URLs that tell that they are the question: other languages, other slugs."""
    alike = "SELECT url, site FROM urls WHERE kind = 'question' AND instr(url, ?)"
    for url, name in db.execute(alike, (key[1],)):
        site = sites.get(name)
        if site is not None and site.question_at(url) == key:
            yield url


def _views(db: sqlite3.Connection, row: Row) -> Iterator[str]:
    """Yield the pages of a numbered question that show it once more: one answer, another order."""
    if row.source_id.isdecimal():
        own = row.url
        places = {"start": len(own) + 1, "below": f"{own}/", "query": f"{own}?"}
        views = "SELECT url FROM urls WHERE substr(url, 1, :start) IN (:below, :query)"
        yield from (url for (url,) in db.execute(views, places))
