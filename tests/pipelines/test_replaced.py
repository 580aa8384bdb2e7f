"""Another question's page where a held question was."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.merge import merge
from pipelines.reextract import reextract
from pipelines.rereading.replaced import held_elsewhere, replacement
from scraper.items import Asker, Kind, Outcome, Question, Visit
from tests.crawling import Toy
from tests.faults.plays import reply
from tests.pipelines.bad_nights import Nights, links, nights, question
from tests.questions import Keep

__all__ = ["nights"]
KNEE = b"<h1>Swollen knee</h1><p>It hurts when I climb the stairs.</p><li>Rest it.</li>"
OTHER = b"<h1>Itching elbow</h1><p>There is a rash since I changed the soap.</p><li>Use none.</li>"


def said(nights: Nights, day: int, body: bytes) -> tuple[str, list[str], str]:
    """The page's state after that night, its open problems, and the title that is held."""
    nights.site.play("/", [links("/q/0")])
    nights.site.play("/q/0", [reply(200, body=body)])
    nights.night(day, revisit="all")
    codes = nights.rows("SELECT code FROM problems WHERE solved_in IS NULL")
    ((title,),) = nights.rows("SELECT title FROM questions")
    return nights.states()["0"], [row[0] for row in codes], title


def test_what_a_cache_mixed_up_takes_no_records_place(nights: Nights) -> None:
    said(nights, 1, KNEE)
    assert said(nights, 2, OTHER) == ("problem", ["question-replaced"], "Swollen knee")
    nights.assert_rebuilt()
    reextract(nights.archive, {"toy": Toy}, 1, lambda _: None)
    assert said(nights, 2, OTHER) == ("problem", ["question-replaced"], "Swollen knee")
    assert said(nights, 3, KNEE) == ("unchanged", [], "Swollen knee")
    assert nights.rows("SELECT cause FROM question_versions") == [("new",)]


def test_a_number_given_to_another_question_is_believed_on_a_later_day(nights: Nights) -> None:
    said(nights, 1, KNEE)
    said(nights, 2, OTHER)
    assert said(nights, 3, OTHER) == ("fetched", [], "Itching elbow")
    assert nights.rows("SELECT cause FROM question_versions ORDER BY id") == [
        ("new",),
        ("content",),
    ]
    nights.assert_rebuilt()


def test_another_question_at_another_url_is_told_as_long_as_both_are_there(nights: Nights) -> None:
    said(nights, 1, KNEE)
    nights.site.play("/", [links("/q/0", "/q/0?elbow")])
    nights.site.play("/q/0?elbow", [reply(200, body=OTHER)])
    told = "SELECT code, url LIKE '%elbow' FROM problems WHERE solved_in IS NULL"
    for day in (2, 3, 4):
        nights.night(day, revisit="all")
        assert nights.rows(told) == [("question-replaced", 1)]
        assert nights.rows("SELECT title FROM questions") == [("Swollen knee",)]
    nights.assert_rebuilt()


def test_what_a_third_question_says_is_nobody_elses_for_a_month(nights: Nights) -> None:
    nights.night(1)
    nights.site.play("/q/1", [question("/q/0")])
    told = "SELECT code, url LIKE '%/q/1' FROM problems WHERE solved_in IS NULL"
    for day in (2, 3, 31):
        nights.night(day, revisit="all")
        assert nights.rows(told) == [("question-replaced", 1)]
        assert nights.rows("SELECT title FROM questions WHERE id='toy:1:en'") == [("Knee 1",)]
    nights.assert_rebuilt()
    nights.night(33, revisit="all")
    assert nights.rows("SELECT title FROM questions WHERE id='toy:1:en'") == [("Knee 0",)]


