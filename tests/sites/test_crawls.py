"""What a crawl asks a site for, and what it says of answers that look sound and are not."""

import gzip
from pathlib import Path

import pytest

from tests.database import rows
from tests.faults.plays import links, redirect, reply, robots
from tests.faults.server import FaultServer
from tests.stages import qarchive

SITES = ("adoctor", "qapage")


NO_QUESTION = 1  # what a crawl ends with that has found none yet, as on most sites below


def crawl(site: str, archive: Path, base_url: str) -> int:
    """The exit status of a crawl with the settings of real ones."""
    words = ("--base-url", base_url, "--archive", archive, "--no-progress")
    return int(qarchive("crawl", site, *words).returncode)


def asked(server: FaultServer) -> set[str]:
    """The paths that were asked for, robots.txt and sitemap left out."""
    return {seen.path for seen in server.log} - {"/robots.txt", "/sitemap.xml"}


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
    assert crawl(site, tmp_path, server.url("")) == NO_QUESTION
    assert problems(tmp_path, server) == {}
    wanted = named if site == "qapage" else {path for path in named if "?" not in path}
    assert asked(server) == {"/", *wanted}


NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PACKED = gzip.compress(f"<urlset {NS}><url><loc>/faq/b</loc></url></urlset>".encode())


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<!doctype html><html><body><h1>Checking your browser</h1></body></html>",
         "not-a-sitemap"),
        (b"", "not-a-sitemap"),
        (PACKED[:-9], "body-cut"),
        (PACKED[:-8] + bytes(4) + PACKED[-4:], "body-corrupt"),
    ],
)  # fmt: skip
def test_what_is_no_whole_sitemap_is_a_problem(
    tmp_path: Path, server: FaultServer, site: str, body: bytes, code: str
) -> None:
    server.play("/", [reply(200, body=links("/faq/a"))])
    server.play("/sitemap.xml", [reply(200, body=body)])
    assert crawl(site, tmp_path, server.url("")) == 1
    assert problems(tmp_path, server) == {"/sitemap.xml": code}


@pytest.mark.parametrize("site", SITES)
def test_a_cut_sitemap_leads_on_as_far_as_it_goes(
    tmp_path: Path, server: FaultServer, site: str
) -> None:
    server.play("/", [reply(200, body=links("/faq/a"))])
    entry = f"<url><loc>{server.url('/faq/b')}</loc></url>"
    body = f"<urlset {NS}>{entry}<url><loc>{server.url('/faq/cu')}".encode()
    server.play("/sitemap.xml", [reply(200, body=body)])
    assert crawl(site, tmp_path, server.url("")) == 1
    assert asked(server) == {"/", "/faq/a", "/faq/b"}
    assert problems(tmp_path, server) == {"/sitemap.xml": "body-cut"}


@pytest.mark.parametrize("site", SITES)
def test_a_sitemap_in_utf_16_is_read(tmp_path: Path, server: FaultServer, site: str) -> None:
    server.play("/", [reply(200, body=links("/faq/a"))])
    entry = f"<url><loc>{server.url('/faq/b')}</loc></url>"
    text = f'<?xml version="1.0" encoding="UTF-16"?><urlset {NS}>{entry}</urlset>'
    server.play("/sitemap.xml", [reply(200, body=text.encode("utf-16"))])
    assert crawl(site, tmp_path, server.url("")) == NO_QUESTION
    assert problems(tmp_path, server) == {}
    assert asked(server) == {"/", "/faq/a", "/faq/b"}


@pytest.mark.parametrize("site", SITES)
def test_a_large_sitemap_is_read_and_one_of_another_site_told(
    tmp_path: Path, server: FaultServer, site: str
) -> None:
    server.play("/", [reply(200, body=links("/faq/a"))])
    entry = f"<url><loc>{server.url('/faq/b')}</loc>{' ' * 9_000_000}</url>"
    index = "".join(f"<sitemap><loc>{server.url(f'/{n}.xml')}</loc></sitemap>" for n in "xy")
    away = "<url><loc>https://away.example/faq/c</loc></url>"
    for path, kind, told in (("/sitemap.xml", "sitemapindex", index), ("/x.xml", "urlset", entry),
                             ("/y.xml", "urlset", away)):  # fmt: skip
        server.play(path, [reply(200, body=f"<{kind} {NS}>{told}</{kind}>".encode())])
    assert crawl(site, tmp_path, server.url("")) == 1
    assert asked(server) == {"/", "/faq/a", "/faq/b", "/x.xml", "/y.xml"}
    assert problems(tmp_path, server) == {"/y.xml": "sitemap-off-site"}


