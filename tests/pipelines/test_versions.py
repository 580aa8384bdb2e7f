"""A question's history is told as it was."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.errors import NotHeldError
from pipelines.finding import find
from pipelines.history.causes import Cause
from pipelines.history.versions import history
from scraper.items import Question

Keep = Callable[..., bool]
FIRST = Question(
    site="adoctor", source_id="12", language="en", url="https://adoctor.tw/article/12",
    title="Dry eyes",
)  # fmt: skip
EDITED = replace(FIRST, title="Very dry eyes")
READ_ANEW = replace(EDITED, department="Ophthalmology")


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def test_versions_tell_when_they_were_seen_and_why(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(FIRST, at(1), sha256="a")
    keep(FIRST, at(2), sha256="b")  # other bytes, the same record
    keep(EDITED, at(3), before=FIRST, sha256="c")
    keep(EDITED, at(4), sha256="c")
    keep(READ_ANEW, at(5), before=READ_ANEW, sha256="d")  # other bytes, read by another reader
    keep(replace(READ_ANEW, title="Eyes"), at(6), sha256="e")
    told = history(connection, FIRST.id)
    seen = [
        (version.number, version.cause, version.first_seen[8:10], version.last_seen[8:10],
         version.recorded_at[8:10], version.record["title"], version.record["department"])
        for version in told.versions
    ]  # fmt: skip
    assert seen == [
        (1, Cause.NEW, "01", "02", "01", "Dry eyes", None),
        (2, Cause.CONTENT, "03", "04", "03", "Very dry eyes", None),
        (3, Cause.READER, "03", "05", "05", "Very dry eyes", "Ophthalmology"),
        (4, Cause.UNCLEAR, "06", "06", "06", "Eyes", "Ophthalmology"),
    ]
    assert told.template_changes == 2  # on the 2nd and the 5th
    assert told.gone_since is None


def test_a_look_that_failed_is_no_change_of_the_template(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    for day, sha256 in ((1, "a"), (2, "b"), (3, "a")):
        keep(FIRST, at(day), sha256=sha256)
    assert history(connection, FIRST.id).template_changes == 2
    connection.execute(
        "INSERT INTO problems(run_id, url, capture_id, found_at, code, detail)"
        " VALUES (1, '', 2, '', 'page-changed', '')"
    )
    assert history(connection, FIRST.id).template_changes == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("adoctor:12", "adoctor:12:en"),
        ("12", "adoctor:12:en"),
        ("adoctor:12:fr", "adoctor:12:en"),
        ("https://elsewhere.example/12", "adoctor:12:en"),
        ("adoctor:13:en", "status"),
        ("%", "status"),
        ("", "status"),
    ],
)
def test_what_is_not_held_is_told_with_what_was_meant(
    connection: sqlite3.Connection, keep: Keep, given: str, said: str
) -> None:
    keep(FIRST)
    with pytest.raises(NotHeldError, match=said):
        find(connection, given)


def test_a_question_is_found_by_id_and_url(connection: sqlite3.Connection, keep: Keep) -> None:
    keep(FIRST)
    assert find(connection, FIRST.id) == find(connection, FIRST.url) == "adoctor:12:en"
    connection.execute("UPDATE runs SET home = 'https://adoctor.tw/'")
    for spelling in ("https://adoctor.tw/article/12/", "HTTPS://ADOCTOR.TW/article/12#x"):
        assert find(connection, spelling) == "adoctor:12:en"
