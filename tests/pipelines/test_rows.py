"""Rows give the record back, hold history, and are found by full text."""

import json
import sqlite3
from dataclasses import replace

import pytest

from pipelines.queries.records import record_of
from pipelines.storing.fulltext import match_query
from scraper.items import Question
from scraper.record import to_record
from tests.questions import CAPTURED, CHINESE, FULL, Keep


def found(connection: sqlite3.Connection, words: str) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM questions WHERE key IN"
        " (SELECT rowid FROM questions_fts WHERE questions_fts MATCH ?)",
        (match_query(words),),
    )
    return [row[0] for row in rows]


@pytest.mark.parametrize("question", [FULL, CHINESE])
def test_rows_give_the_record_back(
    connection: sqlite3.Connection, keep: Keep, question: Question
) -> None:
    keep(question)
    expected = to_record(question, CAPTURED)
    stored = record_of(connection, question.id)
    assert stored == json.loads(json.dumps(expected))
    assert list(stored) == list(expected)


def test_the_same_again_adds_no_row(connection: sqlite3.Connection, keep: Keep) -> None:
    assert keep(FULL) is True
    before = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()
              for table in ("questions", "question_versions", "replies", "faq_tags",
                            "questions_faq_tags", "similar_questions")}  # fmt: skip
    assert keep(FULL) is False
    for table, count in before.items():
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == count


def test_a_change_keeps_what_was_said_before(connection: sqlite3.Connection, keep: Keep) -> None:
    keep(FULL)
    keep(replace(FULL, replies=FULL.replies[:1], title="Wobbly Thumbs"))
    versions = connection.execute("SELECT record FROM question_versions ORDER BY id").fetchall()
    assert versions[1] == (None,)
    old = json.loads(versions[0][0])
    assert (old["title"], len(old["replies"])) == ("Stiff Thumbs After Knitting", 2)
    assert found(connection, "wobbly") == [FULL.id]
    assert found(connection, "knitting") == []
    assert found(connection, "sum") == []


@pytest.mark.parametrize("words", ["頭", "頭痛", "後頭痛", "痛三天", "毛衣 醫師", '"您好，頭痛"'])
def test_chinese_of_any_length_is_found(
    connection: sqlite3.Connection, keep: Keep, words: str
) -> None:
    keep(FULL)
    keep(CHINESE)
    assert found(connection, words) == [CHINESE.id]


@pytest.mark.parametrize(
    "words", ["CT", "ＣＴ", "ct檢查", "ct 檢查", "B型肝炎", "Ｂ型肝炎", "120", "１２０", "タミ"]
)
def test_letters_of_any_width_are_found(
    connection: sqlite3.Connection, keep: Keep, words: str
) -> None:
    keep(replace(CHINESE, text="做ＣＴ檢查，Ｂ型肝炎，１２０，ﾋﾞﾀﾐﾝ"))
    assert found(connection, words) == [CHINESE.id]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("knee Knee knee " * 5000, '"knee" "Knee"'),
        ("a" * 195 + " knee cap", f'"{"a" * 195}"'),
        ("a" * 194 + " 膝蓋knee", f'"{"a" * 194}" "膝 蓋"'),
        ("a" * 60_000, '""'),
        ('"sore knee" ' * 5000, '"sore knee" "sore"'),
        ("“sore knee” „at night“", '"sore knee" "at night"'),
        ("「超音波 三顆」 －『膝』", '"超 音 波 三 顆" NOT "膝"'),
    ],
)
def test_of_a_long_query_whole_words_are_read_each_once(typed: str, read: str) -> None:
    assert match_query(typed) == read


@pytest.mark.parametrize(
    "words", ["痛頭", "貓", "", '"', "AND OR", "title:x*", "NEAR(", "-", "a\0b"]
)
def test_what_is_not_there_is_not_found(
    connection: sqlite3.Connection, keep: Keep, words: str
) -> None:
    keep(CHINESE)
    assert found(connection, words) == []


def test_a_raised_exponent_is_searched(connection: sqlite3.Connection, keep: Keep) -> None:
    keep(replace(FULL, text="White cells 10⁹/L"))
    assert (found(connection, "10⁹"), found(connection, "10⁹/L")) == ([FULL.id], [FULL.id])


def test_a_second_reply_is_searched(connection: sqlite3.Connection, keep: Keep) -> None:
    keep(FULL)
    assert found(connection, "sum") == [FULL.id]
