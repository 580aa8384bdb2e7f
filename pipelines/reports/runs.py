"""The `runs` table: what each run did, in figures that add up, and why it ended."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from pipelines.chance import at_most
from pipelines.database import dicts
from pipelines.queue.days import SETTLED, today
from pipelines.queue.due import starts_due
from pipelines.queue.hosts import Scope, name_of
from pipelines.queue.missing_pages import Losses
from pipelines.reports import coverage
from pipelines.reports.counting import Coverage
from pipelines.reports.coverage import Earlier, Fall
from pipelines.reports.end_reason import EndReason
from pipelines.reports.new_problems import NewProblems, Since, last_told, new_problems
from pipelines.revisit import MIN_INTERVAL
from pipelines.statements import insert_row, update_row
from scraper.clock import now
from scraper.exit_status import ExitStatus
from scraper.items import Outcome, Visit
from scraper.record import moment, timestamp
from scraper.wording import counted

_PROBLEM_SHARE = 0.05  # of the pages asked for; past it the run says so by exit status 1
_HEALTHY_SHARE = 0.99  # of the pages that a small run fetches, on a healthy site
_FALSE_ALARM = 1e-3  # its chance; two problems of three pages are enough for an alarm


@dataclass
class Run:
    """One run's row, with its counts in memory until the next commit."""

    id: int
    uuid: str
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    questions: int = 0
    bytes: int = 0
    lost: int = 0
    losses: Losses = field(default_factory=Losses)
    overdue: int = 0  # known when the run has ended
    is_whole: bool = False  # it visits all pages: it is the first one, or all are asked for
    # Known when the run has ended, as is the next.
    new: NewProblems = field(default_factory=NewProblems)
    rest_until: datetime | None = None  # the start pages
    barren: bool = False  # no run of the site at that host has ever read a question
    coverage: Coverage = field(default_factory=Coverage)
    failure: BaseException | None = None  # of storage, which ended the run
    fell: list[Fall] = field(default_factory=list)  # known when the run has ended
    smallest_gap: float | None = None  # seconds between two requests to the host
    delay: float | None = None  # seconds that there had to be between them

    @classmethod
    def begin(cls, db: sqlite3.Connection, scope: Scope, revisit: str, home: str) -> "Run":
        """Add the row of a run that starts now."""
        start, uuid = now(), str(uuid4())
        row = {
            "uuid": uuid, "site": scope.site, "host": scope.host, "home": home,
            "revisit": revisit, "started_at": timestamp(start), "day": today(db, start),
        }  # fmt: skip
        run_id = insert_row(db, "runs", row)
        is_first = last_told(db, run_id) is None
        open_falls = coverage.open_falls(_earlier(db, scope, run_id))
        return cls(
            run_id, uuid, is_whole=is_first or revisit == "all", coverage=Coverage(open_falls)
        )

    @classmethod
    def recalled(cls, db: sqlite3.Connection, row: dict[str, Any]) -> "Run":
        """Add the row that a WARC tells; in a merge, its day counts all archives' runs."""
        row = row | {"day": max(row["day"], today(db, moment(row["started_at"])))}
        return cls(insert_row(db, "runs", row), row["uuid"])

    @property
    def urn(self) -> str:
        """The URI by which WARC records name it."""
        return f"urn:uuid:{self.uuid}"

    @property
    def taken(self) -> int:
        """URLs that this run settled."""
        return sum(self.counts.values())

    def settle(self, visit: Visit, visited_in: int | None, state: str) -> None:
        """Count a stored visit; its URL was last visited in that run, and in that state before."""
        if visited_in == self.id:  # each URL counts once, as it was left
            self.counts[Outcome.LATER if state == "ready" else Outcome(state)] -= 1
        self.counts[visit.outcome] += 1
        self.questions += visit.question is not None
        self.bytes += len(visit.capture.body) if visit.capture else 0

    def count_problems(self, db: sqlite3.Connection) -> None:
        """Count what is new of the problems, when the last visit is stored."""
        sound = self.taken - self.counts[Outcome.DENIED] - self.counts[Outcome.PROBLEM]
        self.new = new_problems(db, self.id, sound)

    def save(self, db: sqlite3.Connection) -> None:
        row = {
            "taken": self.taken, "questions": self.questions, "bytes": self.bytes,
            "lost": self.lost, "coverage": json.dumps(self.coverage.counts),
            "revisited": self.losses.unread.visited, "missing": self.losses.unread.missing,
            "starts_missing": self.losses.starts_missing, "starts_lost": self.losses.starts_lost,
            "lists_lost": self.losses.lists_lost,
        }  # fmt: skip
        update_row(db, "runs", self.id, row | {str(state): n for state, n in self.counts.items()})

    def end(
        self,
        db: sqlite3.Connection,
        reason: EndReason,
        *,
        leads_on: bool = True,
        lists_lost: int = 0,
    ) -> None:
        """Write the last counts, how they compare with the last good runs', and why it ended.

        `leads_on`: a start page leads to a question; `lists_lost`: as in `rereading.lost_lists`.
        """
        self.losses.count(db, self.id, leads_on=leads_on, lists_lost=lists_lost)
        self.save(db)
        self.losses.conclude(db, self.id)
        self.overdue = _count(db, _OVERDUE, self.id)
        self.barren = is_barren(db, self.id, reason)
        query = "SELECT site, host, day FROM runs WHERE id=?"
        site, host, day = db.execute(query, (self.id,)).fetchone()
        scope = Scope(site, host)
        due = starts_due(db, scope)
        if due is not None:
            self.rest_until = now() + timedelta(days=due - today(db, now()))
        self.fell = list(coverage.fallen(self.coverage.counts, day, _earlier(db, scope, self.id)))
        row = {
            "ended_at": timestamp(now()), "ended_why": reason,
            "fell": json.dumps(list(map(asdict, self.fell))), "smallest_gap": self.smallest_gap,
            "delay": self.delay, "overdue": self.overdue, "exit_status": exit_status(reason, self),
        }  # fmt: skip
        update_row(db, "runs", self.id, row)


