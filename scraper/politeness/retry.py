"""Decides whether and when a failed request is sent again: pure functions for the frontier."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from errno import EADDRNOTAVAIL, EMFILE, ENFILE, ENOBUFS, ENOMEM
from typing import Protocol

from OpenSSL import SSL
from scrapy import exceptions
from service_identity import VerificationError
from twisted.internet import error as tx
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError

from scraper.clock import LONGEST_WAIT
from scraper.politeness.errors import BodyCutError, PolitenessError

FIRST_WAIT, LAST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FIRST_WAIT_LOOPBACK, LAST_WAIT_LOOPBACK = timedelta(seconds=0.2), timedelta(seconds=5)
_SECONDS = re.compile(rb"\d+(\.\d+)?", re.ASCII)


class Headers(Protocol):
    """Response headers: Scrapy's Headers, or a dict of bytes."""

    def get(self, key: bytes, /) -> bytes | None: ...


def retry_after(headers: Headers, now: datetime) -> datetime | None:
    """The moment (UTC) before which Retry-After asks for no request; None without a valid one.

    The value is seconds or an HTTP date (RFC 9110, 10.2.3). A date is compared with the response's
    Date header, if any, so that a wrong clock on either side does no harm. At most LONGEST_WAIT
    ahead, else a whole second, as it is stored.
    """
    value = (headers.get(b"Retry-After") or b"").strip()
    if _SECONDS.fullmatch(value):
        seconds = min(float(value), LONGEST_WAIT.total_seconds())
        return _not_before(now, timedelta(seconds=seconds))
    until = _http_date(value)
    if until is None:
        return None
    wait = until - (_http_date(headers.get(b"Date") or b"") or now)
    return _not_before(now, min(wait, LONGEST_WAIT)) if wait > timedelta(0) else None


def _not_before(now: datetime, wait: timedelta) -> datetime:
    until = now + wait
    whole = until + timedelta(microseconds=-until.microsecond % 1_000_000)
    return min(whole, now + LONGEST_WAIT)


def _http_date(value: bytes) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value.decode("latin-1"))
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def backoff(attempts: int, now: datetime, *, loopback: bool) -> datetime:
    """The moment of the next try: 1, 4, 16, 64 minutes ... 6 hours after 1, 2, 3 ... failures.

    On loopback 0.2, 0.8, 3.2 ... 5 seconds.
    """
    first, last = (FIRST_WAIT_LOOPBACK, LAST_WAIT_LOOPBACK) if loopback else (FIRST_WAIT, LAST_WAIT)
    steps = min(max(attempts, 1) - 1, 10)
    return now + min(first * int(4**steps), last)


def classify_failure(failure: Failure | BaseException) -> tuple[str, bool]:
    """The problem code of a failed download, and whether it makes sense to try again later.

    Every code is a key of `pipelines.reports.hints.FETCHING`.
    """
    error = failure.value if isinstance(failure, Failure) else failure
    if isinstance(error, PolitenessError):
        return error.code, isinstance(error, BodyCutError) or error.code == "robots-unreachable"
    causes = list(_causes(error))
    if any(_system_error(cause) in _SHORTAGES for cause in causes):
        return SHORTAGE, True
    for kinds, code, may_pass in TABLE:
        if any(isinstance(cause, kinds) for cause in causes):
            return code, may_pass
    return "failed", True


def explain_failure(failure: Failure | BaseException) -> str:
    """One line for a person: the message of the innermost cause."""
    error = failure.value if isinstance(failure, Failure) else failure
    assert error is not None
    if isinstance(error, PolitenessError):
        return error.reason
    messages = [str(cause) for cause in _causes(error) if str(cause)]
    last = messages[-1] if messages else classify_failure(error)[0].replace("-", " ")
    return " ".join(last.split())[:200]


def _causes(error: BaseException | None, depth: int = 0) -> Iterator[BaseException]:
    """Yield the error, its `__cause__`s, and the reasons that Twisted wraps in it."""
    if error is None or depth > 5:  # noqa: PLR2004 - never seen deeper than 3
        return
    yield error
    yield from _causes(error.__cause__, depth + 1)
    for reason in getattr(error, "reasons", None) or ():
        yield from _causes(getattr(reason, "value", None), depth + 1)


def _system_error(error: BaseException) -> int | None:
    number: int | None = getattr(error, "osError", None) or getattr(error, "errno", None)
    return number


OUT_OF_MEMORY = "out-of-memory"
SHORTAGE = "shortage"  # this machine has too little of something: no page's fault
_SHORTAGES = {EADDRNOTAVAIL, EMFILE, ENFILE, ENOBUFS, ENOMEM}
_TIMEOUTS = (
    exceptions.DownloadTimeoutError,
    tx.TimeoutError,
    tx.TCPTimedOutError,
    TimeoutError,
)
TABLE: tuple[tuple[tuple[type[BaseException], ...], str, bool], ...] = (
    ((MemoryError,), OUT_OF_MEMORY, True),
    ((VerificationError, SSL.Error), "tls-error", True),
    ((exceptions.CannotResolveHostError, tx.DNSLookupError), "dns-failure", True),
    (_TIMEOUTS, "timeout", True),
    ((exceptions.DownloadConnectionRefusedError, tx.ConnectionRefusedError), "refused", True),
    ((exceptions.UnsupportedURLSchemeError, exceptions.NotSupported), "scheme-not-http", False),
    ((exceptions.ResponseDataLossError,), "body-cut", True),
    ((exceptions.DownloadCancelledError,), "body-too-big", False),
    ((tx.ConnectionAborted,), "headers-too-big", False),  # by our handler
    ((exceptions.IgnoreRequest,), "ignored", False),
    ((ParseError, ValueError), "bad-response", True),
    (
        (exceptions.DownloadFailedError, tx.ConnectionClosed, tx.ConnectError, OSError),
        "reset",
        True,
    ),
)
"""(exception classes, code, may pass). The first match counts: a wrapped cause may tell more."""
