"""Whether a visit's result is plausible, compared with what was read before.

A page may be truncated though its HTTP framing was complete.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from pipelines.errors import StorageError
from pipelines.queue.days import SETTLED
from pipelines.queue.redirects import STAYS
from pipelines.rereading.captures import body_of, last_sound_capture, read_capture
from pipelines.rereading.earlier_doubts import Doubts, content_digest
from pipelines.rereading.lists import STOPPED, has_stopped
from pipelines.rereading.replaced import held_elsewhere, replacement
from pipelines.warcs.files import plain_body
from scraper.items import Problem, Question, Visit
from scraper.politeness.errors import BodyCutError
from scraper.site import Site
from scraper.spider import QuestionSpider

_CUT = Problem(code=BodyCutError.code, detail="the page stops before its end, which it had before")
_TAIL = 4096  # bytes; most pages have their closing tags in them


def doubt_about(
    db: sqlite3.Connection,
    folder: Path,
    spider: QuestionSpider,
    visit: Visit,
    *,
    run_id: int,
    first: bool,
) -> Problem | None:
    """The doubt about a visit, if any; `first`: its question is not in the archive yet."""
    if has_stopped(db, folder, spider, visit):
        return STOPPED
    if first:
        return None
    if _is_cut(db, folder, type(spider), visit, run_id):
        return _CUT
    return replacement(db, folder, type(spider), visit, run_id)


def doubt_of_others(
    db: sqlite3.Connection,
    folder: Path,
    site: type[Site],
    visit: Visit,
    run_id: int,
    *,
    alone: bool,
) -> Problem | None:
    """The doubt about a visit that is replayed, by what other machines have read.

    `alone`: its own machine had nothing to compare the visit with.
    """
    if alone and _is_cut(db, folder, site, visit, run_id):
        return _CUT
    return held_elsewhere(db, visit)


def _is_cut(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> bool:
    """Whether a page lacks its closing tags, and differs from a sound capture that has them.

    That is the last sound capture of its URL; if there is none, the last of the record that the
    page would change. So a site that never writes closing tags is left alone, and one that leaves
    them out from now on is believed after a month in which each visit found none, if two of these
    visits agree.
    """
    question, capture = visit.question, visit.capture
    if question is None or capture is None:
        return False
    sound_capture = last_sound_capture(db, visit.url) or _capture_of_record(db, question, visit.url)
    if sound_capture is None or _has_end(plain_body(capture.headers, capture.body)):
        return False
    with suppress(LookupError, StorageError):
        former = body_of(db, folder, sound_capture)
        former_question = read_capture(site, former).question if _has_end(former.body) else None
        if former_question is None:
            return False
        if content_digest(question) != content_digest(former_question):
            doubts = Doubts(db, folder, site, run_id)
            return not doubts.outlasted(question, visit.url, _CUT, SETTLED)
    return False


def _has_end(body: bytes) -> bool:
    return _has_closing_tag(body[-_TAIL:]) or _has_closing_tag(body)


def _has_closing_tag(html: bytes) -> bool:
    lower = html.replace(b"\0", b"").lower()  # in UTF-16 each letter has one
    return b"</html" in lower or b"</body" in lower


_CAPTURE_OF_RECORD = f"""
SELECT v.last_capture FROM questions q
JOIN question_versions v ON v.question_id = q.id AND v.record IS NULL
JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here
WHERE q.id = :id AND NOT ({STAYS})
"""


def _capture_of_record(db: sqlite3.Connection, question: Question, url: str) -> int | None:
    """The id of the last capture of the record that the page at another URL would change."""
    values = {"id": question.id, "url": question.url, "here": url}
    row = db.execute(_CAPTURE_OF_RECORD, values).fetchone()
    return row[0] if row else None
