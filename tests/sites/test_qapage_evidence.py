"""qapage: where on the page the values of its data stand."""

import json

from scraper.sites.qapage import QAPageSpider
from tests.sites.test_evidence import FORUM, FORUM_DATA, places, shown


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
