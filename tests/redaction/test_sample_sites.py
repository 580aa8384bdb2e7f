"""Every page of the sample sites, some of whose questions are forgotten."""

import html
import json
import re
from dataclasses import fields, replace

import pytest

from scraper.items import Question, SimilarQuestion, Via
from scraper.reading.page import Page
from scraper.reading.redaction.redact import redact
from scraper.sample.adoctor.layouts import ALL_LAYOUTS
from tests.redaction.planted import CANARIES, Planted, own_phrases, planted

pytestmark = pytest.mark.dear

SITES = [("adoctor", "hydrated"), ("adoctor", "table"), ("taiwan-ehospital", None),
         ("qapage", None)]  # fmt: skip
OTHERS = [pytest.param("adoctor", layout, marks=pytest.mark.campaign)
          for layout in ALL_LAYOUTS if ("adoctor", layout) not in SITES]  # fmt: skip
QUESTIONS = pytest.mark.parametrize("questions", [8, pytest.param(26, marks=pytest.mark.campaign)])


def sung(page: Page) -> list[str]:
    """The canaries that are on a page in any spelling."""
    text = page.body.decode("latin-1") + page.decoded.text
    for _ in range(3):
        text = html.unescape(text)
    text += json.dumps(text) + re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
    text += re.sub("<[^>]*>", "", text)
    text = text.lower()
    found = [one for one in CANARIES if re.sub(r"\W", "", one.lower()) in text]
    raw = (one.encode(codec) for one in CANARIES for codec in ("utf-8", "big5hkscs"))
    return found + [one.hex() for one in raw if one in page.body]


def blank(card: SimilarQuestion) -> SimilarQuestion:
    replied = card.reply_excerpt is not None
    return replace(
        card,
        title="[removed]",
        url=None,
        question_excerpt="[removed]",
        question_complete=True,
        reply_excerpt="[removed]" if replied else None,
        reply_complete=replied,
    )


def differences(site: Planted, before: Question, after: Question) -> list[str]:
    expected = tuple(
        blank(card) if card.url and site.is_gone(card.url) else card for card in before.similar
    )
    before = replace(before, similar=expected)
    names = [field.name for field in fields(Question)]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def check(site: Planted, phrases: tuple[str, ...] = ()) -> tuple[int, int]:
    what, changed, sang = site.forgotten(phrases), 0, 0
    for kind, page in site.pages():
        if site.is_gone(page.url):
            continue
        sang += bool(sung(page))
        body = redact(page, what)
        new = page if body is None else replace(page, body=body)
        changed += body is not None
        assert body is None or redact(new, what) is None, page.url
        assert sung(new) == [], page.url
        assert new.body.count(b"<") == page.body.count(b"<")
        question, again = site.question(page, kind), site.question(new, kind)
        if question:
            assert again is not None
            assert differences(site, question, again) == [], page.url
        before, after = (
            {link.url for link in site.spider.read_links(one, kind, site.home, read)
             if link.via is not Via.RANGE}
            for one, read in ((page, question), (new, again))
        )  # fmt: skip
        cited = {url for url in before if question and any(n in url for n in question.mentions)}
        assert after - cited == {url for url in before if not site.is_gone(url)} - cited, page.url
    return changed, sang


@QUESTIONS
@pytest.mark.parametrize(("name", "layout"), [*SITES, *OTHERS])
def test_by_links_alone(name: str, layout: str | None, questions: int) -> None:
    with planted(name, layout, questions=questions) as site:
        changed, sang = check(site)
    assert changed >= sang >= 3


@QUESTIONS
@pytest.mark.parametrize("name", ["adoctor", "taiwan-ehospital", "qapage"])
def test_by_known_phrases_too(name: str, questions: int) -> None:
    with planted(name, questions=questions) as site:
        every = [one for kind, page in site.pages() if (one := site.question(page, kind))]
        gone = [question for question in every if site.is_gone(question.url)]
        others = [question for question in every if not site.is_gone(question.url)]
        phrases = own_phrases(gone, others)
        changed, sang = check(site, phrases)
    assert len(phrases) > 10
    assert changed >= sang >= 3
