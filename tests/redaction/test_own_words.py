"""What a page says in its own words stays, though the forgotten page begins alike."""

# ruff: noqa: E501 (one case a line)

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scraper.items import Question
from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import redact
from scraper.site import Site
from scraper.sites.adoctor import Adoctor
from scraper.sites.qapage import QAPageSpider
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.redaction.forgotten import ToyPages
from tests.sites.taiwan_pages import ASKER, block, page, v2023
from tests.sites.taiwan_pages import HOME as HOSPITAL

FORUM = "https://forum.example/"
ADOCTOR = "https://adoctor.tw/"
TITLE = "Understanding numbness in the foot and how to treat it"
CUT = "Understanding numbness in the..."
THEIRS = "Understanding numbness in the hand and how to treat it"
OTHER = '<li><a href="/questions/9/q">Other thing 9</a><p>Something else entirely.</p></li>'
BLANK = '<li><a href="about:blank">[removed]</a><p>[removed]</p></li>'


def forgotten(site: type[Site], home: str, url: str, *, phrases: tuple[str, ...] = ()) -> Forgotten:
    pages = ToyPages(
        is_forgotten_url={url}.__contains__,
        classify=lambda one: site.classify(one, home),
        question_of=lambda page, _: site.read_question(page),
    )
    return Forgotten(pages, phrases)


def thread(text: str, aside: str, *, title: str = TITLE, **more: Any) -> str:
    asked = {"@type": "Question", "name": title, "text": text, "answerCount": 0, **more}
    data = {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": asked}
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><h1>{title}</h1><div class=q>{text.replace(chr(10), '<br>')}</div>{aside}</body></html>"
    )


def card(title: str, excerpt: str) -> str:
    return f'<li><a href="/questions/7/q">{title}</a><p>{excerpt}</p></li>'


def redacted(body: str, *phrases: str) -> str:
    """A page of the forum, question 7 forgotten."""
    quoting = Page(url=f"{FORUM}questions/2/q", body=body.encode())
    found = redact(
        quoting, forgotten(QAPageSpider, FORUM, f"{FORUM}questions/7/q", phrases=phrases)
    )
    assert found is not None
    return found.decode()


def own(read: Callable[[Page], Question], shown: Page) -> tuple[Any, ...]:
    said = read(shown)
    return said.title, said.headline, said.text, said.asker, said.replies, said.more_info


@pytest.mark.parametrize("phrases", [(), (THEIRS,), (THEIRS, CUT)])
@pytest.mark.parametrize("cut", [CUT, CUT.replace("...", "…"), CUT.replace("...", " ...")])
def test_a_title_that_begins_like_a_cut_one(cut: str, phrases: tuple[str, ...]) -> None:
    row = '<li><a href="/questions/{}">{}</a></li>'
    more = row.format(8, "Understanding numbness in the f...")
    before = thread("My foot is numb.\nWhat now?", f"<ul>{OTHER}{more}{{}}</ul>")
    found = redacted(before.replace("{}", card(cut, "zz")), *phrases)
    assert found == before.replace("{}", BLANK)


def test_a_text_that_begins_like_a_cut_excerpt() -> None:
    before = thread(
        "Hello doctor, I would like to ask about my right foot.\nIt hurts.",
        f"<ul>{OTHER}{{}}</ul>",
        title="Pain in my foot",
    )
    row = card("Numb left hand at night", "Hello doctor, I would like to ask...")
    assert redacted(before.replace("{}", row)) == before.replace("{}", BLANK)


def test_a_slug_that_begins_like_a_cut_title() -> None:
    slug = '<a href="/questions/8/understanding-numbness-in-the-foot">8</a>'
    before = f"<ul>{OTHER}<li>{slug}</li>{{}}</ul>"
    found = redacted(before.replace("{}", card(CUT, "zz")), CUT)
    assert found == before.replace("{}", BLANK)


def test_a_cut_title_stands_on_the_page_as_such_again() -> None:
    before = f'<ul>{OTHER}{{}}</ul><img alt="{{}}"><script>x=["{{}}", "{TITLE}"]</script>'
    found = redacted(before.format(card(CUT, "zz"), CUT, CUT))
    assert found == before.format(BLANK, "[removed]", "[removed]")


def test_of_a_script_only_the_value_goes() -> None:
    before = (
        '<p>{}</p><script type="application/ld+json">{{"a": "Stays", "b": "{}", "c": 1}}</script>'
    )
    quoting = "UNDERSTANDING--numbness in the hand, and how to treat it"
    found = redacted(before.format(THEIRS, quoting), THEIRS)
    assert found == before.format("[removed]", "[removed]")


