"""Reading stored captures by today's readers."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from pipelines.errors import StorageError
from pipelines.validate import validated
from pipelines.warcs.files import Position, by_name, decoded, read_at
from pipelines.warcs.names import FOLDER
from scraper.errors import ReadingError
from scraper.items import Kind, Outcome, Question, Visit
from scraper.reading.page import Page
from scraper.site import Site, question_of
from scraper.visits import unread

_READING = frozenset(
    {"reader-failed", *(error.code for error in ReadingError.__subclasses__()), ReadingError.code}
)


def was_read(visit: Visit) -> bool:
    """Whether its page was whole and went to a reader, whatever the reader made of it."""
    if visit.outcome is Outcome.PROBLEM:
        return any(one.field or one.code in _READING for one in visit.problems)
    return visit.outcome is Outcome.FETCHED


def read_as_today(site: type[Site], visit: Visit) -> Visit:
    """A visit with what today's reader makes of its page, if it was whole and read then."""
    capture = visit.capture
    may_hold = visit.kind is Kind.QUESTION or (visit.kind is Kind.LIST and site.guesses)
    if capture is None or capture.status != HTTPStatus.OK or not (may_hold and was_read(visit)):
        return visit
    headers = by_name(capture.headers)
    body = decoded(capture.body, headers.get(b"content-encoding"))
    kind = headers.get(b"content-type")
    again = read_again(site, Body(visit.url, visit.kind, body, kind, visit.visited_at))
    if again.question is not None:
        problems = visit.problems if visit.outcome is Outcome.FETCHED else ()
        return replace(visit, outcome=Outcome.FETCHED, question=again.question, problems=problems)
    if visit.outcome is Outcome.FETCHED:
        return replace(visit, outcome=again.outcome, problems=(*visit.problems, *again.problems))
    return visit


class Body(NamedTuple):
    """What is needed to read a capture."""

    url: str
    kind: Kind
    body: bytes  # content-encoding undone
    content_type: str | None
    captured_at: datetime


def page_of(site: type[Site], body: Body) -> Page:
    """The page that the capture holds."""
    return Page(
        url=body.url,
        body=body.body,
        content_type=body.content_type,
        default_charset=site.charset,
    )


def read_again(site: type[Site], body: Body) -> Visit:
    """The visit as today's reader sees it: a sound question, or problems, or neither for a list.

    A page that says that there is no such question gives the outcome GONE.
    """
    visit = Visit(
        url=body.url, kind=body.kind, outcome=Outcome.FETCHED, visited_at=body.captured_at
    )
    try:
        question = question_of(site, page_of(site, body), body.kind)
    except Exception as error:  # noqa: BLE001 -- a reader's bug is that page's problem
        return unread(visit, error)
    if question is None:
        return visit
    return validated(replace(visit, question=question), site.required)


_HELD = """
SELECT c.id FROM urls u JOIN captures c ON c.url_id = u.id AND c.sha256 = u.sha256
WHERE u.url = ? ORDER BY c.id DESC LIMIT 1
"""


def held_capture(db: sqlite3.Connection, url: str) -> int | None:
    """The last sound capture of a URL, by its id."""
    row = db.execute(_HELD, (url,)).fetchone()
    return row[0] if row else None


_BODY = """
SELECT c.url, u.kind, b.content_type, b.content_encoding, c.fetched_at, b.warc, b.offset, b.length
FROM captures c JOIN urls u ON u.id = c.url_id JOIN captures b ON b.id = ifnull(c.refers_to, c.id)
WHERE c.id = ?
"""


def body_of(db: sqlite3.Connection, folder: Path, capture_id: int | None) -> Body:
    """A capture of the frontier's, read from its WARC; a revisit has the body it stands for.

    Raises LookupError when there is no such capture, StorageError when its WARC is damaged.
    """
    row = db.execute(_BODY, (capture_id,)).fetchone()
    if row is None:
        raise LookupError(capture_id)
    url, kind, content_type, encoding, fetched_at, *position = row
    stored = read_at(folder / FOLDER, Position(*position))
    return Body(
        url, Kind(kind), decoded(stored.body, encoding), content_type,
        datetime.fromisoformat(fetched_at),
    )  # fmt: skip


def rereader(
    db: sqlite3.Connection, folder: Path, site: type[Site]
) -> Callable[[int], Question | None]:
    """What a capture says to today's reader of the site; None when it cannot be read."""

    def reread(capture_id: int) -> Question | None:
        with suppress(LookupError, StorageError):
            return read_again(site, body_of(db, folder, capture_id)).question
        return None

    return reread


_NEVER_READ = f"""
SELECT capture_id FROM problems WHERE capture_id IS NOT NULL GROUP BY capture_id
HAVING max(field IS NOT NULL OR code IN ({",".join("?" * len(_READING))})) = 0
"""


def never_read(db: sqlite3.Connection) -> set[int]:
    """The captures, by id, that no reader was shown: bodies cut, corrupt or too big."""
    return {row[0] for row in db.execute(_NEVER_READ, sorted(_READING))}
