from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from scrapy import exceptions
from scrapy.http import Headers
from twisted.internet import error
from twisted.python import failure
from twisted.web import client

from pipelines.queue.hosts import ends_the_run
from pipelines.reports.hints import FETCHING
from scraper.items import Kind, Outcome, Visit
from scraper.politeness import errors
from scraper.politeness.retry import (
    SHORTAGE,
    TABLE,
    backoff,
    classify_failure,
    explain_failure,
    retry_after,
)

tx: Any = error  # Twisted's constructors have no types
Failure: Any = failure.Failure
ResponseFailed: Any = client.ResponseFailed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = 86400.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"0", 0),
        (b"120", 120),
        (b" 120 ", 120),
        (b"1.2", 2),
        (b"86400", DAY),
        (b"604800", 7 * DAY),
        (b"31536000", 30 * DAY),
        (b"99999999999", 30 * DAY),
        (b"9" * 400, 30 * DAY),
        (b"-5", None),
        (b"+5", None),
        (b"", None),
        (b"soon", None),
        (b"3 minutes", None),
        (b"\xff\xfe", None),
        ("١٢".encode(), None),
        (b"Sun, 22 Nov 2026 09:01:00 GMT", 60),
        (b"Sunday, 22-Nov-26 09:01:00 GMT", 60),
        (b"Sun Nov 22 09:01:00 2026", 60),
        (b"Sun, 22 Nov 2026 17:01:00 +0800", 60),
        (b"Sun, 22 Nov 2026 08:59:00 GMT", None),
        (b"Fri, 22 Nov 2126 09:00:00 GMT", 30 * DAY),
        (b"Sun, 29 Nov 2026 09:00:00 GMT", 7 * DAY),
        (b"Sun, 99 Nov 2026 09:01:00 GMT", None),
        (b"Sun, 22 Nov 99999 09:01:00 GMT", None),
    ],
)
def test_retry_after_is_read_or_passed_over(value: bytes, seconds: float | None) -> None:
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert retry_after(Headers({"Retry-After": value}), NOW) == expected


def test_without_retry_after_nothing_is_asked_for() -> None:
    assert retry_after(Headers(), NOW) is None
    assert retry_after({}, NOW) is None


def test_a_date_is_read_by_the_clock_of_the_server_that_wrote_it() -> None:
    fast_clock = Headers(
        {
            "Date": "Sun, 22 Nov 2026 12:00:00 GMT",
            "Retry-After": "Sun, 22 Nov 2026 12:05:00 GMT",
        }
    )
    assert retry_after(fast_clock, NOW) == NOW + timedelta(minutes=5)


@pytest.mark.parametrize("value", [b"120", b"119.5", b"Sun, 22 Nov 2026 09:02:00 GMT"])
def test_a_wait_is_not_shortened_where_it_is_stored_by_the_second(value: bytes) -> None:
    moment = NOW + timedelta(microseconds=999_999)
    until = retry_after(
        Headers({"Retry-After": value, "Date": format_datetime(NOW, usegmt=True)}), moment
    )
    assert until == NOW + timedelta(seconds=121)


def test_a_wait_of_just_five_minutes_does_not_end_the_run() -> None:
    moment = NOW + timedelta(microseconds=1)
    for seconds, is_longer in ((300, False), (301, True)):
        until = retry_after({b"Retry-After": b"%d" % seconds}, moment)
        visit = Visit(
            url="", kind=Kind.LIST, outcome=Outcome.LATER, visited_at=moment, silent_until=until
        )
        assert ends_the_run(visit) is is_longer


def test_backoff_grows_fourfold_up_to_its_limit() -> None:
    minutes = [
        (backoff(attempts, NOW, loopback=False) - NOW).total_seconds() / 60
        for attempts in (0, 1, 2, 3, 4, 5, 6, 1000)
    ]
    assert minutes == [1, 1, 4, 16, 64, 256, 360, 360]


def test_backoff_is_short_on_loopback() -> None:
    seconds = [
        (backoff(attempts, NOW, loopback=True) - NOW).total_seconds() for attempts in range(1, 6)
    ]
    assert seconds == [0.2, 0.8, 3.2, 5, 5]


@pytest.mark.parametrize(
    ("error", "code", "may_pass"),
    [
        (errors.DeniedError("off-site", "away"), "off-site", False),
        (errors.RobotsUnreachableError("down"), "robots-unreachable", True),
        (errors.BodyCutError("short"), "body-cut", True),
        (errors.BodyTooBigError("long"), "body-too-big", False),
        (errors.EncodingUnknownError("br"), "encoding-unknown", False),
        (exceptions.CannotResolveHostError("x"), "dns-failure", True),
        (exceptions.DownloadTimeoutError("x"), "timeout", True),
        (exceptions.DownloadConnectionRefusedError("x"), "refused", True),
        (exceptions.ResponseDataLossError("x"), "body-cut", True),
        (exceptions.DownloadCancelledError("x"), "body-too-big", False),
        (exceptions.UnsupportedURLSchemeError("x"), "scheme-not-http", False),
        (exceptions.NotSupported("x"), "scheme-not-http", False),
        (exceptions.IgnoreRequest("x"), "ignored", False),
        (tx.ConnectionLost(), "reset", True),
        (tx.NoRouteError(), "reset", True),
        (tx.TCPTimedOutError(), "timeout", True),
        (ConnectionResetError(), "reset", True),
        (ValueError("bad"), "bad-response", True),
        (ResponseFailed([Failure(tx.ConnectionDone())]), "reset", True),
        (ResponseFailed([Failure(MemoryError())]), "out-of-memory", True),
        (ResponseFailed([Failure(tx.ConnectBindError(24, "no handle"))]), "shortage", True),
        (OSError(99, "no port"), "shortage", True),
        (KeyError("bug"), "failed", True),
    ],
)
def test_every_failure_has_a_code(error: Exception, code: str, may_pass: bool) -> None:  # noqa: FBT001
    assert classify_failure(error) == (code, may_pass)
    assert classify_failure(Failure(error)) == (code, may_pass)


def test_every_code_has_a_hint() -> None:
    bodies = errors.BodyError.__subclasses__()
    codes = {code for _, code, _ in TABLE} | {body.code for body in bodies} | {"failed", SHORTAGE}
    denials = {"off-site", "private-address", "robots-disallow", "robots-delay", "forgotten"}
    assert codes | denials | {errors.RobotsUnreachableError.code} == set(FETCHING)


def test_a_failure_is_explained_by_its_innermost_cause() -> None:
    failed = exceptions.DownloadFailedError("[<twisted...Failure ...>]")
    failed.__cause__ = ResponseFailed([Failure(tx.ConnectionDone())])
    assert explain_failure(failed) == "Connection was closed cleanly."
    assert explain_failure(exceptions.DownloadCancelledError("")) == "body too big"
    assert explain_failure(errors.DeniedError("off-site", "two\nlines")) == "two\nlines"
