"""What becomes of a page when a step behind the capture raises."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import DropItem

from pipelines.queue.ready import ready
from pipelines.reports.hints import hint
from pipelines.reports.runs import complaints
from pipelines.storing.archived import Archived
from pipelines.storing.visits import VisitContext, store_visit
from pipelines.verify import verify
from scraper.items import Due, Visit
from scraper.settings import ITEM_PIPELINES
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import reply
from tests.faults.server import FaultServer

FILED = """
SELECT p.code, p.detail, c.url, c.status FROM problems p JOIN captures c ON c.id = p.capture_id
WHERE p.solved_in IS NULL
"""


@pytest.fixture
def site() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/q/1"></a><a href="/q/2"></a>')])
        for path in ("/q/1", "/q/2"):
            server.play(path, [reply(200, body=b"<h1>Knee</h1><p>It hurts.</p>")])
        yield server


class Raising:
    """A step that cannot bear one page."""

    error: Exception = ValueError("not this one")
    filed = ("step-failed", "ValueError: not this one")

    def process_item(self, archived: Archived) -> Archived:
        if archived.visit.url.endswith("/q/2"):
            raise self.error
        return archived


class Dropping(Raising):
    error = DropItem("not this one")
    filed = ("step-refused", "not this one")


class Garbling(Raising):
    error = DropItem("not \ud83d one")
    filed = ("step-refused", "not \ufffd one")


class Greedy(Raising):
    error = MemoryError()
    filed = ("step-failed", "MemoryError: ")


class Forgetful(Raising):
    filed = (
        "step-failed", "TypeError: a step returned None, not the Archived that it was given"
    )  # fmt: skip

    def process_item(self, archived: Archived) -> Archived:
        return None if archived.visit.url.endswith("/q/2") else archived  # type: ignore[return-value]


@pytest.mark.parametrize("step", [Raising, Dropping, Garbling, Greedy, Forgetful])
def test_its_capture_is_kept_and_nothing_is_lost(
    tmp_path: Path, site: FaultServer, step: type[Raising], caplog: pytest.LogCaptureFixture
) -> None:
    settings = {"ITEM_PIPELINES": ITEM_PIPELINES | {step: 250}, "LOG_LEVEL": "INFO"}
    ended = crawl(tmp_path, base_url=site.url("/"), settings=settings)
    assert rows(tmp_path, FILED) == [(*step.filed, site.url("/q/2"), 200)]
    if step is Dropping:
        assert f"{site.url('/q/2')} is refused: not this one" in caplog.messages
    assert rows(tmp_path, "SELECT source_id FROM questions") == [("1",)]
    assert (ended.run.lost, list(verify(tmp_path))) == (0, [])
    assert "`crawl --revisit all`" in hint(step.filed[0])
    crawl(tmp_path, base_url=site.url("/"), revisit="all")  # by a step that is mended
    assert rows(tmp_path, FILED) == []
    assert rows(tmp_path, "SELECT source_id FROM questions") == [("1",), ("2",)]


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[type[BaseException] | None]:
    return [record.exc_info[0] for record in caplog.records if record.exc_info]


FAULT = "qarchive itself failed on 1 page, as the log tells"


@pytest.mark.parametrize("error", [KeyError("bug"), sqlite3.IntegrityError("bug")])
def test_a_fault_in_storing_a_page_is_told_as_ours(
    tmp_path: Path,
    site: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    def failing(db: sqlite3.Connection, context: VisitContext, archived: Archived) -> Visit:
        visit = store_visit(db, context, archived)
        if visit.question is not None and visit.question.source_id == "2":
            raise error
        return visit

    monkeypatch.setattr("pipelines.store.store_visit", failing)
    ended = crawl(tmp_path, base_url=site.url("/"))
    detail = f"{type(error).__name__}: {error}"
    assert rows(tmp_path, FILED) == [("step-failed", detail, site.url("/q/2"), 200)]
    assert rows(tmp_path, "SELECT source_id FROM questions") == [("1",)]
    assert tracebacks(caplog) == [type(error)]
    assert FAULT in complaints(ended.run)
    assert (ended.run.lost, list(verify(tmp_path))) == (0, [])
    ended = crawl(tmp_path, base_url=site.url("/"), revisit="all")
    assert FAULT not in complaints(ended.run)  # it is known


def test_a_page_that_cannot_even_be_filed_is_lost_and_the_others_are_not(
    tmp_path: Path,
    site: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing(db: sqlite3.Connection, context: VisitContext, archived: Archived) -> Visit:
        if archived.visit.url.endswith("/q/1"):
            raise KeyError("bug")
        return store_visit(db, context, archived)

    for _ in range(2):
        with monkeypatch.context() as patched:
            patched.setattr("pipelines.store.store_visit", failing)
            one_by_one = {"CONCURRENT_REQUESTS": 1}
            run = crawl(tmp_path, base_url=site.url("/"), settings=one_by_one).run
        assert (run.failure, list(complaints(run))) == (None, ["1 URL lost, which is a bug"])
        assert rows(tmp_path, "SELECT source_id FROM questions") == [("2",)]
    assert f"the fault on {site.url('/q/1')} cannot be filed" in caplog.messages
    assert crawl(tmp_path, base_url=site.url("/")).run.failure is None
    assert rows(tmp_path, "SELECT source_id FROM questions ORDER BY 1") == [("1",), ("2",)]
    assert all(finding.harmless for finding in verify(tmp_path))


def test_what_was_stored_before_a_fault_is_kept(
    tmp_path: Path, site: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(db: sqlite3.Connection, *arguments: Any, **options: Any) -> list[Due]:
        if db.execute("SELECT 1 FROM captures WHERE status=200").fetchone():
            raise KeyError("bug")
        return ready(db, *arguments, **options)

    monkeypatch.setattr("pipelines.queue.ready.ready", failing)
    assert isinstance(crawl(tmp_path, base_url=site.url("/")).run.failure, KeyError)
    assert rows(tmp_path, "SELECT url FROM captures WHERE status=200") == [(site.url("/"),)]


@pytest.mark.parametrize(
    "function",
    [
        "pipelines.robots.store_capture",
        "pipelines.queue.ready.ready",
        "pipelines.frontier.starts_lead_to_questions",
    ],
)
def test_a_fault_beside_any_page_ends_the_run(
    tmp_path: Path,
    site: FaultServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    function: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("bug")

    with monkeypatch.context() as patched:
        patched.setattr(function, fail)
        assert isinstance(crawl(tmp_path, base_url=site.url("/")).run.failure, KeyError)
    assert KeyError in tracebacks(caplog)
    assert crawl(tmp_path, base_url=site.url("/")).run.failure is None
    assert rows(tmp_path, "SELECT source_id FROM questions ORDER BY 1") == [("1",), ("2",)]
    assert list(verify(tmp_path)) == []
