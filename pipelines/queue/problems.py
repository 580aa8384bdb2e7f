"""The table `problems`: what could not be read or fetched, until a later visit solves it."""

import sqlite3

from pipelines.queue.observations import Seen
from scraper.items import Outcome, Via, Visit
from scraper.record import timestamp


def file_problems(
    db: sqlite3.Connection, visit: Visit, seen: Seen, *, url_id: int, capture: int | None, run: int
) -> None:
    """File this visit's problems; those of earlier visits are solved by one without any."""
    if visit.outcome is not Outcome.LATER:
        db.execute(
            "UPDATE problems SET solved_in=? WHERE url_id=? AND solved_in IS NULL", (run, url_id)
        )
    if not visit.problems or _is_no_loss(visit, seen):
        return
    db.executemany(
        "INSERT INTO problems(run_id, url_id, url, capture_id, found_at, code, field, detail)"
        " VALUES (?,?,?,?,?,?,?,?)",
        [
            (run, url_id, visit.url, capture, timestamp(visit.visited_at), problem.code,
             problem.field, problem.detail)
            for problem in visit.problems
        ],
    )  # fmt: skip


def denial(visit: Visit) -> str | None:
    """The code that tells why the URL may not be asked for, if that is what became of it."""
    if visit.outcome is not Outcome.DENIED:
        return None
    return visit.problems[0].code if visit.problems else None


def _is_no_loss(visit: Visit, seen: Seen) -> bool:
    """Whether it is forbidden, and neither held nor a start page: most sites have such links."""
    held = seen.before.seen_day is not None
    return visit.outcome is Outcome.DENIED and not held and seen.via != Via.START
