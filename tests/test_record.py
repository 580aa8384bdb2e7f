"""The record's shape is public: names, types and the published schema."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema

from scraper.items import Asker, FaqTag, Problem, Question, Reply, Sex, SimilarQuestion
from scraper.record import from_record, record_schema, to_record

SCHEMA_FILE = Path(__file__).parents[1] / "docs" / "record.schema.json"
CAPTURED = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)

QUESTION = Question(
    site="adoctor",
    source_id="177001",
    language="en",
    url="https://adoctor.tw/article/177001",
    title="Weak Ankles After Hiking",
    department="Neurology",
    headline="Weak ankles",
    text="My ankles feel weak.\nIs it serious?",
    asker=Asker(name="Mr. Oak", sex=Sex.FEMALE, age_min=20, age_max=29),
    asked_on=date(2020, 10, 26),
    replies=(Reply(doctor="Lin Qingfeng", text="Hello:\nRest.", replied_on=date(2020, 10, 27)),),
    similar=(SimilarQuestion(title="Sore feet", url="https://adoctor.tw/article/2"),),
    faq_tags=(FaqTag(name="Als", department="Neurology"),),
    mentions=("123198",),
    warnings=("asker-title-contradicts-sex",),
)


def test_record_has_the_public_names() -> None:
    record = to_record(QUESTION, CAPTURED)
    assert list(record) == [
        "schema", "id", "site", "source_id", "language", "url", "title", "department",
        "question", "asker", "asked_on", "replies", "more_info", "similar", "faq_tags",
        "mentions", "warnings", "captured_at",
    ]  # fmt: skip
    assert record["id"] == "adoctor:177001:en"
    assert record["question"] == {
        "headline": "Weak ankles",
        "text": "My ankles feel weak.\nIs it serious?",
    }
    assert json.loads(json.dumps(record["asker"])) == {
        "name": "Mr. Oak",
        "sex": "female",
        "age_min": 20,
        "age_max": 29,
    }
    assert record["captured_at"] == "2026-11-22T09:00:00Z"
    assert record["replies"][0]["replied_on"] == "2020-10-27"


def test_published_schema_is_the_generated_one() -> None:
    assert json.loads(SCHEMA_FILE.read_text("utf-8")) == record_schema()


def test_records_obey_the_schema() -> None:
    bare = Question(site="s", source_id="1", language="en", url="https://s.example/1")
    unsound = Question(
        site="s", source_id="1", language="en", url="https://s.example/1",
        problems=(Problem(code="no-title", field="title"),),
    )  # fmt: skip
    for question in (QUESTION, bare, unsound):
        jsonschema.validate(json.loads(json.dumps(to_record(question, CAPTURED))), record_schema())


def test_schema_refuses_an_unknown_name() -> None:
    record = json.loads(json.dumps(to_record(QUESTION, CAPTURED))) | {"phone": "1"}
    assert not jsonschema.Draft202012Validator(record_schema()).is_valid(record)


def test_from_record_gives_the_question_back() -> None:
    assert from_record(json.loads(json.dumps(to_record(QUESTION, CAPTURED)))) == QUESTION
