"""Counts list pages that are lost while nothing took their place: what is new is found no more."""

import json
import sqlite3
from heapq import nlargest
from pathlib import Path

from pipelines.queue.days import SETTLED
from pipelines.queue.ways import BITS
from pipelines.rereading.lists import UNREADABLE, links_of
from scraper.items import Kind, Via
from scraper.spider import QuestionSpider

_MOST_LOST, _MOST_LEFT = 200, 1_000  # lists that are read again; of more left, nothing is said
_NEWEST = 11  # questions: home pages name five or so
_LOST = """
SELECT u.kind, u.url FROM urls u, runs r
WHERE r.id=? AND u.site=r.site AND u.host=r.host AND u.kind IN ('list', 'faq')
  AND u.due_day IS NOT NULL AND u.seen_day IS NOT NULL AND u.missing_day>r.day-? ORDER BY u.id
"""
_WAITING = """
SELECT 1 FROM urls WHERE site=? AND host=? AND kind<>'question' AND state='ready'
  AND visited_in IS NULL LIMIT 1
"""
# What the site puts off may well be there.
_LEFT = """
SELECT kind, url FROM urls
WHERE site=?1 AND host=?2 AND kind IN ('list', 'faq') AND history_bucket IS NOT NULL
UNION ALL
SELECT kind, url FROM urls
WHERE site=?1 AND host=?2 AND kind IN ('list', 'faq') AND state='later' AND seen_day IS NOT NULL
LIMIT ?3
"""
_HAS_SITEMAP = """
SELECT 1 FROM urls WHERE site=? AND host=? AND kind='sitemap' AND history_bucket IS NOT NULL LIMIT 1
"""
# How new each is, and whether it is in a sitemap.
_QUESTIONS = """
SELECT ifnull(max(q.asked_on), ''), u.disclosed_in, u.ways & ?<>0, u.url
FROM urls u LEFT JOIN questions q ON q.url_id = u.id
WHERE u.url IN (SELECT value FROM json_each(?)) AND u.kind='question'
  AND u.history_bucket IS NOT NULL GROUP BY u.id
"""


def lists_lost(db: sqlite3.Connection, folder: Path, site: QuestionSpider, run_id: int) -> int:
    """How many lists that others name were lost within a month, if that leaves the newest unlisted.

    That is, if most of the newest question pages that lists led to, of those that can still be
    read, are on no list or sitemap that is left. Otherwise, and where that is not sure, 0: lists
    that were renamed, joined, cut short or dropped for a sitemap are no loss.
    """
    scope = (site.name, site.host)
    lost = db.execute(_LOST, (run_id, SETTLED)).fetchall()
    left = db.execute(_LEFT, (*scope, _MOST_LEFT + 1)).fetchall() if lost else []
    if not lost or len(left) > _MOST_LEFT or db.execute(_WAITING, scope).fetchone():
        return 0

    def named_by(lists: list[tuple[str, str]]) -> set[str]:
        pages = (links_of(db, folder, site, url, Kind(kind)) for kind, url in lists)
        return {link.url for links in pages for link in links}

    try:
        named = named_by(left)
        lost = [(kind, url) for kind, url in lost if url in named]
        known = named | named_by(lost[:_MOST_LOST])
    except UNREADABLE:
        return 0
    in_sitemaps = BITS[Via.SITEMAP] if db.execute(_HAS_SITEMAP, scope).fetchone() else 0
    rows = db.execute(_QUESTIONS, (in_sitemaps, json.dumps([*known])))
    newest = nlargest(
        _NEWEST,
        ((*newness, is_in_sitemap or url in named) for *newness, is_in_sitemap, url in rows),
    )
    unlisted = sum(not is_listed for *_, is_listed in newest)
    return len(lost) if 2 * unlisted > _NEWEST else 0
