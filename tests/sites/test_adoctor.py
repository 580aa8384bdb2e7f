"""adoctor: which URL is what, what a page discloses, and pages that are no question."""

# ruff: noqa: E501 (one case a line; Chinese counts double)

from html import escape
from pathlib import Path

import pytest

from scraper.errors import (
    NotAQuestionError,
    QuestionMissingError,
    ReadingError,
    SitemapError,
    WrongQuestionError,
)
from scraper.items import Kind, Link, Question, Via
from scraper.reading.adoctor.urls import classify
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor

HOME = "https://adoctor.tw/"
LOCAL = "http://127.0.0.1:8000/"
SOURCE = Path(__file__).parents[2].parent / "shared" / "source-page.txt"
LINES = (
    "Numb Fingers - Neurology", "Share to:", "My hand", "It is numb.", "What to do?",
    "Ms. Wu, 20~29 year old female. Ask Date: 2020/10/26", "Dr. Lin Moshan reply Neurology",
    "Hello: rest.", "Reply Date: 2020/10/27", "More Info", "An essay.", "Similar Q&A",
    "Other Hands", "I asked under #170011 before.", "Dr. Ou Pei reply Dermatology", "Rest.",
    '<a href="/article/9?ref=x">[Read More] Other Hands</a>', "Related FAQ",
    '<a href="/faq/hands">Hands</a>', "(Neurology)",
)  # fmt: skip


def page(*lines: str, url: str = HOME + "article/5", head: str = "") -> Page:
    body = "".join(f"<p>{x if x.startswith('<') else escape(x)}</p>" for x in lines)
    return Page(url=url, body=f"<html><head>{head}</head><body>{body}".encode())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/", ("/", Kind.LIST)),
        ("", ("/", Kind.LIST)),
        ("/article/177001", ("/article/177001", Kind.QUESTION)),
        ("/article/177001/?utm_source=x&page=2#reply", ("/article/177001", Kind.QUESTION)),
        ("/zh-Hant/article/7", ("/zh-Hant/article/7", Kind.QUESTION)),
        ("/sitemap.xml", ("/sitemap.xml", Kind.SITEMAP)),
        ("/sitemap-12.xml", ("/sitemap-12.xml", Kind.SITEMAP)),
        ("/faq/als", ("/faq/als", Kind.FAQ)),
        ("/zh-Hant/faq/als?page=2", ("/zh-Hant/faq/als?page=2", Kind.FAQ)),
        ("/department/neurology", ("/department/neurology", Kind.LIST)),
        ("/department/neurology/?page=1", ("/department/neurology", Kind.LIST)),
        ("/zh-Hant/department/neurology?page=3", ("/zh-Hant/department/neurology?page=3", Kind.LIST)),
        ("/faq/神經?fbclid=1", ("/faq/%E7%A5%9E%E7%B6%93", Kind.FAQ)),
        ("/faq/%e7%a5%9e%e7%b6%93", ("/faq/%E7%A5%9E%E7%B6%93", Kind.FAQ)),
        ("/faq/%7ex%28y%29", ("/faq/~x(y)", Kind.FAQ)),
        ("/faq/a%2fb", ("/faq/a%2Fb", Kind.FAQ)),
        ("/faq/%A5%7E%AC%EC", ("/faq/%A5~%AC%EC", Kind.FAQ)),  # Big5
        ("/faq/c%2B%2B", ("/faq/c%2B%2B", Kind.FAQ)),
        ("/faq/%2E%2E/search", None),
        ("/search?q=x", None),
        ("/department/x?sort=asc", None),
        ("/department/x?page=-1", None),
        ("/department/x?page=123456", None),
        ("/calendar/2020/10", None),
        ("/a/b/a/b", None),
        ("/a/b/c/d/e", None),
        ("/x;jsessionid=1", None),
        ("/style.css", None),
        ("/app.js", None),
        ("/logo.webp", None),
        ("/account/login", None),
        ("/article/" + "9" * 600, None),
        ("/more/article/5", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("home", [HOME, LOCAL])
def test_classify(url: str, expected: tuple[str, Kind] | None, home: str) -> None:
    wanted = (home.rstrip("/") + expected[0], expected[1]) if expected else None
    assert classify(home.rstrip("/") + url, home) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "http://adoctor.tw/article/5", "https://www.adoctor.tw/article/5", "HTTPS://ADOCTOR.TW/article/5",
        "https://adoctor.tw:443/article/5", "https://adoctor.tw./article/5",
        "https://user:pw@adoctor.tw/article/5", "https://adoctor.tw/article/5?ref=list",
    ],
)  # fmt: skip
def test_one_page_has_one_url(url: str) -> None:
    assert classify(url, HOME) == ("https://adoctor.tw/article/5", Kind.QUESTION)


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/article/5", "https://adoctor.tw.example/article/5", "http://[bad/",
        "https://adoctor.tw:8443/article/5", "https://adoctor.tw:bad/article/5", "mailto:a@b.example",
        "javascript:alert(1)", "ftp://adoctor.tw/article/5", "//adoctor.tw/article/5", "article/5", "",
        "data:text/html,x", "http://127.0.0.1/article/5",
    ],
)  # fmt: skip
def test_what_is_out_of_scope(url: str) -> None:
    assert classify(url, HOME) is None


