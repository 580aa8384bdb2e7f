"""Which of two lastmods is the newer one."""

import pytest

from pipelines.queue.lastmods import latest


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2026-01-05", "2026-01-06"),
        ("2026-01-05T16:00:00Z", "2026-01-05"),  # it may have changed until the day's end
        ("2026-01-05T23:30:00+08:00", "2026-01-05T16:00:00Z"),
        ("2026-01-06T07:59+0800", "2026-01-05T16:00-08:00"),
        ("2026-01-05 11:00:00.1234567+08:00", "2026-01-05 04:00:00"),
        ("2026-01-05T15:59:58Z", "2026-01-05+08:00"),
        ("2026-01-05+08:00", "2026-01-05T16:00:00Z"),
        ("2026-01-05T23:00Z", "2026-01-05Z"),
        ("2026/01/05", "2026-01-06"),
        # No ISO 8601: compared as text.
        ("2026-01-05 08:00:00 UTC", "2026-01-05 09:00:00 UTC"),
        ("2026-01", "2026-02"),
        ("2026-01-05T08:00:00z", "2026-01-05T08:00:01z"),
        ("2026-01-05T23:59:59Z", "2026-01-05T23:59:60Z"),
    ],
)
def test_moments_are_compared_in_utc_and_a_day_as_its_end(older: str, newer: str) -> None:
    before, after = latest(older), latest(newer)
    assert before is not None
    assert after is not None
    assert before < after


def test_one_moment_in_two_notations_is_no_newer() -> None:
    assert latest("2026-01-05T23:30:00+08:00") == latest("2026-01-05T15:30Z")


@pytest.mark.parametrize(
    "text",
    [None, "", "Mon, 05 Jan 2026 08:00:00 GMT", "now", "5.1.2026", "²026-01-05"],
)
def test_what_is_no_date_tells_nothing(text: str | None) -> None:
    assert latest(text) is None
