"""Compares stored counts with what they count, and URLs with what they refer to."""

import sqlite3
from collections.abc import Iterator
from functools import partial

from pipelines.checks.finding import Finding
from pipelines.queue.ways import GUESSED
from scraper.items import Kind, Outcome

_finding = partial(Finding, "counts")
_ACTUAL_TALLIES = """
SELECT site, host, kind, state, ways, seen_day IS NOT NULL AS held, count(*) FROM urls
GROUP BY site, host, kind, state, ways, held
"""
_STORED_TALLIES = "SELECT site, host, kind, state, ways, held, urls FROM tallies WHERE urls <> 0"
_WRONG_TALLIES = f"""
SELECT DISTINCT site, kind, state FROM (
  SELECT * FROM ({_ACTUAL_TALLIES} EXCEPT {_STORED_TALLIES})
  UNION ALL SELECT * FROM ({_STORED_TALLIES} EXCEPT {_ACTUAL_TALLIES}))
"""
_OUTCOME_SUM = "+".join(Outcome)
_WRONG_RUNS = f"SELECT id, taken, {_OUTCOME_SUM} FROM runs WHERE taken <> {_OUTCOME_SUM}"
_WRONG_REPLY_COUNTS = """
SELECT q.id, q.reply_count, count(r.position) FROM questions q
LEFT JOIN replies r ON r.question_id = q.id
GROUP BY q.key HAVING q.reply_count <> count(r.position)
"""
_CHILDREN = ("replies", "similar_questions", "questions_faq_tags")
_WITHOUT_BODY = f"""
SELECT u.url FROM urls u WHERE iif(u.sha256 IS NULL,
  u.state IN ('fetched', 'unchanged') AND NOT u.ways & {GUESSED}
  AND EXISTS (SELECT 1 FROM captures c WHERE c.url_id = u.id AND c.outcome = 'fetched'),
  NOT EXISTS (SELECT 1 FROM captures c WHERE c.url_id = u.id AND c.sha256 = u.sha256))
"""
_WITHOUT_TARGET = "SELECT url FROM urls WHERE state = 'moved' AND moved_to IS NULL"
_WRONG_KINDS = f"""
SELECT u.url FROM urls u WHERE u.kind NOT IN ({",".join(f"'{kind}'" for kind in Kind)})
  OR (u.kind <> 'question' AND EXISTS (
    SELECT 1 FROM questions q WHERE q.url_id = u.id AND q.gone_since IS NULL))
"""
_WRONG_URLS = {
    _WITHOUT_BODY: "the body that it last had is no capture's",
    _WITHOUT_TARGET: "it has moved nowhere",
    _WRONG_KINDS: "it is of no kind that it can be",
}
_WRONG_PROBLEMS = """
SELECT p.id, p.url FROM problems p LEFT JOIN urls u ON u.id = p.url_id
LEFT JOIN captures c ON c.id = p.capture_id
LEFT JOIN runs s ON s.id = p.solved_in
WHERE u.url <> p.url OR p.solved_in < p.run_id AND s.ended_at < p.found_at  -- runs may overlap
  OR c.url_id IS NOT NULL AND c.url_id <> p.url_id
"""
_WRONG_CAPTURES = """
SELECT c.id, c.url FROM captures c JOIN captures o ON o.id = c.refers_to WHERE o.id >= c.id
"""


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Doctors, departments and tags without a record are no finding: old versions name them."""
    for site, kind, state in db.execute(_WRONG_TALLIES):
        yield _finding("tallies", f"not as many {state} URLs of kind {kind} of {site} as it says")
    for run, taken, added in db.execute(_WRONG_RUNS):
        yield _finding(f"runs {run}", f"it took {taken} URLs, and its outcomes are {added}")
    for question, stored, actual in db.execute(_WRONG_REPLY_COUNTS):
        yield _finding(question, f"it has {actual} replies, and reply_count is {stored}")
    yield from _children(db)
    for query, what in _WRONG_URLS.items():
        for (url,) in db.execute(query):
            yield _finding(url, what)
    for problem, url in db.execute(_WRONG_PROBLEMS):
        yield _finding(f"problems {problem}", f"its URL, capture or runs do not fit {url}")
    for capture, url in db.execute(_WRONG_CAPTURES):
        yield _finding(f"captures {capture}", f"it repeats a later one of {url}")


def _children(db: sqlite3.Connection) -> Iterator[Finding]:
    for table in _CHILDREN:
        for question, count, last in db.execute(
            f"SELECT question_id, count(*), max(position) FROM {table}"
            " GROUP BY question_id HAVING count(*) <> max(position) OR min(position) <> 1"
        ):
            yield _finding(question, f"it has {count} rows in {table}, the last numbered {last}")
