"""Cards are sightings: pages known only from them, and edits that only they show."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from exports import stubs as export
from pipelines.queries.excerpts import stub_count, stubs
from scraper.items import Question, SimilarQuestion
from tests.conftest import query_plan
from tests.questions import Keep

SITE = "https://adoctor.tw/article/"
_SHOWN = "SELECT url, question_excerpt, seen_on, sightings, first_seen, last_seen FROM stubs"


def question(number: int, text: str, *cards: SimilarQuestion) -> Question:
    return Question(
        site="adoctor", source_id=str(number), language="en", url=f"{SITE}{number}",
        title=f"Question {number}", text=text, similar=cards,
    )  # fmt: skip


def card(number: int, excerpt: str, *, complete: bool = False) -> SimilarQuestion:
    return SimilarQuestion(
        title=f"Card {number}", url=f"{SITE}{number}", question_excerpt=excerpt,
        question_complete=complete, doctor="Lin", reply_excerpt="Rest it", reply_complete=True,
    )  # fmt: skip


def test_a_page_not_held_is_a_stub_by_its_latest_sighting(
    connection: sqlite3.Connection, keep: Keep, tmp_path: Path
) -> None:
    keep(question(1, "My knee hurts.", card(2, "My toe"), card(3, "My arm is", complete=False)))
    keep(question(4, "My ear rings.", card(3, "My arm is numb.", complete=True)))
    keep(question(2, "My toe hurts."))
    (stub,) = stubs(connection)
    assert stub_count(connection) == 1
    assert (stub["stub"], stub["url"], stub["sightings"]) == (True, f"{SITE}3", 2)
    assert stub["question"] == {"text": "My arm is numb.", "complete": True}
    assert stub["reply"]["text"] == "Rest it"
    assert stub["seen_on"] == "adoctor:4:en"
    assert connection.execute(_SHOWN).fetchall() == [
        (f"{SITE}3", "My arm is numb.", "adoctor:4:en", 2, stub["first_seen"], stub["last_seen"])
    ]
    connection.commit()
    assert export.write(tmp_path, tmp_path / "stubs.jsonl") == 1
    assert json.loads((tmp_path / "stubs.jsonl").read_text("utf-8")) == stub
    assert connection.execute("SELECT count(*) FROM questions").fetchone() == (3,)


def test_a_card_of_an_earlier_version_still_counts(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(question(1, "My knee hurts.", card(3, "My arm is")))
    keep(question(1, "My knee hurts."))
    (stub,) = stubs(connection)
    assert stub["question"]["text"] == "My arm is"
    assert connection.execute(_SHOWN).fetchall() == []


def test_a_page_of_stubs_reads_no_more_than_it_shows(connection: sqlite3.Connection) -> None:
    steps = query_plan(connection, "SELECT * FROM stubs LIMIT 51")
    assert "SEARCH s USING INDEX similar_questions_url (url>?)" in steps
    assert not [step for step in steps if step.startswith(("SCAN s ", "USE TEMP"))], steps


def move(connection: sqlite3.Connection, number: int, to: int) -> None:
    """A page that leads to another now, as its last look has shown."""
    connection.execute(
        "INSERT INTO urls(url, site, host, kind, state, via, disclosed_in, missing_day, moved_to)"
        " SELECT ?, 'adoctor', '', 'question', 'moved', 'list', 1, 1, id FROM urls WHERE url=?",
        (f"{SITE}{number}", f"{SITE}{to}"),
    )


def test_a_card_of_a_page_that_leads_to_a_held_one_is_of_that(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(question(2, "My toe hurts."))
    move(connection, 3, to=2)
    move(connection, 4, to=3)
    move(connection, 6, to=5)
    keep(question(1, "My knee hurts.", card(4, "My foot"), card(5, "My arm")))
    assert [stub["url"] for stub in stubs(connection)] == [f"{SITE}5"]
    assert stub_count(connection) == 1
    found = connection.execute("SELECT id, seen_on FROM edits_seen_elsewhere").fetchall()
    assert found == [("adoctor:2:en", "adoctor:1:en")]
    connection.execute("UPDATE urls SET missing_day = NULL WHERE moved_to IS NOT NULL")
    assert stub_count(connection) == 2


@pytest.mark.parametrize("origin", ["http://adoctor.tw", "https://www.adoctor.tw"])
def test_a_page_that_is_held_at_another_address_of_its_site_is_no_stub(
    connection: sqlite3.Connection, keep: Keep, origin: str
) -> None:
    keep(question(2, "My toe hurts."))
    held, other = (
        replace(card(2, "My foot"), url=f"{origin}{path}/article/2") for path in ("", "/zh-Hant")
    )
    keep(question(1, "My knee hurts.", held, other))
    assert [stub["url"] for stub in stubs(connection)] == [other.url]
    assert stub_count(connection) == 1
    assert [url for url, *_ in connection.execute(_SHOWN)] == [other.url]
    found = connection.execute("SELECT id, seen_on FROM edits_seen_elsewhere").fetchall()
    assert found == [("adoctor:2:en", "adoctor:1:en")]


def test_a_page_at_the_same_path_of_another_site_is_another(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(replace(question(2, "My toe hurts."), site="qapage", url="https://a.example/article/2"))
    keep(question(1, "My knee hurts.", card(2, "My foot")))
    assert [stub["url"] for stub in stubs(connection)] == [f"{SITE}2"]
    assert stub_count(connection) == 1
    assert [url for url, *_ in connection.execute(_SHOWN)] == [f"{SITE}2"]
    assert connection.execute("SELECT id FROM edits_seen_elsewhere").fetchall() == []


@pytest.mark.parametrize(
    ("excerpt", "edited"),
    [
        ("My toe hurts. It", False),
        ("My toe hurts. It is red since #123198 told me", False),
        ('My toe hurts. It is red since <a href="https://adoctor.tw/article/123198">#12', False),
        ("My toe hurts. It is red since <", False),
        ("My foot hurts. It", True),
        ("It is red since", True),
        ('My foot <a href="https://adoctor.tw/article/123198">', True),
    ],
)
def test_an_excerpt_that_the_text_does_not_begin_with_shows_an_edit(
    connection: sqlite3.Connection, keep: Keep, excerpt: str, *, edited: bool
) -> None:
    keep(question(2, "My toe hurts.\nIt is red since #123198 told me so."))
    keep(question(1, "My knee hurts.", card(2, excerpt)))
    found = connection.execute("SELECT id, seen_on FROM edits_seen_elsewhere").fetchall()
    assert found == ([("adoctor:2:en", "adoctor:1:en")] if edited else [])


def test_what_was_taken_down_is_no_stub(connection: sqlite3.Connection, keep: Keep) -> None:
    gone = replace(card(3, "[removed]"), title="[removed]", url=None)
    keep(question(1, "My knee hurts.", gone))
    assert list(stubs(connection)) == []
    assert stub_count(connection) == 0
