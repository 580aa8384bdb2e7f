"""Values that no database can hold: stored after a named repair, or a problem."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.queries.records import record_of
from pipelines.storing.storable import AGE, NULS, repaired
from pipelines.validate import storable_question
from scraper.items import Asker, FaqTag, Question, Reply, SimilarQuestion
from scraper.reading.undecoded import SURROGATES
from tests.crawling import crawl
from tests.faults.plays import links, reply
from tests.faults.server import FaultServer
from tests.questions import Keep

SOUND = Question(
    site="adoctor",
    source_id="1",
    language="zh-Hant",
    url="https://adoctor.tw/article/1",
    title="膝蓋痛",
    text="跑步後膝蓋痛 😀",
    asker=Asker(name="林小姐", age_min=20, age_max=29),
    replies=(Reply(doctor="王大明", text="多休息"),),
)

PUTS: tuple[Callable[[str], dict[str, Any]], ...] = (
    lambda text: {"title": text},
    lambda text: {"text": text},
    lambda text: {"more_info": text},
    lambda text: {"department": text},
    lambda text: {"asker": Asker(name=text)},
    lambda text: {"replies": (Reply(text="Rest."), Reply(doctor=text, text=text))},
    lambda text: {"similar": (SimilarQuestion(title=text),)},
    lambda text: {"faq_tags": (FaqTag(name=text),)},
    lambda text: {"mentions": (text,)},
)


def test_a_sound_question_stays_the_same_object() -> None:
    assert repaired(SOUND) is SOUND


@pytest.mark.parametrize(
    ("broken", "whole", "warning"),
    [
        ("knee \ud83d hurts", "knee \ufffd hurts", SURROGATES),
        ("\udc80", "\ufffd", SURROGATES),
        ("smile \ud83d\ude00", "smile 😀", SURROGATES),
        ("\ude00\ud83d", "\ufffd\ufffd", SURROGATES),
        ("kn\0ee", "knee", NULS),
        ("膝\0蓋", "膝蓋", NULS),
        ("knee \0 hurts\n\0\nnow\0", "knee hurts\nnow", NULS),
    ],
)
def test_broken_text_is_stored_after_a_named_repair(
    connection: sqlite3.Connection,
    keep: Keep,
    broken: str,
    whole: str,
    warning: str,
) -> None:
    for number, put in enumerate(PUTS):
        question = replace(SOUND, source_id=str(number))
        fixed = repaired(replace(question, **put(broken)))
        assert fixed == replace(question, **put(whole), warnings=(warning,))
        keep(fixed)
        record = record_of(connection, question.id)
        assert record["warnings"] == [warning]
        json.dumps(record, ensure_ascii=False).encode()


@pytest.mark.parametrize("age", [2**64, 2**63, -1, 151, float("nan"), float("inf")])
def test_an_impossible_age_is_taken_out(keep: Keep, age: Any) -> None:
    fixed = repaired(replace(SOUND, asker=Asker(name="林小姐", age_min=age, age_max=age)))
    assert fixed.asker == Asker(name="林小姐")
    assert fixed.warnings == (AGE,)
    keep(fixed)


def test_no_text_of_any_field_is_longer_than_a_person_writes() -> None:
    for put in PUTS:
        (name,) = changed = put("x" * 1_000_001)
        (problem,) = storable_question(replace(SOUND, **changed), frozenset()).problems
        assert (problem.code, problem.field) == ("field-too-long", name)
        assert not storable_question(replace(SOUND, **put("é" * 1_000_000)), frozenset()).problems


@pytest.fixture
def site() -> Iterator[FaultServer]:
    pages = {
        "surrogate": r"It hurts \ud83d here.",  # the toy reader undoes the escape
        "nul": r"It \x00hurts.",
        "huge": "x" * 6_000_000,
        "sound": "It hurts.",
    }
    with FaultServer() as server:
        server.play("/", [reply(200, body=links(*(f"/q/{name}" for name in pages)))])
        for name, text in pages.items():
            server.play(f"/q/{name}", [reply(200, body=f"<h1>Knee</h1><p>{text}</p>".encode())])
        yield server


def test_a_crawl_keeps_what_can_be_kept(tmp_path: Path, site: FaultServer) -> None:
    crawl(tmp_path, base_url=site.url("/"))
    with closing(sqlite3.connect(tmp_path / "archive.db")) as db:
        kept = {
            row[0]: (row[1], json.loads(row[2]))
            for row in db.execute("SELECT source_id, question_text, warnings FROM questions")
        }
        problems = db.execute("SELECT url, code, field FROM problems").fetchall()
        states = dict(db.execute("SELECT url, state FROM urls"))
    assert kept == {
        "surrogate": ("It hurts \ufffd here.", [SURROGATES]),
        "nul": ("It hurts.", [NULS]),
        "sound": ("It hurts.", []),
    }
    assert problems == [(site.url("/q/huge"), "field-too-long", "text")]
    assert states[site.url("/q/huge")] == "problem"
