"""Sitemaps whole, damaged, packed and hostile."""

import gzip

import pytest

from scraper.errors import SitemapError
from scraper.items import Kind
from scraper.reading.sitemap import Entry, is_sitemap, own_links, sitemap_entries

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ONE = "<url><loc> https://e.example/1 </loc><lastmod>2020-01-02</lastmod></url>"
TWO = "<url><loc>https://e.example/2?a=1&amp;b=2</loc></url>"
WHOLE = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NS}>{ONE}{TWO}</urlset>'.encode()
LINKS = [Entry("https://e.example/1", "2020-01-02"), Entry("https://e.example/2?a=1&b=2")]
IN_UTF_16 = WHOLE.decode().replace("UTF-8", "UTF-16")


@pytest.mark.parametrize(
    "body",
    [
        WHOLE,
        gzip.compress(WHOLE),
        gzip.compress(WHOLE[:99]) + gzip.compress(WHOLE[99:]),
        b"\xef\xbb\xbf\n" + WHOLE.partition(b"\n")[2],
        WHOLE.replace(b"&amp;", b"&"),
        WHOLE.replace(b"2?a=1&amp;b=2", b"<![CDATA[2?a=1&b=2]]>"),
        WHOLE.replace(b"example/", b"example/<!-- & --><?php x?>"),
        WHOLE.replace(NS.encode(), b""),
        WHOLE.replace(b"<url>", b"<!-- <url> --><url>"),
        WHOLE.replace(b"</loc>", b"</loc><title><![CDATA[one </url>]]></title>"),
        IN_UTF_16.encode("utf-16"),
        IN_UTF_16.encode("utf-16-le"),
        gzip.compress(IN_UTF_16.encode("utf-16-be")),
        b"<br />\n<b>Warning</b>: <a href='http://php.example'>Old</a> function<br />\n" + WHOLE,
        b"\nWarning: http://php.example in 3\n" + WHOLE.partition(b"\n")[2],
        WHOLE.replace(b"loc>", b"Loc>").replace(b"lastmod>", b"lastMod>"),
        WHOLE.replace(b"</url>", b"<xhtml:link rel='alternate' href='/zh/1'/></url>"),
        WHOLE.replace(b"</url>", b"<x:a xmlns:x='urn:x'><x:url>b</x:url></x:a></url>"),
        WHOLE.replace(b"</url>", b"<x:url xmlns:x='urn:x'/></url>"),
        WHOLE.replace(b"</url>", b"<x:url>b</x:url></url>"),
        WHOLE.replace(b"<url>", b"<url/><url>"),
    ],
)
def test_links(body: bytes) -> None:
    assert list(sitemap_entries(body)) == LINKS


def test_plain_text() -> None:
    body = b"HTTPS://e.example/1\nhttps://e.example/2\nrubbish\n"
    assert [entry.url for entry in sitemap_entries(body)] == [
        "HTTPS://e.example/1",
        "https://e.example/2",
    ]


def test_an_empty_sitemap_is_one() -> None:
    assert list(sitemap_entries(f"<urlset {NS}></urlset>".encode())) == []
    assert list(sitemap_entries(f"<urlset {NS}/>".encode())) == []
    assert list(sitemap_entries(b"<urlset> <!-- <url> --> </urlset>")) == []


def damaged(body: bytes) -> tuple[list[Entry], str]:
    """What can be read of a sitemap, and the code of its flaw."""
    entries: list[Entry] = []
    try:
        for entry in sitemap_entries(body):
            entries.append(entry)  # noqa: PERF402 -- kept though it raises
    except SitemapError as error:
        return entries, error.code
    pytest.fail("it is taken for a whole one")


@pytest.mark.parametrize(
    ("body", "links", "code"),
    [
        (WHOLE[: WHOLE.index(b"</urlset>")], LINKS, "body-cut"),
        (WHOLE[: WHOLE.index(b"&amp;b")], LINKS[:1], "body-cut"),  # the second URL is cut
        (WHOLE[:60], [], "body-cut"),
        (b"<urlset><url><x xmlns='u'><url>a</url></x><loc>https://e.exam", [], "body-cut"),
        (b"<urlset><url><loc></loc></url>", [], "body-cut"),
        (gzip.compress(WHOLE)[:9], [], "body-cut"),
        (gzip.compress(WHOLE)[:-1], LINKS, "body-cut"),
        (b"\x1f\x8bbroken", [], "body-corrupt"),
        (gzip.compress(WHOLE) + gzip.compress(b"") * 300, LINKS, "body-corrupt"),
        (b"", [], "not-a-sitemap"),
        (b"rubbish", [], "not-a-sitemap"),
        (b"<", [], "not-a-sitemap"),
        (b"<!doctype html><html><body><p>Not found", [], "not-a-sitemap"),
        (b"<urlset><url><loc>https://e.example/<b>1</b></loc></url></urlset>", [], "not-a-sitemap"),
        (b"<urlset><url><link>https://e.example/1</link></url></urlset>", [], "not-a-sitemap"),
        (
            b"<urlset><!-- <url> -->\n<URL><LOC>https://e.example/1</LOC></URL></urlset>",
            [],
            "not-a-sitemap",
        ),
        (b"<urlset><URL><LOC>https://e.exam", [], "body-cut"),
        (b"<rss><channel><link>https://e.example/1</link></channel></rss>", [], "not-a-sitemap"),
    ],
)
def test_what_is_damaged_or_none_is_told(body: bytes, links: list[Entry], code: str) -> None:
    assert damaged(body) == (links, code)