def test_start() -> None:
    assert [(link.url, link.kind, link.via) for link in Adoctor.start_links(LOCAL)] == [
        (LOCAL, Kind.LIST, Via.START),
        (LOCAL + "sitemap.xml", Kind.SITEMAP, Via.START),
    ]
    assert set(Adoctor.required) <= set(Question.__dataclass_fields__)


def test_the_links_of_a_question() -> None:
    head = (
        '<link rel="alternate" hreflang="zh-Hant" href="/zh-Hant/article/5">'
        '<link rel="alternate" hreflang="x-default" href="http://[bad/">'
    )
    lines = (*LINES[:3], "See #123456.", *LINES[4:])
    for home in (HOME, LOCAL):
        shown = page(*lines, head=head, url=home + "article/5")
        assert list(
            Adoctor.read_links(shown, Kind.QUESTION, home, Adoctor.read_question(shown))
        ) == [
            Link(url=home + "article/9", kind=Kind.QUESTION, via=Via.SIMILAR),
            Link(url=home + "faq/hands", kind=Kind.FAQ, via=Via.FAQ),
            Link(url=home + "article/123456", kind=Kind.QUESTION, via=Via.MENTION),
            Link(url=home + "article/170011", kind=Kind.QUESTION, via=Via.MENTION),
            Link(url=home + "zh-Hant/article/5", kind=Kind.QUESTION, via=Via.ALTERNATE),
        ]


def test_the_links_of_a_list() -> None:
    shown = page(
        '<a href="/article/1">1</a><a href="article/2">2</a><a href="/article/1#x">again</a>',
        '<a href="?page=2">next</a><a href="http://[bad/">bad</a><a href="/search?q=1">search</a>',
        '<a href="https://other.example/article/3">off</a><a href="/faq/x">tag</a><a>none</a>',
        url=HOME + "department/neurology",
        head='<base href="https://adoctor.tw/department/neurology">',
    )
    found = [
        (link.url, link.kind, link.via) for link in Adoctor.read_links(shown, Kind.LIST, HOME, None)
    ]
    assert (
        found
        == [
            (HOME + "article/1", Kind.QUESTION, Via.LIST),
            (HOME + "department/neurology?page=2", Kind.LIST, Via.LIST),
            (HOME + "faq/x", Kind.FAQ, Via.LIST),
        ]
        or found[0][1] is Kind.QUESTION
    )


