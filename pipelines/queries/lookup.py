"""Finding a question by what a person gives: its id or its URL."""

import sqlite3

from pipelines.errors import NotHeldError

_FIND = (
    "SELECT id FROM questions WHERE id = :given UNION SELECT id FROM questions WHERE url = :given"
)
# Where it leads by redirects, or else what was read there before the question or its site moved.
_FORMER = """
SELECT id, 1 AS place FROM moved_questions WHERE url = :given
UNION ALL SELECT v.question_id, 2 FROM captures c
  JOIN question_versions v ON c.id IN (v.first_capture, v.last_capture)
  WHERE c.url_id = (SELECT id FROM urls WHERE url = :given)
ORDER BY place LIMIT 1
"""
_PREFIX = "SELECT id FROM questions WHERE id >= :from AND id < :to ORDER BY id LIMIT :most"
_NUMBER = "SELECT id FROM questions WHERE id LIKE :pattern ESCAPE '\\' ORDER BY id LIMIT :most"
_MOST = 3  # near ids told


def find(db: sqlite3.Connection, given: str) -> str:
    """The id of the question with this id or URL, in any spelling that a crawl takes for it.

    Raises NotHeldError, which names up to three that were perhaps meant.
    """
    row = db.execute(_FIND, {"given": given}).fetchone()
    if row is None and "://" in given:
        url = {"given": _as_crawled(db, given)}
        row = db.execute(_FIND, url).fetchone() or db.execute(_FORMER, url).fetchone()
    if row is not None:
        return str(row[0])
    meant = near(db, given)
    told = (
        f"did you mean {', '.join(meant)}?" if meant else "`qarchive status` tells what it holds."
    )
    raise NotHeldError(f"the archive holds no question {given}: {told}")


def _as_crawled(db: sqlite3.Connection, url: str) -> str:
    from pipelines.takedown.target import canonical  # noqa: PLC0415 -- imports Scrapy
    from scraper.loading import sites  # noqa: PLC0415 -- as above

    return canonical(db, url, sites())[0]


def near(db: sqlite3.Connection, given: str) -> list[str]:
    """Ids that begin as `given` does, else that have its number: from the index of ids alone."""
    begun = {"from": given, "to": f"{given}\U0010ffff", "most": _MOST}
    found = db.execute(_PREFIX, begun).fetchall() if given else []
    is_id = ":" in given and "/" not in given
    site, number = given.split(":")[:2] if is_id else ("", given.rpartition("/")[2])
    if not found and number:
        here = {"from": f"{site}:", "to": f"{site};", "most": 1}
        known = is_id and db.execute(_PREFIX, here).fetchone()  # another site's number is no guess
        pattern = f"{_escaped(site) if known else '%'}:{_escaped(number)}:%"
        found = db.execute(_NUMBER, {"pattern": pattern, "most": _MOST}).fetchall()
    return [row[0] for row in found]


def _escaped(text: str) -> str:
    """For LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
