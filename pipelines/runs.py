"""The `runs` table: what each run did, in figures that add up, and why it ended."""

import sqlite3
from dataclasses import dataclass, field

from pipelines.urls import Scope
from scraper.clock import now
from scraper.items import Outcome
from scraper.record import timestamp

# Why a run ended, and the exit status that says so.
EXIT_STATUS = {
    "finished": 0,
    "budget": 0,
    "asked to wait": 0,
    "storage": 3,
    "unreachable": 5,
    "forbidden": 5,
    "stopped": 6,
}
PROBLEM_SHARE = 0.05  # of the pages taken; past it the run says so by exit status 1


@dataclass
class Run:
    """One run's row, with its counts in memory until the next commit."""

    id: int
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    questions: int = 0
    bytes: int = 0
    lost: int = 0

    @classmethod
    def begin(cls, db: sqlite3.Connection, scope: Scope, revisit: str) -> "Run":
        """Add the row of a run that starts now."""
        run_id = db.execute(
            "INSERT INTO runs(site, host, revisit, started_at) VALUES (?,?,?,?)",
            (scope.site, scope.host, revisit, timestamp(now())),
        ).lastrowid
        assert run_id is not None
        return cls(run_id)

    @property
    def taken(self) -> int:
        """URLs that this run settled."""
        return sum(self.counts.values())

    def count(self, outcome: Outcome, before: Outcome | None) -> None:
        """Count a visit; `before` is what an earlier visit of the same URL in this run gave."""
        self.counts[outcome] += 1
        if before is not None:
            self.counts[before] -= 1

    def save(self, db: sqlite3.Connection) -> None:
        """Write the counts as they stand."""
        db.execute(
            "UPDATE runs SET taken=?, questions=?, bytes=?, lost=?,"
            " fetched=?, unchanged=?, gone=?, denied=?, moved=?, later=?, problem=? WHERE id=?",
            (self.taken, self.questions, self.bytes, self.lost, *self.counts.values(), self.id),
        )

    def end(self, db: sqlite3.Connection, why: str) -> None:
        """Write the last counts, why it ended and the exit status that follows."""
        self.save(db)
        db.execute(
            "UPDATE runs SET ended_at=?, ended_why=?, exit_status=? WHERE id=?",
            (timestamp(now()), why, exit_status(why, self), self.id),
        )


def exit_status(why: str, run: Run) -> int:
    """0 done; 1 done, but past the problem threshold or with a URL lost; else as `why` says."""
    status = EXIT_STATUS.get(why, EXIT_STATUS["stopped"])
    too_many = run.counts[Outcome.PROBLEM] > PROBLEM_SHARE * run.taken
    return 1 if status == 0 and (too_many or run.lost) else status
