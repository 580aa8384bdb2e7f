"""Writes the table `problems`: what could not be read or fetched, until a later visit solves it."""

import sqlite3

from pipelines.queue.observations import Observation
from pipelines.statements import insert_row
from scraper.items import Outcome, Via, Visit
from scraper.record import timestamp


def file_problems(
    db: sqlite3.Connection,
    visit: Visit,
    observation: Observation,
    *,
    url_id: int,
    capture: int | None,
    run: int,
) -> None:
    """Insert this visit's problems, and mark those of earlier visits as solved."""
    if visit.outcome is not Outcome.LATER:
        db.execute(
            "UPDATE problems SET solved_in=? WHERE url_id=? AND solved_in IS NULL", (run, url_id)
        )
    if not visit.problems or _is_ignored_denial(visit, observation):
        return
    for problem in visit.problems:
        row = {
            "run_id": run, "url_id": url_id, "url": visit.url, "capture_id": capture,
            "found_at": timestamp(visit.visited_at), "code": problem.code,
            "field": problem.field, "detail": problem.detail,
        }  # fmt: skip
        insert_row(db, "problems", row)


def denial(visit: Visit) -> str | None:
    """The code of the problem for which the URL was not fetched; None when it was not denied."""
    if visit.outcome is not Outcome.DENIED:
        return None
    return visit.problems[0].code if visit.problems else None


def _is_ignored_denial(visit: Visit, observation: Observation) -> bool:
    """Whether a denied URL was never read, and is no start page: most sites link to such."""
    never_read = observation.before.seen_day is None
    return visit.outcome is Outcome.DENIED and never_read and observation.via != Via.START
