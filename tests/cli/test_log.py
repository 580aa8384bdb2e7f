"""`qarchive log` shows a history to people and to programs."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.commands.log import command
from tests.questions import SMALL, Keep
from tests.stages import qarchive


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep) -> Path:
    """A question, its page's other bytes, an edit with signs that turn text; then it is gone."""
    keep(SMALL, datetime(2026, 11, 1, 9, tzinfo=UTC), sha256="a")
    keep(SMALL, datetime(2026, 11, 8, 9, tzinfo=UTC), sha256="b")
    edited = replace(SMALL, text="My eyes feel dry.\nWhat \x1b[31m\u202ehelps?")
    keep(edited, datetime(2026, 11, 15, 9, tzinfo=UTC), before=SMALL, sha256="c")
    connection.execute("UPDATE questions SET gone_since='2026-11-22T09:00:00Z'")
    return tmp_path


def log(archive: Path, *words: str, **environment: str) -> str:
    given = [*words, "--archive", str(archive)]
    result = CliRunner().invoke(command, given, env=environment, color=True)
    assert result.exit_code == 0, result.output
    return result.output


def test_people_see_versions_causes_and_words(archive: Path) -> None:
    assert log(archive, SMALL.id) == (
        "adoctor:12:en  https://adoctor.tw/article/12\n"
        "\n"
        "version 1: first seen\n"
        "  seen 2026-11-01T09:00:00Z to 2026-11-08T09:00:00Z\n"
        "\n"
        "version 2: the site changed it\n"
        "  seen 2026-11-15T09:00:00Z\n"
        "  question.text: My eyes[- are-]{+ feel+} dry.\n"
        "    What[- helps-]{+ \ufffd[31m\ufffdhelps+}?\n"
        "\n"
        "Its page's bytes changed once without that.\n"
        "\n"
        "Gone from the site since 2026-11-22T09:00:00Z.\n"
    )


def test_a_page_that_was_missing_and_came_back(
    archive: Path, connection: sqlite3.Connection
) -> None:
    connection.execute("UPDATE captures SET outcome='gone' WHERE id=2")
    once = "\nIts page was missing at 2026-11-08T09:00:00Z, and came back.\n"
    assert once in log(archive, SMALL.id)
    assert json.loads(log(archive, SMALL.id, "--json"))["missing"] == ["2026-11-08T09:00:00Z"]


def test_a_terminal_gets_colours(archive: Path) -> None:
    shown = log(archive, SMALL.id, FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[9;31m are\x1b[0m" in shown
    assert "\x1b[4;32m feel\x1b[0m" in shown
    assert "[-" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "unknown"}])
def test_a_terminal_without_colours_gets_marks(archive: Path, environment: dict[str, str]) -> None:
    assert "[- are-]{+ feel+}" in log(archive, SMALL.id, FORCE_COLOR="1", **environment)


def test_programs_get_json(archive: Path) -> None:
    told = json.loads(log(archive, SMALL.url, "--json"))
    assert (told["id"], told["gone_since"], told["template_changes"]) == (
        "adoctor:12:en", "2026-11-22T09:00:00Z", 1,
    )  # fmt: skip
    first, second = told["versions"]
    assert (first["cause"], first["last_seen"], first["changes"]) == (
        "new", "2026-11-08T09:00:00Z", [],
    )  # fmt: skip
    assert (second["cause"], second["recorded_at"]) == ("content", "2026-11-15T09:00:00Z")
    assert first["record"]["question"]["text"] == "My eyes are dry.\nWhat helps?"
    (change,) = second["changes"]
    assert change["field"] == "question.text"
    assert change["words"][:3] == [["kept", "My eyes"], ["removed", " are"], ["added", " feel"]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("adoctor:12:fr", "did you mean adoctor:12:en?"),
        ("adocter:12:en", "did you mean adoctor:12:en?"),
        ("adoctor-12-en", "did you mean adoctor:12:en?"),
        ("adoctor/12/en", "did you mean adoctor:12:en?"),
        ("adoctor：１２：en", "did you mean adoctor:12:en?"),
        (
            "adoctor:9:en",
            "`qarchive status` tells what it holds, `forget --list` what was taken down.",
        ),
    ],
)
def test_near_ids_are_of_the_site_that_was_named(
    archive: Path, keep: Keep, given: str, told: str
) -> None:
    other = "https://hospital.example/9"
    keep(replace(SMALL, site="taiwan-ehospital", source_id="9", url=other))
    done = qarchive("log", given, "--archive", archive)
    assert done.stderr == f"qarchive: the archive holds no question {given}: {told}\n"


def test_blanks_around_an_id_are_nothing(archive: Path) -> None:
    assert qarchive("log", " adoctor:12:en\t", "--archive", archive).returncode == 0


def test_an_unknown_id_is_told_in_one_line(archive: Path) -> None:
    done = qarchive("log", "adoctor:12", "--archive", archive)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "qarchive: the archive holds no question adoctor:12: did you mean adoctor:12:en?\n"
    )
