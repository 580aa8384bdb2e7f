"""The first word on the outcome of a request, by its status and how often it has failed.

What comes as a page may still become gone or a problem: by the reader, which `spider.py` calls, and
in `pipelines` by `validate.py`, `rereading/plausibility.py` and `queue/redirects.py`. Only
`queue/guesses.py` makes a problem a page again, where it is a list after all.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from scrapy.http import Request, Response

from scraper.conditions import is_conditional
from scraper.errors import QuestionMissingError, ReadingError
from scraper.items import Due, Kind, Outcome, Problem, Visit
from scraper.politeness.retry import backoff, retry_after
from scraper.reading.sameness import shortened

MAX_ATTEMPTS = 4  # of a fault that may pass; then it is a problem
MAX_HOPS = 10  # redirects in a row
_MAX_DETAIL = 500  # characters of a reader's exception

_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SLOW_DOWN = frozenset({429, 503})
_MAY_PASS = frozenset({408, 425, 500, 502, 504, 520, 521, 522, 523, 524})
_REST = timedelta(hours=1)  # for a host that keeps saying that we ask too much
UNASKED = Problem(code="unasked-304", detail="the server says `not modified`, but was not asked")


def is_unasked(due: Due, request: Request) -> bool:
    """Whether a 304 would be unasked for: no body is stored, or it is a question asked for whole.

    A list or sitemap may say so: what it leads to is found in other ways too.
    """
    return due.sha256 is None or (due.kind is Kind.QUESTION and not is_conditional(request))


def outcome_of_status(response: Response) -> Outcome | None:
    """The outcome that the status alone decides; None when the body decides.

    `later` decides whether LATER becomes a problem.
    """
    status = response.status
    if status == HTTPStatus.OK or status in _REDIRECTS:
        return None
    if status == HTTPStatus.NOT_MODIFIED:
        return Outcome.UNCHANGED
    if status in _GONE:
        return Outcome.GONE
    if status in _SLOW_DOWN or status in _MAY_PASS:
        return Outcome.LATER
    return Outcome.PROBLEM


def is_redirect(response: Response) -> bool:
    """Whether the response's Location is where the page is now."""
    return response.status in _REDIRECTS


def later(
    attempts: int, moment: datetime, *, loopback: bool, response: Response | None = None
) -> tuple[Outcome, datetime | None]:
    """LATER and the moment (UTC) of the next try, or PROBLEM and None after MAX_ATTEMPTS.

    Retry-After and a bare 429 always give LATER, after MAX_ATTEMPTS no sooner than in an hour.
    """
    wish = retry_after(response.headers, moment) if response is not None else None
    is_last = attempts + 1 >= MAX_ATTEMPTS
    if wish is not None:
        return Outcome.LATER, max(wish, moment + _REST) if is_last else wish
    if not is_last:
        return Outcome.LATER, backoff(attempts + 1, moment, loopback=loopback)
    if response is not None and response.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Outcome.LATER, moment + _REST
    return Outcome.PROBLEM, None


def silent_until(visit: Visit, response: Response, *, loopback: bool) -> datetime | None:
    """Until when the whole host wants no request, by Retry-After or a bare 429 or 503.

    Other errors concern one page only, which must not hold up the others.
    """
    if response.status not in _SLOW_DOWN:
        return None
    wish = retry_after(response.headers, visit.visited_at)
    if wish is None and response.status == HTTPStatus.TOO_MANY_REQUESTS:
        return visit.retry_at
    return wish or backoff(1, visit.visited_at, loopback=loopback)


def status_problem(response: Response) -> Problem:
    """The problem of a page that was answered with this status."""
    return Problem(code=f"http-{response.status}", detail=f"the server answered {response.status}")


def unreadable(visit: Visit, error: Exception) -> Visit:
    """The visit of a page on which its reader raised `error`."""
    if isinstance(error, QuestionMissingError):
        return replace(visit, outcome=Outcome.GONE)
    return visit.with_problem(reading_problem(error))


def reading_problem(error: Exception) -> Problem:
    """The problem for a reader's exception: with its code, or `reader-failed` for a bug."""
    if isinstance(error, ReadingError):
        return Problem(code=error.code, detail=shortened(str(error), _MAX_DETAIL))
    detail = shortened(f"{type(error).__name__}: {error}", _MAX_DETAIL)
    return Problem(code="reader-failed", detail=detail)