def test_half_of_a_gzipped_sitemap() -> None:
    entries = "".join(f"<url><loc>https://e.example/{n * n}</loc></url>" for n in range(3000))
    body = gzip.compress(f"<urlset {NS}>{entries}</urlset>".encode())
    found, code = damaged(body[: len(body) // 2])
    assert code == "body-cut"
    assert 1000 < len(found) < 2000
    assert found == [Entry(f"https://e.example/{n * n}") for n in range(len(found))]


def test_a_large_one_is_whole() -> None:
    entry = f"<url><loc>https://e.example/%d</loc><x>{'a' * 700}</x></url>"
    text = "".join(entry % n for n in range(30_000))
    assert len(text) > 22_000_000
    assert (
        len(list(sitemap_entries(gzip.compress(f"<urlset>{text}</urlset>".encode(), 1)))) == 30_000
    )


def test_index() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>https://e.example/m1</loc></sitemap></sitemapindex>"
    assert list(sitemap_entries(body.encode())) == [Entry("https://e.example/m1", is_sitemap=True)]


def test_pictures_are_no_pages() -> None:
    image = (
        '<url><loc>https://e.example/1</loc><i:image xmlns:i="urn:i"><i:loc>https://e.example/1.png'
        "</i:loc></i:image></url>"
    )

    found = sitemap_entries(f"<urlset {NS}>{image}</urlset>".encode())
    assert list(found) == [Entry("https://e.example/1")]


HOME = "https://e.example/forum/"


def classify(url: str, home: str) -> tuple[str, Kind] | None:
    return (url, Kind.QUESTION) if url.startswith(home) else None  # of absolute ones


def links(*urls: str, index: bool = False) -> list[tuple[str, Kind]]:
    root, tag = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{tag}><loc>{url}</loc></{tag}>" for url in urls)
    found = own_links(f"<{root}>{entries}</{root}>".encode(), HOME, classify)
    return [(link.url, link.kind) for link in found]


def test_the_sites_own_pages_and_sitemaps_are_links() -> None:
    assert links(f"{HOME}1", "https://e.example/blog", "https://other.example/2") == [
        (f"{HOME}1", Kind.QUESTION)
    ]
    assert links("http://e.example:80/map?n=1", "https://other.example/m", index=True) == [
        ("https://e.example/map?n=1", Kind.SITEMAP)
    ]
    assert links("/forum/1", "2", "/blog", "http://[bad/") == [
        (f"{HOME}1", Kind.QUESTION),
        (f"{HOME}2", Kind.QUESTION),
    ]
    assert links() == links("https://e.example/blog") == []


@pytest.mark.parametrize("index", [False, True])
def test_a_sitemap_of_another_site_is_told(*, index: bool) -> None:
    with pytest.raises(SitemapError, match=r"no page of https://e.example, .* https://o.example/2"):
        links("https://o.example/1", "https://o.example/2", index=index)


def test_what_is_more_than_memory_holds_is_told() -> None:
    many = b"".join(b"https://e.example/%d\n" % n for n in range(100_001))
    found, code = damaged(many)
    assert (len(found), code) == (100_000, "body-too-big")
    found, code = damaged(b"\n".join([b"https://e.example/" + b"a" * 3_000_000] * 9))
    assert (len(found), code) == (5, "body-too-big")


@pytest.mark.parametrize("what", [b"<urlset ", b"<!-- ", b"&", b"</url ", b"<url><loc>&a;&"])
def test_hostile_ones_take_no_longer(what: bytes) -> None:
    assert damaged(b"<urlset>" + what * 100_000)[0] == []


def test_a_bare_ampersand_is_none_where_pieces_meet() -> None:
    """The parser takes a quarter of a megabyte at a time."""
    text = "".join(f"<url><loc>https://e.example/{n}?a&amp;b&c</loc></url>" for n in range(9_000))
    urls = [entry.url for entry in sitemap_entries(f"<urlset>{text}</urlset>".encode())]
    assert urls == [f"https://e.example/{n}?a&b&c" for n in range(9_000)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (WHOLE, True),
        (b"\xef\xbb\xbf <!-- <html> -->\n<m:urlset xmlns:m='x'>", True),
        (gzip.compress(WHOLE), True),
        (b"<!DOCTYPE html><!-- a --><html><body><urlset></urlset>", False),
        (b"https://e.example/1", False),
        (b"", False),
    ],
)
def test_a_sitemap_is_known_by_its_beginning(body: bytes, *, expected: bool) -> None:
    assert is_sitemap(body) is expected


def test_entities_are_not_opened() -> None:
    body = (
        b'<!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;&a;">]>'
        b"<urlset><url><loc>https://e.example/&b;</loc></url></urlset>"
    )
    with pytest.raises(SitemapError, match="none of its 1 entries has a <loc> that is plain text"):
        list(sitemap_entries(body))


def test_a_bomb_is_bounded() -> None:
    bomb = gzip.compress(b"<urlset>") + gzip.compress(b" " * 1_000_000) * 200
    assert damaged(bomb) == ([], "body-too-big")
