"""`qarchive plan` says what the next run fetches, in its order, and writes nothing."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipelines.plan import Planned
from scraper.cli.program import cli
from scraper.clock import VARIABLE
from tests.crawling import crawl
from tests.faults.plays import links, reply, robots
from tests.faults.server import FaultServer

PAGE = b"<h1>Sore knee</h1><p>It hurts.</p>"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        server.play("/robots.txt", [robots("User-agent: *", "Disallow: /q/secret")])
        named = ("1", "2", "3", "lost", "secret")
        server.play("/", [reply(200, body=links(*(f"/q/{name}" for name in named)))])
        server.play("/q/lost", [reply(404)])
        for number in (1, 2, 3):
            server.play(f"/q/{number}", [reply(200, body=PAGE)])
        yield server


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv(VARIABLE, day)


def plan(archive: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["plan", "--archive", str(archive), "--json", *words])
    assert done.exit_code == 0, done.output
    (site,) = json.loads(done.output)["sites"]
    assert isinstance(site, dict)
    return site


def reasons(site: dict[str, Any]) -> dict[str, str]:
    return {url["url"].partition("/q/")[2] or "home": url["reason"] for url in site["urls"]}


def test_it_tells_what_is_due_and_why(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-01-01")
    crawl(tmp_path, base_url=server.url("/"))
    assert reasons(plan(tmp_path)) == {}  # nor what robots.txt denied
    at(monkeypatch, "2026-01-02")
    assert reasons(plan(tmp_path)) == {"home": "start", "lost": "gone"}
    at(monkeypatch, "2026-03-01")
    due = {"1": "due", "2": "due", "3": "due"}
    site = plan(tmp_path)
    assert reasons(site) == {"home": "start", "lost": "gone"} | due
    assert site["pages"] == 5
    assert site["reasons"]["due"] == 3
    assert [url["reason"] for url in site["urls"]][:2] == ["start", "gone"]
    assert "last seen 59 days ago" in site["urls"][2]["why"]
    assert plan(tmp_path, "--max-pages", "2")["pages"] == 2


def test_the_run_does_what_was_planned_and_planning_writes_nothing(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-01-01")
    named = [f"/q/{name}" for name in ("1", "2", "3", "lost", "secret")]
    server.play("/", [reply(200, body=links(*named, "/list"))])
    server.play("/list", [reply(200, body=b"")])
    crawl(tmp_path, base_url=server.url("/"), max_pages=3)
    before = (tmp_path / "archive.db").read_bytes()
    site = plan(tmp_path)
    assert (tmp_path / "archive.db").read_bytes() == before
    assert set(reasons(site).values()) == {"new"}
    server.log.clear()
    crawl(tmp_path, base_url=server.url("/"), settings={"CONCURRENT_REQUESTS": 1})
    fetched = [seen.path for seen in server.log if seen.path != "/robots.txt"]
    planned = [url["url"].removeprefix(server.url("")) for url in site["urls"]]
    assert fetched == [path for path in planned if path != "/q/secret"]


def test_budgeted_nights_do_what_was_planned(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.play("/", [reply(200, body=b'<a href="/q/1"><a href="/q/2"><a href="/q/3">')])
    asked = []
    for day, most in ((1, 3), (2, 2), (9, 3), (10, 3), (18, 9)):
        at(monkeypatch, f"2026-01-{day:02}")
        planned = plan(tmp_path, "--max-pages", str(most))["urls"] if day > 1 else []
        server.log.clear()
        one_by_one = {"CONCURRENT_REQUESTS": 1}
        crawl(tmp_path, base_url=server.url("/"), max_pages=most, settings=one_by_one)
        asked.append([seen.path for seen in server.log if seen.path != "/robots.txt"])
        if day > 1:
            assert asked[-1] == [url["url"].removeprefix(server.url("")) for url in planned]
    # What is new, and each week what is worth a look: after eight days that of the first.
    assert asked[:3] == [["/", "/q/1", "/q/2"], ["/", "/q/3"], ["/", "/q/1", "/q/2"]]
    assert asked[3:] == [["/", "/q/3"], ["/", "/q/1", "/q/2", "/q/3"]]


def test_what_would_end_the_run_is_planned_last(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.01")])
    server.play("/q/1", [reply(503, [("Retry-After", "3600")])])
    at(monkeypatch, "2026-01-01")
    crawl(tmp_path, base_url=server.url("/"))
    at(monkeypatch, "2026-01-02")
    planned = [*reasons(plan(tmp_path))]
    assert (planned[0], planned[-1]) == ("home", "1")
    for most, last in ((2, "2"), (3, "1")):  # beside start pages one request is for the others
        planned = [*reasons(plan(tmp_path, "--max-pages", str(most)))]
        assert (len(planned), planned[0], planned[-1]) == (most, "home", last)


def test_a_page_is_printed_when_it_is_found(
    tmp_path: Path, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute("INSERT INTO runs(site, host, revisit, started_at) VALUES ('b', '', '', '')")
    connection.commit()
    told: list[str] = []

    def pages(*_: object) -> Iterator[Planned]:
        yield Planned("http://a/1", "question", "new", "new, seen by way of list")
        assert "http://a/1" in "".join(told)
        yield Planned("http://a/2", "question", "due", "last seen 9 days ago")

    monkeypatch.setattr("pipelines.plan.plan", pages)
    monkeypatch.setattr("sys.stdout.write", told.append)
    cli.main(["plan", "--archive", str(tmp_path), "--json"], standalone_mode=False)
    monkeypatch.undo()
    printed = json.loads("".join(told))
    assert [(site["site"], site["pages"]) for site in printed["sites"]] == [
        ("adoctor", 2),
        ("b", 2),
    ]
    assert [url["reason"] for url in printed["sites"][1]["urls"]] == ["new", "due"]


def test_what_is_put_off_is_told_apart(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-01-01")
    crawl(tmp_path, base_url=server.url("/"))
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
        db.execute(
            "UPDATE urls SET state='later', history_bucket=NULL, not_before='2026-01-01T12:00:00Z'"
            " WHERE url LIKE '%/q/2'"
        )
    site = plan(tmp_path)
    assert site["put_off"] == {"pages": 1, "first": "2026-01-01T12:00:00Z"}
    assert "2" not in reasons(site)
    for woken in ("2026-01-01T12:00:01", "2025-11-01"):  # later; where a clock had run ahead
        at(monkeypatch, woken)
        site = plan(tmp_path)
        assert site["put_off"]["pages"] == 0
        assert reasons(site)["2"] == "put off"


def test_it_is_read_by_people(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-01-01")
    crawl(tmp_path, base_url=server.url("/"))
    at(monkeypatch, "2026-01-02")
    done = CliRunner().invoke(cli, ["plan", "--archive", str(tmp_path)])
    unknown, first, *rest = done.output.splitlines()
    assert unknown == "no site toy is known: a run would be refused."
    assert first.startswith("toy at 127.0.0.1:")
    assert "would fetch 2 URLs (" in first
    assert len(rest) == 2


def test_an_archive_without_a_crawl_has_no_site(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("DELETE FROM runs")
    connection.commit()
    done = CliRunner().invoke(cli, ["plan", "--archive", str(tmp_path), "--json"])
    assert json.loads(done.output) == {"archive": str(tmp_path), "max_pages": None, "sites": []}


def test_a_site_that_cannot_be_loaded_leaves_the_plans_of_others(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ModuleNotFoundError

    crawl(tmp_path, base_url=server.url("/"))
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db, db:
        for table in ("urls", "runs", "questions"):
            db.execute(f"UPDATE {table} SET site='adoctor'")
    monkeypatch.setattr("scraper.loading.sites", broken)
    done = CliRunner().invoke(cli, ["plan", "--archive", str(tmp_path)])
    assert done.output.startswith("adoctor at 127.0.0.1:")


def test_errors_are_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["plan", "no-such-site", "--archive", str(tmp_path)])
    assert done.exit_code == 2
    assert "no site no-such-site" in done.output
