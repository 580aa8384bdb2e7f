"""Taking a page down: out of database, WARCs and exports, and kept from coming back."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from pipelines import tidy
from pipelines.database import open_writer
from pipelines.errors import NotHeldError
from pipelines.fulltext import match_query
from pipelines.moving import staged
from pipelines.purge import Purge, Purged
from pipelines.rebuild import Sites, Tell, fill
from pipelines.records import record_of
from pipelines.warc import FOLDER, cut_back
from scraper import tombstones
from scraper.clock import now
from scraper.forgetting import LANGUAGES
from scraper.items import Question
from scraper.reading.units import long_enough, units_of
from scraper.record import from_record

EXPORTS = "exports"


class Target(NamedTuple):
    """What is to be forgotten: one question, in all its languages."""

    site: str
    ids: tuple[str, ...]
    urls: tuple[str, ...]  # canonical
    units: tuple[str, ...]  # its own words, but for those that other questions say too
    phrases: tuple[str, ...]  # these, and excerpts of it as others showed them


def target_of(db: sqlite3.Connection, wanted: str, sites: Sites) -> Target:
    """The question of an id or URL. Raises NotHeldError when nothing tells which that is."""
    url = _canonical(db, wanted, sites) if "://" in wanted else None
    row = db.execute(
        "SELECT site, source_id FROM questions WHERE id=? OR url=?", (wanted, url)
    ).fetchone()
    if row is not None:
        return _held(db, *row)
    known = db.execute("SELECT site FROM urls WHERE url=?", (url,)).fetchone()
    if known is None:
        raise NotHeldError(
            f"the archive knows no {wanted}: give an id as `qarchive export jsonl` shows it, or"
            " the page's URL."
        )
    return Target(known[0], (), (str(url),), (), ())


def _canonical(db: sqlite3.Connection, url: str, sites: Sites) -> str:
    for name, home in db.execute("SELECT DISTINCT site, home FROM runs"):
        site = sites.get(name)
        found = site.classify(url, home) if site is not None else None
        if found is not None:
            return found[0]
    return url


def _held(db: sqlite3.Connection, site: str, source_id: str) -> Target:
    rows = db.execute(
        "SELECT id, url, url_id FROM questions WHERE site=? AND source_id=?", (site, source_id)
    ).fetchall()
    ids = {row[0] for row in rows} | {f"{site}:{source_id}:{language}" for language in LANGUAGES}
    urls = {row[1] for row in rows}
    for _, _, url_id in rows:
        urls |= {url for (url,) in db.execute(_ALIKE, {"id": url_id})}
    said = [question for row in rows for question in _versions(db, row[0])]
    units = tuple(dict.fromkeys(unit for one in said for unit in _own_words(one)))
    own = [row[0] for row in rows]
    units = tuple(unit for unit in units if not _is_shared(db, unit, own))
    excerpts = [text for url in urls for text in _excerpts(db, url)]
    return Target(site, tuple(sorted(ids)), tuple(sorted(urls)), units, (*units, *excerpts))


# The same page under other URLs: other languages that it named, redirects to it.
_ALIKE = """
SELECT url FROM urls WHERE id = :id OR moved_to = :id
  OR (disclosed_by = :id AND via = 'alternate')
  OR id = (SELECT disclosed_by FROM urls WHERE id = :id AND via = 'alternate')
UNION SELECT url FROM captures WHERE url_id = :id
"""


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


def _is_shared(db: sqlite3.Connection, unit: str, own: list[str]) -> bool:
    """Whether another question says the same: a greeting, a doctor's usual advice."""
    if not long_enough(unit):
        return False
    phrase = unit.replace('"', " ")
    row = db.execute(
        "SELECT 1 FROM questions WHERE id NOT IN (SELECT value FROM json_each(?)) AND key IN"
        " (SELECT rowid FROM questions_fts WHERE questions_fts MATCH ?) LIMIT 1",
        (json.dumps(own), match_query(f'"{phrase}"')),
    ).fetchone()
    return row is not None


_CARD = """
SELECT question_excerpt, reply_excerpt FROM similar_questions WHERE url = :url
UNION SELECT json_extract(c.value, '$.question_excerpt'), json_extract(c.value, '$.reply_excerpt')
FROM question_versions v, json_each(v.record, '$.similar') c
WHERE v.record IS NOT NULL AND json_extract(c.value, '$.url') = :url
"""


def _excerpts(db: sqlite3.Connection, url: str) -> Iterator[str]:
    for row in db.execute(_CARD, {"url": url}):
        yield from (text for text in row if text)


def forget(folder: Path, target: Target, reason: str, sites: Sites, tell: Tell) -> Purged:
    """Take the target down; what was removed and redacted. The archive's lock is the caller's.

    The tombstone comes first: when this is killed, the same command again goes on. WARCs and
    database are then made anew beside the old ones and take their place at one stroke. Raises
    ArchiveError, TombstonesError and OSError.
    """
    held = tombstones.load(folder)
    stone = None
    if not all(map(held.covers_url, target.urls)):
        stone = tombstones.bury(
            folder, site=target.site, urls=target.urls, ids=target.ids, texts=target.units,
            reason=reason, at=now(),
        )  # fmt: skip
    purged = purge(folder, target.phrases, sites, tell)
    if stone is not None:
        tombstones.count(folder, stone, removed=purged.removed, redacted=purged.redacted)
    shutil.rmtree(folder / EXPORTS, ignore_errors=True)
    tidy.blank_logs(folder, target.phrases)
    return purged


def purge(folder: Path, phrases: tuple[str, ...], sites: Sites, tell: Tell) -> Purged:
    """Make the archive anew without what its tombstones cover."""
    with closing(open_writer(folder).conn) as db:
        sizes: dict[str, int] = dict(db.execute("SELECT name, size FROM warcs ORDER BY name"))
    cut_back(folder / FOLDER, sizes)
    total = Purged()
    with staged(folder) as stage:
        going = Purge(tombstones.load(folder), dict(sites), phrases, now())
        for name, size in sizes.items():
            one = going.file(folder / FOLDER / name, size, stage / FOLDER / name)
            total = Purged(total.removed + one.removed, total.redacted + one.redacted)
        fill(stage, list(sizes), sites, tell)
    return total
