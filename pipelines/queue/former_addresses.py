"""Finds questions of a site's former host that are gone at the present one, at the same path.

A question that answers at the present host has moved there already (`pipelines.storing.rows`).
"""

import sqlite3
from collections.abc import Iterable, Iterator

from pipelines.queue.hosts import name_of
from scraper.origins import origin

_HOMES = "SELECT DISTINCT home FROM runs WHERE site=?"
_GONE = "SELECT url, gone_since, missing_day FROM urls WHERE id=? AND state='gone'"
_QUESTIONS_AT = """
SELECT q.id FROM urls u JOIN questions q ON q.url_id = u.id
WHERE u.url=? AND u.seen_day<? AND q.site IN (?, ?) AND q.gone_since IS NULL
"""


def gone_with_address(
    db: sqlite3.Connection, site: str, host: str, gone: Iterable[int]
) -> Iterator[tuple[str, str]]:
    """Yield since when it is gone, and the id of each question not seen at a former host since.

    `gone`: ids of URLs at `host`. Under qapage another host name is another site.
    """
    origins = {origin(home) for (home,) in db.execute(_HOMES, (site,))}
    for url_id in gone if len(origins) > 1 else ():
        for url, since, day in db.execute(_GONE, (url_id,)).fetchall():
            here = origin(url)
            for former in sorted(origins - {here}):
                values = (former + url.removeprefix(here), day, site, name_of(host))
                for (question_id,) in db.execute(_QUESTIONS_AT, values).fetchall():
                    yield since, question_id
