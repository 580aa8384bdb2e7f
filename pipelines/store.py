"""Step 3 of a crawl: stores the outcome of each request in one transaction."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from fastwarc.warc import WarcRecord
from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from pipelines.archive import STORAGE_ERRORS, VALUE_ERRORS, archive_of
from pipelines.capture import CaptureStep
from pipelines.frontier import Frontier, frontier_of
from pipelines.history.causes import Cause
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.guesses import as_list, hold_question
from pipelines.queue.hosts import Scope, silence
from pipelines.queue.missing_pages import Losses
from pipelines.queue.problems import denial, file_problems
from pipelines.queue.redirects import follow, no_circle
from pipelines.queue.urls import disclose, put_behind, settle
from pipelines.rereading.captures import rereader
from pipelines.rereading.plausibility import doubt_about
from pipelines.storing.archived import Archived
from pipelines.storing.rows import Source, store_question
from pipelines.storing.whereabouts import confirm_record, follow_question, request_home_page
from pipelines.warcs.decisions import visit_to_json
from pipelines.warcs.files import by_name
from pipelines.warcs.records import metadata
from scraper.component import Component
from scraper.items import Kind, Outcome, Problem, Question, Visit
from scraper.record import timestamp

logger = logging.getLogger(__name__)
_URL = "SELECT id, visited_in, state, hops, disclosed_by, denied, sha256 FROM urls WHERE url=?"


class StoreStep(Component):
    """Scrapy item pipeline: Archived -> Visit, stored."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self._item_error, signals.item_error)
        crawler.signals.connect(self._item_dropped, signals.item_dropped)

    def process_item(self, archived: Archived) -> Visit:
        """Store the visit. Raises sqlite3.Error, OSError or StorageError when storage fails."""
        frontier = frontier_of(self._crawler)
        if not frontier.on:
            return archived.visit
        try:
            visit = self._store(archived, frontier)
        except VALUE_ERRORS as error:
            # A value that cannot be stored is that page's problem, not the archive's.
            problem = Problem(code="cannot-be-stored", detail=f"{type(error).__name__}: {error}")
            logger.warning("%s cannot be stored: %s", archived.visit.url, error)
            visit = self._store(as_problem(archived, problem), frontier)
        self._held.pop(visit.url, None)
        frontier.settled(visit)
        return visit

    async def _item_error(self, item: Visit, failure: Failure) -> None:
        error = cast("Exception", failure.value)
        detail = f"{type(error).__name__}: {error}"
        await self._failed(item, error, Problem(code="step-failed", detail=detail))

    async def _item_dropped(self, item: Visit, exception: Exception) -> None:
        problem = Problem(code="step-refused", detail=str(exception))
        await self._failed(item, exception, problem)

    async def _failed(self, item: Visit, error: Exception, problem: Problem) -> None:
        """End the run when storage failed; any other error of a step is the page's problem."""
        frontier = frontier_of(self._crawler)
        if not frontier.on:
            return
        if archive_of(self._crawler).failure is not None or isinstance(error, STORAGE_ERRORS):
            frontier.storage_failed(error)
            return
        held = self._held.get(item.url) or Archived(visit=replace(item, capture=None))
        try:
            await archive_of(self._crawler).free()
            self.process_item(as_problem(held, problem))
        except STORAGE_ERRORS as storage_error:
            frontier.storage_failed(storage_error)

    @property
    def _held(self) -> dict[str, Archived]:
        step = self._crawler.get_item_pipeline(CaptureStep)
        assert step is not None
        return step.held

    @cached_property
    def _reread(self) -> Callable[[int], Question | None]:
        archive = archive_of(self._crawler)
        reread = rereader(archive.db, archive.folder, type(frontier_of(self._crawler).spider))

        def flushed(capture_id: int) -> Question | None:
            archive.flush()
            return reread(capture_id)

        return flushed

    def _store(self, archived: Archived, frontier: Frontier) -> Visit:
        visit = archived.visit
        archive, run = archive_of(self._crawler), frontier.run
        db = archive.db
        row = db.execute(_URL, (visit.url,)).fetchone()
        if row is None:  # a request by hand, as in `scrapy shell`
            return visit
        url_id, visited_in, state, hops, parent, denied, sha256 = row
        first = sha256 is None and _is_new(db, visit)
        doubt = doubt_about(db, archive.folder, frontier.spider, visit, run_id=run.id, first=first)
        if doubt is not None:
            archived = as_problem(archived, doubt)
        visit = archived.visit
        reason = denial(visit)
        if reason is not None and (reason == denied or frontier.disclosed.is_buried(visit.url)):
            with archive.visit():  # the WARC has this denial already, or may not name the URL
                db.execute("UPDATE urls SET state='denied', denied=? WHERE id=?", (reason, url_id))
                run.counts[visit.outcome] += 1
            return visit
        with archive.visit():
            if visit.outcome is not Outcome.MOVED:
                links = frontier.disclosed.sift(frontier.traps.sift(visit.links))
                if links != visit.links:
                    visit = replace(visit, links=links)
                    archived = replace(archived, visit=visit)
            if visited_in is None:
                frontier.traps.watch(visit, parent, new=first)
            context = VisitContext(
                scope=frontier.scope, run_id=run.id, url_id=url_id, hops=hops,
                reread=self._reread, disclosed=frontier.disclosed, losses=run.losses,
            )  # fmt: skip
            visit = store_visit(db, context, archived)
            archive.append(decision(archived, visit, run.uuid, first=first))
            put_behind(db, frontier.traps.behind(visit.links))
            run.settle(visit, visited_in, state)
        frontier.disclosed.note(visit.links)
        return visit


