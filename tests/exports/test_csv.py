"""The CSV tables hold what the records hold, and nothing that a spreadsheet would run."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import csv as csv_export
from pipelines.errors import StorageError
from scraper.items import Question
from tests.questions import Keep

MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_tables_hold_the_record(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(english)
    out = tmp_path / "csv"
    assert csv_export.write(tmp_path, out) == 1
    (question,) = table(out, "questions")
    assert question == {
        "id": "adoctor:900:en",
        "site": "adoctor",
        "source_id": "900",
        "language": "en",
        "url": "https://adoctor.tw/article/900",
        "title": "Stiff Thumbs After Knitting",
        "department": "Orthopedics",
        "question_headline": "Stiff thumbs",
        "question_text": "My thumbs are stiff.\nWhat helps?",
        "asker_name": "Mr. Elm, the elder",
        "asker_sex": "female",
        "asker_age_min": "30",
        "asker_age_max": "39",
        "asked_on": "2021-03-04",
        "reply_count": "2",
        "more_info": "Thumbs:\n- are useful",
        "captured_at": "2026-11-22T09:00:00Z",
        "gone_since": "",
    }
    assert [list(row.values()) for row in table(out, "replies")] == [
        ["adoctor:900:en", "1", "Moss Qiaoyun", "Orthopedics", "Cedar Valley",
         'Hello:\n"Rest", then stretch.', "2021-03-05"],
        ["adoctor:900:en", "2", "", "", "", "'=SUM(A1:A9)", ""],
    ]  # fmt: skip
    assert [list(row.values()) for row in table(out, "similar_questions")] == [
        ["adoctor:900:en", "1", "Sore wrists", "https://adoctor.tw/article/20", "Doctor, my",
         "false", "", "", "Hello: Rest.", "true"],
    ]  # fmt: skip
    assert [list(row.values()) for row in table(out, "faq_tags")] == [
        ["adoctor:900:en", "1", "Thumb", "Orthopedics", "https://adoctor.tw/faq/thumb"],
        ["adoctor:900:en", "2", "Thumb", "", ""],
    ]
    assert table(out, "mentions")[0]["source_id"] == "20"
    assert table(out, "warnings")[0]["code"] == "asker-title-contradicts-sex"


def test_the_folder_tells_what_made_it_and_when(
    tmp_path: Path, keep: Keep, english: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(english)
    monkeypatch.setenv("QARCHIVE_NOW", "2026-11-25T09:00:00Z")
    for as_of, told in ((None, "2026-11-25T"), (MOMENT, "2026-11-23T00:00:00Z")):
        csv_export.write(tmp_path, tmp_path / "csv", as_of)
        package = json.loads((tmp_path / "csv" / "datapackage.json").read_text("utf-8"))
        assert package["created"].startswith("2026-11-25T")
        assert package["as_of"].startswith(told)
        assert package["software"].startswith("qarchive/")
        paths = {resource["path"] for resource in package["resources"]}
        assert {path.name for path in (tmp_path / "csv").glob("*.csv")} == paths


def test_the_folder_tells_what_its_tables_hold(
    tmp_path: Path, keep: Keep, questions: list[Question]
) -> None:
    for question in questions:
        keep(question)
    csv_export.write(tmp_path, tmp_path / "csv")
    report = frictionless.validate(tmp_path / "csv" / "datapackage.json")
    assert report.flatten(["title", "note"]) == []
    package = json.loads((tmp_path / "csv" / "datapackage.json").read_text("utf-8"))
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"]}
    types = {field["name"]: field["type"] for field in schemas["questions"]["fields"]}
    assert (schemas["questions"]["primaryKey"], types["source_id"]) == ("id", "string")
    assert (types["asker_age_min"], types["gone_since"]) == ("integer", "datetime")
    assert schemas["replies"]["primaryKey"] == ["question_id", "position"]
    assert schemas["replies"]["foreignKeys"] == [
        {"fields": "question_id", "reference": {"resource": "questions", "fields": "id"}}
    ]
    assert "personal data" in package["description"]


def test_the_folder_tells_of_which_sites_and_times_it_is(
    tmp_path: Path, keep: Keep, questions: list[Question]
) -> None:
    for day, question in enumerate(questions, 1):  # the first one is another site's
        keep(question, datetime(2026, 11, day, 9, tzinfo=UTC))
    csv_export.write(tmp_path, tmp_path / "csv")
    package = json.loads((tmp_path / "csv" / "datapackage.json").read_text("utf-8"))
    assert package["sites"] == [
        {"name": "adoctor", "captured_from": "2026-11-02T09:00:00Z",
         "captured_to": "2026-11-04T09:00:00Z"},
        {"name": "taiwan-ehospital", "captured_from": "2026-11-01T09:00:00Z",
         "captured_to": "2026-11-01T09:00:00Z"},
    ]  # fmt: skip


def test_a_second_export_takes_the_place_of_the_first(
    tmp_path: Path, keep: Keep, questions: list[Question]
) -> None:
    out = tmp_path / "exports" / "csv"
    for count, question in enumerate(questions, 1):
        keep(question)
        csv_export.write(tmp_path, out)
        assert len(table(out, "questions")) == count
    assert [path.name for path in out.parent.iterdir()] == ["csv"]


def test_somebody_elses_folder_is_left_alone(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(english)
    letter = tmp_path / "home" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("dear")
    with pytest.raises(StorageError, match="no earlier export"):
        csv_export.write(tmp_path, letter.parent)
    with pytest.raises(StorageError, match="no earlier export"):
        csv_export.write(tmp_path, letter)
    own = letter.rename(letter.with_name("questions.csv"))
    with pytest.raises(StorageError, match="no earlier export"):
        csv_export.write(tmp_path, own.parent)
    assert own.read_text() == "dear"


def cells(row: list[object], delimiter: str = ",") -> list[list[str]]:
    """The rows that a reader makes of a row."""
    stream = io.StringIO(csv_export.line(row), newline="")
    return list(csv.reader(stream, delimiter=delimiter))


@given(st.text() | st.builds("".join, st.tuples(st.sampled_from(RUNS_AS_FORMULA), st.text())))
def test_any_text_comes_back_and_is_no_formula(text: str) -> None:
    ((key, read, end),) = cells(["key", text, "end"])
    assert (key, end) == ("key", "end")
    assert not read.startswith(RUNS_AS_FORMULA)
    assert read.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    "text",
    ["I feel dizzy;=1+1;@SUM(A1)", 'Dizzy;=HYPERLINK("http://a")', "a\t=1", "a; =1", "a\n=1+1",
     "a\r\n@SUM(A1)", "a;-2+3", "a\n＝1", 'a"\n=1', "a;\u200e=1", "a\n \u00ad=1"],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_formula_wherever_a_spreadsheet_splits(text: str, delimiter: str) -> None:
    for row in cells(["key", text, None, 2], delimiter):
        assert not [
            read for read in row if read.strip(" \u00ad\u200e").startswith(("=", "@", "-", "＝"))
        ]
    assert len(cells(["key", text, None, 2])[0]) == 4


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+886", "-2", "\t1", "\r", " =1", "＝1",
                                  "\u200b=1", "\n1", "\u00ad=1", "\u180e=1", "\u200c=1", "\u200e=1",
                                  "\u2061 \ufeff=1", "\U000e0001＝1"])  # fmt: skip
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_export.cell(text) == f'"\'{text}"'


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a=1", '"a=1"'), ("頭痛", '"頭痛"'), ("'quoted'", '"\'quoted\'"'), ("", '""'), (20, "20"),
     ("3-4 days; a\n- list", '"3-4 days; a\n- list"'), (None, ""), (True, "true"),
     ('say "a"', '"say ""a"""')],
)  # fmt: skip
def test_what_is_no_formula_stays(value: str | int | None, expected: str) -> None:
    assert csv_export.cell(value) == expected
