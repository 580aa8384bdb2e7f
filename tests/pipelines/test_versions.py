"""A question's history is told as it was."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.checks import records
from pipelines.digest import digest
from pipelines.errors import NotHeldError
from pipelines.history.versions import history, page_captures
from pipelines.queries.lookup import find
from pipelines.storing.causes import Cause
from scraper.items import FaqTag, Question, SimilarQuestion
from tests.questions import Keep

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
    another = replace(READ_ANEW, source_id="9")  # as which the page of the 5th is read by now
    keep(replace(READ_ANEW, title="Eyes"), at(6), before=another, sha256="e")
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


def test_what_another_reader_reads_is_recorded_no_sooner_than_it_was_captured(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(FIRST, at(5))
    keep(EDITED, at(3), before=EDITED)  # a clock stepped back
    recorded = [version.recorded_at[8:10] for version in history(connection, FIRST.id).versions]
    assert recorded == ["05", "05"]


MOVED = replace(
    FIRST,
    url="http://new.example:8080/article/12",
    similar=(SimilarQuestion(title="Eyes", url="http://new.example:8080/article/9"),),
    faq_tags=(FaqTag(name="Eyes", url="http://new.example:8080/faq/eyes"),),
)
AT_FIRST = replace(
    FIRST,
    similar=(SimilarQuestion(title="Eyes", url="https://adoctor.tw/article/9"),),
    faq_tags=(FaqTag(name="Eyes", url="https://adoctor.tw/faq/eyes"),),
)


def test_a_site_that_has_moved_has_edited_nothing(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(AT_FIRST, at(1))
    keep(MOVED, at(2))
    (version,) = history(connection, FIRST.id).versions
    assert (version.first_seen[8:10], version.last_seen[8:10]) == ("01", "02")
    record = version.record
    assert [record["url"], record["similar"][0]["url"], record["faq_tags"][0]["url"]] == [
        "http://new.example:8080/article/12",
        "http://new.example:8080/article/9",
        "http://new.example:8080/faq/eyes",
    ]
    assert record["captured_at"][8:10] == "01"
    assert not list(records.check(connection))
    keep(replace(MOVED, title="Very dry eyes"), at(3), before=MOVED)
    *_, edit = history(connection, FIRST.id).versions
    assert (edit.number, edit.cause) == (2, Cause.CONTENT)


@pytest.mark.parametrize(
    "other",
    [
        replace(AT_FIRST, url="https://adoctor.tw/article/dry-eyes-12"),
        replace(AT_FIRST, similar=(SimilarQuestion(title="Eyes", url="https://other.example/9"),)),
        replace(AT_FIRST, faq_tags=(FaqTag(name="Eyes", url="https://adoctor.tw/faq/eye"),)),
        replace(AT_FIRST, text='"url":"https://adoctor.tw/"'),
        replace(AT_FIRST, text='"url":"/"'),
    ],
)
def test_other_urls_say_something_else(other: Question) -> None:
    assert digest(other) != digest(AT_FIRST)


def test_text_is_never_taken_for_the_sites_own_url() -> None:
    one, other = (replace(FIRST, text=f'"url":"{url}/"') for url in ("https://adoctor.tw", ""))
    assert digest(one) != digest(other)


def test_a_page_that_changes_its_language_leaves_one_current_record(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    chinese = replace(FIRST, language="zh-Hant")
    marks = "SELECT language, substr(gone_since, 9, 2) FROM questions ORDER BY language"
    keep(FIRST, at(1))
    keep(chinese, at(2))
    keep(chinese, at(3))
    assert connection.execute(marks).fetchall() == [("en", "02"), ("zh-Hant", None)]
    keep(FIRST, at(4))
    assert connection.execute(marks).fetchall() == [("en", None), ("zh-Hant", "04")]


def test_languages_that_stand_at_urls_of_their_own_are_both_current(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(FIRST, at(1))
    keep(replace(FIRST, language="ja", url="https://adoctor.tw/ja/article/12"), at(2))
    assert connection.execute("SELECT count(gone_since) FROM questions").fetchone() == (0,)


def test_a_look_that_failed_is_no_change_of_the_template(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    for day, sha256 in ((1, "a"), (2, "b"), (3, "a")):
        keep(FIRST, at(day), sha256=sha256)
    assert history(connection, FIRST.id).template_changes == 2
    connection.execute("UPDATE captures SET outcome='problem' WHERE id=2")
    assert history(connection, FIRST.id).template_changes == 0


def test_a_page_that_was_away_was_missing_whatever_its_status(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    for day, sha256 in ((1, "a"), (2, "b"), (3, "a")):
        keep(FIRST, at(day), sha256=sha256)
    connection.execute("UPDATE captures SET outcome='gone' WHERE id=2")
    told = history(connection, FIRST.id)
    assert (told.template_changes, told.missing) == (0, ("2026-11-02T09:00:00Z",))


def test_a_question_that_has_moved_keeps_its_captures(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    for day, sha256 in ((1, "a"), (2, "b"), (3, "b")):
        keep(AT_FIRST, at(day), sha256=sha256)
    connection.execute("UPDATE captures SET outcome='gone' WHERE id=2")
    for day, sha256 in ((4, "c"), (5, "c"), (6, "d")):
        keep(MOVED, at(day), sha256=sha256)
    connection.execute("UPDATE captures SET url_id=1, outcome='gone' WHERE id=5")
    told = history(connection, FIRST.id)
    assert (told.template_changes, told.missing) == (2, ("2026-11-02T09:00:00Z",))
    assert [capture.id for capture in page_captures(connection, FIRST.id)] == [1, 2, 3, 4, 5, 6]
    assert [capture.id for capture in page_captures(connection, FIRST.id, at(3))] == [1, 2, 3]


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


def test_a_record_whose_url_speaks_another_language_goes_on_at_its_own(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    elsewhere = replace(FIRST, url="https://adoctor.tw/en/article/12")
    keep(FIRST, at(1))
    keep(replace(FIRST, language="zh-Hant"), at(2))
    keep(elsewhere, at(3), before=FIRST)
    keep(replace(elsewhere, title="Very dry eyes"), at(4), before=elsewhere)
    assert connection.execute(
        "SELECT url, title, gone_since IS NULL FROM questions WHERE language='en'"
    ).fetchone() == (elsewhere.url, "Very dry eyes", 1)
    assert not list(records.check(connection))


def test_a_question_is_found_by_the_urls_that_it_had(
    connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(AT_FIRST, at(1))
    keep(MOVED, at(2))
    connection.execute(
        "INSERT INTO urls(url, site, host, kind, via, disclosed_in, missing_day, moved_to)"
        " VALUES ('https://adoctor.tw/en/article/12', 'adoctor', '', 'question', 'list', 1, 1, 2)"
    )
    for url in (AT_FIRST.url, "https://adoctor.tw/en/article/12"):
        assert find(connection, url) == FIRST.id
