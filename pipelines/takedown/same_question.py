"""Finds all URLs and records of one question: languages, slugs, views, and its redirects."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from pipelines.storing.copies import may_be_copy
from pipelines.takedown.phrases import VersionUnits, units_by_version
from scraper.origins import origin
from scraper.site import Sites

Key = tuple[str, str]  # site and source_id


class RecordRow(NamedTuple):
    """A record of the question, in one language."""

    id: str
    site: str
    source_id: str
    url: str


def alternate_urls(db: sqlite3.Connection, url_id: int) -> set[str]:
    """The URLs of a page: its own, those it was fetched at, and its alternates by language."""
    return {url for (url,) in db.execute(_ALTERNATES, {"id": url_id})}


class Aliases:
    """Everything that the archive knows to be the same question as some keys and URLs.

    Redirects and other names of the question are followed until nothing new is found.
    """

    def __init__(
        self, db: sqlite3.Connection, keys: Iterable[Key], urls: Iterable[str], sites: Sites
    ) -> None:
        self.keys: set[Key] = set()
        self.records: set[RecordRow] = set()
        self.urls: set[str] = set()
        self.unlike: set[RecordRow] = set()  # a redirect joins them with it, but they say otherwise
        self._unfollowed: list[str] = []  # URLs whose redirects have not been followed
        self._db = db
        self._sites = sites
        self._redirects = _permanent_redirects(db)
        for key in keys:
            self._add_question(key)
        self._add_urls(urls)
        for url in filter(partial(_is_copy, db), tuple(self.urls)):
            for record in _originals(db, url):
                self._add_question((record.site, record.source_id))
        while self._unfollowed:
            self._follow_redirects(self._unfollowed.pop())
        self.records.update(_records_at(db, self.urls))
        self.keys.update((record.site, record.source_id) for record in self.records)
        self.unlike -= self.records

    def _add_question(self, key: Key) -> None:
        if key in self.keys:
            return
        self.keys.add(key)
        self._add_urls(_urls_of(self._db, key, self._sites))
        query = "SELECT id, site, source_id, url FROM questions WHERE site=? AND source_id=?"
        for record in map(RecordRow._make, self._db.execute(query, key).fetchall()):
            self.records.add(record)
            self._add_urls([record.url, *_views(self._db, record)])
            for (url_id,) in self._db.execute(_READ_AT, {"id": record.id}).fetchall():
                self._add_urls(alternate_urls(self._db, url_id))

    def _add_urls(self, urls: Iterable[str]) -> None:
        new = set(urls) - self.urls
        self.urls |= new
        self._unfollowed += new

    def _follow_redirects(self, url: str) -> None:
        """Add what a URL permanently redirects to, and what redirects to it."""
        for other in self._redirects[url] - self.urls:
            records = _records_at(self._db, [other])
            if self._may_be_same(records):
                self._add_urls([other])
                for record in records:
                    self._add_question((record.site, record.source_id))
            else:
                self.unlike.update(records)

    def _may_be_same(self, records: list[RecordRow]) -> bool:
        """Whether records at the end of a redirect say the same, or nothing can be compared.

        A forum redirects a question to another person's, of which it is a duplicate.
        """
        if not records or not self.records:
            return True
        own_versions, other_versions = (
            [units for record in side for units in units_by_version(self._db, record.id)]
            for side in (self.records, records)
        )
        return any(_are_similar(own, other) for own in own_versions for other in other_versions)


def _are_similar(one: VersionUnits, other: VersionUnits) -> bool:
    """Whether all texts are equal, or half of the shorter page's on the other: edited since."""
    if one.all == other.all:
        return True
    shorter = min(len(one.known_by), len(other.known_by))
    return 2 * len(one.known_by & other.known_by) >= max(1, shorter)


def _records_at(db: sqlite3.Connection, urls: Iterable[str]) -> list[RecordRow]:
    rows = db.execute(
        "SELECT id, site, source_id, url FROM questions WHERE url IN"
        " (SELECT value FROM json_each(:urls)) OR url_id IN (SELECT id FROM urls WHERE url IN"
        " (SELECT value FROM json_each(:urls)))",
        {"urls": json.dumps(sorted(urls))},
    )
    return list(map(RecordRow._make, rows))


