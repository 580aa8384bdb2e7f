"""What taking a question down means: its ids, its URLs, and the words by which it is known."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.errors import NotHeldError
from pipelines.fulltext import match_query
from pipelines.rebuild import Sites
from pipelines.records import record_of
from scraper.forgetting import LANGUAGES
from scraper.items import Question
from scraper.reading.units import long_enough, units_of
from scraper.record import from_record


class Target(NamedTuple):
    """What is to be forgotten: questions, in all their languages."""

    site: str  # several with ", " between them
    ids: tuple[str, ...]
    urls: tuple[str, ...]  # canonical
    phrases: tuple[str, ...]  # their own words, and as others showed them; but for what is common


def target_of(db: sqlite3.Connection, wanted: Iterable[str], sites: Sites) -> Target:
    """The questions of ids or URLs. Raises NotHeldError when nothing tells which one is meant."""
    found = sorted({_question(db, one, sites) for one in wanted})
    rows = [row for site, source_id, _ in found for row in _rows(db, site, source_id)]
    ids = {f"{row[1]}:{row[2]}:{language}" for row in rows for language in LANGUAGES}
    urls = {url for *_, url in found if url} | {row[3] for row in rows}
    for row in rows:
        for (place,) in db.execute(_PLACES, {"id": row[0]}).fetchall():
            urls |= {url for (url,) in db.execute(_ALIKE, {"id": place})}
        urls |= set(_numbered(db, row[1], row[2])) | set(_views(db, row[2], row[3]))
    said = [question for row in rows for question in _versions(db, row[0])]
    excerpts = [text for url in sorted(urls) for text in _excerpts(db, url)]
    own = json.dumps([row[0] for row in rows])
    words = dict.fromkeys([*(unit for one in said for unit in _own_words(one)), *excerpts])
    return Target(
        site=", ".join(sorted({site for site, *_ in found})),
        ids=tuple(sorted(ids | {row[0] for row in rows})),
        urls=tuple(sorted(urls)),
        phrases=tuple(text for text in words if not _is_shared(db, text, own)),
    )


def is_held(db: sqlite3.Connection, target: Target) -> bool:
    """Whether anything of it is in the database, its bare address excepted."""
    urls = json.dumps(target.urls)
    held = (
        "SELECT 1 FROM questions WHERE url IN (SELECT value FROM json_each(:urls)) UNION ALL"
        " SELECT 1 FROM captures WHERE url IN (SELECT value FROM json_each(:urls)) UNION ALL"
        " SELECT 1 FROM similar_questions WHERE url IN (SELECT value FROM json_each(:urls)) LIMIT 1"
    )
    return db.execute(held, {"urls": urls}).fetchone() is not None


def canonical(db: sqlite3.Connection, url: str, sites: Sites) -> str:
    """A URL as the archive spells it, if it is of a site that the archive knows."""
    for name, home in db.execute("SELECT DISTINCT site, home FROM runs"):
        site = sites.get(name)
        found = site.classify(url, home) if site is not None else None
        if found is not None:
            return found[0]
    return url


def _question(db: sqlite3.Connection, wanted: str, sites: Sites) -> tuple[str, str, str]:
    """Site, source_id and URL of a question; source_id "" when its page was never read."""
    if "://" not in wanted:
        whatever_language = "SELECT site, source_id FROM questions WHERE site || ':' || source_id=?"
        row = db.execute(whatever_language, (wanted.rpartition(":")[0],)).fetchone()
        if row is None:
            raise _unknown(wanted)
        return row[0], row[1], ""
    url = canonical(db, wanted, sites)
    known = db.execute(
        "SELECT id, site FROM urls WHERE url=:url OR id IN"
        " (SELECT url_id FROM captures WHERE url IN (:url, :wanted))",
        {"url": url, "wanted": wanted},
    ).fetchall()
    if not known:
        raise _unknown(wanted)
    alike = [row for (url_id, _) in known for row in db.execute(_ALIKE, {"id": url_id})]
    urls = json.dumps([url, *(each for (each,) in alike)])
    ids = json.dumps([url_id for url_id, _ in known])
    row = db.execute(_SHOWN, {"url": url, "urls": urls, "ids": ids}).fetchone()
    return (row[0], row[1], url) if row is not None else (known[0][1], "", url)


def _unknown(wanted: str) -> NotHeldError:
    return NotHeldError(
        f"the archive knows no {wanted}: give an id as `qarchive export jsonl` shows it, or the"
        " page's URL."
    )


def _rows(db: sqlite3.Connection, site: str, source_id: str) -> list[tuple[str, str, str, str]]:
    return db.execute(
        "SELECT id, site, source_id, url FROM questions WHERE site=? AND source_id=?",
        (site, source_id),
    ).fetchall()


# The question that stands at a URL, was read there, or is shown there once more.
_SHOWN = """
SELECT site, source_id FROM questions q
WHERE url IN (SELECT value FROM json_each(:urls)) OR url_id IN (SELECT value FROM json_each(:ids))
  OR (source_id NOT GLOB '*[^0-9]*'
    AND substr(:url, 1, length(url) + 1) IN (url || '/', url || '?'))
