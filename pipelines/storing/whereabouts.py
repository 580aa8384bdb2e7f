"""Questions that stand at several URLs, or at another one than before: whose word counts."""

import sqlite3
from dataclasses import replace

from pipelines.history.causes import Cause
from pipelines.queue.order import AGAIN
from pipelines.storing.rows import Source, digest, last_seen, store_question
from scraper.items import Outcome, Question
from scraper.record import moment

# The record that the URL said last: the one that is current, or gone since the URL is.
_SAID = """
SELECT id, gone_since IS NOT NULL FROM questions WHERE url_id=?1
  AND (gone_since IS NULL OR gone_since=(SELECT gone_since FROM urls WHERE id=?1))
"""
_HOME = """
SELECT u.id, q.digest, q.url FROM questions q JOIN urls u ON u.id = q.url_id
WHERE q.id=? AND u.id<>? AND u.url<>?
"""
_ASK = """
UPDATE urls SET state='ready', priority=? WHERE id=? AND visited_in<>? AND state IN (?, ?)
"""
# The last sound look at the page that a redirect leads to, if it is later than the record's.
_ARRIVED = """
WITH RECURSIVE led(id) AS (
  SELECT moved_to FROM urls WHERE id=:left UNION
  SELECT moved_to FROM urls JOIN led USING (id) WHERE missing_day IS NOT NULL)
SELECT c.url_id, c.id, c.fetched_at FROM led JOIN urls u USING (id)
JOIN captures c ON c.url_id = u.id
WHERE u.missing_day IS NULL AND c.outcome IN (:fetched, :unchanged) AND c.id > (
  SELECT max(v.last_capture) FROM questions q JOIN question_versions v ON v.question_id = q.id
  WHERE q.url_id=:left)
ORDER BY c.id DESC LIMIT 1
"""


def seen_again(db: sqlite3.Connection, source: Source) -> tuple[Cause, ...]:
    """The page says what it said at the last look; why the record changed, if it has.

    A question that was read here, and elsewhere since, is back perhaps: that is read again.
    """
    said = db.execute(_SAID, (source.url_id,)).fetchone()
    if said is not None:
        question_id, was_gone = said
        last_seen(db, question_id, source.capture_id)
        if was_gone:
            db.execute("UPDATE questions SET gone_since=NULL WHERE id=?", (question_id,))
        return ()
    question = source.reread(source.capture_id)
    return store_question(db, question, source) if question is not None else ()


def ask_home(db: sqlite3.Connection, question: Question, source: Source, run_id: int) -> None:
    """Ask for the page that the record stands at, in this run, if another says it otherwise.

    It may lead there by now, or say the same; a page that names it as its own only quotes it.
    """
    row = db.execute(_HOME, (question.id, source.url_id, question.url)).fetchone()
    if row is None:
        return
    home, said, url = row
    if digest(replace(question, url=url)) != said:
        db.execute(_ASK, (AGAIN, home, run_id, Outcome.FETCHED, Outcome.UNCHANGED))


def follow_question(db: sqlite3.Connection, left: Source) -> None:
    """A question's page leads elsewhere now; what was read there before that was known counts."""
    told = {"left": left.url_id, "fetched": Outcome.FETCHED, "unchanged": Outcome.UNCHANGED}
    arrived = db.execute(_ARRIVED, told).fetchone()
    question = left.reread(arrived[1]) if arrived else None
    if question is not None:
        url_id, capture_id, fetched_at = arrived
        there = Source(moment(fetched_at), capture_id, url_id, left.reread, left.captured_at)
        store_question(db, question, there)
