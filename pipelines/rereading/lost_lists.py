"""Counts list pages that are lost while nothing took their place: what is new is found no more."""

import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

from pipelines.queue.days import SETTLED
from pipelines.queue.ways import BITS
from pipelines.rereading.lists import UNREADABLE, links_of
from scraper.items import Kind, Via
from scraper.spider import QuestionSpider

_MOST_LOST, _MOST_READABLE = 200, 1_000  # lists that are read again; of more, nothing is said
_LOST = """
SELECT kind, url, disclosed_in, missing_day FROM urls
WHERE site=? AND host=? AND kind IN ('list', 'faq') AND due_day IS NOT NULL
  AND seen_day IS NOT NULL AND missing_day>? ORDER BY kind, id
"""
_RUNS = "SELECT id, day FROM runs WHERE site=? AND host=? AND id<=? AND day>? ORDER BY id"
_WAITING = """
SELECT 1 FROM urls WHERE site=? AND host=? AND kind<>'question' AND state='ready'
  AND visited_in IS NULL LIMIT 1
"""
_READABLE = """
SELECT kind, url FROM urls WHERE site=? AND host=? AND kind IN ('list', 'faq')
  AND history_bucket IS NOT NULL LIMIT ?
"""
_HAS_SITEMAP = """
SELECT 1 FROM urls WHERE site=? AND host=? AND kind='sitemap' AND history_bucket IS NOT NULL LIMIT 1
"""
# And whether one is in a sitemap.
_QUESTIONS = """
SELECT id, ways & ? FROM urls WHERE url IN (SELECT value FROM json_each(?)) AND kind='question'
  AND history_bucket IS NOT NULL
"""


_List = tuple[str, str]  # kind and URL


def lists_lost(db: sqlite3.Connection, folder: Path, site: QuestionSpider, run_id: int) -> int:
    """How many lists the site has lost within a month, if that leaves questions unlisted.

    That is, if most of the question pages that the lists led to and that can still be read are on
    no list or sitemap that can be read. Otherwise, and where that is not sure, 0: lists that were
    renamed, joined, or dropped for a sitemap are no loss.
    """
    scope = (site.name, site.host)
    readable = db.execute(_READABLE, (*scope, _MOST_READABLE + 1)).fetchall()
    lost = _lost(db, scope, run_id, Counter(kind for kind, _ in readable))
    if not lost or len(readable) > _MOST_READABLE or db.execute(_WAITING, scope).fetchone():
        return 0
    in_sitemaps = BITS[Via.SITEMAP] if db.execute(_HAS_SITEMAP, scope).fetchone() else 0

    def questions(lists: Iterable[_List]) -> Iterator[tuple[int, int]]:
        for kind, url in lists:
            links = json.dumps([link.url for link in links_of(db, folder, site, url, Kind(kind))])
            yield from db.execute(_QUESTIONS, (in_sitemaps, links))

    try:
        led_to = dict(questions(lost[:_MOST_LOST]))
        listed = dict(questions(readable)).keys()
    except UNREADABLE:
        return 0
    unlisted = [one for one, is_in_sitemap in led_to.items() if not is_in_sitemap]
    return len(lost) if 2 * len(set(unlisted) - listed) > len(led_to) else 0


def _lost(
    db: sqlite3.Connection, scope: tuple[str, str], run_id: int, readable: Mapping[str, int]
) -> list[_List]:
    """The lists lost in the last month, of each kind of which more are lost than readable.

    Of those that were there when some run of the month began: an archive by days, which loses a
    list each night, has as many as before.
    """
    (day,) = db.execute("SELECT day FROM runs WHERE id=?", (run_id,)).fetchone()
    rows = db.execute(_LOST, (*scope, day - SETTLED)).fetchall()
    if not rows:
        return []
    ids, days = zip(*db.execute(_RUNS, (*scope, run_id, day - SETTLED)), strict=True)
    lost: list[_List] = []
    for kind, lists in groupby(rows, key=itemgetter(0)):
        urls, changes = list[_List](), [0] * (len(ids) + 1)  # of their number, by run
        for _, url, disclosed_in, missing_day in lists:
            urls.append((kind, url))
            known, gone = bisect_right(ids, disclosed_in), bisect_right(days, missing_day)
            changes[known] += 1
            changes[max(known, gone)] -= 1
        if max(accumulate(changes)) > readable.get(kind, 0):
            lost += urls
    return lost
