"""JSON-LD scripts as pages really write them: decorated, several in one, or broken."""

import json
from collections.abc import Callable
from html import escape

import pytest

from scraper.errors import NotAQuestionError, PageChangedError
from scraper.items import Kind
from scraper.reading.page import Page
from scraper.site import question_of
from scraper.sites.qapage import QAPageSpider
from tests.sites.forum import HOME, MICRODATA, qapage, question, read, script


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<!--\n", "\n-->"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<![CDATA[", "]]>\n"),
        ("<!--//--><![CDATA[//><!--\n", "\n//--><!]]>"),
        ("// Structured data\n", ""),
        ("/* Structured data */", ""),
        ("<!-- Pond plugin -->\n", "<!-- end -->"),
        ("\ufeff", ";"),
        ("", " // end"),
    ],
)
def test_json_ld_in_signs_of_comments(before: str, behind: str) -> None:
    script = before + json.dumps(qapage(text="See //a and <!-- b -->")) + behind
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert (found.title, found.text) == ("Green water?", "See //a and <!-- b -->")


def test_json_ld_with_comments_and_commas_of_javascript() -> None:
    text = "See [a] //b, {c,} /* d */ ]"
    written = json.dumps(qapage(text=text)).replace('{"@context"', '{/* e */"@context"')
    assert read(script(f"{written[:-1]}, // f\n}}")).text == text


def test_commas_of_javascript_in_signs_of_comments() -> None:
    written = json.dumps([qapage()])[:-1] + ",]"
    assert read(script(f"<!--\n//<![CDATA[\n{written}\n//]]>\n-->")).text == "It is green."


def test_signs_of_control_beside_commas_of_javascript() -> None:
    written = json.dumps(qapage(text="It is X green.")).replace("X", "\x0b")
    assert read(script(written[:-1] + ",}")).text == "It is green."


def test_a_script_in_a_template_is_not_read() -> None:
    with pytest.raises(NotAQuestionError):
        read(f"<body><template>{script(json.dumps(qapage()))}</template></body>")


@pytest.mark.parametrize("between", ["", "\n", ",", ";\n"])
def test_several_values_in_one_script(between: str) -> None:
    both = between.join(map(json.dumps, ({"@type": "WebSite"}, qapage(), {"@type": "Thing"})))
    assert read(script(both)).text == "It is green."


def test_apostrophes_that_are_escaped_as_in_javascript() -> None:
    written = json.dumps(qapage(text="I X m \\ tired")).replace("X", "\\'")
    assert read(script(written)).text == "I ' m \\ tired"


@pytest.mark.parametrize("written", [escape, lambda text: f" {json.dumps(text)}\n"])
@pytest.mark.parametrize("comment", ["", "/* Pond */"])
def test_a_script_that_is_escaped_as_a_whole(written: Callable[[str], str], comment: str) -> None:
    text = 'I\'m "tired",\na < b & c &copy=2 \\ &amp;'
    found = read(script(written(comment + json.dumps(qapage(text=text)))))
    assert (found.title, found.text) == ("Green water?", text.replace("&amp;", "&"))


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(qapage(text="I X m tired")).replace("X", '"'),
        json.dumps(question(text="I X m tired")).replace("X", "\\x"),
        json.dumps(qapage()) + json.dumps({"@type": "WebSite"})[:-1],
        json.dumps(qapage())[:-1].replace('"', "&quot;"),
        json.dumps(json.dumps(qapage())[:-1]),
        json.dumps(json.dumps(qapage()))[:-1],
        json.dumps({"@type": "QAPage", "mainEntity": {"@type": "Question", "@id": "#nowhere"}}),
    ],
)
@pytest.mark.parametrize("beside", ["", script('{"@type": "Organization", "name": "Pond"}')])
def test_a_question_in_broken_json_is_told(written: str, beside: str) -> None:
    page = Page(url=HOME + "why-green", body=(script(written) + beside).encode())
    for kind in (Kind.QUESTION, Kind.LIST):
        with pytest.raises(PageChangedError):
            question_of(QAPageSpider, page, kind)


@pytest.mark.parametrize("kind", ["FAQPage", "Quiz", "ItemList"])
def test_a_list_of_questions_in_broken_json_is_a_list(kind: str) -> None:
    written = json.dumps({"@type": kind, "hasPart": [question(), question()]})[:-1]
    with pytest.raises(NotAQuestionError):
        read(script(written))


def test_broken_json_beside_microdata() -> None:
    broken = '<script type="application/ld+json">{"@type": "QAPage", </script>'

    assert read(f"<body>{broken}{MICRODATA}</body>").text == "It is green. Very green."


def test_a_question_beside_a_broken_one_is_not_taken_for_it() -> None:
    loose = MICRODATA.replace("http://schema.org/QAPage", "")
    with pytest.raises(PageChangedError):
        read(script('{"@type": "QAPage", "mainEntity": {') + loose)
