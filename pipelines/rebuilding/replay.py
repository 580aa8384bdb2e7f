"""Fills a database from WARCs: every run and visit as it was decided, read by today's readers.

`verify --repair` and `forget` replay the WARCs of one archive, `merge` those of several.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.disk import sha256_of
from pipelines.layout import WARCS
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.hosts import Scope
from pipelines.queue.traps import FoundTrap, file_trap, give_up
from pipelines.queue.urls import disclose, start_from
from pipelines.rebuilding.arranging import Arranged
from pipelines.rebuilding.originals import capture_from, reread_visit, with_original
from pipelines.reports.runs import Run, row_of
from pipelines.rereading.captures import rereader
from pipelines.rereading.old_records import OldRecords, Unread
from pipelines.rereading.plausibility import doubt_of_others
from pipelines.statements import update_row
from pipelines.storing.archived import Archived
from pipelines.storing.fulltext import index_due
from pipelines.storing.visits import VisitContext, as_problem, store_nobodys, store_visit
from pipelines.warcs.decisions import RUN, decision_in, run_from_json, visit_from_json
from pipelines.warcs.files import Position
from pipelines.warcs.overlaps import KnownVisits
from pipelines.warcs.walk import Damage, Record, is_torn, records
from scraper.items import SOUND, Link, Outcome, Question, Via, Visit
from scraper.site import Site, Sites
from scraper.tombstones import Tombstones

_GROUP = 500  # visits in one transaction


@dataclass
class ReplayResult:
    """What a replay has found in the WARCs."""

    visits: int = 0
    runs: int = 0
    unread: Unread = field(default_factory=Unread)
    unknown_sites: set[str] = field(default_factory=set)
    damaged: list[Damage] = field(default_factory=list)
    mended: list[Damage] = field(default_factory=list)  # before the replay
    repeated: bool = False  # a run or visit was met twice, and taken once
    kept: str | None = None  # the old database, that nobody can ask what is lost
    silent: list[str] = field(default_factory=list)  # WARCs without a run or visit of ours
    arranged: Arranged = field(default_factory=Arranged)


@dataclass
class _ReplayedRun:
    run: Run
    scope: Scope
    site: type[Site]
    recorded: Callable[[Visit], Question | None]
    disclosed: Disclosed
    ended: bool = False


class _Response(NamedTuple):
    """A response or revisit record, and where it is."""

    record: Record
    position: Position


def replay(
    db: sqlite3.Connection,
    folder: Path,
    names: Iterable[str],
    sites: Sites,
    old: OldRecords,
    *,
    tombstones: Tombstones,
    tell: Callable[[ReplayResult], None],
) -> ReplayResult:
    """Fill an empty database from the WARCs `names` of the archive in `folder`, in that order.

    Links to what `tombstones` cover are left out. `tell` is called after each
    transaction. Raises OSError and sqlite3.Error.
    """
    replayer = _Replayer(db, folder, sites, old, tombstones)
    db.execute("BEGIN IMMEDIATE")
    for name in names:
        for _ in replayer.replay_file(name):
            if replayer.result.visits % _GROUP == 0:
                replayer.commit()
                tell(replayer.result)
    replayer.finish()
    tell(replayer.result)
    return replayer.result


class _Replayer:
    def __init__(
        self, db: sqlite3.Connection, folder: Path, sites: Sites, old: OldRecords,
        tombstones: Tombstones,
    ) -> None:  # fmt: skip
        self.result = ReplayResult()
        self._db = db
        self._folder = folder
        self._sites = sites
        self._old = old
        self._tombstones = tombstones
        self._runs: dict[str, _ReplayedRun] = {}  # by UUID
        self._responses: dict[str, _Response] = {}  # by WARC-Record-ID; their visits are to come
        self._known_visits = KnownVisits(db)
        self._lost: set[str] = set()  # URLs whose last body is in no WARC any more

    def replay_file(self, name: str) -> Iterator[None]:
        """Replay one WARC; yields after each visit."""
        path = self._folder / WARCS / name
        self._db.execute("INSERT INTO warcs VALUES (?, 0, '')", (name,))
        end, count_before = 0, self._known_visits.count
        for record in records(path):
            if isinstance(record, Damage):
                self.result.damaged.append(record)
                if end and not is_torn(record):
                    end = record.end
                continue
            end = record.end
            if self._replay_record(record, Position(name, record.offset, record.length)):
                self.result.visits += 1
                yield
        digest = sha256_of(path, end)
        self._db.execute("UPDATE warcs SET size=?, sha256=? WHERE name=?", (end, digest, name))
        if self._known_visits.count == count_before:
            self.result.silent.append(name)
        for response_id in list(self._responses)[:-1]:  # the last one's visit may be in the next
            del self._responses[response_id]

    def commit(self) -> None:
        for replayed in self._runs.values():
            if not replayed.ended:
                replayed.run.save(self._db)
        index_due(self._db)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def finish(self) -> None:
        """Commit the rest; a URL whose last body is lost is to be fetched unconditionally."""
        self._db.executemany(
            "UPDATE urls SET etag=NULL, last_modified=NULL, sha256=NULL,"
            " state=iif(state IN ('fetched', 'unchanged'), 'ready', state) WHERE url=?",
            [(url,) for url in self._lost],
        )
        self.commit()
        self._db.execute("COMMIT")

    def _replay_record(self, record: Record, position: Position) -> bool:
        """Replay one record; True if it completes a visit."""
        if record.kind in {"response", "revisit"}:
            self._responses[record.id] = _Response(record, position)
        decision = decision_in(record)
        if not decision:
            return False
        if self._known_visits.add(record, position.warc) is not None:
            self.result.repeated = True
            return False
        if decision["type"] == RUN:
            self._replay_run(*run_from_json(decision))
            return False
        if decision["run"] not in self._runs:
            return False
        response_id = record.headers.get("WARC-Concurrent-To", "")
        response = self._responses.pop(response_id, None)
        self._replay_visit(decision, response, had_response=bool(response_id))
        return True

    def _replay_run(self, row: dict[str, Any], links: tuple[Link, ...]) -> None:
        """Begin a run; with the record of its end, complete it.

        A count that a record of an older version does not tell is its column's default.
        """
        if row["site"] not in self._sites:
            self.result.unknown_sites.add(row["site"])
            return
        replayed = self._runs.get(row["uuid"])
        if replayed is None:
            self._begin_run(row, links)
        elif row["ended_at"] is not None:
            del row["day"]
            update_row(self._db, "runs", replayed.run.id, row)
            replayed.ended = True
            whole = row_of(self._db, replayed.run.id)
            replayed.run.losses.recall(whole).conclude(self._db, replayed.run.id)

    def _begin_run(self, row: dict[str, Any], links: tuple[Link, ...]) -> None:
        run = Run.recalled(self._db, row)
        scope, site = Scope(row["site"], row["host"]), self._sites[row["site"]]
        disclosed = Disclosed.of(self._tombstones, site, row["home"])
        recorded = partial(self._old.question, self._db, site, row["home"])
        self._runs[row["uuid"]] = _ReplayedRun(run, scope, site, recorded, disclosed)
        self.result.runs += 1
        start_from(self._db, scope, disclosed.without_known(links), run_id=run.id)

    def _replay_visit(
        self, value: dict[str, Any], response: _Response | None, *, had_response: bool
    ) -> None:
        replayed = self._runs[value["run"]]
        run_id, site = replayed.run.id, replayed.site
        capture = capture_from(response.record, value) if response else None
        decided = visit_from_json(value, capture)
        archived = Archived(visit=decided)
        if response is not None:
            archived = with_original(self._db, decided, *response)
        if value.get("robots"):
            store_nobodys(self._db, replayed.scope.host, archived, run_id)
            links = replayed.disclosed.without_known(decided.links)
            disclose(self._db, replayed.scope.site, links, run_id=run_id)
            return
        for trap in starmap(FoundTrap, value.get("traps", ())):
            file_trap(self._db, run_id, trap)
            if trap.pattern is not None:
                give_up(self._db, replayed.scope, trap.pattern)
        visit = reread_visit(self._db, self._folder, site, archived, replayed.recorded)
        archived = replace(archived, visit=replace(visit, capture=capture))
        alone = value.get("first", False) or decided.outcome is Outcome.UNCHANGED
        doubt = doubt_of_others(self._db, self._folder, site, visit, run_id, alone=alone)
        if doubt is not None:
            archived = as_problem(archived, doubt)
        self._store(replayed, archived)
        if archived.visit.outcome in SOUND:
            is_revisit = response is not None and response.record.kind == "revisit"
            is_lost = archived.refers_to is None if is_revisit else had_response and not response
            (self._lost.add if is_lost else self._lost.discard)(visit.url)

    def _store(self, replayed: _ReplayedRun, archived: Archived) -> None:
        visit, run = archived.visit, replayed.run
        query = "SELECT id, hops, visited_in, state FROM urls WHERE url=?"
        row = self._db.execute(query, (visit.url,)).fetchone()
        if row is None:  # the page that linked to it is damaged or was forgotten
            link = Link(url=visit.url, kind=visit.kind, via=Via.LIST)
            disclose(self._db, replayed.scope.site, [link], run_id=run.id)
            row = self._db.execute(query, (visit.url,)).fetchone()
        url_id, hops, visited_in, state = row
        context = VisitContext(
            scope=replayed.scope, run_id=run.id, url_id=url_id, hops=hops,
            reread=rereader(self._db, self._folder, replayed.site),
            disclosed=replayed.disclosed, losses=run.losses, coverage=run.coverage,
        )  # fmt: skip
        visit = store_visit(self._db, context, archived)
        run.settle(visit, visited_in, state)
