"""Hrefs as pages write them, scope, and Big5 queries in three spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from scraper.reading.heads import Head, read_head
from scraper.reading.inner_links import shorten_inner_links
from scraper.reading.page import parsed
from scraper.reading.urls import MAX_LENGTH, below, big5_query, join, links_of, query_values

BASE = "https://ward.example/doctor/All/page.php?x=1"
HOME = "https://ward.example/doctor/"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("ShowDetail.php?q_no=5", "https://ward.example/doctor/All/ShowDetail.php?q_no=5"),
        ("  ../a\n/b#top ", "https://ward.example/doctor/a/b"),
        ("HTTPS://Ward.Example:443", "https://ward.example/"),
        ("http://ward.example:80/x", "http://ward.example/x"),
        ("//other.example:8080/x", "https://other.example:8080/x"),
        ("?q=一 二", "https://ward.example/doctor/All/page.php?q=%E4%B8%80%20%E4%BA%8C"),
        ("?UrlClass=%A5~%AC%EC", "https://ward.example/doctor/All/page.php?UrlClass=%A5~%AC%EC"),
        ("/doctor/../x", "https://ward.example/x"),
        (r"..\a\b?q=\c", r"https://ward.example/doctor/a/b?q=\c"),
        ("//ward.example/./x", "https://ward.example/x"),
        ("/doctor/%2E%2e/x", "https://ward.example/x"),
        ("https://ward.example//a/../b/..", "https://ward.example//"),
        ("/../..", "https://ward.example/"),
        ("/./x", "https://ward.example/x"),
        ("https://ward.example/%2e/x", "https://ward.example/x"),
        ("/.well-known/%2ex", "https://ward.example/.well-known/%2ex"),
        ("http://ward.example:8080/x", "http://ward.example:8080/x"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("http://user:word@ward.example/x", "https://ward.example/x".replace("https", "http")),
    ],
)
def test_join(href: str, expected: str) -> None:
    assert join(BASE, href) == expected


@pytest.mark.parametrize(
    "href",
    [
        "http://[bad/",
        "http://ward.example:99999/",
        "http://ward.example:port/",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "mailto:a@ward.example",
        "file:///etc/passwd",
        "http:///x",
        "/" + "x" * MAX_LENGTH,
        "/\ud800",
        "//\ufff9/x",
    ],
)
def test_what_is_no_page(href: str) -> None:
    assert join(BASE, href) is None


@given(st.text(max_size=60))
def test_join_never_raises(href: str) -> None:
    url = join(BASE, href)

    assert url is None or url.startswith(("http://", "https://"))
    assert url is None or url.isascii()


def test_links_of_a_page() -> None:
    root = fromstring(
        '<html><head><title>One</title><base><base href="/doctor/"><base href="/x/">'
        '<title>Two</title><link rel="canonical" href="a.php"></head><body>'
        '<a href="a.php">1</a><a name="x">2</a>'
        '<a href="http://[bad/">3</a><a href="b.php#c">4</a></body></html>'
    )

    assert list(links_of(root, BASE)) == [
        "https://ward.example/doctor/a.php",
        "https://ward.example/doctor/b.php",
    ]
    canonical = ("https://ward.example/doctor/a.php",)
    assert read_head(root, BASE) == Head("https://ward.example/doctor/", "One", canonical, ())


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "&#11;", "\ufffe", "&#xffff;"])
@pytest.mark.parametrize("href", ["{}/page#a", "/page#a{}b"])
def test_a_link_with_signs_that_no_xml_has(href: str, sign: str) -> None:
    root = parsed(f'<a href="{href.format(sign)}">Top</a><a href="/page#top">Top</a>')
    shorten_inner_links(root, "https://ward.example/page")
    assert root.xpath("//a[starts-with(@href, '#')]/@href") == ["#top"]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://ward.example/doctor/All/x.php?a=1", "All/x.php"),
        ("http://WARD.example:80/doctor/", ""),
        ("https://ward.example/doctor/../secret", None),
        ("https://ward.example/doctors/x", None),
        ("https://ward.example:8443/doctor/x", None),
        ("https://ward.example.evil.example/doctor/x", None),
        ("https://evil.example/doctor/x", None),
        ("https://ward.example@evil.example/doctor/x", None),
        ("http://[bad/", None),
    ],
)
def test_scope(url: str, path: str | None) -> None:
    place = below(url, HOME)

    assert (place[0] if place else None) == path


def test_scope_of_a_loopback_home() -> None:
    home = "http://127.0.0.1:8000/doctor/"

    assert below("http://127.0.0.1:8000/doctor/x", home) is not None
    assert below("http://127.0.0.1:8001/doctor/x", home) is None
    assert below("https://ward.example/doctor/x", home) is None


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("UrlClass=%A8x%C1x%B8z%ADG%AC%EC", "肝膽腸胃科"),
        ("UrlClass=%A8%78%C1%78%B8%7A%AD%47%AC%EC", "肝膽腸胃科"),
        ("UrlClass=%E8%82%9D%E8%86%BD%E8%85%B8%E8%83%83%E7%A7%91", "肝膽腸胃科"),
        ("UrlClass=%A5~%AC%EC", "外科"),
        ("UrlClass=%A5%7E%AC%EC", "外科"),
        ("UrlClass=%a5%7e%ac%ec", "外科"),
        ("UrlClass=%E5%A4%96%E7%A7%91", "外科"),
        ("UrlClass=外科", "外科"),
        ("x=1&UrlClass=a+b&UrlClass=c+d", "c d"),
        ("UrlClass=", ""),
    ],
)
def test_query_values(query: str, value: str) -> None:
    assert query_values(query)["UrlClass"] == value


def test_the_sites_own_spelling() -> None:
    assert big5_query({"UrlClass": "肝膽腸胃科"}) == "UrlClass=%A8x%C1x%B8z%ADG%AC%EC"
    assert big5_query({"a": "外科", "b": "2"}) == "a=%A5~%AC%EC&b=2"
    assert big5_query({"a": "発疹😀"}).isascii()


@given(
    st.text(st.sampled_from("一般外科內骨精神皮膚耳鼻喉婦產兒家庭醫學牙眼復健功許蓋"), min_size=2)
)
def test_spellings_meet(name: str) -> None:
    in_big5 = "".join(f"%{byte:02x}" for byte in name.encode("big5"))
    in_utf8 = "".join(f"%{byte:02X}" for byte in name.encode())

    spelt = {big5_query(query_values(f"d={written}")) for written in (in_big5, in_utf8, name)}

    assert len(spelt) == 1
    assert query_values(spelt.pop()) == {"d": name}
