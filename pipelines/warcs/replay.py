"""From WARCs to rows: every run and visit again, as they were decided, read by today's readers.

The database can always be rebuilt by this; merging archives is this over the WARCs of several.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from pipelines.disk import sha256_of
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.hosts import Scope
from pipelines.queue.urls import disclose, start_from
from pipelines.reports.runs import Run
from pipelines.rereading.captures import rereader
from pipelines.rereading.plausibility import doubt_of_others
from pipelines.store import VisitContext, as_problem, store_capture, store_visit
from pipelines.storing.archived import Archived
from pipelines.storing.fulltext import index_due
from pipelines.warcs.arranging import Arranged
from pipelines.warcs.decisions import RUN, decision_in, run_from_json, visit_from_json
from pipelines.warcs.files import Position
from pipelines.warcs.names import FOLDER
from pipelines.warcs.originals import read_here, with_original
from pipelines.warcs.overlaps import KnownVisits
from pipelines.warcs.records import REDACTED
from pipelines.warcs.walk import Damage, Record, records
from scraper.items import Capture, Link, Outcome, Question, Via
from scraper.record import moment
from scraper.site import Site, Sites
from scraper.tombstones import Tombstones

_GROUP = 500  # visits in one transaction


@dataclass
class Replayed:
    """What a replay found."""

    visits: int = 0
    runs: int = 0
    unknown_sites: set[str] = field(default_factory=set)
    damaged: list[Damage] = field(default_factory=list)
    mended: list[Damage] = field(default_factory=list)  # before
    repeated: bool = False  # a run or visit was met twice, and taken once
    silent: list[str] = field(default_factory=list)  # WARCs that tell of no run or visit
    arranged: Arranged = field(default_factory=Arranged)


@dataclass
class _Known:
    """A run that is being replayed."""

    run: Run
    scope: Scope
    site: type[Site]
    disclosed: Disclosed
    ended: bool = False


def replay(
    db: sqlite3.Connection,
    folder: Path,
    names: Iterable[str],
    sites: Sites,
    stones: Tombstones,
    *,
    tell: Callable[[Replayed], None],
) -> Replayed:
    """Fill an empty database from the WARCs `names` of the archive in `folder`, in that order.

    Links to what `stones` cover are left out. `tell` is called after each transaction. Raises
    OSError and sqlite3.Error.
    """
    player = _Player(db, folder, sites, stones)
    db.execute("BEGIN IMMEDIATE")
    for name in names:
        for _ in player.play(name):
            if player.found.visits % _GROUP == 0:
                player.commit()
                tell(player.found)
    player.end()
    tell(player.found)
    return player.found


class _Player:
    def __init__(
        self, db: sqlite3.Connection, folder: Path, sites: Sites, stones: Tombstones
    ) -> None:
        self.found = Replayed()
        self._db = db
        self._folder = folder
        self._sites = sites
        self._stones = stones
        self._runs: dict[str, _Known] = {}
        self._answers: dict[str, tuple[Record, Position]] = {}  # by WARC-Record-ID, undecided
        self._rereaders: dict[str, Callable[[int], Question | None]] = {}
        self._told = KnownVisits(db)
        self._lost: set[str] = set()  # URLs whose page, as last seen, no WARC holds any more

    def play(self, name: str) -> Iterator[None]:
        """Replay one file; yields after each visit."""
        path = self._folder / FOLDER / name
        self._db.execute("INSERT INTO warcs VALUES (?, 0, '')", (name,))
        end, before = 0, self._told.count
        for record in records(path):
            if isinstance(record, Damage):
                self.found.damaged.append(record)
                continue
            end = record.offset + record.length
            if self._take(record, Position(name, record.offset, record.length)):
                self.found.visits += 1
                yield
        digest = sha256_of(path, end)
        self._db.execute("UPDATE warcs SET size=?, sha256=? WHERE name=?", (end, digest, name))
        if self._told.count == before:
            self.found.silent.append(name)
        self._answers.clear()

    def commit(self) -> None:
        """Make the group durable and begin the next."""
        for known in self._runs.values():
            if not known.ended:
                known.run.save(self._db)
        index_due(self._db)
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """Commit what is left; what was lost is fetched whole, as if it had never been."""
        self._db.executemany(
            "UPDATE urls SET etag=NULL, last_modified=NULL, sha256=NULL,"
            " state=iif(state IN ('fetched', 'unchanged'), 'ready', state) WHERE url=?",
            [(url,) for url in self._lost],
        )
        self.commit()
        self._db.execute("COMMIT")

    def _take(self, record: Record, position: Position) -> bool:
        """Replay one record; True if it is a visit's last."""
        if record.kind in {"response", "revisit"}:
            self._answers[record.id] = (record, position)
        value = decision_in(record)
        if not value:
            return False
        if self._told.before(record, position.warc) is not None:
            self.found.repeated = True
            return False
        if value["type"] == RUN:
            self._run(*run_from_json(value))
        if value["type"] == RUN or value["run"] not in self._runs:
            return False
        answered = record.headers.get("WARC-Concurrent-To", "")
        self._visit(value, self._answers.pop(answered, None), answered=bool(answered))
        return True

    def _run(self, row: dict[str, Any], links: tuple[Link, ...]) -> None:
        if row["site"] not in self._sites:
            self.found.unknown_sites.add(row["site"])
            return
        known = self._runs.get(row["uuid"])
        if known is None:
            self._begin(row, links)
        elif row["ended_at"] is not None:
            columns = ", ".join(f"{name}=?" for name in row)
            update = f"UPDATE runs SET {columns} WHERE id=?"
            self._db.execute(update, (*row.values(), known.run.id))
            known.ended = True
            known.run.losses.recall(row).conclude(self._db, known.run.id)

    def _begin(self, row: dict[str, Any], links: tuple[Link, ...]) -> None:
        names = ", ".join(row)
        run_id = self._db.execute(
            f"INSERT INTO runs({names}) VALUES ({','.join('?' * len(row))})",
            tuple(row.values()),
        ).lastrowid
        assert run_id is not None
        scope, site = Scope(row["site"], row["host"]), self._sites[row["site"]]
        disclosed = Disclosed.of(self._stones, site, row["home"])
        self._runs[row["uuid"]] = _Known(Run(run_id, row["uuid"]), scope, site, disclosed)
        self.found.runs += 1
        start_from(self._db, scope, disclosed.news(links), run_id=run_id)

    def _visit(
        self, value: dict[str, Any], answer: tuple[Record, Position] | None, *, answered: bool
    ) -> None:
        known = self._runs[value["run"]]
        capture = _capture(answer[0], value) if answer else None
        decision = visit_from_json(value, capture)
        archived = Archived(visit=decision.visit)
        if answer is not None:
            archived = with_original(self._db, decision.visit, *answer)
        if decision.robots:
            store_capture(self._db, archived, None, known.run.id)
            links = known.disclosed.news(decision.visit.links)
            disclose(self._db, known.scope.site, links, run_id=known.run.id)
            return
        visit = read_here(self._db, self._folder, known.site, archived)
        archived = replace(archived, visit=visit)
        alone = decision.first or decision.visit.outcome is Outcome.UNCHANGED
        here = self._db, self._folder, known.site, visit, known.run.id
        doubt = doubt_of_others(*here, alone=alone)
        if doubt is not None:
            archived = as_problem(archived, doubt)
        self._store(known, archived)
        if archived.visit.outcome in (Outcome.FETCHED, Outcome.UNCHANGED):
            repeats = answer is not None and answer[0].kind == "revisit"
            lost = archived.refers_to is None if repeats else answered and answer is None
            (self._lost.add if lost else self._lost.discard)(visit.url)

    def _store(self, known: _Known, archived: Archived) -> None:
        visit, run = archived.visit, known.run
        found = "SELECT id, hops, visited_in, state FROM urls WHERE url=?"
        row = self._db.execute(found, (visit.url,)).fetchone()
        if row is None:  # what disclosed it is damaged or was forgotten
            link = Link(url=visit.url, kind=visit.kind, via=Via.LIST)
            disclose(self._db, known.scope.site, [link], run_id=run.id)
            row = self._db.execute(found, (visit.url,)).fetchone()
        url_id, hops, visited_in, state = row
        context = VisitContext(
            scope=known.scope, run_id=run.id, url_id=url_id, hops=hops,
            reread=self._reread(known.site), disclosed=known.disclosed, losses=run.losses,
        )  # fmt: skip
        visit = store_visit(self._db, context, archived)
        run.settle(visit, visited_in, state)

    def _reread(self, site: type[Site]) -> Callable[[int], Question | None]:
        if site.name not in self._rereaders:
            self._rereaders[site.name] = rereader(self._db, self._folder, site)
        return self._rereaders[site.name]


def _capture(record: Record, value: dict[str, Any]) -> Capture:
    head = value.get("not_modified")
    headers = record.http_headers
    if head is not None:
        headers = [(name.encode("latin-1"), told.encode("latin-1")) for name, told in head]
    return Capture(
        url=record.headers["WARC-Target-URI"],
        fetched_at=moment(record.headers["WARC-Date"]),
        status=record.http_status if head is None else HTTPStatus.NOT_MODIFIED,
        request=b"",
        headers=tuple(pair for pair in headers if pair[0].lower() != b"content-length"),
        body=record.http_body,
        ip=record.headers.get("WARC-IP-Address"),
        partial="WARC-Truncated" in record.headers,
        redacted=REDACTED in record.headers,
    )