def _is_new(db: sqlite3.Connection, visit: Visit) -> bool:
    """Whether the visit gave a question that the archive does not hold yet."""
    if visit.question is None:
        return False
    rows = db.execute("SELECT 1 FROM questions WHERE id=?", (visit.question.id,))
    return rows.fetchone() is None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitContext:
    """The run and the frontier's URL that a visit belongs to."""

    scope: Scope
    run_id: int
    url_id: int
    hops: int  # redirects in a row that led to the URL
    reread: Callable[[int], Question | None]  # as `Source.reread`
    disclosed: Disclosed  # links that the run has given to the frontier so far
    losses: Losses  # pages that the run has found missing so far


def decision(
    archived: Archived, visit: Visit, run: str, *, robots: bool = False, first: bool = False
) -> WarcRecord:
    """The WARC metadata record of a visit's outcome.

    Its WARC-Target-URI is the run's: under the page's, indexers would replay it as the page.
    """
    content = visit_to_json(run, visit, robots=robots, first=first)
    return metadata(f"urn:uuid:{run}", timestamp(visit.visited_at), content, archived.record_id)


def store_visit(db: sqlite3.Connection, context: VisitContext, archived: Archived) -> Visit:
    """Write all rows of one visit. Returns the visit as it was stored."""
    run_id, url_id = context.run_id, context.url_id
    visit = no_circle(db, url_id, as_list(db, url_id, archived.visit), run_id)
    if visit is not archived.visit:
        archived = replace(archived, visit=visit)
    capture_id = store_capture(db, archived, url_id, run_id)
    source = Source(visit.visited_at, capture_id or 0, url_id, context.reread)
    is_redirect = visit.outcome is Outcome.MOVED
    links = context.disclosed.news(visit.links)
    hops = context.hops + 1 if is_redirect else 0
    has_new_links = disclose(db, context.scope.site, links, run_id=run_id, by=url_id, hops=hops)
    causes = _store_record(db, visit, source, run_id) if capture_id is not None else ()
    edited = any(cause is not Cause.READER for cause in causes)
    if visit.kind is not Kind.QUESTION:
        edited |= has_new_links
        if visit.question is not None:
            hold_question(db, url_id)
    seen = settle(db, url_id, visit, run_id, edited=edited, sha256=archived.sha256)
    if is_redirect:
        follow(db, url_id, visit, run_id)
        follow_question(db, source)
    context.losses.note(visit, url_id, seen)
    if visit.silent_until is not None:
        silence(db, context.scope.host, visit.silent_until)
    file_problems(db, visit, seen, url_id=url_id, capture=capture_id, run=run_id)
    return visit


def _store_record(
    db: sqlite3.Connection, visit: Visit, source: Source, run_id: int
) -> tuple[Cause, ...]:
    """Store the visit's question, or confirm the record of an unchanged page.

    Returns why the record changed; () when it did not.
    """
    if visit.question is not None:
        causes = store_question(db, visit.question, source)
        if not causes:
            request_home_page(db, visit.question, source, run_id)
        return causes
    if visit.outcome is Outcome.UNCHANGED and visit.kind is Kind.QUESTION:
        return confirm_record(db, source)
    return ()


def store_capture(
    db: sqlite3.Connection, archived: Archived, url_id: int | None, run_id: int
) -> int | None:
    """Insert the row of a capture that lies in the WARC. Returns its id; None without a capture."""
    capture, position = archived.visit.capture, archived.position
    if capture is None or position is None:
        return None
    headers = by_name(capture.headers)
    on_arrival = timestamp(capture.fetched_at) if capture.redacted else None
    return db.execute(
        "INSERT INTO captures(url_id, url, run_id, fetched_at, status, content_type,"
        " content_encoding, etag, last_modified, sha256, size, partial, refers_to, redacted_at,"
        " outcome, warc, offset, length) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            url_id, capture.url, run_id, timestamp(capture.fetched_at), capture.status,
            headers.get(b"content-type"), headers.get(b"content-encoding"), headers.get(b"etag"),
            headers.get(b"last-modified"), archived.sha256,
            0 if archived.refers_to else len(capture.body), capture.partial,
            archived.refers_to, archived.redacted_at or on_arrival, archived.visit.outcome,
            position.warc, position.offset, position.length,
        ),
    ).lastrowid  # fmt: skip


def as_problem(archived: Archived, problem: Problem) -> Archived:
    """The same capture with the problem as its outcome, and without question and links."""
    visit = replace(
        archived.visit,
        outcome=Outcome.PROBLEM,
        question=None,
        links=(),
        problems=(*archived.visit.problems, problem),
    )
    return replace(archived, visit=visit)
