"""Real saved pages, where they are at hand: each gives its question and all marked-up answers."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scraper.reading.page import Page
from scraper.sites.qapage import QAPageSpider

REAL = Path(__file__).parents[1].parent / "shared" / "real-pages"
FACTS: list[dict[str, Any]] = json.loads((REAL / "facts.json").read_text()) if REAL.is_dir() else []


@pytest.mark.skipif(not FACTS, reason="no saved real pages beside the checkout")
def test_there_are_real_pages() -> None:
    assert len(FACTS) == len(list(REAL.glob("*.html.gz")))


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts["file"])
def test_real_page(facts: dict[str, Any]) -> None:
    body = gzip.decompress((REAL / facts["file"]).read_bytes())

    question = QAPageSpider.read_question(Page(url=facts["url"], body=body))

    assert question.title == facts["question_name"]
    assert question.asked_on == date.fromisoformat(facts["question_dateCreated"][:10])
    assert len(question.replies) == facts["n_answer_items"]
    assert all(reply.text and reply.replied_on for reply in question.replies)
    assert question.text
    assert question.language == (facts["html_lang"] or "und")
    assert question.problems == ()
    stated = facts.get("answer_count_stated", 0)
    if stated > facts["n_answer_items"]:
        assert question.warnings == ("answers-missing-from-markup",)