@pytest.mark.parametrize(
    ("page", "open_problems"),
    [
        (KNEE, 0),
        (KNEE.replace(b"</h1>", b" (print)</h1>"), 0),
        (KNEE.replace(b" the stairs.", b"..."), 0),
        (KNEE.replace(b"<li>Rest it.</li>", b""), 0),
        (KNEE.replace(b"Swollen knee", b"My joint"), 0),
        (KNEE.replace(b"Swollen", b"My swollen").replace(b"the stairs", b"some stairs"), 1),
        (KNEE.replace(b"It hurts when I climb the stairs.", b"Nothing helps."), 1),
        (KNEE.replace(b"Swollen knee", b"My elbow").replace(b"the stairs", b"some stairs"), 1),
    ],
)
def test_pages_that_only_a_number_makes_one_are_held_against_each_other(
    nights: Nights, page: bytes, open_problems: int
) -> None:
    said(nights, 1, KNEE)
    nights.site.play("/", [links("/q/0", "/q/0?again")])
    nights.site.play("/q/0?again", [reply(200, body=page)])
    nights.night(2, revisit="all")
    detail = f"not the question that is toy:0:en, at {nights.site.url('/q/0')}"
    told = nights.rows("SELECT detail FROM problems WHERE solved_in IS NULL")
    assert told == [(detail,)] * open_problems


def test_a_machine_that_read_another_question_of_the_same_number(
    nights: Nights, tmp_path: Path
) -> None:
    said(nights, 1, KNEE)
    first, nights.archive = nights.archive, tmp_path / "b"
    nights.site.play("/", [links("/q/0?elbow")])
    nights.site.play("/q/0?elbow", [reply(200, body=OTHER)])
    for day in (2, 3):
        nights.night(day, revisit="all")
    merge([first, nights.archive], tmp_path / "both", {"toy": Toy}, lambda _: None)
    nights.archive = tmp_path / "both"
    told = "SELECT code, url LIKE '%elbow' FROM problems WHERE solved_in IS NULL"
    assert nights.rows(told) == [("question-replaced", 1)]
    assert nights.rows("SELECT title FROM questions") == [("Swollen knee",)]
    nights.assert_rebuilt()


def test_a_copy_is_edited_as_what_it_is_a_copy_of(nights: Nights) -> None:
    nights.site.play("/", [links("/q/0", "/q/1")])
    for day, page in enumerate((KNEE, KNEE.replace(b"the stairs", b"any stairs")), 1):
        for number in (0, 1):
            nights.site.play(f"/q/{number}", [reply(200, body=page)])
        nights.night(day, revisit="all")
    told = nights.rows("SELECT question_text FROM questions")
    assert told == [("It hurts when I climb any stairs.",)] * 2
    nights.assert_rebuilt()


class Titled(Toy):
    required = frozenset({"title"})


def test_a_title_alone_replaces_no_question(nights: Nights) -> None:
    nights.spider = Titled
    said(nights, 1, KNEE)
    for day in (2, 3, 4):
        found = said(nights, day, b"<h1>Question not found</h1><p></p>")
        assert found == ("problem", ["question-replaced"], "Swollen knee")
    nights.assert_rebuilt()


@pytest.mark.parametrize(
    "edited",
    [
        KNEE.replace(b"Swollen knee", b"Why is it so thick?"),
        KNEE.replace(b"It hurts when I climb the stairs.", b"Solved."),
        KNEE.replace(b"Swollen", b"My swollen left").replace(b"the stairs", b"stairs, or run"),
    ],
)
def test_an_edit_is_none(nights: Nights, edited: bytes) -> None:
    said(nights, 1, KNEE)
    assert said(nights, 2, edited)[:2] == ("fetched", [])


HELD = Question(
    site="toy", source_id="1", language="en", url="http://host/q/1",
    title="Swollen knees in summer: what to do", text="It hurts on stairs. What is it?",
    asker=Asker(name="Mr. Chen"), asked_on=date(2026, 1, 1),
)  # fmt: skip
OTHER_TEXT = "A rash since I changed the soap."
OTHER_ASKER = Asker(name="Mr. Lin")


