"""Questions of an address that the site had before: what is gone here, at the same path, is gone.

One that answers here has moved with its page already (`pipelines.storing.rows`).
"""

import sqlite3
from collections.abc import Iterable, Iterator

from pipelines.queue.hosts import name_of
from scraper.bases import origin

_HOMES = "SELECT DISTINCT home FROM runs WHERE site=?"
_GONE = "SELECT url, gone_since, missing_day FROM urls WHERE id=? AND state='gone'"
_HELD = """
SELECT q.id FROM urls u JOIN questions q ON q.url_id = u.id
WHERE u.url=? AND u.seen_day<? AND q.site IN (?, ?) AND q.gone_since IS NULL
"""


def gone_with_address(
    db: sqlite3.Connection, site: str, host: str, gone: Iterable[int]
) -> Iterator[tuple[str, str]]:
    """Since when, and the id of each question not seen elsewhere since its page is gone here.

    `gone`: ids of URLs at `host`. Under qapage another host name is another site.
    """
    origins = {origin(home) for (home,) in db.execute(_HOMES, (site,))}
    for url_id in gone if len(origins) > 1 else ():
        for url, since, day in db.execute(_GONE, (url_id,)).fetchall():
            here = origin(url)
            for before in sorted(origins - {here}):
                twin = before + url.removeprefix(here)
                for (held,) in db.execute(_HELD, (twin, day, site, name_of(host))).fetchall():
                    yield since, held