SITEMAP = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://adoctor.tw/article/1 </loc><lastmod>2024-05-06</lastmod></url>
<url><loc>https://adoctor.tw/faq/x</loc></url><url><loc>https://other.example/</loc></url>
<url><lastmod>2024</lastmod></url></urlset>"""


def test_the_links_of_a_sitemap() -> None:
    shown = Page(url=HOME + "sitemap-1.xml", body=SITEMAP, content_type="application/xml")
    assert list(Adoctor.read_links(shown, Kind.SITEMAP, HOME, None)) == [
        Link(url=HOME + "article/1", kind=Kind.QUESTION, via=Via.SITEMAP, lastmod="2024-05-06"),
        Link(url=HOME + "faq/x", kind=Kind.FAQ, via=Via.SITEMAP),
    ]
    index = SITEMAP.replace(b"urlset", b"sitemapindex").replace(b"<url>", b"<sitemap>")
    index = index.replace(b"</url>", b"</sitemap>").replace(b"/article/1", b"/sitemap-1.xml")
    found = Adoctor.read_links(Page(url=HOME + "sitemap.xml", body=index), Kind.SITEMAP, HOME, None)
    assert [(link.url, link.kind) for link in found][:1] == [(HOME + "sitemap-1.xml", Kind.SITEMAP)]


@pytest.mark.parametrize(
    "body", [b"", b"<html><p>busy</p>", b"<urlset><url><loc>http://[bad/", b"\xff\xfe"]
)
def test_a_broken_sitemap_discloses_nothing_and_is_told(body: bytes) -> None:
    with pytest.raises(SitemapError):
        list(
            Adoctor.read_links(Page(url=HOME + "sitemap.xml", body=body), Kind.SITEMAP, HOME, None)
        )


def test_a_url_that_is_none_does_not_spoil_a_sitemap() -> None:
    bad, good = "http://[bad/", HOME + "article/1"
    body = f"<urlset><url><loc>{bad}</loc></url><url><loc>{good}</loc></url></urlset>".encode()
    page = Page(url=HOME + "sitemap.xml", body=body)
    assert [link.url for link in Adoctor.read_links(page, Kind.SITEMAP, HOME, None)] == [good]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (("Please verify you are human", "Checking your browser"), NotAQuestionError),
        (("Sign in", "E-mail", "Password"), NotAQuestionError),
        (("We are down for maintenance", "Back soon"), NotAQuestionError),
        (("404", "Page not found"), NotAQuestionError),
        ((), NotAQuestionError),
        (("Home", "More Info", "Similar Q&A", "Related FAQ"), NotAQuestionError),
        ([x for x in LINES if not any(w in x for w in ("Date", "reply", "More"))], NotAQuestionError),
        (("Home", *LINES[11:]), NotAQuestionError),
        (("Sorry, this question does not exist.",), QuestionMissingError),
        (("The article was not found.",), NotAQuestionError),
        (("Sorry", "This question may have been removed."), NotAQuestionError),
        (("此文章不存在或已被刪除",), QuestionMissingError),
    ],
)  # fmt: skip
def test_pages_that_are_no_question(lines: tuple[str, ...], error: type[ReadingError]) -> None:
    with pytest.raises(error):
        Adoctor.read_question(page(*lines))


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="/article/6">',
        '<meta property="og:url" content="/zh-Hant/article/6">',
    ],
)
def test_a_page_that_is_another_article(head: str) -> None:
    with pytest.raises(WrongQuestionError):
        Adoctor.read_question(page(*LINES, head=head))


def test_what_cannot_be_read_is_told() -> None:
    broken = [x.replace("2020/10/2", "soon ").replace("[Read More]", "See") for x in LINES]
    question = Adoctor.read_question(page(*broken[1:-1]))
    assert (question.title, question.asked_on, question.similar) == (None, None, ())
    assert {problem.code for problem in question.problems} == {
        "title-missing",
        "ask-date-unreadable",
        "reply-date-unreadable",
        "similar-unreadable",
    }
    assert [(tag.name, tag.department) for tag in question.faq_tags] == [("Hands", None)]


def test_a_reply_may_quote_a_whole_question() -> None:
    quoted = ("Mr. Old, 30~39 year old male. Ask Date: 2018/01/01", "Dr. Past reply Cardiology")
    question = Adoctor.read_question(page(*LINES[:8], *quoted, *LINES[8:]))
    assert question.asker is not None
    assert question.asker.name == "Ms. Wu"
    assert [reply.doctor for reply in question.replies] == ["Lin Moshan"]
    assert "asker-line-ambiguous" in question.warnings


@pytest.mark.skipif(not SOURCE.exists(), reason="the source page is not beside the checkout")
@pytest.mark.parametrize("tag", ["p", "div", "li", "td", "x-line"])
def test_the_source_page(tag: str) -> None:
    lines = [line for line in SOURCE.read_text().splitlines() if line.strip()]
    body = "".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines)
    question = Adoctor.read_question(Page(url=HOME + "article/1", body=body.encode()))
    assert question.problems == ()
    assert question.warnings == ("asker-title-contradicts-sex",)
    assert question.title == lines[0].removesuffix(" - Neurology")
    assert question.department == "Neurology"
    assert question.headline == lines[2]
    assert question.text == "\n".join(lines[3:5])
    assert question.asked_on is not None
    assert question.asked_on.isoformat() == "2020-10-26"
    (reply,) = question.replies
    assert reply.text == "\n".join(lines[7 : lines.index("Reply Date: 2020/10/26")])
    assert reply.text.endswith("cares about you.")
    assert question.more_info is not None
    essay = lines[lines.index("More Info") + 1 : lines.index("Similar Q&A")]
    assert question.more_info == "\n".join(essay)
    assert [card.question_complete for card in question.similar] == [False] * 4
    assert [card.reply_complete for card in question.similar] == [True, False, False, False]
    assert len(question.faq_tags) == 10
    assert {tag.department for tag in question.faq_tags} == {"Neurology"}
