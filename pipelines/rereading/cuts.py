"""Question pages that stop before their end, though their framing told of no cut."""

import sqlite3
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import orjson

from pipelines.errors import StorageError
from pipelines.queue.days import SETTLED
from pipelines.rereading.captures import body_of, held_capture, read_again
from pipelines.warcs.files import decoded
from scraper.items import Capture, Problem, Question, Visit
from scraper.politeness.errors import BodyCutError
from scraper.spider import QuestionSpider

CUT = Problem(code=BodyCutError.code, detail="the page stops before its end, which it had before")
_TAIL = 4096  # bytes in which a page's end is looked for: comments and scripts may follow it
_SETTLED = "SELECT u.missing_day <= r.day - ? FROM urls u, runs r WHERE u.url=? AND r.id=?"


def is_cut(
    db: sqlite3.Connection, folder: Path, site: type[QuestionSpider], visit: Visit, run_id: int
) -> bool:
    """Whether a page without an end says less than its last sound capture, which has one.

    So a site that writes no ends is left alone, and one that leaves them out from now on is
    believed after a month.
    """
    held = held_capture(db, visit.url) if visit.question else None
    if held is None or visit.question is None or visit.capture is None:
        return False
    if _has_end(_seen(visit.capture)):
        return False
    with suppress(LookupError, StorageError):
        former = body_of(db, folder, held)
        said = read_again(site, former).question if _has_end(former.body) else None
        if said is None or not _says_less(visit.question, said):
            return False
        (settled,) = db.execute(_SETTLED, (SETTLED, visit.url, run_id)).fetchone()
        return not settled
    return False


def _seen(capture: Capture) -> bytes:
    headers = {name.lower(): value.decode("latin-1") for name, value in capture.headers}
    return decoded(capture.body, headers.get(b"content-encoding"))


def _has_end(body: bytes) -> bool:
    return b"</html" in body[-_TAIL:].lower()


def _says_less(now: Question, before: Question) -> bool:
    """Whether a field has become shorter."""
    return any(a < b for a, b in zip(_lengths(now), _lengths(before), strict=True))


def _lengths(question: Question) -> list[int]:
    fields = asdict(replace(question, warnings=()))
    return [len(orjson.dumps(value)) for value in fields.values()]
