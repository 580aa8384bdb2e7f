"""Sitemaps whole, damaged, packed and hostile."""

import gzip

import pytest

from scraper.reading.sitemap import is_index, sitemap_links

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ONE = "<url><loc> https://e.example/1 </loc><lastmod>2020-01-02</lastmod></url>"
TWO = "<url><loc>https://e.example/2?a=1&amp;b=2</loc></url>"
WHOLE = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NS}>{ONE}{TWO}</urlset>'.encode()
LINKS = [("https://e.example/1", "2020-01-02"), ("https://e.example/2?a=1&b=2", None)]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (WHOLE, LINKS),
        (gzip.compress(WHOLE), LINKS),
        (b"\xef\xbb\xbf\n" + WHOLE.partition(b"\n")[2], LINKS),
        (WHOLE.replace(b"&amp;", b"&"), LINKS),
        (WHOLE.replace(NS.encode(), b""), LINKS),
        (WHOLE[: WHOLE.index(b"</urlset>")], LINKS),
        (WHOLE[: WHOLE.index(b"&amp;b")], LINKS[:1]),  # the second URL is cut
        (
            b"https://e.example/1\nhttps://e.example/2\nrubbish\n",
            [(LINKS[0][0], None), ("https://e.example/2", None)],
        ),
        (b"", []),
        (b"<html><body><p>Not found", []),
        (b"<urlset>" + b"<url><loc></loc></url>", []),
        (gzip.compress(WHOLE)[:9], []),
        (b"\x1f\x8bbroken", []),
    ],
)
def test_links(body: bytes, links: list[tuple[str, str | None]]) -> None:
    assert sitemap_links(body) == links
    assert not is_index(body)


def test_index() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>https://e.example/m1</loc></sitemap></sitemapindex>"

    assert is_index(body.encode())
    assert sitemap_links(body.encode()) == [("https://e.example/m1", None)]


def test_pictures_are_no_pages() -> None:
    image = (
        '<url><loc>https://e.example/1</loc><i:image xmlns:i="urn:i"><i:loc>https://e.example/1.png'
        "</i:loc></i:image></url>"
    )

    assert sitemap_links(f"<urlset {NS}>{image}</urlset>".encode()) == [
        ("https://e.example/1", None)
    ]


def test_entities_are_not_opened() -> None:
    body = (
        b'<!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;&a;">]>'
        b"<urlset><url><loc>https://e.example/&b;</loc></url></urlset>"
    )

    assert sitemap_links(body) == [("https://e.example/", None)]


def test_a_bomb_is_bounded() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 200_000_000)

    assert sitemap_links(bomb) == []
