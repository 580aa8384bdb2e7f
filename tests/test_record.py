"""The record's shape is public: names, types and the published schema."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from scraper.items import Problem, Question
from scraper.record import from_record, record_schema, to_record
from tests.questions import FULL

SCHEMA_FILE = Path(__file__).parents[1] / "docs" / "record.schema.json"
SCHEMA = jsonschema.Draft202012Validator(
    record_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
CAPTURED = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)


def test_record_has_the_public_names() -> None:
    record = to_record(FULL, CAPTURED)
    assert list(record) == [
        "schema", "id", "site", "source_id", "language", "url", "title", "department",
        "question", "asker", "asked_on", "replies", "more_info", "similar", "faq_tags",
        "mentions", "warnings", "captured_at",
    ]  # fmt: skip
    assert record["id"] == "adoctor:900:en"
    assert record["question"] == {
        "headline": "Stiff thumbs",
        "text": "My thumbs are stiff.\nWhat helps?",
    }
    assert json.loads(json.dumps(record["asker"])) == {
        "name": "Mr. Elm, the elder",
        "sex": "female",
        "age_min": 30,
        "age_max": 39,
    }
    assert record["captured_at"] == "2026-11-22T09:00:00Z"
    assert record["replies"][0]["replied_on"] == "2021-03-05"


def test_published_schema_is_the_generated_one() -> None:
    assert json.loads(SCHEMA_FILE.read_text("utf-8")) == record_schema()


def test_records_obey_the_schema() -> None:
    bare = Question(site="s", source_id="1", language="en", url="https://s.example/1")
    unsound = Question(
        site="s", source_id="1", language="en", url="https://s.example/1",
        problems=(Problem(code="no-title", field="title"),),
    )  # fmt: skip
    for question in (FULL, bare, unsound):
        SCHEMA.validate(json.loads(json.dumps(to_record(question, CAPTURED))))


@pytest.mark.parametrize("wrong", [{"phone": "1"}, {"asked_on": "26 October 2020"}])
def test_schema_refuses_an_unknown_name_and_no_date(wrong: dict[str, str]) -> None:
    record = json.loads(json.dumps(to_record(FULL, CAPTURED))) | wrong
    assert not SCHEMA.is_valid(record)


def test_from_record_gives_the_question_back() -> None:
    assert from_record(json.loads(json.dumps(to_record(FULL, CAPTURED)))) == FULL
