"""Guesses the kind of pages whose URL does not show it, from what was read there."""

import json
import sqlite3
from dataclasses import replace

from pipelines.queue.ways import GUESSED
from scraper.errors import NotAQuestionError
from scraper.items import Kind, Outcome, Visit
from scraper.record import timestamp

# Whether a page taken for a question's is a list: it is a start page that links to a question, or
# links to the page of the question that was read on it.
_IS_LIST = """
SELECT 1 FROM urls p, json_each(:links) j JOIN urls u ON u.url = j.value
JOIN questions there ON there.url_id = u.id AND there.gone_since IS NULL
WHERE p.id = :page AND p.ways & :guessed AND u.id <> p.id AND (p.via = 'start' OR EXISTS (
  SELECT 1 FROM questions here WHERE here.url_id = p.id AND here.title = there.title
  AND instr(ifnull(there.question_text, ''), rtrim(ifnull(here.question_text, ''), ' .…')) = 1))
LIMIT 1
"""
# Whether a page whose URL promises a question has shown none at any visit, and after the first was
# the one that led to a question that could be read.
_BROUGHT_NEWS = """
SELECT 1 FROM urls p, json_each(:links) j JOIN urls u ON u.url = j.value
JOIN questions q ON q.url_id = u.id AND q.gone_since IS NULL
WHERE p.id = :page AND p.seen_day IS NULL AND u.disclosed_by = p.id AND EXISTS (
  SELECT 1 FROM captures c WHERE c.url_id = p.id AND c.status = 200 AND c.run_id < u.disclosed_in)
LIMIT 1
"""


def mark_as_question(db: sqlite3.Connection, url_id: int) -> None:
    """Mark the URL as a question's page, since a question was read there."""
    db.execute(
        "UPDATE urls SET kind='question', ways=ways | ? WHERE id=? AND kind<>'question'",
        (GUESSED, url_id),
    )


def read_whole_next(db: sqlite3.Connection, url_id: int, last: int) -> None:
    """Have the page read whole the next time, if it was visited as a list since that capture."""
    db.execute(
        "UPDATE urls SET sha256=NULL, etag=NULL, last_modified=NULL WHERE id=? AND ways & ?"
        " AND EXISTS (SELECT 1 FROM captures WHERE url_id=urls.id AND id>?"
        " AND outcome IN ('fetched', 'unchanged'))",
        (url_id, GUESSED, last),
    )


def recognized_list(db: sqlite3.Connection, url_id: int, visit: Visit) -> Visit:
    """The visit as that of a list, if its page proves to be one and not a question's.

    A login page links to no question read on it before, and a question's page in a new layout only
    to other questions, as one without data does: its related ones are known after its first visit.
    The records read at a list are marked as gone.
    """
    if [problem.code for problem in visit.problems] != [NotAQuestionError.code]:
        return visit
    links = json.dumps([link.url for link in visit.links])
    values = {"page": url_id, "links": links, "guessed": GUESSED}
    if not any(db.execute(query, values).fetchone() for query in (_IS_LIST, _BROUGHT_NEWS)):
        return visit
    db.execute("UPDATE urls SET kind='list', ways=ways & ~? WHERE id=?", (GUESSED, url_id))
    db.execute(
        "UPDATE questions SET gone_since=? WHERE url_id=? AND gone_since IS NULL",
        (timestamp(visit.visited_at), url_id),
    )
    return replace(visit, kind=Kind.LIST, outcome=Outcome.FETCHED, problems=())
