"""Finds a question by its id or URL."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pipelines.errors import NotHeldError

if TYPE_CHECKING:
    from scraper.site import Sites

# A page that changed its language has a record in each; all but one are gone.
_FIND = """
SELECT id FROM questions WHERE id = :given OR url = :given
ORDER BY id = :given DESC, gone_since IS NOT NULL, captured_at DESC LIMIT 1
"""
# The question at the end of its redirects, or else one read there before it or its site moved.
_FORMER = """
SELECT id, 1 AS place FROM moved_questions WHERE url = :given
UNION ALL SELECT v.question_id, 2 FROM captures c
  JOIN question_versions v ON c.id IN (v.first_capture, v.last_capture)
  WHERE c.url_id = (SELECT id FROM urls WHERE url = :given)
ORDER BY place LIMIT 1
"""
_PREFIX = "SELECT id FROM questions WHERE id >= :from AND id < :to ORDER BY id LIMIT :most"
_NUMBER = "SELECT id FROM questions WHERE id LIKE :pattern ESCAPE '\\' ORDER BY id LIMIT :most"
_MOST = 3  # suggested ids


def find(db: sqlite3.Connection, given: str) -> str:
    """The id of the question with this id or URL, in any spelling that a crawl would accept.

    Raises NotHeldError, which suggests up to three similar ids.
    """
    given = given.strip()
    row = db.execute(_FIND, {"given": given}).fetchone()
    if row is None and "://" in given:
        url = {"given": _as_crawled(db, given)}
        row = db.execute(_FIND, url).fetchone() or db.execute(_FORMER, url).fetchone()
    if row is not None:
        return str(row[0])
    similar = similar_ids(db, given)
    hint = "`qarchive status` tells what it holds, `forget --list` what was taken down."
    if similar:
        hint = f"did you mean {', '.join(similar)}?"
    raise NotHeldError(f"the archive holds no question {given}: {hint}")


def _as_crawled(db: sqlite3.Connection, url: str) -> str:
    from scraper.loading import sites  # noqa: PLC0415 -- imports Scrapy

    return canonical(db, url, sites())[0]


def canonical(db: sqlite3.Connection, url: str, sites: Sites) -> tuple[str, tuple[str, str] | None]:
    """A URL's canonical form, and site and number of the question in it, if any.

    The URL is returned unchanged when it is of no site that the archive knows.
    """
    for name, home in db.execute("SELECT DISTINCT site, home FROM runs"):
        site = sites.get(name)
        if site is None:
            continue
        classified = site.classify(url, home)
        if classified is not None:
            canonical_url, _ = classified
            return canonical_url, site.question_at(canonical_url)
    return url, None


def similar_ids(db: sqlite3.Connection, given: str) -> list[str]:
    """Ids that begin like `given`, or else that have its number; by the index of ids alone."""
    by_prefix = {"from": given, "to": f"{given}\U0010ffff", "most": _MOST}
    rows = db.execute(_PREFIX, by_prefix).fetchall() if given else []
    is_id = ":" in given and "/" not in given
    site, number = given.split(":")[:2] if is_id else ("", given.rpartition("/")[2])
    if not rows and number:
        any_of_site = {"from": f"{site}:", "to": f"{site};", "most": 1}
        is_known_site = is_id and db.execute(_PREFIX, any_of_site).fetchone() is not None
        rows = _numbered(db, _escaped(site) if is_known_site else "%", number)
    if not rows and not is_id and (digits := re.findall(r"\d+", normalize("NFKC", given))):
        rows = _numbered(db, "%", digits[-1])
    return [row[0] for row in rows]


def _numbered(db: sqlite3.Connection, site: str, number: str) -> list[Any]:
    """The ids with this number; `site` is a pattern of LIKE."""
    pattern = f"{site}:{_escaped(number)}:%"
    return db.execute(_NUMBER, {"pattern": pattern, "most": _MOST}).fetchall()


def _escaped(text: str) -> str:
    """A text as a pattern of LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
