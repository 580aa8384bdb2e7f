"""Lists that lead nowhere though they used to: a captcha or nothing at all came in their place."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipelines.errors import StorageError
from pipelines.rereading.captures import body_of, held_capture, page_of
from scraper.errors import LeadsNowhereError, ReadingError
from scraper.items import Link, Outcome, Problem, Visit
from scraper.onward import LISTS
from scraper.spider import QuestionSpider

STOPPED = Problem(code=LeadsNowhereError.code, detail="it led on before, and names no page now")


def has_stopped(db: sqlite3.Connection, folder: Path, site: QuestionSpider, visit: Visit) -> bool:
    """Whether a list leads nowhere, and its last sound capture, read again, does not."""
    if visit.outcome is not Outcome.FETCHED or visit.kind not in LISTS or visit.question:
        return False
    if not _leads_nowhere(visit.links, visit.url, site):
        return False
    with suppress(LookupError, StorageError, ReadingError):
        page = page_of(type(site), body_of(db, folder, held_capture(db, visit.url)))
        links = site.read_links(page, visit.kind, site.base, None)
        return not _leads_nowhere(links, visit.url, site)
    return False


def _leads_nowhere(links: Iterable[Link], url: str, site: QuestionSpider) -> bool:
    """Whether the links of the page at `url` name no other, but perhaps pages where it starts."""
    return {link.url for link in links} <= {url, *(link.url for link in site.first_links())}
