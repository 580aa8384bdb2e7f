"""Every URL handed out ends in a known state, whatever the server plays."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator

from scraper.visits import MAX_ATTEMPTS
from tests.crawling import crawl_process
from tests.database import rows
from tests.faults.plays import redirect, reply, robots, wait_by_date
from tests.faults.server import Behaviour, FaultServer
from tests.faults.table import FAULTS

SOUND = b"<h1>Sore knee</h1><p>It hurts.</p><li>Rest it.</li>"
QUICK = {"DOWNLOAD_TIMEOUT": 1.2, "DOWNLOAD_MAXSIZE": 1_000_000, "CONCURRENT_REQUESTS": 32}

# They would silence the host for an hour and so end the crawl of the others.
SILENCING = {
    "429-seconds": reply(429, [("Retry-After", "3600")]),
    "503-seconds": reply(503, [("Retry-After", "3600")]),
    "503-date": wait_by_date(503, 3600),
}
# What passes on a second visit, and what the spider makes of a redirect that it may not follow.
FINAL = {
    "503-then-fetched": "fetched",
    "reset-then-fetched": "fetched",
    **dict.fromkeys(SILENCING, "later"),
    "moved-to-itself": "problem",
    "redirect-to-nowhere": "problem",
} | {
    name: "problem"
    for name in FAULTS
    if name.startswith("moved-") and not name.removeprefix("moved-").isdigit()
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(page=lambda _: SOUND) as server:
        yield server


def play(server: FaultServer, name: str, visits: list[Behaviour]) -> str:
    server.play(f"/q/{name}", visits)
    return f'<a href="/q/{name}">'


def states(archive: Path) -> dict[str, str]:
    """The state of each page; one that was read twice, as a probe, counts as fetched."""
    held = rows(archive, "SELECT url, iif(state='unchanged', 'fetched', state) FROM urls")
    return {url.rpartition("/q/")[2]: state for url, state in held if "/q/" in url}


def run_row(archive: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.row_factory = sqlite3.Row
        return dict(db.execute("SELECT * FROM runs ORDER BY id DESC").fetchone())


def trial(
    server: FaultServer, tmp_path: Path, settings: dict[str, Any], timeout: float = 60
) -> dict[str, Any]:
    """Crawl all faults at once; the run's row."""
    names = sorted(set(FAULTS) - {"429-bare"})
    links = [play(server, name, list(FAULTS[name].visits)) for name in names]
    server.play("/elsewhere", [reply(200, body=b"<p>Here it is now.</p>")])
    server.play("/", [reply(200, body="".join(links).encode())])
    server.play("/robots.txt", [robots("User-agent: *", "Disallow: /q/disallowed")])

    done = crawl_process(tmp_path, settings=settings, timeout=timeout, base_url=server.url("/"))

    found = states(tmp_path)
    expected = {
        name: FINAL.get(
            name, {"later": "problem"}.get(FAULTS[name].expected, FAULTS[name].expected)
        )
        for name in names
    }
    assert found == expected, done.stderr
    assert len(names) >= 36
    run = run_row(tmp_path)
    assert run["taken"] == len(names) + 2
    outcomes = ("fetched", "unchanged", "gone", "denied", "moved", "later", "problem")
    assert run["taken"] == sum(run[outcome] for outcome in outcomes)
    assert run["lost"] == 0
    assert done.returncode == 1  # far more than 5 % problems
    assert not [seen for seen in server.log if seen.path == "/q/disallowed"]
    for path in (tmp_path / "warc").iterdir():
        assert all(record.record_id for record in ArchiveIterator(path))  # or it raises
    return run


def test_every_kind_of_outcome_is_known(server: FaultServer, tmp_path: Path) -> None:
    trial(server, tmp_path, QUICK)


@pytest.mark.campaign
def test_every_kind_of_outcome_with_the_settings_of_real_runs(
    server: FaultServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    for module in ("server", "plays"):
        monkeypatch.setattr(f"tests.faults.{module}.PATIENCE", 45)
    run = trial(server, tmp_path, {"CONCURRENT_REQUESTS": 32}, timeout=590)
    record_property("URLs handed out", run["taken"])
    record_property("in no state", run["lost"])


def test_a_page_that_keeps_asking_to_wait_a_second_does_not_hold_up_the_others(
    server: FaultServer, tmp_path: Path
) -> None:
    links = [play(server, "first", [reply(429, [("Retry-After", "1")])])]
    links += [play(server, f"other-{n}", [reply(200, body=SOUND)]) for n in range(5)]
    server.play("/", [reply(200, body="".join(links).encode())])
    done = crawl_process(tmp_path, settings=QUICK, base_url=server.url("/"))
    assert done.returncode == 0, done.stderr
    found = states(tmp_path)
    assert found.pop("first") == "later"
    assert set(found.values()) == {"fetched"}
    assert len(server.seen("/q/first")) == 4


@pytest.mark.parametrize(("name", "at_once"), [*((name, 1) for name in SILENCING), ("503-date", 8)])
def test_retry_after_silences_the_host(
    server: FaultServer, tmp_path: Path, name: str, at_once: int
) -> None:
    """No request waits meanwhile for the delay that robots.txt asks for."""
    server.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.1")])
    links = [play(server, "first", [SILENCING[name]])]
    links += [play(server, f"other-{n}", [reply(200, body=SOUND)]) for n in range(5)]
    server.play("/", [reply(200, body="".join(links).encode())])
    for _ in range(2):  # the second run knows it too
        done = crawl_process(
            tmp_path, settings=QUICK | {"CONCURRENT_REQUESTS": at_once}, base_url=server.url("/")
        )
        assert done.returncode == 5, done.stderr
    assert states(tmp_path)["first"] == "later"
    assert [seen.path for seen in server.log if seen.path.startswith("/q/")] == ["/q/first"]


def test_a_redirect_loop_and_an_endless_chain_are_problems(
    server: FaultServer, tmp_path: Path
) -> None:
    links = [play(server, "a", [redirect("/q/b")]), play(server, "b", [redirect("/q/c")])]
    links += [play(server, "c", [redirect("/q/a")])]
    links += [play(server, f"{n}", [redirect(f"/q/{n + 1}")]) for n in range(15)][:1]
    server.play("/", [reply(200, body="".join(links).encode())])
    done = crawl_process(tmp_path, settings=QUICK, base_url=server.url("/"))
    found = states(tmp_path)
    assert "problem" in {found["a"], found["b"], found["c"]}, done.stderr
    assert found["10"] == "problem"
    assert "11" not in found


def test_a_host_that_keeps_saying_too_many_is_left_alone(
    server: FaultServer, tmp_path: Path
) -> None:
    links = [play(server, "first", list(FAULTS["429-bare"].visits))]
    server.play("/", [reply(200, body="".join(links).encode())])
    done = crawl_process(tmp_path, settings=QUICK, base_url=server.url("/"))
    assert done.returncode == 0, done.stderr
    assert states(tmp_path) == {"first": "later"}
    assert len(server.seen("/q/first")) == MAX_ATTEMPTS
    assert run_row(tmp_path)["ended_why"] == "asked to wait"