# Permanent redirects, and whether their target is a question: a front page is nobody's.
_REDIRECTS = """
SELECT f.url, t.url, t.kind = 'question' OR EXISTS (SELECT 1 FROM questions WHERE url_id = t.id)
FROM urls f JOIN urls t ON t.id = f.moved_to
WHERE EXISTS (SELECT 1 FROM captures c WHERE c.url_id = f.id AND c.status IN (301, 308))
"""


def _permanent_redirects(db: sqlite3.Connection) -> defaultdict[str, set[str]]:
    """By URL: the URLs that redirect to it, and the question that it redirects to."""
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for source, target, is_question in db.execute(_REDIRECTS):
        neighbours[target].add(source)
        if is_question:
            neighbours[source].add(target)
    return neighbours


# The URLs at which a question is current, or was read.
_READ_AT = """
SELECT url_id FROM questions WHERE id = :id
UNION SELECT u.id FROM urls u JOIN questions q ON q.url = u.url WHERE q.id = :id
UNION SELECT c.url_id FROM question_versions v
  JOIN captures c ON c.id IN (v.first_capture, v.last_capture)
  WHERE v.question_id = :id AND c.url_id IS NOT NULL
"""

_ALTERNATES = """
SELECT url FROM urls WHERE id = :id
  OR (disclosed_by = :id AND via = 'alternate')
  OR id = (SELECT disclosed_by FROM urls WHERE id = :id AND via = 'alternate')
UNION SELECT url FROM captures WHERE url_id = :id
"""


def _urls_of(db: sqlite3.Connection, key: Key, sites: Sites) -> Iterator[str]:
    """Yield the URLs that contain the question's id: other languages, other slugs."""
    query = "SELECT url, site FROM urls WHERE kind = 'question' AND instr(url, ?)"
    for url, name in db.execute(query, (key[1],)):
        site = sites.get(name)
        if site is not None and site.question_at(url) == key:
            yield url


# Pages of which a question was read, but that have no record: another page has it.
_COPIES = """
SELECT url FROM urls u WHERE kind = 'question' AND seen_day IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.url_id = u.id)
"""
_COPIES_ON_HOST = f"{_COPIES} AND host = (SELECT host FROM urls WHERE url = :url)"
_UNNUMBERED = """
SELECT id, site, source_id, url, title, question_text, asker_name FROM questions
WHERE source_id GLOB '*[^0-9]*'
"""


def _is_copy(db: sqlite3.Connection, url: str) -> bool:
    return db.execute(f"{_COPIES} AND url = ?", (url,)).fetchone() is not None


def _copies(db: sqlite3.Connection, url: str) -> Iterator[str]:
    """Yield the pages that may show the question of a URL, and no other."""
    for (other,) in db.execute(_COPIES_ON_HOST, {"url": url}).fetchall():
        if may_be_copy(url, other) and _originals(db, other):
            yield other


def _originals(db: sqlite3.Connection, url: str) -> list[RecordRow]:
    """The records of which a page without one may be a copy, if they all say the same."""
    found, contents = [], set()
    for *columns, title, text, asker in db.execute(_UNNUMBERED):
        record = RecordRow(*columns)
        if origin(record.url) == origin(url) and may_be_copy(record.url, url):
            found.append(record)
            contents.add((title, text, asker))
            if len(contents) > 1:
                return []
    return found


def _views(db: sqlite3.Connection, record: RecordRow) -> Iterator[str]:
    """Yield a question's other URLs: below its own a single answer, another order; its copies."""
    if not record.source_id.isdecimal():
        yield from _copies(db, record.url)
    else:
        url = record.url
        values = {"start": len(url) + 1, "below": f"{url}/", "query": f"{url}?"}
        query = "SELECT url FROM urls WHERE substr(url, 1, :start) IN (:below, :query)"
        for (view,) in db.execute(query, values):
            yield view
