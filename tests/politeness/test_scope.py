from pathlib import Path

import pytest

from scraper.politeness.errors import DeniedError
from scraper.politeness.scope import check_scope
from tests.crawling import crawl
from tests.database import rows
from tests.faults.plays import redirect, reply
from tests.faults.server import FaultServer
from tests.politeness.crawling import fetch

# What a redirect of the site may point to; {v4} and {v6} are the ports of servers that must not be
# reached, {site} is the site's own netloc.
FORBIDDEN = {
    "http://127.0.0.1:{v4}/": "private-address",
    "http://127.0.0.2:{v4}/": "private-address",
    "http://127.1:{v4}/": "private-address",
    "http://2130706433:{v4}/": "private-address",
    "http://0x7f000001:{v4}/": "private-address",
    "http://0x7f.1:{v4}/": "private-address",
    "http://0177.0.0.1:{v4}/": "private-address",
    "http://017700000001:{v4}/": "private-address",
    "http://0.0.0.0:{v4}/": "private-address",
    "http://0:{v4}/": "private-address",
    "//127.0.0.3:{v4}/": "private-address",
    "http://[::1]:{v6}/": "private-address",
    "http://[0:0:0:0:0:0:0:1]:{v6}/": "private-address",
    "http://[::ffff:127.0.0.1]:{v4}/": "private-address",
    "http://[::ffff:7f00:1]:{v4}/": "private-address",
    "http://localhost:{v4}/": "off-site",
    "http://LOCALHOST:{v4}/": "off-site",
    "http://sub.localhost:{v4}/": "off-site",
    "http://inside.example:{v4}/": "off-site",
    "http://own-name.example:{v4}/": "private-address",  # in scope, but resolves to 127.0.0.1
    "http://own-lan.example:{v4}/": "private-address",  # in scope, but resolves to 10.0.0.1
    "http://own-ipv6.example:{v6}/": "private-address",  # in scope, but resolves to ::1
    "http://own-mapped.example:{v4}/": "private-address",  # and to ::ffff:10.0.0.1
    "http://user:word@{site}/secret": "off-site",
    "http://{site}@127.0.0.1:{v4}/": "off-site",
    "http://127.0.0.1.evil.example:{v4}/": "off-site",
    "https://{site}.@inside.example:{v4}/": "off-site",
    "http://169.254.169.254/latest/meta-data/": "private-address",
    "http://10.0.0.1/": "private-address",
    "http://192.168.0.1:{v4}/": "private-address",
    "http://[fe80::1]/": "private-address",
    "http://[fd00:ec2::254]/": "private-address",
    "http://224.0.0.1/": "private-address",
    "file:///etc/hostname": "scheme-not-http",
    "ftp://127.0.0.1:{v4}/": "scheme-not-http",
    "data:text/html,hello": "scheme-not-http",
    "gopher://127.0.0.1:{v4}/1": "scheme-not-http",
}
NAMES = {
    "inside.example": "127.0.0.1",
    "sub.localhost": "127.0.0.1",
    "own-name.example": "127.0.0.1",
    "own-lan.example": "10.0.0.1",
    "own-ipv6.example": "::1",
    "own-mapped.example": "::ffff:10.0.0.1",
}


def forbidden_urls(server: FaultServer, v4: FaultServer, v6: FaultServer) -> dict[str, str]:
    return {
        url.format(site=server.netloc, v4=v4.port, v6=v6.port): code
        for url, code in FORBIDDEN.items()
    }


def play_redirects(server: FaultServer, targets: list[str]) -> list[str]:
    """Every second redirect is met again after a 503."""
    plays = [[redirect(target)] for target in targets]
    for visits in plays[::2]:
        visits.insert(0, reply(503))
    starts = [server.play(f"/r{n}", visits) for n, visits in enumerate(plays)]
    return starts + starts[::2]


def test_no_redirect_reaches_another_host(server: FaultServer) -> None:
    assert len(FORBIDDEN) >= 30
    with FaultServer("0.0.0.0") as v4, FaultServer("::1") as v6:
        codes = forbidden_urls(server, v4, v6)
        starts = play_redirects(server, list(codes))
        own = {"own-name": v4, "own-lan": v4, "own-ipv6": v6, "own-mapped": v4}
        hosts = [server.netloc, *(f"{name}.example:{at.port}" for name, at in own.items())]
        crawled = fetch(starts, hosts, dns=NAMES, follow=True)
        assert v4.connections + v6.connections == 0
    denied = [result["code"] for result in crawled.results if "code" in result]
    assert sorted(denied) == sorted(codes.values())
    assert "/secret" not in {seen.path for seen in server.log}