def test_of_an_element_only_the_lines_go() -> None:
    """A text of short lines is known as a whole."""
    before = "<div>It is mine.<br>{}<br>Mine as well.</div>"
    found = redacted(
        before.format("My hand.<br>At night.<br>It hurts."), "My hand. At night. It hurts."
    )
    assert found == before.format("<br><br>")


LINKING: dict[str, tuple[str, str, dict[str, Any]]] = {
    "in the question": (
        '<div class=posts><div>{} <a href="/questions/7/q">this one here</a></div><div><a href="/questions/9/q">X</a></div></div>',
        '<div class=posts><div>{} <a href="about:blank">[removed]</a></div><div><a href="/questions/9/q">X</a></div></div>',
        {},
    ),
    "in its words": (
        f"<p>{{}}</p><script>x={json.dumps(f'Like {FORUM}questions/7/q')}</script>",
        f"<p>{{}}</p><script>x={json.dumps(f'Like {FORUM}questions/7/q')}</script>",
        {"author": {"@type": "Person", "name": f"Oak of {FORUM}questions/7/q"}},
    ),
    "in its data": ("<p>{}</p>", "<p>{}</p>", {"citation": f"{FORUM}questions/7/q"}),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKING)
def test_what_stands_around_a_link(name: str) -> None:
    aside, after, more = LINKING[name]
    text = "My own foot is numb, and it is like in another question."
    head, _, tail = thread(text, "", **more).partition(f"<div class=q>{text}</div>")
    before, after = head + aside.format(text) + tail, head + after.format(text) + tail
    assert redacted(before) == after.replace(f"{FORUM}questions/7/q", "about:blank")


def test_forgotten_words_that_are_quoted_whole_go_all_the_same() -> None:
    quoting = f"I have read this: {THEIRS} and it is not like that."
    found = redacted(thread(f"{quoting}\nMy own foot is numb.", ""), THEIRS)
    assert "hand" not in found
    assert "<br>My own foot is numb." in found


def test_adoctor() -> None:
    more = '<div class=c><h3>{0}</h3><p>{1}</p><p>Dr. Wu Shimo reply Neurology</p><p>{2}</p><a href="{3}">[Read More] {0}</a></div>'
    before = (
        '<html lang="en"><head><title>Numb Foot - Neurology</title></head><body><main><h1>Numb Foot - Neurology</h1>'
        "<div><p>Hello, Doctor. I am 25 years old and recently my left foot is numb.</p><p>It began in May.</p></div>"
        "<p>Mr. Oak, 20~29 year old female. Ask Date: 2020/10/26</p>"
        "<p>Dr. Lin Moshan reply Neurology</p><p>Hello: by what you write, rest it.</p><p>Reply Date: 2020/10/26</p>"
        f"<h2>Similar Q&amp;A</h2>{{}}{more.format('Other', 'Another question.', 'Hello: eat.', '/article/177003')}</main></body></html>"
    )
    begins = "Hello, Doctor. I am 25 years old and recently..."
    row = more.format("Numb Hand at Night for Weeks", begins, "Hello: by what you write...", "/article/177002")  # fmt: skip
    quoting = Page(url=f"{ADOCTOR}article/177001", body=before.replace("{}", row).encode())
    found = redact(quoting, forgotten(Adoctor, ADOCTOR, f"{ADOCTOR}article/177002"))
    blank = more.format("[removed]", "[removed]", "[removed]", "about:blank")
    assert found == before.replace("{}", blank).encode()
    after = Page(url=quoting.url, body=found)
    assert own(Adoctor.read_question, after) == own(Adoctor.read_question, quoting)


def test_taiwan_ehospital() -> None:
    lines = "醫師您好我今年三十歲最近膝蓋常常會痛<br>走路的時候比較痛<br>謝謝"
    asked = f"<body><ul><li><a href='?q_no=9'>別的</a></li>{{}}</ul>{v2023(block(ASKER, lines)).removeprefix('<html><body>')}"
    row = "<li><a href='?q_no=7'>{}</a><p>{}</p></li>"
    theirs = "醫師您好我今年三十歲最近手常常會麻"
    what = forgotten(
        TaiwanEhospitalSpider, HOSPITAL, f"{HOSPITAL}All/ShowDetail.php?q_no=7", phrases=(theirs,)
    )
    before = page(asked.format(row.format("已解決：手麻", f"{theirs[:12]}…")))
    found = redact(before, what)
    assert found == page(asked.format(row.format("[removed]", "[removed]"))).body.replace(
        b"?q_no=7", b"about:blank"
    )
    read = TaiwanEhospitalSpider.read_question
    assert own(read, replace(before, body=found)) == own(read, before)
