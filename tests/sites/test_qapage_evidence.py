"""qapage: where on the page the values of its data stand, and what it costs to find them."""

import json

import pytest

from scraper.reading.evidence import evidence_of
from scraper.reading.page import Page
from scraper.reading.qapage import sources
from scraper.reading.sight import signs_of
from scraper.sites.qapage import QAPageSpider
from tests.sites.test_evidence import FORUM, FORUM_DATA, places, shown

PAIR = ("Moss", "Reed")


def test_a_text_beside_a_button() -> None:
    text = "<p>It is **green**. <button>Edit</button></p>"
    title = FORUM.replace("<h1>", "<h1><button>+</button> ")
    html = title.replace("{question}", text).replace("{data}", json.dumps(FORUM_DATA))
    found = shown(QAPageSpider, "http://pond.example/questions/77", html)
    assert places(found, "title") == [("+ |Green water?", "/html/body/h1")]
    assert places(found, "question.text") == [("|It is **green**.", "/html/body/p[2]")]


def test_an_answer_that_repeats_the_question() -> None:
    answer = {"text": "It is green.", "author": {"name": "Moss"}}
    data = {"name": "Green water?", "text": "It is green.", "author": {"name": "Fern"}}
    data = {"@type": "QAPage", "mainEntity": data | {"acceptedAnswer": answer}}
    html = f"""<script type="application/ld+json">{json.dumps(data)}</script><h1>Green water?</h1>
    <div><p>It is green.</p><i>Fern</i></div><div><p>It is green.</p><i>Moss</i></div>"""
    found = shown(QAPageSpider, "http://pond.example/questions/77", html)
    assert places(found, "question.text") == [("|It is green.", "/html/body/div[1]/p")]
    assert places(found, "asker.name") == [("|Fern", "/html/body/div[1]/i")]
    assert places(found, "replies[0].text") == [("|It is green.", "/html/body/div[2]/p")]
    assert places(found, "replies[0].doctor") == [("|Moss", "/html/body/div[2]/i")]


def test_an_answer_that_is_the_last_line_of_another() -> None:
    """Neither it nor the names and days of the page are lost by that."""
    texts = ("Add plants.<br>Then wait.", "Then wait.")
    answers = [
        {"text": text, "author": {"name": name}} for text, name in zip(texts, PAIR, strict=True)
    ]
    data = {"name": "Green water?", "text": "It is green.", "author": {"name": "Fern"}}
    data = {"@type": "QAPage", "mainEntity": data | {"suggestedAnswer": answers}}
    html = f"""<script type="application/ld+json">{json.dumps(data)}</script><h1>Green water?</h1>
    <div><p>It is green.</p><i>Fern</i></div><div><p>{texts[0]}</p><i>{PAIR[0]}</i></div>
    <div><p>{texts[1]}</p><i>{PAIR[1]}</i></div>"""
    found = shown(QAPageSpider, "http://pond.example/questions/77", html)
    assert places(found, "asker.name") == [("|Fern", "/html/body/div[1]/i")]
    assert places(found, "replies[0].doctor") == [("|Moss", "/html/body/div[2]/i")]
    assert places(found, "replies[1].text") == [("|Then wait.", "/html/body/div[3]/p")]
    assert places(found, "replies[1].doctor") == [("|Reed", "/html/body/div[3]/i")]


def test_a_page_that_shows_nothing_has_only_its_script() -> None:
    html = f'<script type="application/ld+json">{json.dumps(FORUM_DATA)}</script>'
    found = shown(QAPageSpider, "http://pond.example/questions/77", html)
    assert (found.visible_text, found.not_located) == ("", ())
    assert {one.xpath for one in found.fields} == {"/html/head/script"}


def test_html_in_an_attribute_and_an_author_told_elsewhere() -> None:
    html = """<html itemscope itemtype="https://schema.org/QAPage"><body>
    <script type="application/ld+json">[{"@type": "QAPage", "mainEntity": {"@type": "Question",
    "name": "Green", "author": {"@type": "Person", "@id": "#a"}}},
    {"@type": "Person", "@id": "#a", "name": "Fern"}]</script>
    <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
    <h1 itemprop="name">Green</h1>
    <meta itemprop="text" content="&lt;p&gt;Why &amp;amp; how?&lt;/p&gt;"></div></body></html>"""
    found = shown(QAPageSpider, "http://pond.example/questions/77", html)
    assert found.not_located == ()
    assert places(found, "question.text") == [("", "/html/body/div/meta/@content")]
    assert places(found, "asker.name") == [("", "/html/body/script")]


def test_each_string_of_a_script_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counted(text: str) -> str:
        looked.append(text)
        return signs_of(text)

    monkeypatch.setattr(sources, "signs_of", counted)
    answers = [
        {"@type": "Answer", "text": f"Hidden answer {n}", "dateCreated": "2020-10-27"}
        for n in range(100)
    ]
    question = {"@type": "Question", "name": "Why?", "suggestedAnswer": answers}
    data = json.dumps({"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question})
    page = Page(
        url="http://pond.example/questions/77",
        body=f'<script type="application/ld+json">{data}</script>'.encode(),
    )

    shown = evidence_of(page, QAPageSpider.read_question(page), QAPageSpider.locate)

    assert [one.field for one in shown.fields if one.xpath.endswith("script")][-2:] == [
        "replies[99].text",
        "replies[99].replied_on",
    ]
    assert len(looked) < 500
