"""A page says one record: the former is gone, and seen no more, when it says another."""

from dataclasses import replace

import pytest

from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import reply
from tests.pipelines.bad_nights import Nights, links, nights, paths

__all__ = ["nights"]
HELD = """
SELECT q.source_id || ' ' || q.language, substr(q.gone_since, 9, 2), substr(c.fetched_at, 9, 2)
FROM questions q JOIN question_versions v ON v.question_id = q.id
JOIN captures c ON c.id = v.last_capture WHERE q.title = 'Knee' ORDER BY 1
"""
MISSING = ""


def read_named(page: Page) -> Question:
    question = Toy.read_question(page)
    if question.title != "Knee":
        return question
    source_id, language = (question.text or "").split()
    return replace(question, source_id=source_id, language=language)


class Naming(Toy):
    read_question = staticmethod(read_named)


@pytest.mark.parametrize(
    ("looks", "held"),
    [
        (["1 und", "1 und", "1 en", "1 en", "1 en"], [("1 en", None, "05"), ("1 und", "03", "02")]),
        (["1 en", MISSING, MISSING, "1 zh-Hant", "1 zh-Hant"],
         [("1 en", "02", "01"), ("1 zh-Hant", None, "05")]),
        (["knee en", "4321 en", "4321 en"], [("4321 en", None, "03"), ("knee en", "02", "01")]),
        (["knee en", "4321 en", "knee en", "knee en"],
         [("4321 en", "03", "02"), ("knee en", None, "04")]),
    ],
    ids=["language", "language after a while", "name", "name and back"],
)  # fmt: skip
def test_a_page_says_one_record(
    nights: Nights, looks: list[str], held: list[tuple[str, str | None, str]]
) -> None:
    nights.spider = Naming
    nights.site.play("/", [links(*paths(3))])
    for day, said in enumerate(looks, 1):
        body = f"<h1>Knee</h1><p>{said}</p>".encode()
        nights.site.play("/q/1", [reply(200, body=body) if said else reply(404)])
        assert nights.night(day, revisit="all") == 0
    assert nights.rows(HELD) == held
    nights.assert_rebuilt()
    assert nights.rows(HELD) == held
