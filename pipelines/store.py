"""Step 3 of a crawl: stores the outcome of each request in one transaction."""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, cast

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from pipelines.archive import is_of_storage
from pipelines.errors import ShortageError
from pipelines.frontier import CrawlComponent
from pipelines.queue.problems import denial
from pipelines.queue.urls import put_behind
from pipelines.rereading.captures import rereader
from pipelines.rereading.plausibility import doubt_about
from pipelines.storing.archived import Archived
from pipelines.storing.storable import storable
from pipelines.storing.visits import (
    VisitContext,
    as_problem,
    decision_record,
    store_nobodys,
    store_visit,
)
from scraper.items import Outcome, Problem, Question, Visit
from scraper.politeness.retry import SHORTAGE

logger = logging.getLogger(__name__)

_MOST_SHORTAGES = 20  # in a row; a shorter one may pass

_URL = "SELECT id, visited_in, state, hops, disclosed_by, denied, sha256 FROM urls WHERE url=?"


class _Row(NamedTuple):
    """What `urls` held of a page before its visit."""

    id: int
    visited_in: int | None
    state: str
    hops: int
    disclosed_by: int | None
    denied: str | None
    sha256: str | None


class StoreStep(CrawlComponent):
    """Scrapy item pipeline: Archived -> Visit, stored."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._shortages = 0  # in a row
        crawler.signals.connect(self._item_error, signals.item_error)
        crawler.signals.connect(self._item_dropped, signals.item_dropped)

    def process_item(self, archived: Archived) -> Visit:
        """Store the visit. Raises sqlite3.Error, OSError or StorageError when storage fails.

        Any other error is a fault here; nothing of the visit is stored then.
        """
        if not isinstance(archived, Archived):
            raise TypeError(f"a step returned {archived!r}, not the Archived that it was given")
        if not self._frontier.on:
            return archived.visit
        if shortage := self._lasting_shortage(archived.visit):
            self._frontier.fail(ShortageError(f"the system refused to go on ({shortage})"))
            return archived.visit
        visit = self._store(archived)
        self._frontier.settled(visit)
        return visit

    def _lasting_shortage(self, visit: Visit) -> str | None:
        """What the machine still has too little of, after a page's last try or many in a row."""
        details = [problem.detail for problem in visit.problems if problem.code == SHORTAGE]
        self._shortages = self._shortages + 1 if details else 0
        may_pass = visit.outcome is Outcome.LATER and self._shortages < _MOST_SHORTAGES
        return None if may_pass or not details else details[0]

    async def _item_error(self, item: Visit, failure: Failure) -> None:
        error = cast("Exception", failure.value)
        detail = f"{type(error).__name__}: {error}"
        await self._failed(item, error, Problem(code="step-failed", detail=detail))

    async def _item_dropped(self, item: Visit, exception: Exception) -> None:
        problem = Problem(code="step-refused", detail=str(exception))
        await self._failed(item, exception, problem)

    async def _failed(self, item: Visit, error: Exception, problem: Problem) -> None:
        """File any error of a step; end the run when storage failed.

        A page that cannot even be filed is lost to this run: one page must not end the night.
        """
        frontier = self._frontier
        if not frontier.on:
            return
        if self._is_storage_gone(error):
            frontier.fail(error)
            return
        held = frontier.captured.get(item.url) or Archived(visit=replace(item, capture=None))
        try:
            await self._archive.free()
            self.process_item(as_problem(held, storable(problem)))
        except Exception as second:
            if self._is_storage_gone(second):
                frontier.fail(second)
                return
            logger.exception("the fault on %s cannot be filed", item.url)
            frontier.lose(item.url)

    def _is_storage_gone(self, error: Exception) -> bool:
        """Whether the error ends the run. A step's lack of memory is the page's problem."""
        failed = self._archive.failure is not None
        return failed or (is_of_storage(error) and not isinstance(error, MemoryError))

    @cached_property
    def _reread(self) -> Callable[[int], Question | None]:
        archive = self._archive
        reread = rereader(archive.db, archive.folder, type(self._frontier.spider))

        def flushed(capture_id: int) -> Question | None:
            archive.flush()
            return reread(capture_id)

        return flushed

    def _store(self, archived: Archived) -> Visit:
        """Store the visit, if its URL is a row of `urls`. Returns it as it was stored."""
        archive, frontier = self._archive, self._frontier
        columns = archive.db.execute(_URL, (archived.visit.url,)).fetchone()
        if columns is None:  # a request by hand, as in `scrapy shell`
            return archived.visit
        row = _Row(*columns)
        is_new = row.sha256 is None and _is_new(archive.db, archived.visit)
        doubt = doubt_about(
            archive.db, archive.folder, frontier.spider, archived.visit,
            run_id=frontier.run.id, first=is_new,
        )  # fmt: skip
        if doubt is not None:
            archived = as_problem(archived, doubt)
        reason = denial(archived.visit)
        if reason is not None and (
            reason == row.denied or frontier.disclosed.is_forgotten(archived.visit.url)
        ):
            self._store_known_denial(archived.visit, row, reason)
        elif frontier.outage.is_failed_probe(archived.visit):
            self._store_failed_probe(archived)
        else:
            return self._store_visit(archived, row, first=is_new)
        return archived.visit

    def _store_known_denial(self, visit: Visit, row: _Row, reason: str) -> None:
        """Store a denial that the WARC has already, or whose URL it may not name."""
        with self._archive.visit():
            self._archive.db.execute(
                "UPDATE urls SET state='denied', denied=? WHERE id=?", (reason, row.id)
            )
            self._frontier.run.counts[visit.outcome] += 1

    def _store_failed_probe(self, archived: Archived) -> None:
        """Store the answer to a probe that tells of the site, and leaves its page as it was."""
        archive, frontier = self._archive, self._frontier
        with archive.visit():
            store_nobodys(archive.db, frontier.scope.host, archived, frontier.run.id)
            archive.append(
                decision_record(archived, archived.visit, frontier.run.uuid, robots=True)
            )

    def _store_visit(self, archived: Archived, row: _Row, *, first: bool) -> Visit:
        archive, frontier = self._archive, self._frontier
        run, traps, visit = frontier.run, frontier.traps, archived.visit
        traps.found.clear()
        with archive.visit():
            if visit.outcome is not Outcome.MOVED:
                links = frontier.disclosed.without_forgotten(traps.without_traps(visit.links))
                if links != visit.links:
                    visit = replace(visit, links=links)
                    archived = replace(archived, visit=visit)
            is_first = row.visited_in is None
            fresh = traps.watch(visit, row.disclosed_by, new=first) if is_first else set()
            context = VisitContext(
                scope=frontier.scope, run_id=run.id, url_id=row.id, hops=row.hops,
                reread=self._reread, disclosed=frontier.disclosed, losses=run.losses,
                coverage=run.coverage,
            )  # fmt: skip
            visit = store_visit(archive.db, context, archived)
            archive.append(
                decision_record(archived, visit, run.uuid, first=first, traps=traps.found)
            )
            others = (link for link in visit.links if link.url not in fresh)
            put_behind(archive.db, traps.suspects(others))
            run.settle(visit, row.visited_in, row.state)
        frontier.disclosed.note(visit.links)
        return visit


def _is_new(db: sqlite3.Connection, visit: Visit) -> bool:
    """Whether the visit gave a question that the archive does not hold yet."""
    if visit.question is None:
        return False
    rows = db.execute("SELECT 1 FROM questions WHERE id=?", (visit.question.id,))
    return rows.fetchone() is None
