"""The crawl that every site shares: each response or failure becomes exactly one Visit."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Self, cast
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from scraper import visits
from scraper.captures import REPEATED, capture_of
from scraper.clock import now
from scraper.errors import QuestionMissingError, ReadingError
from scraper.items import Capture, Due, Kind, Link, Outcome, Problem, Via, Visit
from scraper.origins import rebased
from scraper.politeness.addresses import is_loopback_host
from scraper.politeness.errors import BodyError, DeniedError, RobotsUnreachableError
from scraper.politeness.retry import OUT_OF_MEMORY, classify_failure, explain_failure
from scraper.reading.page import Page
from scraper.reading.sitemap import own_sitemap
from scraper.reading.urls import href_in_header, join
from scraper.redirects import check_leads_on, redirected
from scraper.site import Site, page_of, question_of
from scraper.sparing import SparingSignals

logger = logging.getLogger(__name__)
_NO_CONTACT = (
    "a real site must be told who crawls it: give --contact (or set QARCHIVE_CONTACT) with your"
    " e-mail address or web page"
)
_CONTACT = re.compile(r"\S@\S|\w\.\w")


class QuestionSpider(Site, scrapy.Spider):
    """The crawl of a site; a site is a subclass."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor; sets the User-Agent, and no delay for a loopback host.

        Raises NotConfigured in one line when a real host is to be crawled without a contact.
        """
        crawler.signals = SparingSignals(crawler)
        spider = super().from_crawler(crawler, *args, **kwargs)
        contact = crawler.settings.get("CONTACT")
        if spider.loopback:
            fast = {"CONCURRENT_REQUESTS": 8, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}
            crawler.settings.setdict(fast | {"DOWNLOAD_DELAY": 0}, priority="spider")
        elif not contact:
            raise NotConfigured(_NO_CONTACT)
        if contact:
            if not (contact.isascii() and contact.isprintable()):  # it becomes a header
                raise NotConfigured(f"the contact {contact!r} is not in plain ASCII letters")
            if not _CONTACT.search(contact):
                raise NotConfigured(f"the contact {contact!r} is no e-mail address or web page")
            agent = f"{crawler.settings['USER_AGENT']} (+{contact})"
            crawler.settings.set("USER_AGENT", agent, priority="spider")
        return spider

    def __init__(
        self,
        *,
        base_url: str | None = None,
        start_url: str | None = None,
        max_pages: int | str | None = None,
        revisit: str = "due",
        name: str | None = None,
    ) -> None:
        """`scrapy crawl SITE -a base_url=...` gives the same arguments as strings."""
        super().__init__(name)
        self.base = rebased(self.home, base_url)
        self.host = urlsplit(self.base).netloc
        self.hosts = frozenset({self.host})
        self.loopback = is_loopback_host(urlsplit(self.base).hostname or "")
        self.start_url = start_url
        self.max_pages = int(max_pages) if max_pages is not None else None
        self.revisit = revisit

    async def start(self) -> AsyncIterator[Any]:
        """Yield nothing: the frontier hands out the first requests too."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def first_links(self) -> Iterable[Link]:
        """The links from which a run starts; raises ValueError for a --start-url off the site."""
        if self.start_url is None:
            return self.start_links(self.base)
        found = self.classify(self.start_url, self.base)
        if found is None:
            raise ValueError(f"--start-url {self.start_url!r} is not within {self.base}")
        return [Link(url=found[0], kind=found[1], via=Via.START)]

    def parse(self, response: Response) -> list[Visit]:
        """Scrapy's callback: one Visit."""
        assert response.request is not None
        due = _due(response.request)
        outcome = visits.outcome_of_status(response)
        visit = self._visit(due, outcome or Outcome.FETCHED, capture_of(due.url, response))
        if outcome is Outcome.UNCHANGED and visits.is_unasked(due, response.request):
            return [visit.with_problem(visits.UNASKED)]
        if outcome is Outcome.LATER:
            return [self._later(visit, due, visits.status_problem(response), response)]
        if outcome is Outcome.PROBLEM:
            return [visit.with_problem(visits.status_problem(response))]
        if outcome is not None:
            return [visit]
        if visits.is_redirect(response):
            return [self._moved(visit, due, response)]
        return [self._read(visit, due, response)]

    def failed(self, failure: Failure) -> list[Visit]:
        """Scrapy's errback: one Visit."""
        request: Request = failure.request  # type: ignore[attr-defined]
        due, error = _due(request), cast("Exception", failure.value)
        visit = self._visit(due, Outcome.FETCHED)
        if isinstance(error, DeniedError):
            problem = Problem(code=error.code, detail=error.reason)
            return [replace(visit, outcome=Outcome.DENIED, problems=(problem,))]
        code, may_pass = classify_failure(failure)
        problem = Problem(code=code, detail=explain_failure(failure))
        if isinstance(error, RobotsUnreachableError):
            again = error.retry_at or visit.visited_at
            cause = (replace(problem, code=error.cause),) if error.cause else ()
            problems = (problem, *cause)
            return [replace(visit, outcome=Outcome.LATER, problems=problems, retry_at=again)]
        if isinstance(error, BodyError) and error.response is not None:
            visit = replace(visit, capture=capture_of(due.url, error.response, request))
        return [self._later(visit, due, problem) if may_pass else visit.with_problem(problem)]

    def _visit(self, due: Due, outcome: Outcome, capture: Capture | None = None) -> Visit:
        return Visit(
            url=due.url,
            kind=due.kind,
            outcome=outcome,
            visited_at=capture.fetched_at if capture else now(),
            capture=capture,
        )

    def _later(
        self, visit: Visit, due: Due, problem: Problem, response: Response | None = None
    ) -> Visit:
        outcome, retry_at = visits.later(
            due.attempts, visit.visited_at, loopback=self.loopback, response=response
        )
        visit = replace(visit, outcome=outcome, retry_at=retry_at, problems=(problem,))
        if response is None:
            return visit
        silent = visits.silent_until(visit, response, loopback=self.loopback)
        return replace(visit, silent_until=silent)

    def _moved(self, visit: Visit, due: Due, response: Response) -> Visit:
        where = href_in_header(response.headers.get(b"Location") or b"").strip()
        if not where:
            return visit.with_problem(Problem(code="redirect-without-target", detail=due.url))
        found = redirected(due, where, self._target(due, where))
        if isinstance(found, Problem):
            return visit.with_problem(found)
        return replace(visit, outcome=Outcome.MOVED, links=(found,))

    def _target(self, due: Due, where: str) -> tuple[str, Kind] | None:
        """Canonical URL and kind of a redirect's target; a sitemap may have any name."""
        url = join(due.url, where)
        if url is None:
            return None
        found = self.classify(url, self.base)
        if found is not None or due.kind is not Kind.SITEMAP:
            return found
        sitemap = own_sitemap(url, self.base)
        return (sitemap, Kind.SITEMAP) if sitemap else None

    def _read(self, visit: Visit, due: Due, response: Response) -> Visit:
        header = response.headers.get(b"Content-Type")
        content_type = header.decode("latin-1") if header else None
        page = page_of(type(self), due.url, response.body, content_type)
        if _is_unchanged(visit, due, page, is_repeated=REPEATED in response.flags):
            return replace(visit, outcome=Outcome.UNCHANGED)
        links: list[Link] = []
        try:
            question = question_of(type(self), page, due.kind)
            visit = replace(visit, question=question)
            for link in self.read_links(page, due.kind, self.base, question):
                links.append(link)  # noqa: PERF402 -- a damaged sitemap's are kept
            check_leads_on(due, question, links, self.first_links, guessed=self.guesses)
        except QuestionMissingError as error:
            return visits.unreadable(visit, error)
        except ReadingError as error:
            visit = replace(visit, links=tuple(links))
            return visits.unreadable(self._with_links(visit, page), error)
        except MemoryError:
            problem = Problem(code=OUT_OF_MEMORY, detail="while the page was read")
            return self._later(replace(visit, question=None), due, problem)
        except Exception as error:
            logger.exception("the reader failed on %s", due.url)
            return visits.unreadable(visit, error)
        return replace(visit, links=tuple(links))

    def _with_links(self, visit: Visit, page: Page) -> Visit:
        """The visit with the page's links, if its kind was a guess and no question can be read."""
        if self.guesses and visit.kind is not Kind.SITEMAP:
            with suppress(ReadingError):
                return replace(
                    visit, links=tuple(self.read_links(page, visit.kind, self.base, None))
                )
        return visit


def _is_unchanged(visit: Visit, due: Due, page: Page, *, is_repeated: bool) -> bool:
    """Whether a page has the bytes of the last visit, and they say the same."""
    assert visit.capture is not None
    sha256 = hashlib.sha256(visit.capture.body).hexdigest()
    if due.sha256 is None or not (is_repeated or due.sha256 == sha256):
        return False
    before = replace(page, content_type=due.content_type)
    return before == page or before.decoded.text == page.decoded.text


def _due(request: Request) -> Due:
    """The frontier's row for a request; one made by hand stands for a question page."""
    return cast("Due", request.meta.get("due") or Due(request.url, Kind.QUESTION))