def row_of(db: sqlite3.Connection, run_id: int) -> dict[str, Any]:
    return next(dicts(db, "SELECT * FROM runs WHERE id=?", run_id))


def exit_status(reason: EndReason, run: Run) -> ExitStatus:
    """The reason's exit status; FAULTS instead of DONE when the run has `complaints`."""
    status = reason.exit_status
    return ExitStatus.FAULTS if not status and any(complaints(run)) else status


def complaints(run: Run) -> Iterator[str]:
    """Yield what is wrong with a run that was not cut short, each in a few words."""
    requested = run.taken - run.counts[Outcome.DENIED]
    judged = run.new.since or (Since(run.id, run.counts[Outcome.PROBLEM], requested),)
    for since in judged:
        if _is_alarming(run, since.problems, since.pages):
            yield _of_problems(run, since)
            break
    if _is_alarming(run, run.overdue, max(requested, judged[0].pages)):
        yield f"{counted(run.overdue, 'page')} put off by the site for a day or more"
    yield from run.losses.complaints()
    if run.new.faults:
        yield f"qarchive itself failed on {counted(run.new.faults, 'page')}, as the log tells"
    if run.barren:
        yield "no page at this address has shown a question yet"
    yield from map(str, run.fell)
    if run.lost:
        yield f"{counted(run.lost, 'URL')} lost, which is a bug"


def _of_problems(run: Run, since: Since) -> str:
    are_all = run.is_whole or since.problems == run.counts[Outcome.PROBLEM]
    kind = "problems" if are_all else "new problems"
    from_then = "" if since.run == run.id else f" since run {since.run}"
    return f"{since.problems:,} of {since.pages:,} pages{from_then} are {kind}"


def _is_alarming(run: Run, count: int, pages: int) -> bool:
    """Whether the share of problems is too high, and in a small run not by chance."""
    if count <= _PROBLEM_SHARE * pages:
        return False
    return run.is_whole or at_most(max(0, pages - count), pages, _HEALTHY_SHARE) < _FALSE_ALARM


_EARLIER = """
SELECT count(*) FROM runs r JOIN runs this USING (site, host) WHERE this.id=? AND r.id<this.id
"""
_FRUITFUL = """
SELECT count(*) FROM runs r JOIN runs this USING (site, host) WHERE this.id=? AND r.questions>0
"""
_HAS_QUESTION = """
SELECT EXISTS (SELECT 1 FROM runs r JOIN urls u USING (site, host) JOIN questions q
  ON q.url_id=u.id WHERE r.id=?)
"""
# Put off for a day or more by this run or before, and not for so long that the site means it.
_OVERDUE = f"""
SELECT count(*) FROM runs r JOIN urls u USING (site, host) WHERE r.id=? AND u.state='later'
  AND u.missing_day BETWEEN r.day-{SETTLED} AND r.day-{2 * MIN_INTERVAL}
"""


def _count(db: sqlite3.Connection, query: str, run_id: int) -> int:
    (count,) = db.execute(query, (run_id,)).fetchone()
    return int(count)


def is_barren(db: sqlite3.Connection, run_id: int, ended_why: str | None) -> bool:
    """Whether no run of the site at that host has read a question.

    The first run may end by its budget or the host's wish before it comes to one. A killed run
    has no count, but its records are there.
    """
    if ended_why in {EndReason.BUDGET, EndReason.ASKED_TO_WAIT}:
        is_long_enough = _count(db, _EARLIER, run_id) > 0
    else:
        is_long_enough = ended_why == EndReason.FINISHED
    has_question = _count(db, _FRUITFUL, run_id) or _count(db, _HAS_QUESTION, run_id)
    return is_long_enough and not has_question


def _earlier(db: sqlite3.Connection, scope: Scope, run_id: int) -> list[Earlier]:
    """Earlier runs of the same site to compare with, the last first."""
    rows = db.execute(
        "SELECT host, id, day, coverage, exit_status, fell FROM runs WHERE site=? AND id<?"
        " AND (exit_status=0 OR fell<>'[]') AND coverage IS NOT NULL ORDER BY id DESC",
        (scope.site, run_id),
    )
    return [
        Earlier(number, day, json.loads(counts), status == 0,
                {fall["field"]: Fall(**fall) for fall in json.loads(fell or "[]")})
        for other, number, day, counts, status, fell in rows
        if name_of(other) == name_of(scope.host)
    ]  # fmt: skip
