"""Detects lists and sitemaps that lost their links, and start pages that lead to no question.

A captcha or an empty page came in their place, or a page whose links are made by scripts.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import StorageError
from pipelines.queue.ways import BITS
from pipelines.rereading.captures import body_of, last_sound_capture
from scraper.errors import LeadsNowhereError, ReadingError
from scraper.items import Kind, Link, Outcome, Problem, Via, Visit
from scraper.spider import QuestionSpider

STOPPED = Problem(code=LeadsNowhereError.code, detail="it led on before, and names no page now")

UNREADABLE = (LookupError, StorageError, ReadingError)
_MOST = 200  # pages that are read again; after them the answer is taken for yes
# Start pages, then sitemaps.
_STARTS = """
SELECT id FROM urls WHERE site=?1 AND host=?2 AND (via='start' OR kind='sitemap')
ORDER BY kind='sitemap', id
"""
_PAGE = "SELECT url, kind, state, seen_day, missing_day, moved_to FROM urls WHERE id=?"
_ANY_READABLE = """
SELECT 1 FROM urls
WHERE site=? AND host=? AND kind='question' AND history_bucket IS NOT NULL LIMIT 1
"""
_IN_SITEMAPS = """
SELECT count(*) FROM (
  SELECT 1 FROM urls WHERE site=? AND host=? AND history_bucket IS NOT NULL AND ways & ? LIMIT ?
)
"""
_TARGET = "SELECT id, kind FROM urls WHERE url=?"


def has_stopped(db: sqlite3.Connection, folder: Path, site: QuestionSpider, visit: Visit) -> bool:
    """Whether a list or sitemap names no other page, while its last sound capture does, read today.

    An empty sitemap is what a site's database in need leaves of it, or a quiet week of one that
    names news: it counts if it named most of what the site's sitemaps did.
    """
    if visit.outcome is not Outcome.FETCHED or visit.kind is Kind.QUESTION or visit.question:
        return False
    if not _has_no_links(visit.links, visit.url, site):
        return False
    with suppress(*UNREADABLE):
        links = list(links_of(db, folder, site, visit.url, visit.kind))
        return not _has_no_links(links, visit.url, site) and (
            visit.kind is not Kind.SITEMAP or _are_most(db, (site.name, site.host), links)
        )
    return False


def _are_most(db: sqlite3.Connection, scope: tuple[str, str], links: Iterable[Link]) -> bool:
    """Whether a sitemap's links are most of those that sitemaps gave, or it is an index."""
    urls = {link.url for link in links}
    ((named,),) = db.execute(_IN_SITEMAPS, (*scope, BITS[Via.SITEMAP], 2 * len(urls)))
    return named < 2 * len(urls) or any(link.kind is Kind.SITEMAP for link in links)


def _has_no_links(links: Iterable[Link], url: str, site: QuestionSpider) -> bool:
    """Whether the page at `url` links only to itself and to start pages, if to any."""
    return {link.url for link in links} <= {url, *(link.url for link in site.first_links())}


def starts_lead_to_questions(db: sqlite3.Connection, folder: Path, site: QuestionSpider) -> bool:
    """Whether a start page or sitemap leads to a question, by all pages as they were last read.

    True also when that is not sure, and when no question of the site can be read at all.
    """
    scope = (site.name, site.host)
    waiting = [url_id for (url_id,) in db.execute(_STARTS, scope)]
    if db.execute(_ANY_READABLE, scope).fetchone() is None:
        return True
    visited = set(waiting)
    for count, url_id in enumerate(waiting):  # which grows
        page = _Page(*db.execute(_PAGE, (url_id,)).fetchone())
        if count == _MOST or page.may_lead_on():
            return True
        try:
            targets = dict(page.targets(db, folder, site))
        except UNREADABLE:
            return True
        if Kind.QUESTION in targets.values():
            return True
        waiting += (target for target in targets if target not in visited)
        visited.update(waiting)
    return False


class _Page(NamedTuple):
    url: str
    kind: str
    state: str
    seen_day: float | None
    missing_day: float | None
    moved_to: int | None

    def may_lead_on(self) -> bool:
        """Whether it is a question that is not missing, or has not been visited yet."""
        if self.seen_day is None:
            return self.missing_day is None and self.state != Outcome.DENIED
        return self.state == Outcome.LATER or (
            self.kind == Kind.QUESTION and self.missing_day is None
        )

    def targets(
        self, db: sqlite3.Connection, folder: Path, site: QuestionSpider
    ) -> Iterator[tuple[int, str]]:
        """Yield id and kind of the known pages that it leads to. Raises one of UNREADABLE."""
        if self.state == Outcome.MOVED and self.moved_to is not None:
            yield self.moved_to, Kind.LIST
        elif self.seen_day is not None and self.missing_day is None:
            for link in links_of(db, folder, site, self.url, Kind(self.kind)):
                yield from db.execute(_TARGET, (link.url,))


def links_of(
    db: sqlite3.Connection, folder: Path, site: QuestionSpider, url: str, kind: Kind
) -> Iterable[Link]:
    """The links in the page's last sound capture. Raises one of UNREADABLE."""
    page = body_of(db, folder, last_sound_capture(db, url)).page(type(site))
    return site.read_links(page, kind, site.base, None)