@pytest.mark.parametrize(
    ("site", "start", "question"),
    [
        ("adoctor", "/", "/article/7"),
        ("qapage", "/", "/questions/7"),
        ("taiwan-ehospital", "/doctor/Index1.php", "/doctor/All/ShowDetail.php?q_no=7"),
    ],
)
def test_sitemaps_that_robots_txt_names_are_read(
    tmp_path: Path, server: FaultServer, site: str, start: str, question: str
) -> None:
    named = [f"Sitemap: {url}" for url in ("/wp-map.xml", "https://away.example/map.xml")]
    server.play("/robots.txt", [robots("User-agent: *", *named)])
    server.play(start, [reply(200, body=links(question.replace("7", "3")))])
    entry = f"<url><loc>{server.url(question)}</loc></url>"
    server.play("/wp-map.xml", [reply(200, body=f"<urlset {NS}>{entry}</urlset>".encode())])
    crawl(site, tmp_path, server.url(""))
    assert {"/wp-map.xml", question} <= asked(server)
    found = rows(tmp_path, "SELECT via, kind FROM urls WHERE url LIKE '%map.xml' AND via<>'start'")
    assert found == [("sitemap", "sitemap")]


ARTICLE = (
    b"<html lang='en'><head><title>Sore knee - Orthopedics</title></head><body><main>"
    b"<h1>Sore knee - Orthopedics</h1><h2>My knee</h2><p>It hurts.</p>"
    b"<p>Mr. Yu, 20~29 year old male. Ask Date: 2020/10/26</p><p>Dr. Lin Moshan reply Orthopedics"
    b"</p><p>Rest it.</p><p>Reply Date: 2020/10/27</p></main></body></html>"
)


def test_a_site_with_a_slash_behind_its_urls_is_held(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links("/article/1/", "/article/2"))])
    for number in (1, 2):
        server.play(f"/article/{number}", [redirect("{path}/", 301)])
        server.play(f"/article/{number}/", [reply(200, body=ARTICLE)])
    assert crawl("adoctor", tmp_path, server.url("")) == 0
    held = rows(tmp_path, "SELECT id, url FROM questions ORDER BY id")
    assert held == [(f"adoctor:{n}:en", server.url(f"/article/{n}/")) for n in (1, 2)]
    assert problems(tmp_path, server) == {}


@pytest.mark.parametrize("site", SITES)
def test_a_site_that_is_at_https_is_told_so(tmp_path: Path, server: FaultServer, site: str) -> None:
    secure = server.url("").replace("http:", "https:")
    server.play("/", [redirect(f"{secure}/", 301)])
    assert crawl(site, tmp_path, server.url("")) == 1
    assert problems(tmp_path, server) == {"/": "other-address"}
    assert rows(tmp_path, "SELECT detail FROM problems") == [(f"the site is at {secure}",)]
    told = qarchive("status", "--archive", tmp_path).stdout
    assert "as --base-url" in told


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("target", ["{path}", "{path}?sid=0123456789abcdef&ref=home", "{path}#top"])
def test_a_redirect_to_itself_is_a_circle(
    tmp_path: Path, server: FaultServer, site: str, target: str
) -> None:
    server.play("/", [reply(200, body=links("/faq/a", "/faq/b"))])
    server.play("/faq/a", [redirect(target)])
    crawl(site, tmp_path, server.url(""))
    code = "redirect-loop" if site == "qapage" or "sid" not in target else "redirect-off-site"
    assert problems(tmp_path, server) == {"/faq/a": code}


def test_a_redirect_is_resolved_as_browsers_do(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links("/faq/a", "/faq/b"))])
    server.play("/faq/a", [redirect("\\faq\\c")])
    server.play("/faq/b", [redirect("/\\other.invalid/x")])
    crawl("adoctor", tmp_path, server.url(""))
    assert problems(tmp_path, server) == {"/faq/b": "redirect-off-site"}
    assert "/faq/c" in asked(server)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("option", ["--base-url", "--start-url"])
def test_a_port_in_another_spelling_is_the_same(
    tmp_path: Path, server: FaultServer, site: str, option: str
) -> None:
    server.play("/", [reply(200, body=links("/faq/a"))])
    spelt = server.url("/").replace(str(server.port), f"0{server.port}")
    needs_base = site == "adoctor" and option != "--base-url"
    base = ("--base-url", server.url("")) if needs_base else ()
    done = qarchive("crawl", site, *base, option, spelt, "--archive", tmp_path)
    assert done.returncode == NO_QUESTION, done.stderr
    assert asked(server) == {"/", "/faq/a"}


def test_what_is_no_question_leads_on(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links("/topics/7"))])
    server.play("/topics/7", [reply(200, body=links("/why-green"))])
    assert crawl("qapage", tmp_path, server.url("")) == NO_QUESTION
    assert problems(tmp_path, server) == {"/topics/7": "not-a-question"}
    assert asked(server) == {"/", "/topics/7", "/why-green"}


def test_a_site_with_other_escapes_is_held(tmp_path: Path, server: FaultServer) -> None:
    server.play("/", [reply(200, body=links("/%e9%a0%ad"))])
    server.play("/%E9%A0%AD", [redirect("/%e9%a0%ad", 301)])
    server.play("/%e9%a0%ad", [reply(200)])
    assert crawl("qapage", tmp_path, server.url("")) == NO_QUESTION
    assert problems(tmp_path, server) == {}