ORDER BY url = :url DESC
"""

# Where a question stands, and where it was read.
_PLACES = """
SELECT url_id FROM questions WHERE id = :id
UNION SELECT u.id FROM urls u JOIN questions q ON q.url = u.url WHERE q.id = :id
UNION SELECT c.url_id FROM question_versions v
  JOIN captures c ON c.id IN (v.first_capture, v.last_capture)
  WHERE v.question_id = :id AND c.url_id IS NOT NULL
"""

# The same page under other URLs: other languages that it named, lasting redirects to it.
_ALIKE = """
SELECT url FROM urls WHERE id = :id
  OR (moved_to = :id AND EXISTS (
    SELECT 1 FROM captures c WHERE c.url_id = urls.id AND c.status IN (301, 308)))
  OR (disclosed_by = :id AND via = 'alternate')
  OR id = (SELECT disclosed_by FROM urls WHERE id = :id AND via = 'alternate')
UNION SELECT url FROM captures WHERE url_id = :id
"""


def _numbered(db: sqlite3.Connection, site: str, source_id: str) -> Iterator[str]:
    """Yield the site's question pages of that number: other languages, other slugs."""
    if not source_id.isdecimal():
        return
    number = re.compile(rf"[/=]0*{source_id}(?=[/&.?]|$)")
    alike = (
        "SELECT url FROM urls WHERE kind = 'question' AND instr(url, ?) AND site IN"
        " (SELECT u.site FROM urls u JOIN questions q ON q.url_id = u.id WHERE q.site = ?)"
    )
    for (url,) in db.execute(alike, (source_id, site)):
        if number.search(url):
            yield url


def _views(db: sqlite3.Connection, source_id: str, own: str) -> Iterator[str]:
    """Yield the pages of a numbered question that show it once more: one answer, another order."""
    if source_id.isdecimal():
        places = {"start": len(own) + 1, "below": f"{own}/", "query": f"{own}?"}
        views = "SELECT url FROM urls WHERE substr(url, 1, :start) IN (:below, :query)"
        yield from (url for (url,) in db.execute(views, places))


def _versions(db: sqlite3.Connection, question_id: str) -> Iterator[Question]:
    yield from_record(record_of(db, question_id))
    for (record,) in db.execute(
        "SELECT record FROM question_versions WHERE question_id=? AND record IS NOT NULL",
        (question_id,),
    ):
        yield from_record(json.loads(record))


def _own_words(question: Question) -> tuple[str, ...]:
    """Without the essay, which the site shows on every page about the matter."""
    essay = set((question.more_info or "").split("\n"))
    return tuple(unit for unit in units_of(question) if unit not in essay)


def _is_shared(db: sqlite3.Connection, unit: str, own: str) -> bool:
    """Whether another question says the same: a greeting, a doctor's usual advice."""
    if not long_enough(unit):
        return False
    phrase = unit.replace('"', " ")
    row = db.execute(
        "SELECT 1 FROM questions WHERE id NOT IN (SELECT value FROM json_each(?)) AND key IN"
        " (SELECT rowid FROM questions_fts WHERE questions_fts MATCH ?) LIMIT 1",
        (own, match_query(f'"{phrase}"')),
    ).fetchone()
    return row is not None


_CARD = """
SELECT title, question_excerpt, reply_excerpt FROM similar_questions WHERE url = :url
UNION SELECT json_extract(c.value, '$.title'), json_extract(c.value, '$.question_excerpt'),
  json_extract(c.value, '$.reply_excerpt')
FROM question_versions v, json_each(v.record, '$.similar') c
WHERE v.record IS NOT NULL AND json_extract(c.value, '$.url') = :url
"""


def _excerpts(db: sqlite3.Connection, url: str) -> Iterator[str]:
    for row in db.execute(_CARD, {"url": url}):
        yield from (text for text in row if text)
