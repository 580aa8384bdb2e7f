"""Resolves what is asked to be forgotten into ids, URLs and identifying phrases."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.errors import NotHeldError
from pipelines.queries.lookup import canonical, similar_ids
from pipelines.takedown.phrases import identifying_phrases
from pipelines.takedown.same_question import Aliases, alternate_urls
from scraper.forgetting import ids_of
from scraper.items import Kind, Via
from scraper.site import Sites
from scraper.tombstones import Tombstones


class Target(NamedTuple):
    """The questions to be forgotten, in all their languages."""

    site: str  # several with ", " between them
    ids: tuple[str, ...]
    urls: tuple[str, ...]  # canonical
    phrases: tuple[str, ...]  # that identify them: `identifying_phrases`
    unlike: tuple[str, ...]  # ids of records that redirects join with them, which stay


class _QuestionRef(NamedTuple):
    """A question that is asked to be forgotten, by its id, its URL or both."""

    site: str
    source_id: str  # "" when it is not known
    url: str  # "" when it was asked for by its id


def target_of(
    db: sqlite3.Connection,
    wanted: Iterable[str],
    sites: Sites,
    covering: Tombstones,
) -> Target:
    """The questions with the `wanted` ids or URLs, and what is held that tombstones cover.

    So it is after a takedown that was killed, or done in another archive. Raises NotHeldError when
    an id or URL is unknown, or is no question's.
    """
    refs = {_question_ref(db, id_or_url, sites) for id_or_url in wanted}
    if covering:
        refs.update(_left_over(db, covering))
    aliases = _aliases(db, refs, sites)
    record_ids = {record.id for record in aliases.records}
    names = {ref.site for ref in refs} | {site for site, _ in aliases.keys}
    return Target(
        site=", ".join(sorted(names)),
        ids=tuple(sorted(record_ids.union(*(ids_of(*key) for key in aliases.keys)))),
        urls=tuple(sorted(aliases.urls)),
        phrases=identifying_phrases(db, record_ids, aliases.urls),
        unlike=tuple(sorted(record.id for record in aliases.unlike)),
    )


def is_held(db: sqlite3.Connection, wanted: str, sites: Sites) -> bool:
    """Whether the database holds more of a question than its URL. Raises as `target_of`."""
    aliases = _aliases(db, {_question_ref(db, wanted, sites)}, sites)
    query = (
        "SELECT 1 FROM questions WHERE url IN (SELECT value FROM json_each(:urls)) UNION ALL"
        " SELECT 1 FROM captures WHERE url IN (SELECT value FROM json_each(:urls)) UNION ALL"
        " SELECT 1 FROM similar_questions WHERE url IN (SELECT value FROM json_each(:urls)) LIMIT 1"
    )
    return db.execute(query, {"urls": json.dumps(sorted(aliases.urls))}).fetchone() is not None


def _left_over(db: sqlite3.Connection, covering: Tombstones) -> Iterator[_QuestionRef]:
    """Yield the questions and URLs that are held although tombstones cover them."""
    for record_id, site, source_id in db.execute("SELECT id, site, source_id FROM questions"):
        if covering.covers_id(record_id):
            yield _QuestionRef(site, source_id, "")
    for url, site in db.execute("SELECT url, site FROM urls"):
        if covering.covers_url(url):
            yield _QuestionRef(site, "", url)


def _aliases(db: sqlite3.Connection, refs: Iterable[_QuestionRef], sites: Sites) -> Aliases:
    keys = [(ref.site, ref.source_id) for ref in refs if ref.source_id]
    return Aliases(db, keys, [ref.url for ref in refs if ref.url], sites)


def _question_ref(db: sqlite3.Connection, wanted: str, sites: Sites) -> _QuestionRef:
    if "://" not in wanted:
        in_any_language = "SELECT site, source_id FROM questions WHERE site || ':' || source_id=?"
        row = db.execute(in_any_language, (wanted.rpartition(":")[0],)).fetchone()
        if row is None:
            raise _unknown(db, wanted)
        return _QuestionRef(row[0], row[1], "")
    url, key = canonical(db, wanted, sites)
    rows = db.execute(
        "SELECT id, site FROM urls WHERE url=:url OR id IN"
        " (SELECT url_id FROM captures WHERE url IN (:url, :wanted))",
        {"url": url, "wanted": wanted},
    ).fetchall()
    if not rows:
        raise _unknown(db, wanted)
    url_ids = [url_id for url_id, _ in rows]
    urls = [url, *(alternate for url_id in url_ids for alternate in alternate_urls(db, url_id))]
    values = {"url": url, "urls": json.dumps(urls), "ids": json.dumps(url_ids)}
    held_key = db.execute(_QUESTION_AT, values).fetchone()
    if held_key is None and key is None and _is_list(db, url_ids, sites):
        raise NotHeldError(
            f"{wanted} is no question but leads to them: give the ids or URLs of the questions"
            " that are to go."
        )
    site, source_id = held_key or key or (rows[0][1], "")
    return _QuestionRef(site, source_id, url)


def _is_list(db: sqlite3.Connection, url_ids: list[int], sites: Sites) -> bool:
    """Whether one of the URLs is surely a list or a start page, without which a site is lost."""
    rows = db.execute(
        "SELECT site, kind, via FROM urls WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(url_ids),),
    )
    guessing = {name for name, site in sites.items() if site.guesses}
    return any(
        via == Via.START or (kind != Kind.QUESTION and site not in guessing)
        for site, kind, via in rows
    )


def _unknown(db: sqlite3.Connection, wanted: str) -> NotHeldError:
    similar = similar_ids(db, wanted)
    hint = "give an id as `qarchive export jsonl` shows it, or the page's URL."
    if similar:
        hint = f"did you mean {', '.join(similar)}?"
    return NotHeldError(f"the archive knows no {wanted}: {hint}")


# The question at a URL: its current URL, one it was read at, or one below it (a view).
_QUESTION_AT = """
SELECT site, source_id FROM questions q
WHERE url IN (SELECT value FROM json_each(:urls)) OR url_id IN (SELECT value FROM json_each(:ids))
  OR (source_id NOT GLOB '*[^0-9]*'
    AND substr(:url, 1, length(url) + 1) IN (url || '/', url || '?'))
ORDER BY url = :url DESC
"""
