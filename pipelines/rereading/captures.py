"""Reads stored captures with today's readers."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import StorageError
from pipelines.layout import WARCS
from pipelines.validate import validated
from pipelines.warcs.files import Position, by_name, plain_body, read_at
from scraper.errors import ReadingError
from scraper.items import Kind, Outcome, Question, Visit
from scraper.reading.page import Page
from scraper.record import moment
from scraper.site import Site, page_of, question_of
from scraper.visits import unreadable

# Problem codes that a reader gives, and nothing else.
_READER_CODES = frozenset(
    {"reader-failed", *(error.code for error in ReadingError.__subclasses__()), ReadingError.code}
)


def _was_read(visit: Visit) -> bool:
    """Whether the page was complete and given to a reader, whatever the reader made of it."""
    if visit.outcome is Outcome.PROBLEM:
        return any(problem.field or problem.code in _READER_CODES for problem in visit.problems)
    return visit.outcome is Outcome.FETCHED


def read_as_today(
    site: type[Site], visit: Visit, recorded: Callable[[Visit], Question | None]
) -> Visit:
    """The visit with the result of today's reader, if a reader was given its page at the time.

    Where that can't read the page, what was recorded of it counts, if there is anything.
    """
    capture = visit.capture
    if capture is None or capture.status != HTTPStatus.OK or not _was_read(visit):
        return visit
    may_have_question = visit.kind is Kind.QUESTION or (visit.kind is Kind.LIST and site.guesses)
    if not may_have_question:
        return visit
    body = plain_body(capture.headers, capture.body)
    content_type = by_name(capture.headers).get(b"content-type")
    today = read_capture(site, Body(visit.url, visit.kind, body, content_type, visit.visited_at))
    if today.outcome is Outcome.PROBLEM and (question := recorded(visit)) is not None:
        today = validated(replace(today, question=question), site.required)
    if today.question is not None:
        problems = visit.problems if visit.outcome is Outcome.FETCHED else ()
        return replace(visit, outcome=Outcome.FETCHED, question=today.question, problems=problems)
    if visit.outcome is Outcome.FETCHED:
        return replace(visit, outcome=today.outcome, problems=(*visit.problems, *today.problems))
    return visit


class Body(NamedTuple):
    """A capture's body, and what else a reader needs."""

    url: str
    kind: Kind
    body: bytes  # content-encoding undone
    content_type: str | None
    captured_at: datetime

    def page(self, site: type[Site]) -> Page:
        return page_of(site, self.url, self.body, self.content_type)


def read_capture(site: type[Site], body: Body) -> Visit:
    """A visit with what today's reader reads: a sound question, problems, or neither for a list.

    The outcome is GONE when the page says that there is no such question.
    """
    visit = Visit(
        url=body.url, kind=body.kind, outcome=Outcome.FETCHED, visited_at=body.captured_at
    )
    try:
        question = question_of(site, body.page(site), body.kind)
    except Exception as error:  # noqa: BLE001 -- a reader's bug is that page's problem
        return unreadable(visit, error)
    if question is None:
        return visit
    return validated(replace(visit, question=question), site.required)


_LAST_SOUND = """
SELECT c.id FROM urls u JOIN captures c ON c.url_id = u.id AND c.sha256 = u.sha256
WHERE u.url = ? ORDER BY c.id DESC LIMIT 1
"""


def last_sound_capture(db: sqlite3.Connection, url: str) -> int | None:
    row = db.execute(_LAST_SOUND, (url,)).fetchone()
    return row[0] if row else None


_BODY = """
SELECT c.url, u.kind, b.content_type, c.fetched_at, b.warc, b.offset, b.length
FROM captures c JOIN urls u ON u.id = c.url_id JOIN captures b ON b.id = ifnull(c.refers_to, c.id)
WHERE c.id = ?
"""


def body_of(db: sqlite3.Connection, folder: Path, capture_id: int | None) -> Body:
    """The body of a capture of some URL, read from its WARC; of a revisit, the one it repeats.

    Raises LookupError when there is no such capture, StorageError when its WARC is damaged.
    """
    row = db.execute(_BODY, (capture_id,)).fetchone()
    if row is None:
        raise LookupError(capture_id)
    url, kind, content_type, fetched_at, *position = row
    stored = read_at(folder / WARCS, Position(*position))
    return Body(url, Kind(kind), stored.plain, content_type, moment(fetched_at))


def rereader(
    db: sqlite3.Connection, folder: Path, site: type[Site]
) -> Callable[[int], Question | None]:
    """A function from a capture's id to the question in it, None when it cannot be read today."""

    def reread(capture_id: int) -> Question | None:
        with suppress(LookupError, StorageError):
            return read_capture(site, body_of(db, folder, capture_id)).question
        return None

    return reread


_NEVER_READ = f"""
SELECT capture_id FROM problems WHERE capture_id IS NOT NULL GROUP BY capture_id
HAVING max(field IS NOT NULL OR code IN ({",".join("?" * len(_READER_CODES))})) = 0
"""


def never_read(db: sqlite3.Connection) -> set[int]:
    """The ids of captures that were given to no reader: truncated, corrupt or too big."""
    return {row[0] for row in db.execute(_NEVER_READ, sorted(_READER_CODES))}
