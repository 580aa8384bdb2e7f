"""The words by which a question is known: its own, and nobody else's."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from pipelines.queries.records import record_of
from scraper.bases import origin
from scraper.forgetting import as_slug
from scraper.items import Question
from scraper.reading.redaction.matching import joined_up
from scraper.reading.redaction.percent import uncoded
from scraper.reading.redaction.slugs import slugs_in
from scraper.reading.redaction.units import units_of
from scraper.reading.sameness import long_enough, normal, squeezed, without_dots
from scraper.reading.urls import paths_above
from scraper.record import from_record

_START, _START_HAN = 8, 6  # characters by which a phrase is looked up; none is shorter


def own_words(db: sqlite3.Connection, ids: Iterable[str], urls: Collection[str]) -> tuple[str, ...]:
    """What the records say in any of their versions, pages elsewhere show of `urls`, these bear.

    Less what other records say as well, such as a greeting, a doctor's usual advice, a name.
    """
    slugs = _slugs(db, urls)
    ids, urls = json.dumps(sorted(ids)), json.dumps(sorted(urls))
    said = (
        without_dots(unit)
        for (question_id,) in db.execute("SELECT value FROM json_each(?)", (ids,)).fetchall()
        for question in _versions(db, question_id)
        for unit in _units(question)
    )
    shown = (text for row in db.execute(_CARDS, {"urls": urls}) for text in row if text)
    words = tuple(unit for unit in dict.fromkeys([*said, *shown]) if long_enough(unit))
    every = (*words, *slugs)
    shared = _shared(every, _texts_of_others(db, ids, urls)) if every else set()
    own = [slug for words, slug in slugs.items() if squeezed(words) not in shared]
    return (
        *(unit for unit in words if squeezed(unit) not in shared),
        *own,
        *map(as_slug, own),
    )


def units_by_version(db: sqlite3.Connection, question_id: str) -> Iterator[frozenset[str]]:
    """Yield what each version of a record says, as units are compared."""
    for question in _versions(db, question_id):
        yield frozenset(map(normal, _units(question)))


def _versions(db: sqlite3.Connection, question_id: str) -> Iterator[Question]:
    yield from_record(record_of(db, question_id))
    for (record,) in db.execute(
        "SELECT record FROM question_versions WHERE question_id=? AND record IS NOT NULL",
        (question_id,),
    ):
        yield from_record(json.loads(record))


def _units(question: Question) -> tuple[str, ...]:
    """Without the essay, which the site shows on every page about the matter."""
    essay = set((question.more_info or "").split("\n"))
    return tuple(unit for unit in units_of(question) if unit not in essay)


# Of other questions, and of folders that the URLs lie in.
_OTHER_URLS = """
SELECT url FROM urls WHERE url NOT IN (SELECT value FROM json_each(:urls))
  AND (kind = 'question' OR rtrim(url, '/') IN (SELECT value FROM json_each(:above)))
"""


def _slugs(db: sqlite3.Connection, urls: Collection[str]) -> dict[str, str]:
    """The words that the URLs bear and no other question's does, by how they are compared."""
    found = {joined_up(slug): slug for url in urls for slug in slugs_in(url[len(origin(url)) :])}
    found = {words: slug for words, slug in found.items() if long_enough(words)}
    if found:
        above = {one for url in urls for one in (url.partition("?")[0], *paths_above(url))}
        given = {"urls": json.dumps(sorted(urls)), "above": json.dumps(sorted(above))}
        others = (joined_up(uncoded(url)) for (url,) in db.execute(_OTHER_URLS, given))
        taken = _shared(found, others)
        found = {words: slug for words, slug in found.items() if squeezed(words) not in taken}
    return found


_CARDS = """
SELECT title, question_excerpt, reply_excerpt FROM similar_questions
WHERE url IN (SELECT value FROM json_each(:urls))
UNION SELECT json_extract(c.value, '$.title'), json_extract(c.value, '$.question_excerpt'),
  json_extract(c.value, '$.reply_excerpt')
FROM question_versions v, json_each(v.record, '$.similar') c
WHERE v.record IS NOT NULL
  AND json_extract(c.value, '$.url') IN (SELECT value FROM json_each(:urls))
"""

_OTHERS = """
SELECT title, department, question_headline, question_text, asker_name, more_info FROM questions
WHERE id NOT IN (SELECT value FROM json_each(:ids))
UNION ALL SELECT doctor, department, hospital, text, NULL, NULL FROM replies
WHERE question_id NOT IN (SELECT value FROM json_each(:ids))
UNION ALL SELECT t.name, t.department, NULL, NULL, NULL, NULL
FROM questions_faq_tags q JOIN faq_tags t ON t.id = q.tag_id
WHERE q.question_id NOT IN (SELECT value FROM json_each(:ids))
UNION ALL SELECT title, question_excerpt, doctor, department, reply_excerpt, NULL
FROM similar_questions WHERE question_id NOT IN (SELECT value FROM json_each(:ids))
  AND url NOT IN (SELECT value FROM json_each(:urls))
"""
_OLDER = (
    "SELECT record FROM question_versions WHERE record IS NOT NULL"
    " AND question_id NOT IN (SELECT value FROM json_each(:ids))"
)


def _texts_of_others(db: sqlite3.Connection, ids: str, urls: str) -> Iterator[str]:
    """Yield what other records say, in all versions; not what they show of these."""
    given = {"ids": ids, "urls": urls}
    for row in db.execute(_OTHERS, given):
        yield from filter(None, row)
    own = set(json.loads(urls))
    for (record,) in db.execute(_OLDER, given):
        told = json.loads(record)
        told["similar"] = [one for one in told["similar"] if one["url"] and one["url"] not in own]
        yield from _strings(told)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _shared(words: Iterable[str], texts: Iterable[str]) -> set[str]:
    """Those of the words, as they are compared, that stand in one of the texts."""
    plain, mixed = _by_start(words, _START), _by_start(words, _START_HAN)
    shared: set[str] = set()
    for text in _once(texts):
        known, length = (plain, _START) if text.isascii() else (mixed, _START_HAN)
        for at in range(len(text) - length + 1):
            if (start := text[at : at + length]) in known:
                shared.update(one for one in known[start] if text.startswith(one, at))
    return shared


def _by_start(words: Iterable[str], length: int) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in map(squeezed, words):
        found[word[:length]].add(word)
    return dict(found)


def _once(texts: Iterable[str]) -> Iterator[str]:
    """Yield each text once, on one line: essays stand on many pages."""
    seen: set[int] = set()
    for text in map(squeezed, texts):
        if (known := hash(text)) not in seen:
            yield text
            seen.add(known)
