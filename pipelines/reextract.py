"""Reading all captures again with today's readers, on all cores; this process alone writes."""

from __future__ import annotations

import json
import logging
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import sleep

from pipelines.archive import VALUE_ERRORS, Archive
from pipelines.database import open_reader
from pipelines.history.causes import Cause
from pipelines.queue.guesses import hold_question, read_whole_next
from pipelines.queue.urls import settle
from pipelines.rereading.bookmark import Bookmark
from pipelines.rereading.lineages import Failing, Lineage
from pipelines.rereading.readers import Batch, Readers, readers
from pipelines.rereading.rereads import Difference, Reread, Solved
from pipelines.storing.rows import insert, last_seen, supersede
from scraper.clock import now
from scraper.items import Kind, Outcome, Question
from scraper.record import moment, timestamp
from scraper.site import Sites

logger = logging.getLogger(__name__)
GROUP = 250  # URLs in one transaction
_AGAIN = 0.1  # seconds until another program is asked again to let go of the database


@dataclass
class Found:
    """What reading again has changed, or would change."""

    total: int = 0  # URLs there are to read
    before: int = 0  # of them read by an earlier run of the same readers, that was killed
    urls: int = 0
    captures: int = 0
    unread: int = 0  # captures that are problems still
    refused: int = 0  # pages whose values no database can hold: nothing was changed
    solved: int = 0  # pages that were problems
    causes: Counter[Cause] = field(default_factory=Counter)  # versions begun
    fields: Counter[str] = field(default_factory=Counter)  # records whose reader's change is there
    examples: dict[str, Difference] = field(default_factory=dict)  # by field
    failing: Counter[str] = field(default_factory=Counter)  # captures of records, by code
    failed: dict[str, Failing] = field(default_factory=dict)  # an example of each code

    def add(self, batch: Batch) -> None:
        """Count what a batch found."""
        self.urls += batch.urls
        self.captures += batch.captures
        self.unread += batch.unread
        for reread in batch.rereads:
            for one in reread.differences:
                self.fields[one.field] += 1
                if one.before is not None:
                    self.examples.setdefault(one.field, one)
            self.solved += reread.solved is not None
            for lineage in reread.lineages:
                self.causes.update(change.version.cause for change in lineage.changes)
            for failing in reread.failing:
                self.failing[failing.code] += 1
                self.failed.setdefault(failing.code, failing)


Tell = Callable[[Found], None]


def try_out(folder: Path, sites: Sites, processes: int, tell: Tell) -> Found:
    """What `reextract` would change. `tell` is called now and then. Raises ArchiveError."""
    with readers(processes, sites) as pool:
        with open_reader(folder) as database:
            urls = _urls(database.conn, sites)
        found = Found(total=len(urls))
        for batch in pool.read(folder, timestamp(now()), _jobs(urls)):
            found.add(batch)
            tell(found)
    return found


def reextract(folder: Path, sites: Sites, processes: int, tell: Tell) -> Found:
    """Read all pages of the sites again and store what differs; a killed one goes on where it was.

    `tell` is called after each commit. Raises ArchiveError: another process writes the archive,
    or storage fails.
    """
    with open_reader(folder):  # there is one
        pass
    with readers(processes, sites) as pool:  # before the lock is taken, which they would inherit
        archive = Archive.open(folder)
        try:
            archive.group = GROUP + 1  # a group ends here alone
            return _reextract(archive, pool, sites, tell)
        finally:
            archive.close()


def _reextract(archive: Archive, pool: Readers, sites: Sites, tell: Tell) -> Found:
    mark, urls = Bookmark.of(archive.folder, sites), _urls(archive.db, sites)
    last = mark.load()
    begin = urls.index(last) + 1 if last is not None and last in urls else 0
    found, recorded_at = Found(total=len(urls), before=begin), timestamp(now())
    jobs = _jobs(urls[begin:])
    archive.commit()
    for job, batch in zip(jobs, pool.read(archive.folder, recorded_at, jobs), strict=True):
        while not archive.begin():
            sleep(_AGAIN)
        for reread in batch.rereads:
            found.refused += not _stored(archive, reread)
        archive.commit()
        mark.save(job[-1])
        found.add(batch)
        tell(found)
    mark.remove()
    return found


def _urls(db: sqlite3.Connection, sites: Sites) -> array[int]:
    """Ids of the URLs that may hold a question, about as their captures lie in the WARCs."""
    urls = array("q")
    for name, one in sites.items():
        kinds = [Kind.QUESTION, *([Kind.LIST] if one.guesses else [])]
        urls.extend(
            row[0]
            for row in db.execute(
                "SELECT u.id FROM urls u JOIN captures c ON c.url_id=u.id WHERE u.site=?"
                " AND u.kind IN (SELECT value FROM json_each(?)) GROUP BY u.id ORDER BY min(c.id)",
                (name, json.dumps(kinds)),
            )
        )
    return urls


def _jobs(urls: array[int]) -> list[array[int]]:
    return [urls[at : at + GROUP] for at in range(0, len(urls), GROUP)]


def _stored(archive: Archive, reread: Reread) -> bool:
    """Write all that is to be done about a URL, or nothing and False."""
    try:
        with archive.visit():
            for lineage in reread.lineages:
                _store(archive.db, lineage)
            if reread.solved is not None:
                edited = any(one.changes for one in reread.lineages)
                _solve(archive.db, reread.url_id, reread.solved, edited=edited)
    except VALUE_ERRORS as error:
        logger.warning("what was read from URL %d cannot be stored: %s", reread.url_id, error)
        return False
    return True


def _store(db: sqlite3.Connection, lineage: Lineage) -> None:
    if lineage.digest is not None:
        held = db.execute("SELECT key, digest FROM questions WHERE id=?", (lineage.id,))
        key, digest = held.fetchone() or (0, None)
        if digest != lineage.digest:
            raise ValueError(f"{lineage.id} has changed meanwhile")
        last_seen(db, lineage.id, lineage.last)
    before = lineage.before
    for version, said in lineage.changes:
        if isinstance(said, Question):
            key = insert(db, said, version)
            hold_question(db, version.source.url_id)
            read_whole_next(db, version.source.url_id, lineage.changes[-1].version.last_capture)
        else:
            supersede(db, key, said, version, before)
            before = None


def _solve(db: sqlite3.Connection, url_id: int, solved: Solved, *, edited: bool) -> None:
    """As a visit of that day would have, but for links: the URL's next visit takes all of them.

    So neither the body's digest nor an ETag is noted, and that visit reads the page whole.
    """
    run_id, fetched_at = db.execute(
        "SELECT run_id, fetched_at FROM captures WHERE id=?", (solved.capture_id,)
    ).fetchone()
    db.execute(
        "UPDATE problems SET solved_in=? WHERE url_id=? AND solved_in IS NULL AND capture_id<=?",
        (run_id, url_id, solved.capture_id),
    )
    (state, unsolved) = db.execute(
        "SELECT state, EXISTS (SELECT 1 FROM problems WHERE url_id=urls.id AND solved_in IS NULL)"
        " FROM urls WHERE id=?",
        (url_id,),
    ).fetchone()
    if state == Outcome.PROBLEM and not unsolved:
        visit = replace(solved.visit, visited_at=moment(fetched_at))
        settle(db, url_id, visit, run_id, edited=edited)
