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
_WRONG_POSITIONS = """
SELECT question_id, count(*), max(position) FROM {} GROUP BY question_id
HAVING count(*) <> max(position) OR min(position) <> 1
"""
# Each query with the place of a finding and what is wrong there, by the columns of its rows.
_WRONG_ROWS = (
    (_WRONG_TALLIES, "tallies", "not as many {2} URLs of kind {1} of {0} as it says"),
    (_WRONG_RUNS, "runs {}", "it took {1} URLs, and its outcomes are {2}"),
    (_WRONG_REPLY_COUNTS, "{}", "it has {2} replies, and reply_count is {1}"),
    *(
        (
            _WRONG_POSITIONS.format(name),
            "{}",
            f"it has {{1}} rows in {name}, the last numbered {{2}}",
        )
        for name in ("replies", "similar_questions", "questions_faq_tags")
    ),
    (_WITHOUT_BODY, "{}", "the body that it last had is no capture's"),
    (_WITHOUT_TARGET, "{}", "it has moved nowhere"),
    (_WRONG_KINDS, "{}", "it is of no kind that it can be"),
    (_WRONG_PROBLEMS, "problems {}", "its URL, capture or runs do not fit {1}"),
    (_WRONG_CAPTURES, "captures {}", "it repeats a later one of {1}"),
)


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Doctors, departments and tags without a record are no finding: old versions name them."""
    for query, where, what in _WRONG_ROWS:
        for name, *values in db.execute(query):
            yield _finding(where.format(name), what.format(name, *values))
