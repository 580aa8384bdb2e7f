"""Figures that are kept, against what they count."""

import sqlite3
from collections.abc import Iterator
from functools import partial

from pipelines.checks.finding import Finding
from pipelines.queue.ways import GUESSED
from scraper.items import Kind, Outcome

_CHECK = "counts"
_fault = partial(Finding, _CHECK)
_COUNTED = """
SELECT site, host, kind, state, ways, seen_day IS NOT NULL AS held, count(*) FROM urls
GROUP BY site, host, kind, state, ways, held
"""
_KEPT = "SELECT site, host, kind, state, ways, held, urls FROM tallies WHERE urls <> 0"
_TALLIES = f"""
SELECT DISTINCT site, kind, state FROM (
  SELECT * FROM ({_COUNTED} EXCEPT {_KEPT}) UNION ALL SELECT * FROM ({_KEPT} EXCEPT {_COUNTED}))
"""
_SUM = "+".join(Outcome)
_RUNS = f"SELECT id, taken, {_SUM} FROM runs WHERE taken <> {_SUM}"
_REPLIES = """
SELECT q.id, q.reply_count, count(r.position) FROM questions q
LEFT JOIN replies r ON r.question_id = q.id
GROUP BY q.key HAVING q.reply_count <> count(r.position)
"""
_CHILDREN = ("replies", "similar_questions", "questions_faq_tags")
_BODIES = f"""
SELECT u.url FROM urls u WHERE iif(u.sha256 IS NULL,
  u.state IN ('{Outcome.FETCHED}', '{Outcome.UNCHANGED}') AND NOT u.ways & {GUESSED}
  AND EXISTS (SELECT 1 FROM captures c WHERE c.url_id = u.id AND c.outcome = '{Outcome.FETCHED}'),
  NOT EXISTS (SELECT 1 FROM captures c WHERE c.url_id = u.id AND c.sha256 = u.sha256))
"""
_MOVES = f"SELECT url FROM urls WHERE state = '{Outcome.MOVED}' AND moved_to IS NULL"
_KINDS = f"""
SELECT u.url FROM urls u WHERE u.kind NOT IN ({",".join(f"'{kind}'" for kind in Kind)})
  OR (u.kind <> '{Kind.QUESTION}' AND EXISTS (
    SELECT 1 FROM questions q WHERE q.url_id = u.id AND q.gone_since IS NULL))
"""
_OF_URLS = {
    _BODIES: "the body that it last had is no capture's",
    _MOVES: "it has moved nowhere",
    _KINDS: "it is of no kind that it can be",
}
_PROBLEMS = """
SELECT p.id, p.url FROM problems p LEFT JOIN urls u ON u.id = p.url_id
LEFT JOIN captures c ON c.id = p.capture_id
WHERE u.url IS NOT p.url OR p.solved_in < p.run_id OR c.url_id IS NOT NULL AND c.url_id <> p.url_id
"""
_CAPTURES = """
SELECT c.id, c.url FROM captures c JOIN captures o ON o.id = c.refers_to WHERE o.id >= c.id
"""


def check(db: sqlite3.Connection) -> Iterator[Finding]:
    """Doctors, departments and tags that no record names any more are none: old versions do."""
    for site, kind, state in db.execute(_TALLIES):
        yield _fault("tallies", f"not as many {state} URLs of kind {kind} of {site} as it says")
    for run, taken, added in db.execute(_RUNS):
        yield _fault(f"runs {run}", f"it took {taken} URLs, and its outcomes are {added}")
    for question, told, held in db.execute(_REPLIES):
        yield _fault(question, f"it has {held} replies, and reply_count is {told}")
    for table in _CHILDREN:
        for question, held, last in db.execute(
            f"SELECT question_id, count(*), max(position) FROM {table}"
            " GROUP BY question_id HAVING count(*) <> max(position) OR min(position) <> 1"
        ):
            yield _fault(question, f"it has {held} rows in {table}, the last numbered {last}")
    for query, what in _OF_URLS.items():
        for (url,) in db.execute(query):
            yield _fault(url, what)
    for problem, url in db.execute(_PROBLEMS):
        yield _fault(f"problems {problem}", f"its URL, capture or runs do not fit {url}")
    for capture, url in db.execute(_CAPTURES):
        yield _fault(f"captures {capture}", f"it repeats a later one of {url}")
