"""Evidence costs what a page has to say, and no more."""

import json

import pytest

from scraper.reading.evidence import evidence_of
from scraper.reading.page import Page
from scraper.reading.qapage import sources
from scraper.reading.sight import signs_of
from scraper.sites.qapage import QAPageSpider


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
