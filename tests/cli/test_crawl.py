"""`qarchive crawl` as a user gives it: mistakes, budgets, sites that are not there."""

import shutil
import sqlite3
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from exports.records import records
from pipelines.errors import WrongPlaceError
from pipelines.layout import DATABASE
from pipelines.queue.hosts import refuse_taken
from pipelines.reports.hints import hint
from scraper.sample.server import serve
from tests.database import rows
from tests.faults.plays import links, reply, robots
from tests.faults.server import FaultServer
from tests.stages import qarchive, typed
from tests.truth.sites import build

NOBODY = "http://127.0.0.1:1"  # no program listens there


def crawl(url: str, archive: Path, *words: str, **environment: str) -> Any:
    """Crawl a forum."""
    return qarchive(
        "crawl", "qapage", "--base-url", url, "--archive", archive, "--no-progress", *words,
        **environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Missing argument 'SITE'"),
        (["nosite"], "it is one of adoctor, "),
        (["adoctr"], "Did you mean adoctor?"),
        (["adoctor"], "give --contact"),
        (["adoctor", "--contact", ""], "give --contact"),
        (["adoctor", "--base-url", "https://example.org"], "give --contact"),
        (["adoctor", "--contact", "a\r\nX: y"], "is not in plain ASCII"),
        (["adoctor", "--contact", "張三"], "is not in plain ASCII"),
        (["adoctor", "--contact", "x"], "'x' is no e-mail address or web page"),
        (["qapage"], "give --base-url or --start-url"),
        (["qapage", "--start-url", "nonsense"], "'nonsense' is no http or https URL"),
        (["adoctor", "--base-url", ""], "'' is no http or https URL"),
        (["adoctor", "--base-url", "127.0.0.1:80"], "'127.0.0.1:80' is no http or https URL"),
        (["adoctor", "--base-url", "ftp://127.0.0.1"], "is no http or https URL"),
        (["adoctor", "--base-url", "http://[bad/"], "'http://[bad/' is no http or https URL"),
        (["adoctor", "--base-url", "http://127.0.0.1:99999"], "is no http or https URL"),
        (["adoctor", "--base-url", "http://me:pw@127.0.0.1"], "is no http or https URL"),
        (["adoctor", "--base-url", NOBODY, "--start-url", "http://a.b/"], "'http://a.b/' is not"),
        (["adoctor", "--base-url", NOBODY, "--start-url", "http://[bad"], "'http://[bad' is not"),
        (["adoctor", "--base-url", f"{NOBODY}/?x=1"], "is no http or https URL"),
        (["adoctor", "--max-pages", "0"], "0 is not in the range"),
        (["adoctor", "--max-pages", str(2**63)], f"{2**63} is not in the range"),
        (["adoctor", "--archive", ""], "the path is empty"),
        (["adoctor", "--revisit", "often"], "'often' is not one of"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_line_and_nothing_is_made(
    tmp_path: Path, words: list[str], told: str
) -> None:
    done = qarchive("crawl", *words, QARCHIVE_DIR=str(tmp_path / "archive"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_clock_that_is_none_is_told() -> None:
    done = typed("status", QARCHIVE_NOW="never")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "QARCHIVE_NOW is 'never'" in done.stderr


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = crawl(NOBODY, tmp_path / "file" / "archive")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "cannot be written" in done.stderr
    done = crawl(NOBODY, tmp_path / "file")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("url", "environment", "is_told"),
    [
        ("http://a.example", {"http_proxy": "http://p.example:3128"}, True),
        (
            "http://a.example",
            {"http_proxy": "http://p.example:3128", "no_proxy": "a.example"},
            False,
        ),
        ("https://a.example", {"http_proxy": "http://p.example:3128"}, False),
        (NOBODY, {"http_proxy": "http://p.example:3128"}, False),
    ],
)
def test_a_proxy_is_not_used_and_that_is_told(
    tmp_path: Path,
    url: str,
    environment: dict[str, str],
    is_told: bool,  # noqa: FBT001
) -> None:
    (tmp_path / "file").touch()  # so the crawl ends before its first request
    done = crawl(url, tmp_path / "file" / "archive", "--contact", "a@b.example", **environment)
    told = "qarchive: http_proxy is set but not used: requests go straight to a.example.\n"
    assert (told in done.stderr, "http_proxy" in done.stderr) == (is_told, is_told)


def test_the_clock_can_be_set(tmp_path: Path) -> None:
    with serve(build("qapage", questions=1)) as home:
        done = crawl(home, tmp_path, QARCHIVE_NOW="2031-05-06T07:08:09Z")
        again = crawl(home, tmp_path, QARCHIVE_NOW="2031-05-06T08:00:00Z")
    assert "(nothing was due; start pages rest until 2031-05-06T16:4" in again.stdout
    assert done.returncode == 0, done.stderr
    ((started, fetched),) = rows(
        tmp_path, "SELECT min(started_at), min(fetched_at) FROM runs, captures"
    )
    assert (started[:13], fetched[:13]) == ("2031-05-06T07", "2031-05-06T07")


def test_a_budget_is_kept_and_the_next_run_goes_on(tmp_path: Path) -> None:
    site = build("qapage", questions=12)
    with serve(site) as home:
        first = crawl(home, tmp_path, "--max-pages", "7")
        assert (first.returncode, first.stderr) == (0, "")
        assert first.stdout == "qapage: 7 URLs processed (7 fetched); --max-pages reached.\n"
        assert rows(tmp_path, "SELECT taken, ended_why FROM runs") == [(7, "budget")]
        rest = crawl(home, tmp_path)
        assert (rest.returncode, rest.stderr) == (0, "")
        truth = {question.id for question in site.records(home)}
    assert {record["id"] for record in records(tmp_path)} == truth
    fetched = "SELECT count(*), count(DISTINCT url) FROM captures WHERE url LIKE '%/questions/%'"
    assert rows(tmp_path, fetched) == [(12, 12)]


def test_start_url_starts_there(tmp_path: Path) -> None:
    site = build("qapage", questions=12)
    with serve(site) as home:
        question = next(iter(site.records(home)))
        done = qarchive("crawl", "qapage", "--start-url", question.url, "--max-pages", "1",
                        "--archive", tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [record["url"] for record in records(tmp_path)] == [question.url]


def test_an_address_is_of_the_site_as_which_it_was_crawled(tmp_path: Path) -> None:
    with serve(build("qapage", questions=3)) as home:
        words = ["--base-url", home, "--archive", tmp_path]
        assert qarchive("crawl", "adoctor", *words).returncode == 1
        told = typed("status", "--archive", tmp_path).stdout
        assert "another --base-url, or another SITE and --archive" in told
        done = qarchive("crawl", "taiwan-ehospital", *words)
        assert qarchive("crawl", "adoctor", *words).returncode == 1
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"{home} was crawled as adoctor in this archive" in done.stderr
    assert rows(tmp_path, "SELECT DISTINCT site FROM runs") == [("adoctor",)]


@pytest.mark.parametrize("theirs", ["https://a.example/doctor/", "https://a.example/doctor"])
@pytest.mark.parametrize(
    ("home", "is_refused"),
    [("http://a.example/", True), ("https://a.example/doctor/x/", True),
     ("https://a.example/index.html", True),
     ("https://a.example/doctors/", False), ("https://a.example:8000/doctor/", False)],
)  # fmt: skip
def test_no_site_is_within_another(
    connection: sqlite3.Connection, theirs: str, home: str, *, is_refused: bool
) -> None:
    connection.execute("UPDATE runs SET home=?", (theirs,))
    refuse_taken(connection, "adoctor", home)
    refused = pytest.raises(WrongPlaceError, match="was crawled as adoctor")
    with refused if is_refused else nullcontext():
        refuse_taken(connection, "qapage", home)


def test_a_refusal_among_several_sites_is_one_line(
    tmp_path: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("UPDATE runs SET home='http://127.0.0.1:1/'")
    connection.execute(
        "INSERT INTO runs(site, host, home, revisit, started_at)"
        " VALUES ('taiwan-ehospital', '', 'http://127.0.0.1:2/', 'due', '')"
    )
    done = crawl(NOBODY, tmp_path)
    assert (done.returncode, done.stderr.count("was crawled as adoctor")) == (2, 1)


@pytest.mark.parametrize("part", ["warc", "exports", "exports/csv"])
@pytest.mark.usefixtures("connection")
def test_no_archive_is_made_of_a_part_of_another(tmp_path: Path, part: str) -> None:
    (tmp_path / part).mkdir(parents=True, exist_ok=True)
    done = crawl(NOBODY, tmp_path / part)
    told = f"qarchive: {tmp_path / part} is a part of the archive {tmp_path}: name that.\n"
    assert (done.returncode, done.stderr) == (2, told)
    assert list((tmp_path / part).iterdir()) == []


@pytest.mark.usefixtures("connection")
def test_a_copy_of_an_archive_within_another_is_one(tmp_path: Path) -> None:
    copy = tmp_path / "exports" / "copy"
    copy.mkdir(parents=True)
    shutil.copy(tmp_path / DATABASE, copy)
    done = crawl(NOBODY, copy)
    assert done.returncode == 5, done.stderr


def test_progress_elsewhere_than_on_a_terminal_draws_no_bar(
    tmp_path: Path, server: FaultServer
) -> None:
    server.play("/", [reply(200, body=links("/a"))])
    words = ("--base-url", server.url(""), "--archive", tmp_path / "a")
    told = qarchive("crawl", "qapage", *words, "--progress")
    assert all(told.stderr.splitlines()), told.stderr


def test_a_trap_leaves_nothing_to_go_on_with(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links("/a/a/a/a/b"))])
    done = crawl(server.url("/"), tmp_path, "--max-pages", "9")
    assert done.returncode == 6
    assert "nothing is left to do" in done.stderr.splitlines()[-1]


def test_a_site_that_is_not_there_is_told(tmp_path: Path) -> None:
    archive = tmp_path / "of ours"
    done = crawl(NOBODY, archive)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    assert f"the site can't be reached: {NOBODY}/robots.txt cannot be fetched: Conn" in done.stderr
    assert "refused; what is known stays due" in done.stderr
    assert f"`qarchive status --archive '{archive}'` tells what to do.\n" in done.stderr
    assert rows(archive, "SELECT count(*) FROM urls WHERE state NOT IN ('ready', 'later')") == [
        (0,)
    ]
    told = typed("status", "--archive", archive).stdout
    assert told.count(f"{NOBODY}/robots.txt cannot be fetched: Connection was refused") == 1
    assert hint("refused") in told


def test_a_site_that_forbids_all_is_told_and_left_alone(tmp_path: Path) -> None:
    with FaultServer() as site:
        site.play("/robots.txt", [robots("User-agent: *", "Disallow: /")])
        done = crawl(site.url("/"), tmp_path)
        again = crawl(site.url("/"), tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    assert "the site forbids where it begins: robots.txt disallows this URL; what" in done.stderr
    assert "the site forbids where it begins; what is known stays due" in again.stderr
    assert rows(tmp_path, "SELECT DISTINCT url LIKE '%/robots.txt' FROM captures") == [(1,)]
    assert rows(tmp_path, "SELECT DISTINCT state FROM urls") == [("denied",)]
