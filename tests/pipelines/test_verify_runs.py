"""verify checks the row of a killed run by the record of its beginning and by its visits."""

import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest

from pipelines.merge import merge
from pipelines.reports.runs import Run
from pipelines.verify import verify
from tests.crawling import Toy, crawl
from tests.faults.plays import reply
from tests.faults.server import FaultServer
from tests.repairing import repair


@pytest.fixture
def killed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive whose third run has no end."""
    monkeypatch.setattr(Run, "end", Mock(side_effect=OSError))
    with FaultServer() as server:
        server.play("/", [reply(200, body=b'<a href="/q/0"><a href="/q/1"><a href="/q/2">')])
        server.play("/q/0", [reply(503), reply(200, body=b"<h1>Sore knee</h1><p>It hurts.</p>")])
        server.play("/q/1", [reply(404)])
        server.play("/robots.txt", [reply(200, body=b"User-agent: *\nDisallow: /q/2")])
        crawl(archive, base_url=server.url("/"))
    return archive


def test_a_killed_run_is_sound_also_when_it_was_repaired_or_merged(
    killed: Path, sound: Path, tmp_path: Path
) -> None:
    assert list(verify(killed)) == []
    repair(killed)
    assert list(verify(killed)) == []
    merge([killed, sound], tmp_path / "merged", {"toy": Toy}, lambda _: None)
    assert list(verify(tmp_path / "merged")) == []


def test_a_run_that_was_killed_before_it_had_a_warc(
    archive: Path, monkeypatch: pytest.MonkeyPatch, server: FaultServer
) -> None:
    server.play("/", [reply(200, body=b"<h1>Toys</h1>")])
    monkeypatch.setenv("QARCHIVE_NOW", "2099-01-01T00:00:00Z")
    crawl(archive, base_url=server.url("/"))
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(runs)")][1:]
        ahead = {"uuid": "'x'", "started_at": "'2099-01-20T00:00:00Z'", "day": "day + 19"}
        values = ", ".join(ahead.get(column, column) for column in columns)
        last = f"SELECT {values} FROM runs ORDER BY id DESC LIMIT 1"
        db.execute(f"INSERT INTO runs({', '.join(columns)}) {last}")
        db.commit()
    for moment in ("2099-01-08T00:00:00Z", "2099-01-22T00:00:00Z"):
        monkeypatch.setenv("QARCHIVE_NOW", moment)
        crawl(archive, base_url=server.url("/"))
    assert list(verify(archive)) == []


@pytest.mark.parametrize(
    ("assignment", "told"),
    [
        ("site='other'", "site"),
        ("home='http://other/'", "home"),
        ("started_at='2020-01-01T00:00:00Z'", "started_at"),
        ("day=day+1", "day"),
        ("ended_at='2026-12-01T00:00:00Z', exit_status=0", "ended_at, exit_status"),
        ("missing=1", "missing"),
        ("taken=taken+2, fetched=fetched+2", "taken"),
        ("taken=taken-1, fetched=fetched-1", "taken"),
    ],
)
def test_a_killed_run_that_says_something_else(killed: Path, assignment: str, told: str) -> None:
    with closing(sqlite3.connect(killed / "archive.db")) as db:
        db.execute(f"UPDATE runs SET {assignment} WHERE id=3")
        db.commit()
    (found,) = verify(killed)
    assert (found.check, found.what) == ("runs", f"run 3 has another {told}")
