"""What a notice says to a person."""

import sqlite3
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.notify import dispatch
from pipelines.notify.crawl_events import ended
from pipelines.notify.event import Event, EventKind
from pipelines.notify.summary import summary
from scraper.cli import notices
from tests.questions import SMALL, Keep


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep) -> Path:
    """One question, and a run in which fewer pages had replies."""
    keep(SMALL)
    connection.execute(
        "UPDATE runs SET started_at='2026-11-22T09:00:00Z', ended_at='2026-11-22T10:00:00Z',"
        " ended_why='finished', exit_status=1, taken=120, fetched=110, problem=10, fell="
        '\'[{"field": "replies", "before": 0.93, "now": 0.12, "pages": 110}]\''
    )
    return tmp_path


def test_a_notice_tells_the_run_and_what_broke(
    archive: Path, connection: sqlite3.Connection
) -> None:
    for number in range(12):
        connection.execute(
            "INSERT INTO problems(run_id, url, found_at, code, detail) VALUES (1, ?, '', ?, '')",
            (f"https://adoctor.tw/{number}", f"code-{number:02}"),
        )
    event = ended("adoctor", archive, 1)
    assert (event.kind, event.site, event.exit_status) == (EventKind.BROKEN, "adoctor", 1)
    assert event.subject == "qarchive adoctor: done, but something is wrong (exit status 1)"
    assert event.text.splitlines()[:4] == [
        "Run 1, started 2026-11-22T09:00:00Z, finished 2026-11-22T10:00:00Z:",
        "  120 URLs taken = 110 fetched, 10 problem",
        "  fewer new pages have replies, 93% -> 12% of 110",
        "Questions of adoctor in en: 1 held, 0 answered",
    ]
    assert event.text.count("code-") == 10
    assert "and 2 more kinds of problems\n" in event.text
    assert event.text.endswith(f"\nqarchive status --archive {archive}\n")


def test_a_notice_that_cannot_be_written_changes_no_ending(
    archive: Path,
    connection: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    connection.execute("UPDATE runs SET fell='no JSON'")
    monkeypatch.setenv("QARCHIVE_NOTIFY_SUMMARY", "daily")
    with pytest.raises(SystemExit) as end, notices.notifying("adoctor", archive):
        sys.exit(5)
    assert end.value.code == 5
    assert capsys.readouterr().err == "qarchive: notifying failed: JSONDecodeError.\n"


def test_the_start_is_told_without_holding_up_the_crawl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def send(_: Event, __: Mapping[str, str], seconds: float) -> dict[str, str | None]:
        waited.append(seconds)
        return {}

    monkeypatch.setattr(dispatch, "send", send)
    monkeypatch.setenv("QARCHIVE_NOTIFY_PING", "http://127.0.0.1:1")
    with notices.notifying("adoctor", tmp_path):
        pass
    assert waited == [3, 30]


def test_what_a_site_wrote_stays_on_its_line(archive: Path, connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO problems(run_id, url, found_at, code, detail) VALUES (1, ?, '', 'x', '')",
        ("https://adoctor.tw/\x1b[2J\r\nSubject: mine\u202e",),
    )
    text = ended("adoctor", archive, 1).text
    assert "https://adoctor.tw/\ufffd[2J\ufffd\ufffdSubject: mine\ufffd\n" in text


@pytest.mark.parametrize(
    ("exit_status", "told", "meaning"),
    [
        (0, EventKind.DONE, "done"),
        (2, EventKind.FAILED, "not started: wrong options or settings"),
        (3, EventKind.FAILED, "storage failed"),
        (4, EventKind.FAILED, "not started: another run holds the archive"),
        (5, EventKind.FAILED, "the site can't be reached or forbids it"),
        (6, EventKind.FAILED, "stopped before the end or at a trap"),
        (70, EventKind.FAILED, "a fault in qarchive itself"),
        (137, EventKind.FAILED, "it died"),
    ],
)
def test_without_an_archive_the_ending_is_told_all_the_same(
    tmp_path: Path, exit_status: int, told: EventKind, meaning: str
) -> None:
    event = ended("adoctor", tmp_path / "no ne", exit_status, "No room.")
    assert (event.kind, event.figures) == (told, {})
    assert event.subject == f"qarchive adoctor: {meaning} (exit status {exit_status})"
    assert event.text == f"No room.\n\nqarchive status --archive '{tmp_path}/no ne'\n"


@pytest.mark.parametrize(
    ("every", "before", "last", "due"),
    [
        ("daily", "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z", True),
        ("daily", "2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z", False),
        ("weekly", "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z", True),  # Sunday, Monday
        ("weekly", "2026-11-23T00:00:00Z", "2026-11-29T00:00:00Z", False),
        ("weekly", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z", False),  # Thursday, Friday
        ("monthly", "2026-11-30T23:59:59Z", "2026-12-01T00:00:00Z", True),
        ("monthly", "2025-11-30T00:00:00Z", "2026-11-30T00:00:00Z", True),
        ("monthly", "2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", False),
    ],
)
def test_a_summary_is_due_once_in_its_time(
    archive: Path, connection: sqlite3.Connection, every: str, before: str, last: str, *, due: bool
) -> None:
    connection.execute("UPDATE runs SET started_at=?", (before,))
    connection.executemany(
        "INSERT INTO runs(site, host, revisit, started_at, ended_at)"
        " VALUES ('adoctor', '', 'due', ?, ?)",
        [(last, None), (last, last)],  # the first was killed
    )
    event: Event | None = summary(archive, every, datetime.fromisoformat(last))
    assert (event is not None) is due
    if event is not None:
        assert (event.kind, event.site) == (EventKind.SUMMARY, None)
        assert "Questions of adoctor in en: 1 held" in event.text
    assert summary(archive, every, datetime(2030, 1, 1, tzinfo=UTC)) is None


def test_the_first_run_of_all_has_a_summary(archive: Path) -> None:
    assert summary(archive, "daily", datetime(2000, 1, 1, tzinfo=UTC)) is not None


def test_other_times_for_a_summary_are_refused(archive: Path) -> None:
    with pytest.raises(ValueError, match="daily, weekly or monthly"):
        summary(archive, "hourly", datetime(2000, 1, 1, tzinfo=UTC))
