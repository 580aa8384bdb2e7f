"""The frontier as Scrapy's SCHEDULER: URLs come from the archive, one at a time, and stay there.

A URL that was handed out is still `ready` in the database until its visit commits, so a killed
crawl loses nothing. Only what is in flight is known in memory.
"""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from scrapy.utils.defer import _schedule_coro
from twisted.internet.task import LoopingCall

from pipelines.archive import Archive, archive_of, is_of_storage
from pipelines.queue import hosts, ready, urls
from pipelines.queue.alarm import Alarm
from pipelines.queue.budget import Budget
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.hosts import Scope
from pipelines.queue.order import LAST, START
from pipelines.queue.outage import OutageWatch
from pipelines.queue.traps import Traps
from pipelines.reports.end_reason import EndReason
from pipelines.reports.ending import end_reason
from pipelines.reports.runs import Run, row_of
from pipelines.rereading.lists import starts_lead_to_questions
from pipelines.rereading.lost_lists import lists_lost
from pipelines.storing.archived import Archived
from pipelines.warcs.decisions import run_to_json
from pipelines.warcs.records import metadata
from scraper.clock import now
from scraper.component import Component
from scraper.conditions import conditions
from scraper.errors import ArchiveError
from scraper.items import Due, Kind, Outcome, Via, Visit
from scraper.politeness.body import OF_SITEMAP
from scraper.politeness.pace import pace_of
from scraper.politeness.retry import backoff
from scraper.record import timestamp
from scraper.sparing import spare
from scraper.spider import QuestionSpider
from scraper.tombstones import load

logger = logging.getLogger(__name__)
T = TypeVar("T")

RESULT = "qarchive/result"  # in the crawler's stats: (EndReason, Run)
_IDLE = "finished"  # Scrapy's reason to close when nothing is left to request
_BATCH = 64  # URLs read from the database at once
_COMMIT_INTERVAL = 1.0  # seconds


