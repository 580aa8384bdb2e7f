"""`qarchive reextract`: rereads all captures on all cores. This process alone writes."""

from __future__ import annotations

import json
import logging
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import sleep

from pipelines.archive import Archive, is_of_storage
from pipelines.database import open_reader, refuse_missing
from pipelines.queue.guesses import mark_as_question, read_whole_next
from pipelines.queue.urls import settle
from pipelines.rereading.bookmark import Bookmark
from pipelines.rereading.readers import Readers, readers
from pipelines.rereading.record_updates import FailedReading, RecordUpdate
from pipelines.rereading.rereader import Difference, Reread, Solved
from pipelines.storing.causes import Cause
from pipelines.storing.rows import insert, last_seen, supersede
from scraper.clock import now
from scraper.items import Kind, Outcome, Question
from scraper.record import moment, timestamp
from scraper.site import Sites

logger = logging.getLogger(__name__)
GROUP = 250  # URLs in one transaction
_RETRY = 0.1  # seconds, while another program holds the database


@dataclass
class Report:
    """What a reextraction has changed, or would change."""

    total: int = 0  # URLs to read
    done_before: int = 0  # of them, read by an earlier run of the same readers that was killed
    urls: int = 0
    captures: int = 0
    problems: int = 0  # captures that are a problem to today's reader too
    refused: int = 0  # pages on which storing failed by a fault; nothing was changed
    solved: int = 0  # pages that were problems
    causes: Counter[Cause] = field(default_factory=Counter)  # of new versions
    fields: Counter[str] = field(default_factory=Counter)  # records that a reader's change alters
    examples: dict[str, Difference] = field(default_factory=dict)  # by field
    # Captures that lost their record, by code.
    failed: Counter[str] = field(default_factory=Counter)
    failed_examples: dict[str, FailedReading] = field(default_factory=dict)  # by code

    def add(self, batch: Iterable[Reread]) -> None:
        for reread in batch:
            self.urls += 1
            self.captures += reread.captures
            self.problems += reread.problems
            for difference in reread.differences:
                self.fields[difference.field] += 1
                if difference.before is not None:
                    self.examples.setdefault(difference.field, difference)
            self.solved += reread.solved is not None
            for update in reread.updates:
                self.causes.update(change.version.cause for change in update.changes)
            for reading in reread.failed:
                self.failed[reading.code] += 1
                self.failed_examples.setdefault(reading.code, reading)


ReportCallback = Callable[[Report], None]


def try_out(folder: Path, sites: Sites, processes: int, tell: ReportCallback) -> Report:
    """What `reextract` would change. `tell` is called now and then. Raises ArchiveError."""
    with readers(processes, sites) as pool:
        with open_reader(folder) as db:
            urls = _urls(db, sites)
        report = Report(total=len(urls))
        for batch in pool.read(folder, timestamp(now()), _jobs(urls)):
            report.add(batch)
            tell(report)
    return report


def reextract(folder: Path, sites: Sites, processes: int, tell: ReportCallback) -> Report:
    """Reread all captures of the sites and store what differs; a killed run is resumed.

    `tell` is called after each commit. Raises ArchiveError: another process writes the archive,
    or storage fails.
    """
    refuse_missing(folder)
    with readers(processes, sites) as pool:  # before the lock is taken, which they would inherit
        archive = Archive.open(folder)
        try:
            archive.group = GROUP + 1  # commits are made here
            return _reextract(archive, pool, sites, tell)
        finally:
            archive.close()


def without_reader(folder: Path, sites: Sites) -> list[str]:
    """The names of the archive's sites that are none of these. Raises ArchiveError."""
    query = (
        "SELECT DISTINCT site FROM tallies WHERE site NOT IN (SELECT value FROM json_each(?))"
        " ORDER BY site"
    )
    with open_reader(folder) as db:
        return [name for (name,) in db.execute(query, (json.dumps(list(sites)),))]


def _reextract(archive: Archive, pool: Readers, sites: Sites, tell: ReportCallback) -> Report:
    mark, urls = Bookmark.of(archive.folder, sites), _urls(archive.db, sites)
    last = mark.load()
    begin = urls.index(last) + 1 if last is not None and last in urls else 0
    report, recorded_at = Report(total=len(urls), done_before=begin), timestamp(now())
    jobs = _jobs(urls[begin:])
    archive.commit()
    for job, batch in zip(jobs, pool.read(archive.folder, recorded_at, jobs), strict=True):
        while not archive.begin():
            sleep(_RETRY)
        for reread in batch:
            if reread.updates or reread.solved:
                report.refused += not _stored(archive, reread)
        archive.commit()
        mark.save(job[-1])
        report.add(batch)
        tell(report)
    mark.remove()
    return report


def _urls(db: sqlite3.Connection, sites: Sites) -> array[int]:
    """Ids of the URLs that may have a question, about in the order of their captures."""
    urls = array("q")
    for name, site in sites.items():
        kinds = [Kind.QUESTION, Kind.LIST] if site.guesses else [Kind.QUESTION]
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
    """Store the result of a URL; False when it cannot be stored, and nothing was."""
    try:
        with archive.visit():
            for update in reread.updates:
                _update_record(archive.db, update)
            if reread.solved is not None:
                edited = any(update.changes for update in reread.updates)
                _solve(archive.db, reread.url_id, reread.solved, edited=edited)
    except Exception as error:
        if is_of_storage(error):
            raise
        logger.exception("what was read from URL %d cannot be stored", reread.url_id)
        return False
    return True


def _update_record(db: sqlite3.Connection, update: RecordUpdate) -> None:
    if update.digest is not None:
        row = db.execute("SELECT key, digest FROM questions WHERE id=?", (update.id,)).fetchone()
        key, digest = row or (0, None)
        if digest != update.digest:
            raise ValueError(f"{update.id} has changed meanwhile")
        last_seen(db, update.id, update.last_capture)
    before = update.before
    for version, content in update.changes:
        if isinstance(content, Question):
            key = insert(db, content, version)
            mark_as_question(db, version.source.url_id)
            last_capture = update.changes[-1].version.last_capture
            read_whole_next(db, version.source.url_id, last_capture)
        else:
            supersede(db, key, content, version, before)
            before = None


def _solve(db: sqlite3.Connection, url_id: int, solved: Solved, *, edited: bool) -> None:
    """Settle the URL as a visit of that day would have, but for its links.

    Those are left to the URL's next visit, which reads the page whole: neither the body's digest
    nor an ETag is stored.
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
