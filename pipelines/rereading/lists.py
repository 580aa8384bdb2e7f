"""Lists that lead nowhere though they used to, and whether a crawl that starts finds a question.

A captcha or nothing at all came in their place, or a page whose links are made by scripts.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import StorageError
from pipelines.rereading.captures import body_of, held_capture, page_of
from scraper.errors import LeadsNowhereError, ReadingError
from scraper.items import Kind, Link, Outcome, Problem, Visit
from scraper.onward import LISTS
from scraper.spider import QuestionSpider

STOPPED = Problem(code=LeadsNowhereError.code, detail="it led on before, and names no page now")

_UNREADABLE = (LookupError, StorageError, ReadingError)
_MOST = 200  # pages that are read again; past them nobody says
# Where a crawl starts, pages first.
_STARTS = """
SELECT id FROM urls WHERE site=?1 AND host=?2 AND (via='start' OR kind='sitemap')
ORDER BY kind='sitemap', id
"""
_PAGE = "SELECT url, kind, state, seen_day, missing_day, moved_to FROM urls WHERE id=?"
_HOLDS_ONE = """
SELECT 1 FROM urls WHERE site=? AND host=? AND kind='question' AND shape IS NOT NULL LIMIT 1
"""
_KNOWN = "SELECT id, kind FROM urls WHERE url=?"


def has_stopped(db: sqlite3.Connection, folder: Path, site: QuestionSpider, visit: Visit) -> bool:
    """Whether a list leads nowhere, and its last sound capture, read again, does not."""
    if visit.outcome is not Outcome.FETCHED or visit.kind not in LISTS or visit.question:
        return False
    if not _leads_nowhere(visit.links, visit.url, site):
        return False
    with suppress(*_UNREADABLE):
        links = _links(db, folder, site, visit.url, visit.kind)
        return not _leads_nowhere(links, visit.url, site)
    return False


def _leads_nowhere(links: Iterable[Link], url: str, site: QuestionSpider) -> bool:
    """Whether the links of the page at `url` name no other, but perhaps pages where it starts."""
    return {link.url for link in links} <= {url, *(link.url for link in site.first_links())}


def leads_on(db: sqlite3.Connection, folder: Path, site: QuestionSpider) -> bool:
    """Whether a start page or sitemap leads to a question, or may, by all pages as last read.

    Where no question can be read that is another matter.
    """
    here = (site.name, site.host)
    waiting = [url_id for (url_id,) in db.execute(_STARTS, here)]
    if db.execute(_HOLDS_ONE, here).fetchone() is None:
        return True
    met = set(waiting)
    for tried, url_id in enumerate(waiting):
        page = _Page(*db.execute(_PAGE, (url_id,)).fetchone())
        if tried == _MOST or page.may_lead():
            return True
        try:
            onward = list(page.onward(db, folder, site))
        except _UNREADABLE:
            return True
        if any(kind == Kind.QUESTION for _, kind in onward):
            return True
        waiting += (one for one, _ in dict(onward).items() if one not in met)
        met.update(waiting)
    return False


class _Page(NamedTuple):
    url: str
    kind: str
    state: str
    seen_day: float | None
    missing_day: float | None
    moved_to: int | None

    def may_lead(self) -> bool:
        """Whether it is a question that is there, or was not looked at yet."""
        if self.seen_day is None:
            return self.missing_day is None and self.state != Outcome.DENIED
        return self.state == Outcome.LATER or (
            self.kind == Kind.QUESTION and self.missing_day is None
        )

    def onward(
        self, db: sqlite3.Connection, folder: Path, site: QuestionSpider
    ) -> Iterator[tuple[int, str]]:
        """Yield the known pages that it leads to, by id and kind. Raises `_UNREADABLE`."""
        if self.state == Outcome.MOVED and self.moved_to is not None:
            yield self.moved_to, Kind.LIST
        elif self.seen_day is not None and self.missing_day is None:
            for link in _links(db, folder, site, self.url, Kind(self.kind)):
                yield from db.execute(_KNOWN, (link.url,))


def _links(
    db: sqlite3.Connection, folder: Path, site: QuestionSpider, url: str, kind: Kind
) -> Iterable[Link]:
    """What the page named at its last sound look. Raises `_UNREADABLE`."""
    page = page_of(type(site), body_of(db, folder, held_capture(db, url)))
    return site.read_links(page, kind, site.base, None)