@pytest.mark.parametrize(
    ("now", "is_another"),
    [
        ({"title": "Itching elbow", "text": OTHER_TEXT}, False),
        ({"title": "Itching elbow", "text": OTHER_TEXT, "asker": OTHER_ASKER}, True),
        ({"title": "Itching elbow", "text": OTHER_TEXT, "asked_on": date(2026, 1, 2)}, True),
        ({"text": OTHER_TEXT, "asked_on": date(2026, 1, 2)}, True),
        ({"text": OTHER_TEXT, "asker": None, "asked_on": None}, False),
        ({"text": OTHER_TEXT, "asker": None, "asked_on": None,
          "title": "Itching elbow in summer: what to do"}, True),
        ({"asker": OTHER_ASKER, "text": f"{HELD.text} I have seen a doctor since."}, False),
        ({"asker": OTHER_ASKER, "title": "Sore knees", "text": None}, True),
        ({"asker": None, "asked_on": None, "text": None}, False),
    ],
)  # fmt: skip
def test_what_an_edit_keeps(
    connection: sqlite3.Connection,
    keep: Keep,
    tmp_path: Path,
    now: dict[str, Any],
    *,
    is_another: bool,
) -> None:
    keep(HELD)
    found = replacement(connection, tmp_path, Toy, visit_of(replace(HELD, **now)), 1)
    assert (found is not None) is is_another


@pytest.mark.parametrize(("title", "is_another"), [(HELD.title, False), ("Sore knees", True)])
def test_another_page_may_name_the_asker_otherwise(
    connection: sqlite3.Connection, keep: Keep, title: str, *, is_another: bool
) -> None:
    there = replace(HELD, url="http://host/print/1", title=title, asker=Asker(name="chen70"))
    keep(HELD)
    keep(replace(there, source_id="2"))
    assert (held_elsewhere(connection, visit_of(there)) is not None) is is_another


@pytest.mark.parametrize("asker", [None, Asker(name="Anonymous")])
def test_nobody_as_asker_makes_no_two_questions_one(
    connection: sqlite3.Connection, keep: Keep, tmp_path: Path, asker: Asker | None
) -> None:
    keep(held := replace(HELD, asker=asker))
    there = replace(held, url="http://host/q/2", title="Itching elbow", text=OTHER_TEXT)
    keep(replace(there, source_id="2", title="Sore toes", text="They are cold at night."))
    here = replace(there, url=held.url)
    assert held_elsewhere(connection, visit_of(there)) is not None
    assert replacement(connection, tmp_path, Toy, visit_of(here), 1) is not None


def test_one_asker_of_one_day_may_have_asked_two_questions(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(HELD)
    there = replace(HELD, url="http://host/print/1", title="Sore knees", text=f"{HELD.text} Help.")
    keep(replace(there, source_id="2", asker=None))
    assert held_elsewhere(connection, visit_of(there)) is None
    assert held_elsewhere(connection, visit_of(replace(there, text=OTHER_TEXT))) is not None


@pytest.mark.parametrize("is_rewritten", [False, True])
def test_a_further_page_of_a_question_is_no_other_one_of_its_asker(
    connection: sqlite3.Connection, keep: Keep, tmp_path: Path, *, is_rewritten: bool
) -> None:
    keep(HELD)
    now = replace(HELD, title="Itching elbow", text=OTHER_TEXT)
    keep(replace(HELD, source_id="x2", url=f"{HELD.url}?page=2"))
    if is_rewritten:
        keep(replace(now, source_id="x2", url=f"{HELD.url}?page=2"))
    assert replacement(connection, tmp_path, Toy, visit_of(now), 1) is None


def visit_of(question: Question) -> Visit:
    return Visit(
        url=question.url, kind=Kind.QUESTION, outcome=Outcome.FETCHED,
        visited_at=datetime(2026, 2, 1, tzinfo=UTC), question=question,
    )  # fmt: skip
