"""Questions that have several URLs, or have moved: which URL's page makes the record."""

import sqlite3
from dataclasses import replace

from pipelines.digest import digest
from pipelines.queue.order import AGAIN
from pipelines.queue.redirects import led_to
from pipelines.storing.causes import Cause
from pipelines.storing.rows import Source, last_seen, store_question
from scraper.items import Question
from scraper.record import moment

# The record last read at the URL: the current one, or one that is gone since the URL is.
_LAST_RECORD = """
SELECT id, gone_since IS NOT NULL FROM questions WHERE url_id=?1
  AND (gone_since IS NULL OR gone_since=(SELECT gone_since FROM urls WHERE id=?1))
"""
_HOME_PAGE = """
SELECT u.id, q.digest, q.url FROM questions q JOIN urls u ON u.id = q.url_id
WHERE q.id=? AND u.id<>? AND u.url<>?
"""
_REQUEST = """
UPDATE urls SET state='ready', priority=?
WHERE id=? AND visited_in<>? AND state IN ('fetched', 'unchanged')
"""
# The last sound capture of the page that a redirect leads to, if it is later than the record's.
_TARGET_CAPTURE = f"""
SELECT c.url_id, c.id, c.fetched_at FROM urls u JOIN captures c ON c.url_id = u.id
WHERE u.id IN ({led_to("id=?1", by="missing_day IS NOT NULL")}) AND u.missing_day IS NULL
AND c.outcome IN ('fetched', 'unchanged') AND c.id > (
  SELECT max(v.last_capture) FROM questions q JOIN question_versions v ON v.question_id = q.id
  WHERE q.url_id=?1)
ORDER BY c.id DESC LIMIT 1
"""


def confirm_record(db: sqlite3.Connection, source: Source) -> tuple[Cause, ...]:
    """Note that an unchanged page still shows its record. Returns why the record changed, if so.

    Where the record has since been read at another URL, the capture is read again: the question
    may be back here.
    """
    row = db.execute(_LAST_RECORD, (source.url_id,)).fetchone()
    if row is not None:
        question_id, was_gone = row
        last_seen(db, question_id, source.capture_id)
        if was_gone:
            db.execute("UPDATE questions SET gone_since=NULL WHERE id=?", (question_id,))
        return ()
    question = source.reread(source.capture_id)
    return store_question(db, question, source) if question is not None else ()


def request_home_page(
    db: sqlite3.Connection, question: Question, source: Source, run_id: int
) -> None:
    """Have this run fetch the record's own page, where another page shows the question otherwise.

    By now its own page may redirect there, or say the same. A page that names it as canonical
    only quotes it.
    """
    row = db.execute(_HOME_PAGE, (question.id, source.url_id, question.url)).fetchone()
    if row is None:
        return
    home_id, stored_digest, url = row
    if digest(replace(question, url=url)) != stored_digest:
        db.execute(_REQUEST, (AGAIN, home_id, run_id))


def follow_question(db: sqlite3.Connection, redirect: Source) -> None:
    """Store what was already read at the page that a question's URL redirects to now."""
    row = db.execute(_TARGET_CAPTURE, (redirect.url_id,)).fetchone()
    if row is None:
        return
    url_id, capture_id, fetched_at = row
    question = redirect.reread(capture_id)
    if question is not None:
        target = Source(
            moment(fetched_at), capture_id, url_id, redirect.reread, redirect.captured_at
        )
        store_question(db, question, target)
