"""`qarchive show` tells what the archive says of a question, or said, and where it was read."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from scraper.cli.commands.show import command
from scraper.items import Reply
from tests.questions import SMALL, Keep
from tests.stages import typed

FIRST = replace(SMALL, title="Dry \u202eeyes")
ANSWERED = replace(FIRST, replies=(Reply(doctor="Moss Qiaoyun", text="Blink."),))

NOW = "2026-12-01T09:00:00Z"


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep) -> Path:
    """A question, answered on the 8th and as it was on the 15th."""
    keep(FIRST, datetime(2026, 11, 1, 9, tzinfo=UTC))
    keep(ANSWERED, datetime(2026, 11, 8, 9, tzinfo=UTC), before=FIRST)
    keep(ANSWERED, datetime(2026, 11, 15, 9, tzinfo=UTC))
    connection.execute("UPDATE captures SET offset = id * 100")
    connection.execute("UPDATE captures SET refers_to = 2 WHERE id = 3")
    return tmp_path


def show(archive: Path, *words: str) -> str:
    result = CliRunner().invoke(command, [*words, "--archive", str(archive)])
    assert result.exit_code == 0, result.output
    return result.output


def test_people_see_the_record_and_its_captures(archive: Path) -> None:
    assert show(archive, FIRST.id) == (
        "adoctor:12:en\n"
        "url: https://adoctor.tw/article/12\n"
        "title: Dry \ufffdeyes\n"
        "question.text:\n"
        "  My eyes are dry.\n"
        "  What helps?\n"
        "replies:\n"
        "  doctor: Moss Qiaoyun\n"
        "  text: Blink.\n"
        "\n"
        "captures:\n"
        "  2026-11-01T09:00:00Z 200 x.warc.gz at 100\n"
        "  2026-11-08T09:00:00Z 200 x.warc.gz at 200 <- the record was read here\n"
        "  2026-11-15T09:00:00Z 200 x.warc.gz at 200 as before\n"
    )


def test_what_was_known_on_a_day(archive: Path) -> None:
    then = show(archive, FIRST.url, "--as-of", "2026-11-07")
    assert "replies" not in then
    assert then.endswith(
        "captures:\n  2026-11-01T09:00:00Z 200 x.warc.gz at 100 <- the record was read here\n"
    )


def test_a_question_that_is_gone_is_told_so(archive: Path, connection: sqlite3.Connection) -> None:
    since = "2026-11-22T09:00:00Z"
    connection.execute("UPDATE questions SET gone_since = ?", (since,))
    assert show(archive, FIRST.id).endswith(f"\n\nGone from the site since {since}.\n")
    assert json.loads(show(archive, FIRST.id, "--json"))["gone_since"] == since
    assert "Gone" not in show(archive, FIRST.id, "--as-of", "2026-11-21")


def test_a_url_leads_to_what_its_page_is_now(archive: Path, keep: Keep) -> None:
    keep(replace(FIRST, language="zh-Hant"), datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert show(archive, FIRST.url).startswith("adoctor:12:zh-Hant\n")
    assert show(archive, FIRST.id).startswith("adoctor:12:en\n")


@pytest.mark.parametrize(
    ("moment", "told"),
    [("2026-11-30", ""), ("2026-12-01T09:00:00Z", ""),
     ("2026-12-01", "2026-12-01T23:59:59Z"), ("2099-01-01", "2099-01-01T23:59:59Z")],
)  # fmt: skip
def test_a_day_that_is_not_over_is_told(archive: Path, moment: str, told: str) -> None:
    words = ("show", FIRST.id, "--as-of", moment, "--archive", archive)
    done = typed(*words, QARCHIVE_NOW=NOW)
    assert done.returncode == 0
    head, _, tail = done.stderr.partition(" is to come: this is what is known now, ")
    assert (head, tail[:11]) == ((f"qarchive: {told}", "2026-12-01T") if told else ("", ""))


def test_programs_get_json(archive: Path) -> None:
    told = json.loads(show(archive, FIRST.id, "--json"))
    assert told["record"]["replies"][0]["doctor"] == "Moss Qiaoyun"
    assert told["capture_id"] == 2
    assert [look["unchanged"] for look in told["captures"]] == [False, False, True]


def test_what_was_not_known_yet_is_told(archive: Path) -> None:
    words = ("show", FIRST.id, "--as-of", "2026-10-31", "--archive", archive)
    done = typed(*words, QARCHIVE_NOW=NOW)
    told = "qarchive: adoctor:12:en was not yet known on 2026-10-31T23:59:59Z.\n"
    assert (done.returncode, done.stderr) == (2, told)
