"""One page, one record: of a question that has moved, or whose page says another one now."""

from dataclasses import replace

import pytest

from scraper.items import Question
from scraper.reading.page import Page
from tests.crawling import Toy
from tests.faults.plays import redirect, reply
from tests.pipelines.bad_nights import Nights, links, nights, paths, question

__all__ = ["nights"]
MARKED = "SELECT source_id, substr(gone_since, 1, 10) FROM questions WHERE gone_since IS NOT NULL"


def test_one_that_moved_is_marked_at_the_second_look_and_current_when_it_is_back(
    nights: Nights,
) -> None:
    nights.night(1)
    nights.site.play("/q/3", [redirect("/q/old", 301)])
    nights.site.play("/q/old", [redirect("/q/new", 308)])
    nights.site.play("/q/new", [question("/q/new")])
    assert nights.night(2, revisit="all") == 0
    assert nights.rows(MARKED) == []
    assert nights.night(33) == 0
    assert nights.rows(MARKED) == [("3", "2026-01-02")]
    nights.assert_rebuilt()
    nights.site.play("/q/3", [question("/q/3")])
    assert nights.night(34, revisit="all") == 0
    assert nights.rows(MARKED) == []
    nights.assert_rebuilt()


def test_what_leads_to_no_question_or_for_the_moment_only_is_current(nights: Nights) -> None:
    nights.site.play("/about", [reply(200, body=b"<p>About us.</p>")])
    nights.night(1)
    for path, target, status in (("/q/3", "/about", 301), ("/q/4", "/q/gone", 301),
                                 ("/q/5", "/q/6", 302)):  # fmt: skip
        nights.site.play(path, [redirect(target, status)])
    for day in (2, 33, 64):
        nights.night(day, revisit="all")
    assert nights.rows(MARKED) == []


def test_many_that_move_at_once_are_marked_only_when_it_has_lasted(nights: Nights) -> None:
    nights.night(1)
    for path in paths()[:8]:
        nights.site.play(path, [redirect(f"{path}-new", 301)])
        nights.site.play(f"{path}-new", [question(f"{path}-new")])
    marked = {}
    for day in (2, 33, 64):
        nights.night(day, revisit="all")
        marked[day] = len(nights.rows(MARKED))
    assert marked == {2: 0, 33: 0, 64: 8}
    nights.assert_rebuilt()


@pytest.mark.parametrize(("status", "marked"), [(301, 3), (302, 33)])
def test_one_that_has_a_new_id_is_read_and_its_former_record_gone(
    nights: Nights, status: int, marked: int
) -> None:
    nights.night(1)
    for path in paths():
        nights.site.play(path, [redirect(f"{path}-new", status)])
        nights.site.play(f"{path}-new", [question(path)])
    for day in (2, 3, 20, 33):
        assert nights.night(day, revisit="all") == 0, nights.said
        assert len(nights.rows(MARKED)) == (20 if day >= marked else 0)
    nights.assert_rebuilt()
    nights.site.play("/q/3", [question("/q/3")])
    assert nights.night(34, revisit="all") == 0
    assert len(nights.rows(MARKED)) == 19
    nights.assert_rebuilt()


def test_all_that_lead_to_one_page_are_an_alarm_and_current(nights: Nights) -> None:
    nights.night(1)
    for path in paths()[1:]:
        nights.site.play(path, [redirect("/q/0", 302)])
    for day in (2, 3, 20, 33, 64):
        assert nights.night(day, revisit="all") == 1
        assert "19 of 20 question pages can't be read" in nights.said
    assert nights.rows(MARKED) == []


def test_redirects_in_a_circle_are_one_problem_each_night(nights: Nights) -> None:
    nights.site.play("/", [links("/q/1", "/q/2", "/q/3")])
    nights.site.play("/q/1", [redirect("/q/2", 301)])
    nights.site.play("/q/2", [redirect("/q/1", 301)])
    for day in (1, 2, 3):
        nights.night(day, revisit="all")
    circle = "FROM urls WHERE url LIKE '%/q/1' OR url LIKE '%/q/2' ORDER BY state"
    assert nights.rows(f"SELECT state, attempts, moved_to IS NULL {circle}") == [
        ("moved", 0, 0),
        ("problem", 3, 1),
    ]
    outcomes = "SELECT outcome, count(*) FROM captures WHERE status=301 GROUP BY outcome"
    assert nights.rows(outcomes) == [("moved", 3), ("problem", 3)]
    nights.assert_rebuilt()


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