class Frontier(Component):
    """Scheduler over the table `urls`; requests that are no row of it go through memory alone."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._batch: deque[Due] = deque()
        self._in_flight: dict[str, Due] = {}
        self._lost: set[str] = set()  # what cannot be stored by a fault of ours
        self.captured: dict[str, Archived] = {}  # of those in flight, what the steps are given
        self._by_hand: deque[Request] = deque()
        self._at_once = 1  # until robots.txt is known
        self._budget = Budget()
        self.outage = OutageWatch()
        self._host_until: datetime | None = None
        self._alarm = Alarm(self._wake_put_off)
        self._ticker: AsyncioLoopingCall | LoopingCall | None = None
        self._stop_reason: EndReason | None = None
        self.on = False  # whether this is a crawl; else no request is a row of `urls`
        self._archive: Archive
        self.disclosed = Disclosed()
        self.scope: Scope
        self.traps: Traps
        self.run: Run

    # Called by Scrapy

    def open(self, spider: Spider) -> None:
        """Begin a run: start links, what was put off, what is due. Raises as `Archive.open`.

        `scrapy shell`, `fetch` and `parse` begin none and touch no archive.
        """
        assert self._crawler.engine is not None
        spare(self._crawler.engine)
        started_by_us = type(spider).start is QuestionSpider.start and self._crawler.crawling
        if not isinstance(spider, QuestionSpider) or not started_by_us:
            return
        self.on, self._archive = True, archive_of(self._crawler)
        self.spider = site = spider
        self.scope = Scope(site.name, site.host)
        db = self._archive.db
        self.run = Run.begin(db, self.scope, site.revisit, site.base)
        self._archive.run_id = self.run.id
        self._archive.save_run = lambda: self.run.save(db)
        self.disclosed = Disclosed.of(load(self._archive.folder), type(site), site.base)
        starts = self.disclosed.without_forgotten(tuple(site.first_links()))
        start_urls = [link.url for link in starts if link.via is Via.START]
        self._budget = Budget(site.max_pages, start_urls)
        self._archive.run_metadata = (self.run.urn, run_to_json(row_of(db, self.run.id), starts))
        self.traps = Traps(db, self.scope, self.run.id)
        if site.revisit != "all":
            self.traps.recall()
        urls.start_from(db, self.scope, starts, run_id=self.run.id)
        ready.promote(db, self.scope, site.revisit, now(), site.max_pages)
        self._host_until = hosts.host_not_before(db, site.host, now())
        self._archive.commit()
        self._ticker = create_looping_call(self._tick)
        self._ticker.start(_COMMIT_INTERVAL, now=False)

    def close(self, reason: str) -> None:
        """End the run. URLs still in flight were interrupted, or lost by a bug as `_lost` were."""
        if not self.on:
            return
        if self._ticker is not None and self._ticker.running:
            self._ticker.stop()
        self._alarm.cancel()
        # Without a result the archive has failed: then the reason is that failure.
        ended_why = self._guarded(lambda: self._end_reason(reason)) or EndReason.INTERNAL
        if ended_why is EndReason.FINISHED:
            self._lost.update(self._in_flight)
        if self._lost:
            self.run.lost = len(self._lost)
            logger.error("handed out and never settled: %s", sorted(self._lost))
        self._guarded(lambda: self._end(ended_why))
        if self._archive.failure is not None:
            self._archive.close()
            self.run.failure = self._archive.failure
            ended_why = _end_reason_of(self._archive.failure)
        assert self._crawler.stats is not None
        self._crawler.stats.set_value(RESULT, (ended_why, self.run))
        self.on = False

    def _end_reason(self, scrapy_reason: str) -> EndReason:
        stopped_for = self._stop_reason
        if stopped_for is None and scrapy_reason != _IDLE:
            stopped_for = EndReason.STOPPED
        return end_reason(
            self._archive.db,
            self.scope,
            self.run,
            stopped_for=stopped_for,
            must_wait=self._must_wait(),
            has_traps=self.traps.caught > 0,
            is_more_due=self._fill,
        )

    def has_pending_requests(self) -> bool:
        """Whether the engine must go on: a URL is ready, or will be within `hosts.PATIENCE`.

        In the latter case the alarm is set; before a run ends without any answer, a page is probed.
        """
        if self._by_hand:
            return True
        if self._is_over():
            return False
        if self._archive.paused:
            return True
        return (
            (not self._must_wait() and self._fill()) or self._set_alarm() or self._probe_in_doubt()
        )

    def enqueue_request(self, request: Request) -> bool:
        """A request made by hand (`scrapy shell`, `scrapy parse`); the frontier's are rows."""
        self._by_hand.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request, or None while there is nothing to send just now."""
        if self._by_hand:
            return self._by_hand.popleft()
        if self._is_over() or self._archive.paused:
            return None
        if len(self._in_flight) >= self._at_once or self.outage.probe in self._in_flight:
            return None  # what the last responses asked for is not known before they are stored
        if self._must_wait() or not self._fill():
            self._set_alarm()
            return None
        if self._batch[0].kind is Kind.SITEMAP and self._is_sitemap_in_flight():
            return None  # one at a time, as each may be large
        return self._hand_out(self._batch.popleft())

    # Called by other components

    def keep_pace(self, delay: float) -> None:
        """Send one request at a time where robots.txt asks for a delay, as to a real host.

        Of several some would wait in Scrapy's slot, and leave although the host asks for silence.
        """
        most = self._crawler.settings.getint("CONCURRENT_REQUESTS")
        self._at_once = 1 if delay else most

    def settled(self, visit: Visit) -> None:
        """Note that a visit is stored: its URL is no longer in flight."""
        due = self._in_flight.pop(visit.url, None)
        self.captured.pop(visit.url, None)
        if due is not None and visit.outcome is Outcome.DENIED:
            self._budget.refund()
        if visit.silent_until is not None:
            self._keep_silent(visit.silent_until)
        self.outage.note(visit)
        if self.outage.is_unreachable:
            self.stop(EndReason.UNREACHABLE)
        elif self.outage.is_turned_away:
            self.stop(EndReason.TURNED_AWAY)
        elif self.outage.needs_probe:
            self._probe(visit.kind)

    def lose(self, url: str) -> None:
        """Leave a URL that cannot be stored as it is, for the next run to try."""
        self._lost.add(url)
        self._in_flight.pop(url, None)
        self.captured.pop(url, None)

    def stop(self, reason: EndReason) -> None:
        """End the run, unless it has a reason to end already."""
        if self._stop_reason is None:
            self._stop_reason = reason
            assert self._crawler.engine is not None
            _schedule_coro(self._crawler.engine.close_spider_async(reason=reason.value))

    def fail(self, error: BaseException) -> None:
        """End the run at once, by a failure of storage or a fault of ours; its URLs stay due.

        What was stored before a fault is kept.
        """
        if not is_of_storage(error):
            if not isinstance(error, ArchiveError):
                logger.error("a fault in qarchive ends the run", exc_info=error)
            with suppress(Exception):  # which is `failure` then
                self._archive.commit_if_any()
        self._archive.fail(error)
        if self._stop_reason is None:
            # The command itself ends with the cause; this is for `scrapy crawl`.
            logger.info("nothing more is fetched: %s", error)
            self.stop(_end_reason_of(error))

    def _probe(self, kind: Kind) -> None:
        """Request a page that could be read once more, before all others.

        After a probe that failed the host gets a rest first.
        """
        db, is_down, failed = self._archive.db, self.outage.is_down, self.outage.failed_probes
        due = self._guarded(
            lambda: ready.probe(db, self.scope, kind, self._taken, is_down=is_down, failed=failed)
        )
        if due is None:
            self.stop(EndReason.UNREACHABLE if is_down else EndReason.TURNED_AWAY)
            return
        if failed:
            self._keep_silent(backoff(failed, now(), loopback=self.spider.loopback))
        self.outage.probe = due.url
        self._batch = deque([due, *(other for other in self._batch if other.url != due.url)])

    def _probe_in_doubt(self) -> bool:
        """Probe a question if all that the run has requested failed; returns whether it did so."""
        if not self.outage.never_answered or self._must_wait(hosts.PATIENCE):
            return False
        self._probe(Kind.QUESTION)
        self._wake_engine()
        return True

    def _is_over(self) -> bool:
        return not self.on or self._stop_reason is not None or self._is_budget_spent()

    def _is_sitemap_in_flight(self) -> bool:
        return any(due.kind is Kind.SITEMAP for due in self._in_flight.values())

    def _hand_out(self, due: Due) -> Request:
        self._in_flight[due.url] = due
        self._budget.spend(due.url)
        meta: dict[str, Any] = {"due": due}
        if due.kind is Kind.SITEMAP:
            meta |= OF_SITEMAP
        return Request(due.url, headers=conditions(due), errback=self.spider.failed, meta=meta)

    def _is_budget_spent(self) -> bool:
        if not self._budget.is_spent:
            return False
        if not self._in_flight and self._stop_reason is None and self._fill():
            self._stop_reason = EndReason.BUDGET
        return True

    def _fill(self) -> bool:
        """Load the next URLs when the last are used up; True if there is one to hand out."""
        if not self._batch or self._budget.is_at_last_request:
            self._batch = deque(self._guarded(self._next) or [])
        return bool(self._batch)

    def _next(self) -> list[Due]:
        put_off = self._ready(LAST + 1) if self._budget.is_at_last_request else []
        return put_off or self._ready(START + 1)

    @property
    def _taken(self) -> set[str]:
        """What is not to be handed out (again)."""
        return self._lost.union(self._in_flight)

    def _ready(self, below: int) -> list[Due]:
        taken = self._taken
        return ready.ready(
            self._archive.db,
            self.scope,
            _BATCH + len(taken),
            exclude=taken,
            known=self.spider.revisit != "none",
            in_turns=self.spider.max_pages is not None,
            below=below,
        )

    def _keep_silent(self, until: datetime) -> None:
        """Send the host nothing before that moment."""
        self._host_until = max(until, self._host_until or until)

    def _must_wait(self, longer_than: timedelta = timedelta(0)) -> bool:
        """Whether the host has asked for silence until a later moment."""
        return self._host_until is not None and self._host_until > now() + longer_than

    def _set_alarm(self) -> bool:
        """Set the alarm for the next URL put off; False if there is none within patience."""
        wake = self._next_wake()
        if wake is None or wake - now() > hosts.PATIENCE:
            return False
        self._alarm.set(wake)
        return True

    def _next_wake(self) -> datetime | None:
        if self._must_wait() and self._fill():
            return self._host_until
        later = self._guarded(lambda: ready.next_wake(self._archive.db, self.scope))
        if later is not None and self._host_until is not None:
            return max(later, self._host_until)
        return later

    def _wake_put_off(self) -> None:
        if not self._archive.paused:  # else the alarm is set again when that is over
            self._guarded(lambda: ready.wake(self._archive.db, self.scope, now()))
        self._wake_engine()

    def _wake_engine(self) -> None:
        engine = self._crawler.engine
        if engine is not None and engine._slot is not None:  # noqa: SLF001 -- the only way to wake it
            engine._slot.nextcall.schedule()  # noqa: SLF001

    def _tick(self) -> None:
        self._guarded(self._commit)

    def _commit(self) -> None:
        self._archive.ending = not self._crawler.crawling
        paused = self._archive.paused
        if not self._archive.begin():
            return
        if paused:
            self._wake_engine()
        self._archive.commit_if_any()

    def _end(self, reason: EndReason) -> None:
        self._archive.begin_to_end()
        self._archive.commit()  # so that no group which is lost tells of the end
        self._archive.begin_to_end()
        self.run.smallest_gap, self.run.delay = pace_of(self._crawler, self.scope.host)
        archive = self._archive
        source = (archive.db, archive.folder, self.spider)
        leads_on = starts_lead_to_questions(*source)
        is_hurried = reason is EndReason.STOPPED  # who stopped it waits for seconds only
        lost = 0 if is_hurried else lists_lost(*source, self.run.id)
        self.run.end(archive.db, reason, leads_on=leads_on, lists_lost=lost)
        content = run_to_json(row_of(archive.db, self.run.id), ())
        archive.append(metadata(self.run.urn, timestamp(now()), content))
        archive.close()

    def _guarded(self, action: Callable[[], T]) -> T | None:
        """Run an action on the database; None when it fails. The engine must not see it raise."""
        if self._archive.failure is not None:
            return None
        try:
            return action()
        except Exception as error:  # noqa: BLE001 -- the run ends with it
            self.fail(error)
            return None


def _end_reason_of(failure: BaseException) -> EndReason:
    return EndReason.STORAGE if is_of_storage(failure) else EndReason.INTERNAL


def frontier_of(crawler: Crawler) -> Frontier:
    """The crawler's frontier, once its engine runs."""
    assert crawler.engine is not None
    frontier = crawler.engine.scheduler
    assert isinstance(frontier, Frontier)
    return frontier


class CrawlComponent(Component):
    """A component that works on the archive and the frontier of its crawl."""

    @cached_property
    def _archive(self) -> Archive:
        return archive_of(self._crawler)

    @cached_property
    def _frontier(self) -> Frontier:
        return frontier_of(self._crawler)
