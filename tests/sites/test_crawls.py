"""What a crawl asks a site for, and what it says of answers that look sound and are not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.plays import reply, robots
from tests.faults.server import FaultServer
from tests.stages import qarchive

SITES = ("adoctor", "qapage")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


def links(*hrefs: str) -> bytes:
    return "".join(f'<a href="{href}">x</a>' for href in hrefs).encode()


def crawl(site: str, archive: Path, base_url: str) -> int:
    """The exit status of a crawl with the settings of real ones."""
    words = ("--base-url", base_url, "--archive", archive, "--no-progress")
    return int(qarchive("crawl", site, *words).returncode)


def asked(server: FaultServer) -> set[str]:
    """The paths that were asked for, robots.txt and sitemap left out."""
    return {seen.path for seen in server.log} - {"/robots.txt", "/sitemap.xml"}


def rows(archive: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        return db.execute(query).fetchall()


def problems(archive: Path, server: FaultServer) -> dict[str, str]:
    """The code of each open problem by the path of its URL."""
    found = rows(archive, "SELECT url, code FROM problems WHERE solved_in IS NULL")
    return {url.removeprefix(server.url("")): code for url, code in found}


@pytest.mark.parametrize("site", SITES)
def test_only_what_a_page_names_is_asked_for_and_robots_rule_it(
    tmp_path: Path, server: FaultServer, site: str
) -> None:
    server.play("/robots.txt", [robots("User-agent: *", "Disallow: /search?q=",
                                       "Disallow: /*?private", "Disallow: /a%2Fb")])  # fmt: skip
    named = {"/c?t=%A5%7E%AC%EC", "/index.php?/topic/77-knee/", "/d?20;wap", "/v?b=2&a=1",
             "/faq/%A5~%AC%EC", "/faq/a%2Fb"}  # fmt: skip
    forbidden = ["/search?q=y&a=1", "/f?private&a=1", "/a%2Fb"]
    server.play("/", [reply(200, body=links(*named, *forbidden))])
    assert crawl(site, tmp_path, server.url("")) == 0
    wanted = named if site == "qapage" else {path for path in named if "?" not in path}
    assert asked(server) == {"/", *wanted}