def test_no_redirect_of_robots_txt_reaches_a_private_host(server: FaultServer) -> None:
    with FaultServer("0.0.0.0") as v4, FaultServer("::1") as v6:
        targets = [url for url in forbidden_urls(server, v4, v6) if "/secret" not in url]  # its own
        server.play("/robots.txt", [redirect(target) for target in targets])
        pages = [server.url(f"/{n}") for n in range(len(targets) // 3 + 1)]  # three tries for each
        crawled = fetch(pages, [server.netloc], dns=NAMES, fresh=0, CONCURRENT_REQUESTS=1)
        assert v4.connections + v6.connections == 0
    assert len(server.log) >= len(targets)
    assert {seen.path for seen in server.log} == {"/robots.txt"}
    assert crawled.codes == ["robots-unreachable"]


def test_the_robots_txt_of_a_copy_on_loopback_leads_nowhere_else(
    server: FaultServer, tmp_path: Path
) -> None:
    server.play("/robots.txt", [redirect("http://www.invalid/robots.txt")])
    crawl(tmp_path, base_url=server.url("/"))
    told = rows(tmp_path, "SELECT DISTINCT code, detail FROM problems")
    reason = "www.invalid is not one of the site's hosts"
    assert told == [("robots-unreachable", f"robots.txt redirects out of reach: {reason}")]


def test_the_same_redirects_do_reach_other_hosts_without_the_guard(server: FaultServer) -> None:
    with FaultServer("0.0.0.0") as v4, FaultServer("::1") as v6:
        starts = play_redirects(server, list(forbidden_urls(server, v4, v6)))
        fetch(
            starts,
            [server.netloc],
            dns=NAMES,
            follow=True,
            DOWNLOAD_TIMEOUT=1,
            TWISTED_DNS_RESOLVER="scrapy.resolver.CachingHostnameResolver",
            DOWNLOADER_MIDDLEWARES={"scraper.politeness.body.BodyMiddleware": 590},
        )
        assert v4.connections >= 5
        assert v6.connections >= 1


@pytest.mark.parametrize(
    ("address", "host"), [("127.0.0.1", "localhost"), ("::1", "[::1]"), ("::1", "six.localhost")]
)
def test_a_loopback_host_that_is_the_site_itself_is_reached(address: str, host: str) -> None:
    with FaultServer(address) as server:
        server.play("/a", [reply(200)])
        own = f"{host}:{server.port}"
        crawled = fetch([f"http://{own}/a"], [own], dns={"six.localhost": "::1"})
    assert crawled.of(f"http://{own}/a")["status"] == 200


def test_a_meta_refresh_is_not_followed(server: FaultServer) -> None:
    with FaultServer("127.0.0.2") as other:
        body = f'<meta http-equiv=refresh content="0;url={other.url("/")}">'.encode()
        crawled = fetch([server.play("/a", [reply(200, body=body)])], [server.netloc])
        assert other.connections == 0
    assert [result["status"] for result in crawled.results] == [200]


@pytest.mark.parametrize(
    "url",
    [
        "http://adoctor.tw/article/1",
        "https://adoctor.tw/article/1",
        "https://ADOCTOR.tw:443/",
        "http://adoctor.tw:80/",
        "http://127.0.0.1:8000/x",
        "http://[::1]:8000/x",
    ],
)
def test_the_sites_own_hosts_are_in_scope(url: str) -> None:
    check_scope(url, frozenset({"adoctor.tw", "127.0.0.1:8000", "[::1]:8000"}))


@pytest.mark.parametrize(
    "url",
    [
        "http://adoctor.tw:8080/",
        "http://adoctor.tw:443/",
        "http://www.adoctor.tw/",
        "http://adoctor.tw.evil.example/",
        "http://evil.example/adoctor.tw",
        "http://evil.example#adoctor.tw",
        "http://adoctor.tw@evil.example/",
        "http://adoctor.tw\\@evil.example/",
        "http://8.8.8.8/",
        "http:///article/1",
    ],
)
def test_other_hosts_and_ports_are_off_site(url: str) -> None:
    with pytest.raises(DeniedError) as denied:
        check_scope(url, frozenset({"adoctor.tw"}))
    assert denied.value.code == "off-site"


def test_a_spider_without_hosts_goes_where_a_person_points_it() -> None:
    check_scope("http://127.0.0.1:8000/", None)
    with pytest.raises(DeniedError):
        check_scope("file:///etc/hostname", None)
