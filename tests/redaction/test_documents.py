"""Sitemaps, feeds, JSON and headers lose what they quote, and no other byte."""

import gzip
import json
from base64 import b64encode
from dataclasses import replace
from urllib.parse import quote

import pytest

from scraper.items import Kind
from scraper.reading.page import Page
from scraper.reading.redaction.redact import redact
from scraper.sites.adoctor import Adoctor
from tests.redaction.quoting import CHINESE, HOME, LINE, TITLE, forgotten, redacted

SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://adoctor.tw/article/4</loc><lastmod>2026-01-01</lastmod></url>\n"
    "<url><loc>{}</loc><lastmod>2026-01-02</lastmod>{}</url></urlset>"
)


def test_a_sitemap_loses_the_url_and_its_picture() -> None:
    image = "<image:image><image:loc>{}</image:loc><image:title>{}</image:title></image:image>"
    before = SITEMAP.format(
        "https://adoctor.tw/article/5", image.format("https://x.example/numb.png", TITLE)
    )
    after = SITEMAP.format("about:blank", image.format("about:blank", "[removed]"))
    page = Page(url=f"{HOME}sitemap.xml", body=before.encode())
    new = redact(page, forgotten())
    assert new == after.encode()
    links = Adoctor.read_links(Page(url=page.url, body=new), Kind.SITEMAP, HOME, None)
    assert [link.url for link in links] == ["https://adoctor.tw/article/4"]


@pytest.mark.parametrize(
    "path", [f"search?q={quote(TITLE)}", "go?to=/article/5", f"article/9/reply?t={quote(TITLE)}"]
)
@pytest.mark.parametrize("document", [SITEMAP, f"{HOME}article/4\n{{}}\n{{}}"])
def test_a_sitemap_loses_urls_that_hold_the_words_or_the_url(path: str, document: str) -> None:
    """As a page's links do."""
    page = Page(url=f"{HOME}sitemap.xml", body=document.format(HOME + path, "").encode())
    assert redact(page, forgotten(text=TITLE)) == document.format("about:blank", "").encode()
    other = document.format(f"{HOME}search?q=Cold+feet+in+the+snow", "").encode()
    assert redact(replace(page, body=other), forgotten(text=TITLE)) is None


def test_a_gzipped_sitemap_stays_gzipped() -> None:
    before = SITEMAP.format("https://adoctor.tw/article/5", "").encode()
    page = Page(url=f"{HOME}sitemap.xml.gz", body=gzip.compress(before))
    new = redact(page, forgotten())
    assert new is not None
    assert gzip.decompress(new) == SITEMAP.format("about:blank", "").encode()


def test_a_plain_list_of_urls_keeps_its_line_ends() -> None:
    before = f"https://adoctor.tw/article/4\r\nhttps://adoctor.tw/article/5\r\n{TITLE}\r\n"
    page = Page(url=f"{HOME}sitemap.xml", body=before.encode())
    after = b"https://adoctor.tw/article/4\r\nabout:blank\r\n[removed]\r\n"
    assert redact(page, forgotten(phrases=(TITLE,))) == after


def test_a_feed_keeps_the_item_without_its_words() -> None:
    before = (
        '<?xml version="1.0"?><rss><channel><title>New</title><item><title>{}</title>'
        "<link>{}</link><description><![CDATA[{}]]></description><pubDate>Mon</pubDate></item></channel></rss>"
    )
    new = redacted(before.format(TITLE, f"{HOME}article/5", f"<p>{LINE}</p>"), forgotten())
    assert new == before.format("[removed]", "about:blank", "[removed]").encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<![CDATA[<p>{}</p><p>Cold feet</p>]]>", "<![CDATA[<p>[removed]</p><p>Cold feet</p>]]>"),
        ("&lt;p&gt;{}&lt;/p&gt;", "&lt;p&gt;[removed]&lt;/p&gt;"),
    ],
)
def test_a_feed_loses_lines_of_its_markup(before: str, after: str) -> None:
    feed = '<?xml version="1.0"?><rss><item><description>{}</description></item></rss>'
    new = redacted(feed.format(before.format(LINE)), forgotten(text=LINE))
    assert new == feed.format(after).encode()


def test_a_text_loses_a_line() -> None:
    text = "Cold feet\r\n{}\r\nCold hands\r\n"
    new = redacted(text.format(LINE), forgotten(text=LINE))
    assert new == text.format("[removed]").encode()


def test_a_json_object_with_the_link_loses_its_texts() -> None:
    before = (
        f'[{{"url": "/article/6", "title": "Feet"}}, {{"url": "/article/5", "title": "{TITLE}"}}]'
    )
    after = '[{"url": "/article/6", "title": "Feet"}, {"url": "about:blank", "title": "[removed]"}]'
    assert redacted(before, forgotten()) == after.encode()


def test_json_is_searched_with_any_signs_between_the_words_and_in_keys() -> None:
    what = forgotten(phrases=(TITLE,))
    assert (
        redacted('{"a": "Numb hands, at the piano", "b": 2}', what) == b'{"a": "[removed]", "b": 2}'
    )
    assert redacted('{"Numb hands at the piano": 1, "b": 2}', what) == b""


@pytest.mark.parametrize(
    "header",
    [
        json.dumps({"title": CHINESE}).encode(),
        b"=?utf-8?B?" + b64encode(CHINESE.encode()) + b"?=",
        b"last=" + quote(CHINESE).encode() + b"; Path=/",
    ],
)
def test_escaped_words_in_a_header_are_found(header: bytes) -> None:
    assert forgotten(text=CHINESE).matches_header(header)
    assert not forgotten(text=TITLE).matches_header(header)


@pytest.mark.parametrize("codec", ["utf-8", "latin-1"])
def test_words_in_a_header_are_found_in_any_charset(codec: str) -> None:
    what = forgotten(phrases=("Été 94 à Hübingen",))
    assert what.matches_header('inline; filename="Été 94 à Hübingen.pdf"'.encode(codec))
    assert not what.matches_header('inline; filename="Été 95 à Hübingen.pdf"'.encode(codec))
