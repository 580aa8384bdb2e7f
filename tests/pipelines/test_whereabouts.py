"""A question at two URLs, or at one after the other, is one record that says what its page says."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from scrapy.http import Request, TextResponse

from pipelines import lock
from pipelines.archive import Archive
from pipelines.capture import archived
from pipelines.history.versions import history
from pipelines.layout import DATABASE
from pipelines.queue.disclosed import Disclosed
from pipelines.queue.hosts import Scope
from pipelines.queue.urls import disclose
from pipelines.rebuild import rebuild
from pipelines.reports.end_reason import EndReason
from pipelines.reports.runs import Run, row_of
from pipelines.rereading.captures import rereader
from pipelines.storing.rows import Source
from pipelines.storing.visits import VisitContext, decision_record, store_visit
from pipelines.storing.whereabouts import follow_question, request_home_page
from pipelines.verify import verify
from pipelines.warcs.decisions import run_to_json
from pipelines.warcs.records import metadata
from scraper.cli.commands import show
from scraper.clock import now
from scraper.items import Due, Kind, Link, Question, Via
from scraper.reading.page import Page
from scraper.record import timestamp
from tests.crawling import Toy
from tests.database import rows
from tests.questions import CAPTURED, SMALL, Keep

HOME = "http://toy.example"
OLD, NEW = "/q/7", "/q/new/7"
LEADS_ON = "->"  # to the other one
MISSING = "-"
LINKS = [Link(url=HOME + path, kind=Kind.QUESTION, via=Via.START) for path in (OLD, NEW)]


def _numbered(page: Page) -> Question:
    question = Toy.read_question(page)
    return replace(question, source_id=question.source_id.rpartition("/")[2])


class Moving(Toy):
    read_question = staticmethod(_numbered)


def answer(due: Due, said: str) -> TextResponse:
    request = Request(due.url, meta={"due": due})
    if said == LEADS_ON:
        other = {"Location": NEW if due.url == HOME + OLD else OLD}
        return TextResponse(due.url, status=301, headers=other, request=request)
    if said == MISSING:
        return TextResponse(due.url, status=404, request=request)
    body = f"<h1>{said[0]}</h1><p>it hurts when I climb</p>{said[1:]}".encode()
    return TextResponse(due.url, body=body, request=request)


def run(folder: Path, looks: Sequence[tuple[str, str]]) -> None:
    """A run that looks at these paths, in this order."""
    archive, spider = Archive.open(folder), Moving(base_url=f"{HOME}/")
    db, scope = archive.db, Scope("toy", "toy.example")
    run = Run.begin(db, scope, "all", f"{HOME}/")
    archive.run_id = run.id
    archive.run_metadata = (run.urn, run_to_json(row_of(db, run.id), LINKS))
    disclose(db, "toy", LINKS, run_id=run.id)
    reread = rereader(db, folder, Moving)

    def flushed(capture_id: int) -> Question | None:
        archive.flush()
        return reread(capture_id)

    for path, said in looks:
        row = "SELECT id, sha256 FROM urls WHERE url=?"
        url_id, sha256 = db.execute(row, (HOME + path,)).fetchone()
        (visit,) = spider.parse(answer(Due(HOME + path, Kind.QUESTION, sha256=sha256), said))
        kept = archived(archive, visit)
        with archive.visit():
            context = VisitContext(
                scope=scope, run_id=run.id, url_id=url_id, hops=0, reread=flushed,
                disclosed=Disclosed(), losses=run.losses, coverage=run.coverage,
            )  # fmt: skip
            store_visit(db, context, kept)
            archive.append(decision_record(kept, visit, run.uuid))
        run.counts[visit.outcome] += 1
    run.end(db, EndReason.FINISHED)
    told = run_to_json(row_of(db, run.id), ())
    archive.append(metadata(run.urn, timestamp(now()), told))
    archive.close()


def told(archive: Path) -> list[tuple[str, str]]:
    """Path and title of each version."""
    with closing(sqlite3.connect(archive / DATABASE)) as db:
        versions = history(db, "toy:7:en").versions
        assert db.execute("SELECT gone_since FROM questions").fetchall() == [(None,)]
    return [(each.record["url"].removeprefix(HOME), each.record["title"]) for each in versions]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        (
            [("A", MISSING), (LEADS_ON, "B"), ("A", LEADS_ON)],
            [(OLD, "A"), (NEW, "B"), (OLD, "A")],
        ),
        (
            [("A", MISSING), (LEADS_ON, "A"), ("A", LEADS_ON), ("B", LEADS_ON)],
            [(OLD, "A"), (NEW, "A"), (OLD, "A"), (OLD, "B")],
        ),
        ([("A", MISSING), ("A1", "A2"), ("A3", "B4"), ("C", "B4")],
         [(OLD, "A"), (OLD, "C")]),
        ([("A", MISSING), ("A", "A"), (MISSING, "A"), (MISSING, "A")],
         [(OLD, "A"), (NEW, "A")]),
    ],
)  # fmt: skip
def test_the_record_follows_its_page(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    looks: list[tuple[str, str]],
    expected: list[tuple[str, str]],
    order: int,
) -> None:
    for day, said in enumerate(looks, 1):
        monkeypatch.setenv("QARCHIVE_NOW", f"2026-11-{day:02}T09:00:00Z")
        run(tmp_path / "a", list(zip((OLD, NEW), said, strict=True))[::order])
    assert told(tmp_path / "a") == expected
    assert list(verify(tmp_path / "a")) == []
    held = lock.take(tmp_path / "a")
    rebuild(tmp_path / "a", {"toy": Moving})
    held.close()
    assert told(tmp_path / "a") == expected


def test_what_counts_only_since_a_redirect_was_met_is_recorded_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, look in ((1, (OLD, "A")), (5, (NEW, "B")), (10, (OLD, LEADS_ON))):
        monkeypatch.setenv("QARCHIVE_NOW", f"2026-11-{day:02}T09:00:00Z")
        run(tmp_path / "a", [look])
    for _ in range(2):
        with closing(sqlite3.connect(tmp_path / "a" / DATABASE)) as db:
            versions = history(db, "toy:7:en").versions
        assert [
            (one.record["title"], one.record["captured_at"][8:10], one.recorded_at[8:10])
            for one in versions
        ] == [("A", "01", "01"), ("B", "05", "10")]
        assert list(verify(tmp_path / "a")) == []
        held = lock.take(tmp_path / "a")
        rebuild(tmp_path / "a", {"toy": Moving})
        held.close()


@pytest.mark.parametrize(("elsewhere", "state"), [("A", "fetched"), ("B", "ready")])
def test_what_another_page_says_otherwise_is_asked_for_at_once(
    tmp_path: Path, elsewhere: str, state: str
) -> None:
    run(tmp_path / "a", [(OLD, "A"), (NEW, MISSING)])
    run(tmp_path / "a", [(NEW, elsewhere)])
    held = rows(tmp_path / "a", "SELECT state FROM urls WHERE url=?", HOME + OLD)
    assert held == [(state,)]


def test_a_field_is_shown_where_the_question_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.rereading.proof.sites", lambda: {"toy": Moving})
    for day, said in enumerate((("A", MISSING), (LEADS_ON, "A")), 1):
        monkeypatch.setenv("QARCHIVE_NOW", f"2026-11-{day:02}T09:00:00Z")
        run(tmp_path / "a", list(zip((OLD, NEW), said, strict=True)))
    words = ["toy:7:en", "title", "--archive", str(tmp_path / "a")]
    for path, as_of in ((OLD, ["--as-of", "2026-11-01"]), (NEW, [])):
        shown = CliRunner().invoke(show.command, [*words, *as_of])
        assert f"{HOME}{path} captured" in shown.output, (shown.output, shown.exception)


VIEW = replace(SMALL, url="https://adoctor.tw/print/12", title="Dry eyes, to print")


def test_a_page_is_asked_for_once_in_a_run(connection: sqlite3.Connection, keep: Keep) -> None:
    keep(SMALL)
    connection.execute("UPDATE urls SET state='fetched', visited_in=1")
    for run, state in ((1, "fetched"), (2, "ready")):
        request_home_page(connection, VIEW, Source(CAPTURED, 1, 2), run)
        assert connection.execute("SELECT state FROM urls").fetchone() == (state,)


def test_no_page_that_could_not_be_read_follows_a_redirect(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(SMALL)
    for _ in range(2):
        keep(replace(VIEW, source_id="9"))
    connection.execute("UPDATE captures SET outcome='problem' WHERE id=3")
    connection.execute("UPDATE urls SET moved_to=2, missing_day=1 WHERE id=1")
    read = []

    def reread(capture: int) -> Question | None:
        read.append(capture)
        return None

    follow_question(connection, Source(CAPTURED, 1, 1, reread))
    assert read == [2]
