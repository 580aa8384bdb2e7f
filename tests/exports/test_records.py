"""Every export walks the archive in one stable order and gives whole records."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from exports import jsonl
from exports.records import records
from pipelines.errors import NoArchiveError
from scraper.items import Question
from scraper.record import record_schema, to_record
from tests.questions import Keep

CAPTURED = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_records_come_by_site_number_and_language(
    tmp_path: Path, keep: Keep, questions: list[Question]
) -> None:
    for question in questions:
        keep(question)
    assert [record["id"] for record in records(tmp_path)] == [
        "adoctor:20:en",
        "adoctor:900:en",
        "adoctor:900:zh-Hant",
        "taiwan-ehospital:3:zh-Hant",
    ]


def test_a_record_is_what_was_stored(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(english)
    stored = json.loads(json.dumps(to_record(english, CAPTURED)))
    assert list(records(tmp_path)) == [stored | {"gone_since": None}]


def test_a_record_tells_since_when_its_page_is_gone(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question
) -> None:
    keep(english)
    connection.execute("UPDATE questions SET gone_since='2026-12-01T09:00:00Z'")

    def told(as_of: datetime | None = None) -> str | None:
        (record,) = records(tmp_path, as_of)
        jsonschema.validate(record, record_schema())
        since: str | None = record["gone_since"]
        return since

    assert told() == "2026-12-01T09:00:00Z"
    assert told(datetime(2026, 12, 1, 9, tzinfo=UTC)) == "2026-12-01T09:00:00Z"
    assert told(datetime(2026, 12, 1, 8, tzinfo=UTC)) is None


def test_a_half_read_walk_holds_no_lock(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep, questions: list[Question]
) -> None:
    for question in questions:
        keep(question)
    walk = records(tmp_path)
    next(walk)
    keep(replace(questions[0], source_id="4", url="https://example.org/4"))
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
    assert len(list(walk)) == 3


def test_json_lines_are_one_record_a_line(
    tmp_path: Path, keep: Keep, questions: list[Question]
) -> None:
    for question in questions:
        keep(question)
    out = tmp_path / "out" / "questions.jsonl"
    assert jsonl.write(tmp_path, out) == 4
    lines = out.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == list(records(tmp_path))
    assert "頭痛三天" in lines[2]
    assert list(out.parent.iterdir()) == [out]


def test_without_an_archive_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoArchiveError):
        jsonl.write(tmp_path / "none", tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_our_tables_is_told_in_one_line(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "archive.db").close()
    (tmp_path / "archive.db").write_bytes(b"")
    with pytest.raises(NoArchiveError, match="holds no archive"):
        list(records(tmp_path))
