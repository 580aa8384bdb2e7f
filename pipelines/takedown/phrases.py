"""The phrases that identify a question: texts of its record that no other record contains."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pipelines.queries.records import record_of, strings_in
from scraper.forgetting import as_slug
from scraper.items import Question
from scraper.origins import origin
from scraper.reading.redaction.matching import joined_up
from scraper.reading.redaction.units import units_of
from scraper.reading.redaction.urls import percent_decoded, slugs_in
from scraper.reading.sameness import is_distinctive, normal, squeezed, without_dots
from scraper.reading.urls import paths_above
from scraper.record import from_record

# Characters by which a phrase is looked up in ASCII and in other texts; none is shorter.
_PREFIX, _PREFIX_HAN = 8, 6


def identifying_phrases(
    db: sqlite3.Connection, ids: Iterable[str], urls: Collection[str]
) -> tuple[str, ...]:
    """The texts of these records, in all versions, that are found in no other record.

    To these count the excerpts that other pages show of `urls`, and the words in `urls`, which are
    given as they are and as a slug. A greeting, a doctor's usual advice or a name is in other
    records too.
    """
    slugs = _slugs(db, urls)
    ids, urls = json.dumps(sorted(ids)), json.dumps(sorted(urls))
    record_texts = [
        without_dots(unit)
        for (question_id,) in db.execute("SELECT value FROM json_each(?)", (ids,)).fetchall()
        for question in _versions(db, question_id)
        for unit in _units(question)
    ]
    excerpts = [text for row in db.execute(_EXCERPTS, {"urls": urls}) for text in row if text]
    texts = dict.fromkeys([*record_texts, *excerpts])  # each once, in their order
    phrases = [text for text in texts if is_distinctive(text)]
    if not phrases and not slugs:
        return ()
    shared = _shared([*phrases, *slugs], _texts_of_others(db, ids, urls))
    own_slugs = [slug for words, slug in slugs.items() if squeezed(words) not in shared]
    return (
        *(phrase for phrase in phrases if squeezed(phrase) not in shared),
        *own_slugs,
        *map(as_slug, own_slugs),
    )


class VersionUnits(NamedTuple):
    """The texts of one version of a record, normalized for comparison."""

    all: frozenset[str]
    known_by: frozenset[str]  # without title, headline and short ones: doubles have the same


def units_by_version(db: sqlite3.Connection, question_id: str) -> Iterator[VersionUnits]:
    for question in _versions(db, question_id):
        units = _units(replace(question, title=None, headline=None))
        yield VersionUnits(
            frozenset(map(normal, _units(question))),
            frozenset(normal(unit) for unit in units if is_distinctive(unit)),
        )


def _versions(db: sqlite3.Connection, question_id: str) -> Iterator[Question]:
    yield from_record(record_of(db, question_id))
    for (record,) in db.execute(
        "SELECT record FROM question_versions WHERE question_id=? AND record IS NOT NULL",
        (question_id,),
    ):
        yield from_record(json.loads(record))


def _units(question: Question) -> tuple[str, ...]:
    """The texts of a question, but for the essay, which many pages of the site show."""
    essay = set((question.more_info or "").split("\n"))
    return tuple(unit for unit in units_of(question) if unit not in essay)


# URLs of other questions, and of the folders that the URLs lie in.
_OTHER_URLS = """
SELECT url FROM urls WHERE url NOT IN (SELECT value FROM json_each(:urls))
  AND (kind = 'question' OR rtrim(url, '/') IN (SELECT value FROM json_each(:above)))
"""


def _slugs(db: sqlite3.Connection, urls: Collection[str]) -> dict[str, str]:
    """The slugs in the URLs that are in no other question's URL, by their words."""
    slugs = {joined_up(slug): slug for url in urls for slug in slugs_in(url[len(origin(url)) :])}
    slugs = {words: slug for words, slug in slugs.items() if is_distinctive(words)}
    if not slugs:
        return {}
    above = {path for url in urls for path in (url.partition("?")[0], *paths_above(url))}
    values = {"urls": json.dumps(sorted(urls)), "above": json.dumps(sorted(above))}
    others = (joined_up(percent_decoded(url)) for (url,) in db.execute(_OTHER_URLS, values))
    shared = _shared(slugs, others)
    return {words: slug for words, slug in slugs.items() if squeezed(words) not in shared}


# What other records show of the URLs, in "Similar Q&A".
_EXCERPTS = """
SELECT title, question_excerpt, reply_excerpt FROM similar_questions
WHERE url IN (SELECT value FROM json_each(:urls))
UNION SELECT json_extract(c.value, '$.title'), json_extract(c.value, '$.question_excerpt'),
  json_extract(c.value, '$.reply_excerpt')
FROM question_versions v, json_each(v.record, '$.similar') c
WHERE v.record IS NOT NULL
  AND json_extract(c.value, '$.url') IN (SELECT value FROM json_each(:urls))
"""

_OTHER_RECORDS = """
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
_OTHER_VERSIONS = (
    "SELECT record FROM question_versions WHERE record IS NOT NULL"
    " AND question_id NOT IN (SELECT value FROM json_each(:ids))"
)


def _texts_of_others(db: sqlite3.Connection, ids: str, urls: str) -> Iterator[str]:
    """Yield the texts of other records, in all versions, but for their excerpts of `urls`."""
    values = {"ids": ids, "urls": urls}
    for row in db.execute(_OTHER_RECORDS, values):
        yield from filter(None, row)
    excluded = set(json.loads(urls))
    for (text,) in db.execute(_OTHER_VERSIONS, values):
        record = json.loads(text)
        record["similar"] = [
            card for card in record["similar"] if card["url"] and card["url"] not in excluded
        ]
        yield from strings_in(record)


def _shared(phrases: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The phrases, squeezed, that stand in one of the texts."""
    phrases = set(map(squeezed, phrases))
    by_prefix, by_prefix_han = _by_prefix(phrases, _PREFIX), _by_prefix(phrases, _PREFIX_HAN)
    shared: set[str] = set()
    for text in _distinct(texts):
        candidates, length = (
            (by_prefix, _PREFIX) if text.isascii() else (by_prefix_han, _PREFIX_HAN)
        )
        for at in range(len(text) - length + 1):
            for phrase in candidates.get(text[at : at + length], ()):
                if text.startswith(phrase, at):
                    shared.add(phrase)
    return shared


def _by_prefix(phrases: Iterable[str], length: int) -> dict[str, set[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        groups[phrase[:length]].add(phrase)
    return dict(groups)


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    """Yield each text once, squeezed: essays stand on many pages."""
    hashes: set[int] = set()
    for text in map(squeezed, texts):
        if hash(text) not in hashes:
            hashes.add(hash(text))
            yield text
