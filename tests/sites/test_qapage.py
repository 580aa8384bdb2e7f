"""qapage: schema.org as pages really write it, and nothing out of other pages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from scraper.errors import NotAQuestionError, PageChangedError
from scraper.items import Asker, Kind, Link, Via
from scraper.reading.page import Page
from scraper.sites.qapage import QAPageSpider, read_links, start_links
from tests.sites.forum import HOME, MICRODATA, URL, answer, json_ld, qapage, question, read


@pytest.mark.parametrize(
    "document",
    [
        qapage(),
        [qapage()],
        {"@graph": [qapage()]},
        {"@context": "http://schema.org/", "@graph": [{"@type": "WebSite"}, qapage()]},
        qapage() | {"@type": ["ItemPage", "https://schema.org/QAPage/"]},
        qapage() | {"mainEntity": [question()]},
        question(),
        {"@graph": [{"@type": "QAPage", "mainEntity": {"@id": "#q"}}, question() | {"@id": "#q"}]},
        {"@graph": [{"@type": "QAPage", "name": "Pond Forum"}, question()]},
        qapage(acceptedAnswer=None, suggestedAnswer=[]),
        qapage(acceptedAnswer=[None], author=None, dateCreated=None, answerCount=None),
    ],
)
def test_shapes_of_json_ld(document: Any) -> None:
    found = read(json_ld(document))

    assert (found.title, found.text, found.replies) == ("Green water?", "It is green.", ())
    assert found.id == "pond.example:77:en"
    assert (found.problems, found.warnings) == ((), ())


def test_answers_and_their_authors() -> None:
    found = read(
        json_ld(
            qapage(
                author="Newt",
                dateCreated="2020-04-18 04:08:49",
                answerCount=3,
                acceptedAnswer=answer(
                    "More shade.", author={"name": "Heron"}, dateCreated="2020-04-29T11:54:14Z"
                ),
                suggestedAnswer=[
                    answer(
                        "Less food.", author=[{"@type": "Person", "name": "Toad"}, {"name": "X"}]
                    ),
                    answer("Reeds.", author="https://pond.example/u/1", datePublished="2020-05-01"),
                ],
            )
        )
    )

    assert found.asker == Asker(name="Newt")
    assert found.asked_on == date(2020, 4, 18)
    assert [(one.doctor, one.text, one.replied_on) for one in found.replies] == [
        ("Heron", "More shade.", date(2020, 4, 29)),
        ("Toad", "Less food.", None),
        (None, "Reeds.", date(2020, 5, 1)),
    ]
    assert {one.department for one in found.replies} == {None}
    assert found.department is None
    assert found.headline is None


def test_stated_answers_that_the_markup_lacks() -> None:
    found = read(json_ld(qapage(answerCount="1,005", suggestedAnswer=answer("one of many"))))

    assert found.warnings == ("answers-missing-from-markup",)
    assert len(found.replies) == 1


def test_the_same_answer_twice_is_one() -> None:
    one = answer("Shade.", author={"name": "Heron"})

    assert len(read(json_ld(qapage(acceptedAnswer=one, suggestedAnswer=[one]))).replies) == 1


def test_unreadable_date_is_a_problem() -> None:
    found = read(json_ld(qapage(dateCreated="a while ago")))

    assert found.asked_on is None
    assert [problem.code for problem in found.problems] == ["asked-on-unreadable"]


NO_QUESTION: Mapping[str, str] = {
    "empty": "",
    "plain page": "<body><h1>Questions and answers</h1></body>",
    "captcha": "<body><form>Are you human?</form></body>",
    "FAQPage": json_ld({"@type": "FAQPage", "mainEntity": [question(), question(name="Other?")]}),
    "FAQPage of one": json_ld({"@type": "FAQPage", "mainEntity": question()}),
    "FAQPage and its question": json_ld({"@graph": [{"@type": "FAQPage"}, question()]}),
    "MedicalWebPage": json_ld({"@type": "MedicalWebPage", "name": "Question of the day"}),
    "Article": json_ld({"@type": "Article", "headline": "The Question", "author": "A"}),
    "Quiz": json_ld({"@type": "Quiz", "hasPart": [question()]}),
    "list": json_ld(question(), question(name="Why do carps jump?")),
    "ItemList": json_ld({"@type": "ItemList", "itemListElement": [question(), question()]}),
    "list in microdata": "".join(
        f'<div itemscope itemtype="http://schema.org/Question"><a itemprop="name">{name}</a></div>'
        for name in ("Green water?", "Why do carps jump?")
    ),
    "several in a QAPage": json_ld(
        {"@type": "QAPage", "mainEntity": [question(), question(name="Other?")]}
    ),
    "FAQPage in microdata": MICRODATA.replace("QAPage", "FAQPage"),
}


@pytest.mark.parametrize("html", NO_QUESTION.values(), ids=NO_QUESTION)
def test_nothing_is_invented(html: str) -> None:
    with pytest.raises(NotAQuestionError):
        read(html)


@pytest.mark.parametrize(
    "html",
    [
        json_ld({"@type": "QAPage", "name": "Pond Forum"}),
        json_ld({"@type": "QAPage", "mainEntity": None}),
        '<script type="application/ld+json">{"@type": "QAPage", "mainEntity": {Question</script>',
        '<div itemscope itemtype="https://schema.org/QAPage"><h1>Question</h1></div>',
    ],
)
def test_a_qapage_that_cannot_be_read_has_changed(html: str) -> None:
    with pytest.raises(PageChangedError):
        read(html)


def test_related_questions_and_their_answers_stay_out() -> None:
    related = """<aside><div itemscope itemtype="http://schema.org/Question">
    <a itemprop="name" href="/questions/8">Why do carps jump?</a><div itemscope
    itemtype="http://schema.org/Answer"><p itemprop="text">For joy.</p></div></div></aside>"""

    found = read(f"<body>{MICRODATA}{related}</body>")

    assert found.title == "Green water?"
    assert [reply.text for reply in found.replies] == ["Shade."]


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ('lang="zh-TW"', "zh-Hant"),
        ('lang="zh-hans-CN"', "zh-Hans"),
        ('lang="zh"', "zh"),
        ('lang="pt_BR"', "pt"),
        ('lang=" EN-us "', "en"),
        ("", "und"),
        ('lang="english!"', "und"),
    ],
)
def test_language(lang: str, language: str) -> None:
    assert read(f"<html {lang}><body>{MICRODATA}</body></html>").language == language


def test_hostile_data_ends() -> None:
    deep = '{"a":' * 50_000 + "1" + "}" * 50_000
    wide = json_ld(qapage(suggestedAnswer=[answer(f"{n}") for n in range(2_000)]))
    script = f'<script type="application/ld+json">{deep}</script>'
    doubling = [{"@id": f"#{n}", "a": [{"@id": f"#{n + 1}"}] * 9} for n in range(25)]
    looped = {"@graph": [qapage() | {"@id": "#p", "isPartOf": {"@id": "#p"}}]}

    assert len(read(wide).replies) == 2_000
    assert read(json_ld(looped)).title == "Green water?"
    assert read(json_ld({"@graph": [*doubling, qapage()]})).title == "Green water?"
    assert read(MICRODATA.replace("<h1", "<p itemprop=text>y</p>" * 9_000 + "<h1")).text == "y"
    assert read(f"<body>{script}{MICRODATA}</body>").title == "Green water?"


def test_where_a_crawl_starts() -> None:
    assert [link.url for link in start_links("http://127.0.0.1:8000/forum/")] == [
        "http://127.0.0.1:8000/forum/",
        "http://127.0.0.1:8000/sitemap.xml",
    ]


def test_sitemap_links() -> None:
    urlset = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{URL}</loc>
    <lastmod>2020-01-02</lastmod></url><url><loc>http://other.example/</loc></url></urlset>"""
    index = f"<sitemapindex><sitemap><loc>{HOME}maps/one</loc></sitemap></sitemapindex>"
    pages = [Page(url=HOME + "sitemap.xml", body=body.encode()) for body in (urlset, index)]

    found = [list(read_links(page, Kind.SITEMAP, HOME, None)) for page in pages]

    assert found == [
        [Link(url=URL, kind=Kind.QUESTION, via=Via.SITEMAP, lastmod="2020-01-02")],
        [Link(url=HOME + "maps/one", kind=Kind.SITEMAP, via=Via.SITEMAP)],
    ]


def test_page_links() -> None:
    html = '<a href="/questions/8">1</a><a href="/questions?page=2">2</a><a href="http://[x/">3</a>'
    page = Page(url=URL, body=html.encode())

    found = list(read_links(page, Kind.LIST, HOME, None))

    assert found == [
        Link(url=HOME + "questions/8", kind=Kind.QUESTION, via=Via.LIST),
        Link(url=HOME + "questions?page=2", kind=Kind.LIST, via=Via.LIST),
    ]


def test_home_is_what_the_command_names() -> None:
    assert QAPageSpider(start_url=HOME + "questions?page=2").base == HOME
    assert QAPageSpider(base_url="http://127.0.0.1:8000").base == "http://127.0.0.1:8000/"
    with pytest.raises(ValueError, match="--base-url or --start-url"):
        QAPageSpider()
