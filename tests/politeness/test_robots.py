"""One host per way in which a robots.txt can be: each on its own loopback address."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.politeness.robots_rules import parse_robots
from tests.faults import plays
from tests.faults.plays import page, raw, redirect, reply, reset_after, robots
from tests.faults.server import Behaviour, FaultServer
from tests.politeness.crawling import Crawl, fetch

FORBID = "User-agent: *\nDisallow: /\n"
FORBID_BYTES = FORBID.encode()
PAGES = 12  # of a host that must not be asked for any
ALLOWED_PAGES = 5
LONG = "".join(f"# filler line {n}\n" for n in range(60_000)).encode()

UNREACHABLE: dict[str, Sequence[Behaviour]] = {
    "500": [reply(500)],
    "503": [reply(503)],
    "503-long-retry-after": [reply(503, [("Retry-After", "7200")])],
    "429": [reply(429)],
    "299-then-nothing": [reply(302)],
    "304": [reply(304)],
    "reset": [reset_after(b"")],
    "reset-in-body": [reset_after(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent:")],
    "closed": [raw(b"")],
    "cut-length": [raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *\n")],
    "cut-chunk": [raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n99\r\nUser-agent")],
    "cut-gzip": [
        reply(200, [("Content-Encoding", "gzip")], gzip.compress(FORBID_BYTES)[:-9], "text/plain")
    ],
    "not-http": [raw(b"* OK IMAP ready\r\n\r\n")],
    "endless": [plays.stream(plays.head(200, []), plays.forever(bytes(65536)))],
    "off-site": [redirect("http://127.0.0.99:9/robots.txt")],
    "bad-target": [redirect("http://[bad/robots.txt")],
    "long-target": [redirect("/" + 20_000 * "r")],
    "loop": [redirect("/robots.txt")],
}
DISALLOWING: dict[str, Sequence[Behaviour]] = {
    "everyone": [robots("User-agent: *", "Disallow: /")],
    "us": [robots("User-agent: qarchive", "Disallow: /", "", "User-agent: *", "Allow: /")],
    "us-loudly": [robots("USER-AGENT: QArchive", "DISALLOW: /")],
    "us-with-a-version": [robots("User-agent: qarchive/0.1.0", "Disallow: /")],
    "us-with-an-address": [robots("User-agent: QArchive (+mailto:a@b.example)", "Disallow: /")],
    "everyone-else": [robots("User-agent: * (all)", "Disallow: /")],
    "the-start-of-our-name": [
        robots(
            "User-agent: qarch", "User-agent: q/1", "Allow: /", "", "User-agent: *", "Disallow: /"
        )
    ],
    "utf-8-bom": [reply(200, body=b"\xef\xbb\xbf" + FORBID_BYTES, kind="text/plain")],
    "utf-16": [reply(200, body=FORBID.encode("utf-16"), kind="text/plain; charset=utf-8")],
    "big5-comment": [
        reply(200, body="# 台灣\n".encode("big5") + FORBID_BYTES, kind="text/plain; charset=utf-8")
    ],
    "carriage-returns": [reply(200, body=FORBID_BYTES.replace(b"\n", b"\r"), kind="text/plain")],
    "half-a-megabyte-of-carriage-returns": [
        reply(200, body=(FORBID_BYTES + LONG).replace(b"\n", b"\r"), kind="text/plain")
    ],
    "gzip": [reply(200, [("Content-Encoding", "gzip")], gzip.compress(FORBID_BYTES))],
    "no-content-type": [raw(b"HTTP/1.1 200 OK\r\n\r\n" + FORBID_BYTES)],
    "half-a-megabyte-later": [reply(200, body=FORBID_BYTES + LONG, kind="text/plain")],
    "redirected": [redirect("/a", 301)],  # /a leads to the rules by four more redirects
    "second-try": [reply(503), robots("User-agent: *", "Disallow: /")],
    "third-try": [reply(502), reset_after(b""), robots("User-agent: *", "Disallow: /")],
    "after-retry-after": [
        reply(429, [("Retry-After", "1")]),
        robots("User-agent: *", "Disallow:/"),
    ],
    "nuls": [reply(200, body=b"\0\0\n" + FORBID_BYTES, kind="text/plain")],
}
ALLOWING: dict[str, Sequence[Behaviour]] = {
    "404": [reply(404)],
    "410": [reply(410)],
    "401": [reply(401)],
    "403-that-says-disallow": [reply(403, body=FORBID_BYTES, kind="text/plain")],
    "empty": [reply(200)],
    "204": [raw(b"HTTP/1.1 204 No Content\r\n\r\n")],
    "html": [page()],
    "binary": [reply(200, body=bytes(range(256)) * 99, kind="text/plain")],
    "others": [robots("User-agent: otherbot", "Disallow: /", "", "User-agent: *", "Disallow:")],
    "longer-names": [robots("User-agent: qarchiver/1", "User-agent: qarchive-x", "Disallow: /")],
    "longest-rule": [robots("User-agent: *", "Disallow: /", "Allow: /page")],
    "rule-after-the-limit": [reply(200, body=LONG + FORBID_BYTES, kind="text/plain")],
    "retry-after-on-200": [reply(200, [("Retry-After", "9999")])],
}
ALL = {**UNREACHABLE, **DISALLOWING, **ALLOWING}


def pages_of(name: str) -> int:
    return ALLOWED_PAGES if name in ALLOWING else PAGES


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, FaultServer]]:
    with ExitStack() as stack:
        servers = {}
        for number, (name, visits) in enumerate(ALL.items(), start=10):
            server = stack.enter_context(FaultServer(f"127.0.1.{number}"))
            server.play("/robots.txt", visits)
            for n in range(pages_of(name)):
                server.play(f"/page{n}", [reply(200)])
            servers[name] = server
        hops = ["/a", "/b", "/c", "/d", "/e"]
        for here, there in pairwise(hops):
            servers["redirected"].play(here, [redirect(there)])
        servers["redirected"].play("/e", [robots("User-agent: *", "Disallow: /")])
        yield servers


@pytest.fixture(scope="module")
def played(servers: dict[str, FaultServer]) -> Crawl:
    """All pages of all hosts at once, so that all requests of a host wait for its robots.txt."""
    pages = [
        server.url(f"/page{n}") for name, server in servers.items() for n in range(pages_of(name))
    ]
    hosts = [server.netloc for server in servers.values()]
    return fetch(pages, hosts, CONCURRENT_REQUESTS=len(pages), DOWNLOAD_TIMEOUT=15)


def pages_seen(server: FaultServer) -> int:
    return sum(seen.path.startswith("/page") for seen in server.log)


def codes(played: Crawl, server: FaultServer) -> set[str]:
    ours = [result for result in played.results if result["url"].startswith(server.url("/page"))]
    assert ours
    return {result.get("code", "fetched") for result in ours}


@pytest.mark.parametrize("name", [*UNREACHABLE, *DISALLOWING])
def test_nothing_is_fetched_while_robots_txt_cannot_be_read_or_disallows_it(
    servers: dict[str, FaultServer], played: Crawl, name: str
) -> None:
    assert pages_seen(servers[name]) == 0
    code = "robots-unreachable" if name in UNREACHABLE else "robots-disallow"
    assert codes(played, servers[name]) == {code}


def test_nothing_is_fetched_while_robots_txt_hangs(server: FaultServer) -> None:
    server.play("/robots.txt", [plays.hang])
    played = fetch([server.url("/page")], [server.netloc], DOWNLOAD_TIMEOUT=0.5)
    assert played.codes == ["robots-unreachable"]
    assert {seen.path for seen in server.log} == {"/robots.txt"}


@pytest.mark.parametrize("name", ALLOWING)
def test_what_robots_txt_does_not_forbid_is_fetched_after_one_look_at_it(
    servers: dict[str, FaultServer], played: Crawl, name: str
) -> None:
    assert pages_seen(servers[name]) == ALLOWED_PAGES
    assert codes(played, servers[name]) == {"fetched"}
    assert len(servers[name].seen("/robots.txt")) == 1
    assert servers[name].log[0].path == "/robots.txt"


def test_passing_faults_are_tried_three_times(
    servers: dict[str, FaultServer], played: Crawl
) -> None:
    assert played.results
    tries = {
        name: len(servers[name].seen("/robots.txt"))
        for name in ("everyone", "500", "429", "second-try", "third-try", "503-long-retry-after")
    }
    assert tries == {
        "everyone": 1,
        "500": 3,
        "429": 3,
        "second-try": 2,
        "third-try": 3,
        "503-long-retry-after": 1,
    }


def test_no_try_comes_before_retry_after(servers: dict[str, FaultServer], played: Crawl) -> None:
    assert played.results
    first, second = servers["after-retry-after"].seen("/robots.txt")
    assert second.at - first.at >= 1


def test_the_wait_a_host_asked_for_reaches_the_caller(
    servers: dict[str, FaultServer], played: Crawl
) -> None:
    asked = played.of(servers["503-long-retry-after"].url("/page0"))
    assert asked["retry_at"] != "None"
    assert played.of(servers["500"].url("/page0"))["retry_at"] == "None"


def test_every_host_is_reported_once_with_its_responses(
    servers: dict[str, FaultServer], played: Crawl
) -> None:
    assert len(played.results) == sum(pages_of(name) for name in ALL)
    reported = {robots["origin"]: robots for robots in played.robots}
    assert len(played.robots) == len(ALL) == len(reported)
    statuses = {
        name: reported[servers[name].url("")]["statuses"]
        for name in ("404", "redirected", "second-try", "reset")
    }
    assert statuses == {
        "404": [404],
        "redirected": [301, 302, 302, 302, 302, 200],
        "second-try": [503, 200],
        "reset": [],
    }


def test_a_redirect_to_another_host_is_followed_for_the_rules_alone(server: FaultServer) -> None:
    with FaultServer("127.0.0.2") as www:
        www.play("/robots.txt", [robots("User-agent: *", "Disallow: /page1")])
        server.play("/robots.txt", [redirect(f"http://www.example:{www.port}/robots.txt")])
        urls = [server.play(f"/page{n}", [page()]) for n in (0, 1)]
        urls += [f"http://www.example:{www.port}/page2"]
        played = fetch(
            urls,
            [server.netloc],
            dns={"www.example": "127.0.0.2"},
            TWISTED_DNS_RESOLVER="scrapy.resolver.CachingThreadedResolver",
        )
    assert [seen.path for seen in www.log] == ["/robots.txt"]
    told = [played.of(url).get("code") for url in urls]
    assert told == [None, "robots-disallow", "off-site"]


def test_the_delay_that_robots_txt_asks_for_is_kept(server: FaultServer) -> None:
    server.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 0.4")])
    pages = [server.play(f"/page{n}", [reply(200)]) for n in range(5)]
    times = fetch(pages, [server.netloc]).sent
    assert len(times) == 6
    assert min(b - a for a, b in pairwise(times)) >= 0.3  # a busy machine notes some of them late


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("Crawl-delay: 0.4", 0.4),
        ("Request-rate: 5/2s", 0.4),
        ("Request-rate: 1/5m 0600-0845", 300),
        ("Crawl-delay: 3\nRequest-rate: 5/2", 3),
        ("Crawl-delay: 10s", 10),
        ("crawl-delay: 1.5 seconds # each", 1.5),
        ("Crawl-delay: 0,5", 0.5),
        ("Crawl-delay: 500 ms", 0),
        ("Crawl-delay: 1 2", 0),
        ("Crawl-delay: .5", 0.5),
        ("Crawl-delay: -1", 0),
        ("Disallow: /help/crawl-delay: 3", 0),
        ("Crawl-delay: nan", 0),
        ("Crawl-delay: inf", 0),
        ("Crawl-delay: soon", 0),
        ("Crawl-delay:", 0),
        ("Request-rate: 5/0", 0),
        ("Request-rate: 0/5", 0),
    ],
)
def test_a_delay_is_read_or_passed_over(lines: str, delay: float) -> None:
    rules = parse_robots(f"User-agent: *\n{lines}\nDisallow: /no".encode())
    assert rules.delay == delay
    assert not rules.allows("http://a.example/no")
    assert rules.allows("http://a.example/yes")


@given(body=st.binary(), path=st.text())
def test_any_bytes_are_a_robots_txt(body: bytes, path: str) -> None:
    assert parse_robots(body).allows(f"http://a.example/{path}") in {True, False}


def test_rules_hold_for_percent_encoded_big5_too() -> None:
    rules = parse_robots(b"User-agent: *\nDisallow: /history.php?UrlClass=%A8x%C1x")
    assert not rules.allows("http://a.example/history.php?UrlClass=%A8x%C1x%B8z")
    assert rules.allows("http://a.example/history.php?UrlClass=%A5~%AC%EC")


@pytest.mark.parametrize(
    ("between", "allowed"),
    [
        ("", False),
        ("Noindex: /q", False),
        ("  content-signal : search=yes", False),
        ("Sitemap: http://a.example/s", False),
        ("no rule", False),
        ("Crawl-delay: 5", True),  # a rule here, so that the list of names ends with it
        ("Disalow: /q", True),
    ],
)
def test_what_is_no_rule_does_not_end_a_list_of_names(between: str, allowed: bool) -> None:  # noqa: FBT001
    rules = parse_robots(f"User-agent: *\n{between}\nUser-agent: b\nDisallow: /a".encode())
    assert rules.allows("http://a.example/a") is allowed


@pytest.mark.parametrize("sign", "\v\f\x1c\x1d\x1e\x85\u2028\u2029")
def test_only_carriage_return_and_newline_end_a_line(sign: str) -> None:
    for end in ("\n", "\r", "\r\n"):
        lines = ("User-agent: *", "Disallow: /a", f"# once:{sign}Allow: /a", f"Disallow: /b{sign}")
        rules = parse_robots(end.join(lines).encode())
        assert not rules.allows("http://a.example/a")
        assert not rules.allows("http://a.example/b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_rules_are_read_in_utf_16_too(encoding: str) -> None:
    rules = parse_robots("User-agent: *\nDisallow: /a\n".encode(encoding))
    assert not rules.allows("http://a.example/a")
    assert rules.allows("http://a.example/b")


def test_a_delay_of_hours_is_a_denial(server: FaultServer) -> None:
    server.play("/robots.txt", [robots("User-agent: *", "Crawl-delay: 7200")])
    played = fetch([server.url("/page")], [server.netloc])
    assert played.of(server.url("/page"))["code"] == "robots-delay"
    assert pages_seen(server) == 0


def test_rules_are_read_again_when_they_are_old(server: FaultServer) -> None:
    server.play("/robots.txt", [reply(404), robots("User-agent: *", "Disallow: /")])
    urls = [server.play(f"/page{n}", [page()]) for n in range(8)]
    played = fetch(
        urls,
        [server.netloc],
        fresh=0.5,
        CONCURRENT_REQUESTS=1,
        DOWNLOAD_DELAY=0.2,
        DOWNLOAD_DELAY_JITTER=0,
    )
    assert played.results[0]["status"] == 200
    assert played.results[-1]["code"] == "robots-disallow"
    assert len(server.seen("/robots.txt")) > 1
