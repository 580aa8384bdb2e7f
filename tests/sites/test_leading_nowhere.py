"""Lists in whose place a captcha came, or nothing: told from those that honestly lead nowhere."""

from pathlib import Path

import pytest

from tests.faults.plays import links, reply
from tests.faults.server import FaultServer
from tests.sites.test_crawls import NO_QUESTION, NS, SITES, asked, crawl, problems
from tests.stages import qarchive

CAPTCHA = (
    b'<h1>Checking your browser</h1><a href="/">Home</a><a href="https://wall.example">Why</a>'
)


@pytest.mark.parametrize("site", SITES)
def test_a_start_page_that_leads_nowhere_is_a_problem_until_it_is_well(
    tmp_path: Path, server: FaultServer, site: str
) -> None:
    server.play("/", [reply(200, body=CAPTCHA), reply(200, body=links("/faq/a"))])
    assert crawl(site, tmp_path, server.url("")) == 1
    assert problems(tmp_path, server) == {"/": "leads-nowhere"}
    words = ("--base-url", server.url(""), "--archive", tmp_path, "--revisit", "all")
    assert qarchive("crawl", site, *words).returncode == NO_QUESTION
    assert problems(tmp_path, server) == {}
    assert asked(server) == {"/", "/faq/a"}


@pytest.mark.parametrize(
    ("site", "code", "body"), [("adoctor", "leads-nowhere", b""), ("qapage", None, CAPTCHA)]
)
def test_a_list_that_stops_leading_on_is_a_problem_until_it_is_well(
    tmp_path: Path, server: FaultServer, site: str, code: str | None, body: bytes
) -> None:
    """At its first look too where an URL tells what a page is; elsewhere many lead nowhere."""
    server.play("/", [reply(200, body=links("/faq/a", "/faq/b"))])
    well, last = links("/", "/faq/last"), links("/", "/faq/a")
    server.play("/faq/a", [reply(200, body=one) for one in (well, body, body, well)])
    server.play("/faq/b", [reply(200, body=body)])
    server.play("/faq/last", [reply(200, body=last)])
    again = ("--base-url", server.url(""), "--archive", tmp_path, "--revisit", "all")
    first = {"/faq/b": code} if code else {}
    crawl(site, tmp_path, server.url(""))
    assert problems(tmp_path, server) == first
    for _ in range(2):
        qarchive("crawl", site, *again)
        assert problems(tmp_path, server) == first | {"/faq/a": "leads-nowhere"}
    qarchive("reextract", "--archive", tmp_path)
    assert problems(tmp_path, server) == first | {"/faq/a": "leads-nowhere"}
    qarchive("crawl", site, *again)
    assert problems(tmp_path, server) == first


@pytest.mark.parametrize("site", SITES)
def test_an_emptied_sitemap_is_a_problem_until_it_is_well(
    tmp_path: Path, server: FaultServer, site: str
) -> None:
    server.play("/", [reply(200, body=links("/faq/a"))])
    well = f"<urlset {NS}><url><loc>{server.url('/faq/b')}</loc></url></urlset>".encode()
    empty = f"<urlset {NS}></urlset>".encode()
    server.play("/sitemap.xml", [reply(200, body=one) for one in (empty, well, empty, empty, well)])
    crawl(site, tmp_path, server.url(""))
    again = ("--base-url", server.url(""), "--archive", tmp_path, "--revisit", "all")
    for told in ({}, {"/sitemap.xml": "leads-nowhere"}, {"/sitemap.xml": "leads-nowhere"}, {}):
        qarchive("crawl", site, *again)
        assert problems(tmp_path, server) == told


def test_a_sitemap_of_news_may_be_empty(tmp_path: Path, server: FaultServer) -> None:
    def sitemap(*numbers: int) -> bytes:
        places = "".join(f"<url><loc>{server.url(f'/faq/{n}')}</loc></url>" for n in numbers)
        return f"<urlset {NS}>{places}</urlset>".encode()

    named = "".join(f"Sitemap: {server.url(path)}\n" for path in ("/all.xml", "/news.xml"))
    server.play("/robots.txt", [reply(200, body=f"User-agent: *\n{named}".encode())])
    server.play("/all.xml", [reply(200, body=sitemap(*range(8)))])
    server.play("/news.xml", [reply(200, body=sitemap(*news)) for news in ((6, 7), (7,), (), ())])
    server.play("/", [reply(200, body=links("/faq/0"))])
    for number in range(8):
        server.play(f"/faq/{number}", [reply(200, body=f"<h1>Knee {number}</h1>".encode())])
    words = ("--base-url", server.url(""), "--archive", tmp_path, "--revisit", "all")
    for _ in range(4):
        qarchive("crawl", "adoctor", *words)
        assert problems(tmp_path, server).keys() & {"/all.xml", "/news.xml"} == set()


def test_another_list_may_lead_nowhere(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links("/faq/a", "/about"))])
    server.play("/about", [reply(200, body=b"<p>About us")])
    assert crawl("qapage", tmp_path, server.url("")) == NO_QUESTION
    assert problems(tmp_path, server) == {}
