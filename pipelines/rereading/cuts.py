"""Question pages that stop before their end, though their framing told of no cut."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from pipelines.errors import StorageError
from pipelines.queue.days import SETTLED
from pipelines.rereading.captures import body_of, held_capture, read_again
from pipelines.rereading.earlier_doubts import Doubts, says
from pipelines.storing.rows import STAYS
from pipelines.warcs.files import by_name, decoded
from scraper.items import Capture, Problem, Question, Visit
from scraper.politeness.errors import BodyCutError
from scraper.site import Site

CUT = Problem(code=BodyCutError.code, detail="the page stops before its end, which it had before")
_TAIL = 4096  # bytes in which most pages have their end


def is_cut(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> bool:
    """Whether a page without an end says anything else than a sound capture which has one.

    That is the last of its URL; where there is none, the last of the record that it would change.
    A site that writes no ends is so left alone, and one that leaves them out from now on is
    believed after a month in which each look found none, if two of them agree.
    """
    now, capture = visit.question, visit.capture
    if now is None or capture is None:
        return False
    held = held_capture(db, visit.url) or _moved_from(db, now, visit.url)
    if held is None or _has_end(_seen(capture)):
        return False
    with suppress(LookupError, StorageError):
        former = body_of(db, folder, held)
        said = read_again(site, former).question if _has_end(former.body) else None
        if said is not None and says(now) != says(said):
            doubts = Doubts(db, folder, site, run_id)
            return not doubts.outlasted(now, visit.url, CUT, SETTLED)
    return False


def _seen(capture: Capture) -> bytes:
    return decoded(capture.body, by_name(capture.headers).get(b"content-encoding"))


def _has_end(body: bytes) -> bool:
    return _shows_end(body[-_TAIL:]) or _shows_end(body)


def _shows_end(body: bytes) -> bool:
    lower = body.lower()
    return b"</html" in lower or b"</body" in lower


_MOVED_FROM = f"""
SELECT v.last_capture FROM questions q
JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here
WHERE q.id = :id AND NOT ({STAYS})
"""


def _moved_from(db: sqlite3.Connection, now: Question, here: str) -> int | None:
    """The last capture of the record that a page at a new URL would change, by its id."""
    told = {"id": now.id, "url": now.url, "here": here}
    row = db.execute(_MOVED_FROM, told).fetchone()
    return row[0] if row else None
