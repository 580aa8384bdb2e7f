"""qapage: schema.org as pages really write it, and nothing out of other pages."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from scraper.errors import NotAQuestionError, PageChangedError
from scraper.items import Asker, Kind, Link, Question, Via
from scraper.reading.page import Page
from scraper.sites.qapage import QAPageSpider, classify, read_links, read_question, start_links

HOME = "http://pond.example/"
URL = HOME + "questions/77/green-water"


def read(html: str, url: str = URL) -> Question:
    return read_question(Page(url=url, body=html.encode()))


def json_ld(*documents: Any, html: str = "") -> str:
    written = (json.dumps(document).replace("</", r"<\/") for document in documents)
    scripts = (f'<script type="application/ld+json">{text}</script>' for text in written)
    return f'<html lang="en"><head>{"".join(scripts)}</head><body>{html}</body></html>'


def question(**properties: Any) -> dict[str, Any]:
    return {"@type": "Question", "name": "Green water?", "text": "It is green."} | properties


def answer(text: str, **properties: Any) -> dict[str, Any]:
    return {"@type": "Answer", "text": text} | properties


def qapage(**properties: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "mainEntity": question(**properties),
    }


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


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<!--\n", "\n-->"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>\n"),
        ("<!--//--><![CDATA[//><!--\n", "\n//--><!]]>"),
    ],
)
def test_json_ld_in_signs_of_comments(before: str, behind: str) -> None:
    script = before + json.dumps(qapage(text="See //a and <!-- b -->")) + behind
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert (found.title, found.text) == ("Green water?", "See //a and <!-- b -->")


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


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("one\ntwo\r\n\n  three  ", "one\ntwo\nthree"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("one &amp; two &lt;3", "one & two <3"),
        ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two &amp;amp; three&lt;/p&gt;", "one\ntwo & three"),
        ("if a < b and b > c", "if a < b and b > c"),
        ("line <b>one</b>\nline two", "line one\nline two"),
        ("<ul><li>one</li>\n<li>two</li></ul><script>alert(1)</script>", "one\ntwo"),
        ("one\u00a0two\u3000three", "one two three"),
    ],
)
def test_lines_of_a_json_string(written: str, lines: str) -> None:
    assert read(json_ld(qapage(text=written))).text == lines


def test_title_is_unescaped_once() -> None:
    assert read(json_ld(qapage(name="Is &quot;&lt;pond&gt;&quot; a tag?"))).title == (
        'Is "<pond>" a tag?'
    )


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


MICRODATA = """<div itemscope itemtype="http://schema.org/QAPage"><div itemprop="mainEntity"
 itemscope itemtype="http://schema.org/Question"><h1 itemprop="name">Green water?</h1>
 <p itemprop="text">It is green. Very green.</p><div itemprop="suggestedAnswer" itemscope
 itemtype="http://schema.org/Answer"><p itemprop="text">Shade.</p></div></div></div>"""


def test_the_fuller_of_two() -> None:
    two = [answer("Shade."), answer("Reeds.")]
    fuller_json = read(json_ld(qapage(suggestedAnswer=two), html=MICRODATA))
    fuller_markup = read(json_ld(qapage(author="Newt"), html=MICRODATA))

    assert [reply.text for reply in fuller_json.replies] == ["Shade.", "Reeds."]
    assert [reply.text for reply in fuller_markup.replies] == ["Shade."]
    assert fuller_markup.text == "It is green. Very green."
    assert fuller_markup.asker == Asker(name="Newt")


def test_broken_json_beside_microdata() -> None:
    broken = '<script type="application/ld+json">{"@type": "QAPage", </script>'

    assert read(f"<body>{broken}{MICRODATA}</body>").text == "It is green. Very green."


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
    [('lang="zh-TW"', "zh-TW"), ('lang="pt_BR"', "pt-BR"), ("", "und"), ('lang="english!"', "und")],
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


@pytest.mark.parametrize(
    ("path", "source_id"),
    [
        ("questions/77/green-water", "77"),
        ("q/0077.html", "77"),
        ("pond-11/green-water-8313", "8313"),
        ("showthread/8313-green-water", "8313"),
    ],
)
def test_source_id(path: str, source_id: str) -> None:
    assert read(MICRODATA, HOME + path).source_id == source_id


def test_source_ids_of_pages_without_a_number_differ() -> None:
    paths = ["green-water", "green-water-2020", "brown-water-2020", "view?t=1", "view?t=2"]
    paths += ["forum/12/topic/5", "forum/12/topic/6", "2020/04/18/a", "2020/04/18/b"]

    found = {read(MICRODATA, HOME + path).source_id for path in paths}

    assert len(found) == len(paths)
    assert all(len(source_id) == 16 for source_id in found)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("questions/77/green-water", Kind.QUESTION),
        ("questions/77", Kind.QUESTION),
        ("t/8313", Kind.QUESTION),
        ("questions?page=2", Kind.LIST),
        ("questions/tagged/algae", Kind.LIST),
        ("questions/77/green-water/edit", Kind.LIST),
        ("users/77/newt", Kind.LIST),
        ("pond-11/green-water-8313", Kind.LIST),
        ("", Kind.LIST),
        ("sitemap.xml", Kind.SITEMAP),
        ("sitemaps/sitemap-questions-3.xml.gz", Kind.SITEMAP),
    ],
)
def test_kinds(path: str, expected: Kind) -> None:
    assert classify(HOME + path, HOME) == (HOME + path, expected)


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/questions/7",
        "http://pond.example:81/",
        HOME + "logo.png",
        "mailto:a@b.c",
    ],
)
def test_other_hosts_and_files_are_left(url: str) -> None:
    assert classify(url, HOME) is None


def test_canonical_urls() -> None:
    assert classify(HOME + "questions/7?utm_source=x&b=2&a=1#9", HOME) == (
        HOME + "questions/7?a=1&b=2",
        Kind.QUESTION,
    )
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
