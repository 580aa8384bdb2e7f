"""Kinds that no URL tells: a page is what was read there, until it shows itself to be a list."""

import json
import sqlite3
from dataclasses import replace

from pipelines.queue.ways import GUESSED
from scraper.errors import NotAQuestionError
from scraper.items import Kind, Outcome, Via, Visit
from scraper.record import timestamp

# The question that the page showed stands at one of its links, or a crawl starts at the page.
_LISTS = """
SELECT 1 FROM urls p, json_each(:links) j JOIN urls u ON u.url = j.value
JOIN questions there ON there.url_id = u.id AND there.gone_since IS NULL
WHERE p.id = :page AND p.ways & :guessed AND u.id <> p.id AND (p.via = :start OR EXISTS (
  SELECT 1 FROM questions here WHERE here.url_id = p.id AND here.title = there.title
  AND instr(ifnull(there.question_text, ''), rtrim(ifnull(here.question_text, ''), ' .…')) = 1))
LIMIT 1
"""


def hold_question(db: sqlite3.Connection, url_id: int) -> None:
    """A question was read there: it is a question's page from now on, whatever its URL told."""
    db.execute(
        "UPDATE urls SET kind=?, ways=ways | ? WHERE id=? AND kind<>?",
        (Kind.QUESTION, GUESSED, url_id, Kind.QUESTION),
    )


def read_whole_next(db: sqlite3.Connection, url_id: int, last: int) -> None:
    """What a list showed after that capture is no sight of the question: its next visit decides."""
    db.execute(
        "UPDATE urls SET sha256=NULL, etag=NULL, last_modified=NULL WHERE id=? AND ways & ?"
        " AND EXISTS (SELECT 1 FROM captures WHERE url_id=urls.id AND id>? AND outcome IN (?, ?))",
        (url_id, GUESSED, last, Outcome.FETCHED, Outcome.UNCHANGED),
    )


def as_list(db: sqlite3.Connection, url_id: int, visit: Visit) -> Visit:
    """The visit as that of a list, if the page once showed a question of those that it leads to.

    A login page leads to none of them, and a question's page in a new layout to others. What was
    read at the page is gone then.
    """
    if [one.code for one in visit.problems] != [NotAQuestionError.code]:
        return visit
    links = json.dumps([link.url for link in visit.links])
    told = {"page": url_id, "links": links, "guessed": GUESSED, "start": Via.START}
    if db.execute(_LISTS, told).fetchone() is None:
        return visit
    db.execute("UPDATE urls SET kind=?, ways=ways & ~? WHERE id=?", (Kind.LIST, GUESSED, url_id))
    db.execute(
        "UPDATE questions SET gone_since=? WHERE url_id=? AND gone_since IS NULL",
        (timestamp(visit.visited_at), url_id),
    )
    return replace(visit, kind=Kind.LIST, outcome=Outcome.FETCHED, problems=())
