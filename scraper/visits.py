"""What became of a request: every response and every failure decided in this one place."""

from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from scrapy.http import Response

from scraper.errors import QuestionMissingError, ReadingError
from scraper.items import Due, Outcome, Problem, Visit
from scraper.politeness.retry import backoff, retry_after

MAX_ATTEMPTS = 4  # of a fault that may pass; then it is a problem
MAX_HOPS = 10  # redirects in a row
_MOST_TOLD = 500  # characters of a reader's exception

_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SLOW_DOWN = frozenset({429, 503})
_MAY_PASS = frozenset({408, 425, 500, 502, 504, 520, 521, 522, 523, 524})
_REST = timedelta(hours=1)  # for a host that keeps saying that we ask too much
UNASKED = Problem(code="unasked-304", detail="the server says `not modified` of a page unseen")


def is_unasked(due: Due) -> bool:
    """Whether "not modified" says nothing of the page, as no body of it is held."""
    return due.sha256 is None


def outcome_of_status(response: Response) -> Outcome | None:
    """The outcome that the status alone decides; None when the body has to be looked at.

    Whether LATER turns into a problem is `later`'s to say.
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
    """LATER and the moment to ask again, or PROBLEM after too many attempts.

    A host that says when to come back (Retry-After) or only asks for less (429) is never a
    problem: it is asked again then, but not for ever in one run.
    """
    wish = retry_after(response.headers, moment) if response is not None else None
    tired = attempts + 1 >= MAX_ATTEMPTS
    if wish is not None:
        return Outcome.LATER, max(wish, moment + _REST) if tired else wish
    if not tired:
        return Outcome.LATER, backoff(attempts + 1, moment, loopback=loopback)
    if response is not None and response.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Outcome.LATER, moment + _REST
    return Outcome.PROBLEM, None


def silent_until(visit: Visit, response: Response, *, loopback: bool) -> datetime | None:
    """Until when the whole host wants no request: Retry-After, or what a bare 429 or 503 calls for.

    Other errors are the page's own: one that is broken for ever must not hold up the others.
    """
    if response.status not in _SLOW_DOWN:
        return None
    wish = retry_after(response.headers, visit.visited_at)
    if wish is None and response.status == HTTPStatus.TOO_MANY_REQUESTS:
        return visit.retry_at
    return wish or backoff(1, visit.visited_at, loopback=loopback)


def status_problem(response: Response) -> Problem:
    """The problem that a status is."""
    return Problem(code=f"http-{response.status}", detail=f"the server answered {response.status}")


def unread(visit: Visit, error: Exception) -> Visit:
    """The visit of a page on which its reader raised `error`."""
    if isinstance(error, QuestionMissingError):
        return replace(visit, outcome=Outcome.GONE)
    problems = (*visit.problems, reading_problem(error))
    return replace(visit, outcome=Outcome.PROBLEM, problems=problems)


def reading_problem(error: Exception) -> Problem:
    """The problem that a reader's exception is: its code, or `reader-failed` for a bug."""
    if isinstance(error, ReadingError):
        return Problem(code=error.code, detail=str(error)[:_MOST_TOLD])
    detail = f"{type(error).__name__}: {error}"[:_MOST_TOLD]
    return Problem(code="reader-failed", detail=detail)
