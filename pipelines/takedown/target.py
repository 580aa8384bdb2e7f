"""What taking a question down means: its ids, its URLs, and the words by which it is known."""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.errors import NotHeldError
from pipelines.takedown.own_words import own_words
from pipelines.takedown.same_question import Key, Kin, alike, kin_of
from scraper.forgetting import ids_of
from scraper.items import Kind, Via
from scraper.site import Sites


class Target(NamedTuple):
    """What is to be forgotten: questions, in all their languages."""

    site: str  # several with ", " between them
    ids: tuple[str, ...]
    urls: tuple[str, ...]  # canonical
    phrases: tuple[str, ...]  # their own words, and as others showed them; but for what is common


class Meant(NamedTuple):
    """A question that somebody asks to be forgotten."""

    site: str
    source_id: str  # "" when nothing tells it
    url: str  # "" when it was asked for by its id

    @property
    def keys(self) -> tuple[Key, ...]:
        """What it is looked up by, if anything."""
        return ((self.site, self.source_id),) if self.source_id else ()


def target_of(
    db: sqlite3.Connection, wanted: Iterable[str], sites: Sites, begun: Iterable[Meant] = ()
) -> Target:
    """The questions of ids or URLs, and what was `begun` before.

    Raises NotHeldError when nothing tells which one is meant.
    """
    meant = {*(_question(db, one, sites) for one in wanted), *begun}
    kin = _kin(db, meant, sites)
    rows = {row.id for row in kin.rows}
    return Target(
        site=", ".join(sorted({one.site for one in meant} | {site for site, _ in kin.keys})),
        ids=tuple(sorted(rows.union(*(ids_of(*key) for key in kin.keys)))),
        urls=tuple(sorted(kin.urls)),
        phrases=own_words(db, rows, kin.urls),
    )


def is_held(db: sqlite3.Connection, wanted: str, sites: Sites) -> bool:
    """Whether anything of it is in the database, its bare address excepted.

    Raises as `target_of`.
    """
    urls = json.dumps(sorted(_kin(db, {_question(db, wanted, sites)}, sites).urls))
    held = (
        "SELECT 1 FROM questions WHERE url IN (SELECT value FROM json_each(:urls)) UNION ALL"
        " SELECT 1 FROM captures WHERE url IN (SELECT value FROM json_each(:urls)) UNION ALL"
        " SELECT 1 FROM similar_questions WHERE url IN (SELECT value FROM json_each(:urls)) LIMIT 1"
    )
    return db.execute(held, {"urls": urls}).fetchone() is not None


def _kin(db: sqlite3.Connection, meant: Iterable[Meant], sites: Sites) -> Kin:
    keys = [key for one in meant for key in one.keys]
    return kin_of(db, keys, [one.url for one in meant if one.url], sites)


def canonical(db: sqlite3.Connection, url: str, sites: Sites) -> tuple[str, Key | None]:
    """A URL as the archive spells it, and the question that it tells.

    It stays as it is when it is of no site that the archive knows.
    """
    for name, home in db.execute("SELECT DISTINCT site, home FROM runs"):
        site = sites.get(name)
        found = site.classify(url, home) if site is not None else None
        if site is not None and found is not None:
            return found[0], site.question_at(found[0])
    return url, None


def _question(db: sqlite3.Connection, wanted: str, sites: Sites) -> Meant:
    if "://" not in wanted:
        whatever_language = "SELECT site, source_id FROM questions WHERE site || ':' || source_id=?"
        row = db.execute(whatever_language, (wanted.rpartition(":")[0],)).fetchone()
        if row is None:
            raise _unknown(wanted)
        return Meant(row[0], row[1], "")
    url, told = canonical(db, wanted, sites)
    known = db.execute(
        "SELECT id, site FROM urls WHERE url=:url OR id IN"
        " (SELECT url_id FROM captures WHERE url IN (:url, :wanted))",
        {"url": url, "wanted": wanted},
    ).fetchall()
    if not known:
        raise _unknown(wanted)
    urls = json.dumps([url, *(each for url_id, _ in known for each in alike(db, url_id))])
    ids = json.dumps([url_id for url_id, _ in known])
    row = db.execute(_SHOWN, {"url": url, "urls": urls, "ids": ids}).fetchone()
    if row is None and told is None and _leads(db, [url_id for url_id, _ in known], sites):
        raise NotHeldError(
            f"{wanted} is no question but leads to them: give the ids or URLs of the questions"
            " that are to go."
        )
    site, source_id = row or told or (known[0][1], "")
    return Meant(site, source_id, url)


def _leads(db: sqlite3.Connection, url_ids: list[int], sites: Sites) -> bool:
    """Whether pages are surely lists or the like: without them a site is not to be read."""
    rows = db.execute(
        "SELECT site, kind, via FROM urls WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(url_ids),),
    )
    guessing = {name for name, site in sites.items() if site.guesses}
    return any(
        via == Via.START or (kind != Kind.QUESTION and site not in guessing)
        for site, kind, via in rows
    )


def _unknown(wanted: str) -> NotHeldError:
    return NotHeldError(
        f"the archive knows no {wanted}: give an id as `qarchive export jsonl` shows it, or the"
        " page's URL."
    )


# The question that stands at a URL, was read there, or is shown there once more.
_SHOWN = """
SELECT site, source_id FROM questions q
WHERE url IN (SELECT value FROM json_each(:urls)) OR url_id IN (SELECT value FROM json_each(:ids))
  OR (source_id NOT GLOB '*[^0-9]*'
    AND substr(:url, 1, length(url) + 1) IN (url || '/', url || '?'))
ORDER BY url = :url DESC
"""
