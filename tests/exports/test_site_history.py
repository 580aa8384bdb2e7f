"""A question's page shows what became of it."""

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports.datasette.copies import snapshot
from exports.datasette.site import build, close
from scraper.items import Question
from tests.exports.test_site import ROW, page
from tests.questions import Keep

HOSTILE = "<img src=x onerror=alert(1)>\u202e"


def edited(question: Question) -> Question:
    return replace(question, text=f"My thumbs feel stiff.\n{HOSTILE} What helps?")


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep, english: Question) -> Path:
    """Other bytes on the 8th, an edit on the 15th, gone on the 22nd."""
    keep(english, datetime(2026, 11, 1, 9, tzinfo=UTC), sha256="a")
    keep(english, datetime(2026, 11, 8, 9, tzinfo=UTC), sha256="b")
    keep(edited(english), datetime(2026, 11, 15, 9, tzinfo=UTC), before=english, sha256="c")
    connection.execute("UPDATE questions SET gone_since='2026-11-22T09:00:00Z'")
    return tmp_path


def test_versions_are_shown_with_cause_dates_and_words(archive: Path) -> None:
    site = build(archive)
    text = page(site, ROW)
    close(site)
    for part in (
        "gone from the site since 2026-11-22T09:00:00Z",
        "Version 2: the site changed it",
        "<time>2026-11-15T09:00:00Z</time>",
        "<dt>question.text</dt>",
        "My thumbs<del> are</del><ins> feel</ins> stiff.",
        "&lt;img",
        "[U+202E]",
        "First seen <time>2026-11-01T09:00:00Z</time>",
        "bytes changed 1 time without",
        "2 versions kept",
    ):
        assert part in text
    assert "<img src=x" not in text


def test_strangers_learn_when_it_changed_but_no_word_that_was_taken_back(archive: Path) -> None:
    with snapshot(archive) as folder:
        site = build(folder, public=True)
        text = page(site, ROW)
        close(site)
    assert "Version 2: the site changed it" in text
    assert '<p class="facts">question.text</p>' in text
    assert "My thumbs feel stiff." in text
    assert "<del>" not in text
    assert "<ins>" not in text


def test_before_its_first_change_there_is_none(archive: Path) -> None:
    moment = datetime(2026, 11, 8, 9, tzinfo=UTC)
    with snapshot(archive, moment) as folder:
        site = build(folder, as_of=moment)
        text = page(site, ROW)
        close(site)
    assert "1 version kept" in text
    assert "as known on 2026-11-08T09:00:00Z" in text
    assert "<h2>History</h2>" not in text
    assert "gone from" not in text
    assert "My thumbs are stiff." in text


def test_many_versions_lead_to_their_table(archive: Path, keep: Keep, english: Question) -> None:
    before = edited(english)
    for day in range(1, 13):
        fresh = replace(english, text=f"day {day}")
        keep(fresh, datetime(2026, 12, day, 9, tzinfo=UTC), before=before)
        before = fresh
    site = build(archive)
    text = page(site, ROW)
    close(site)
    assert text.count("<summary>Version ") == 10
    assert '<a href="/archive/question_versions?question_id=adoctor%3A900%3Aen">all 14</a>' in text


def test_where_it_was_read_is_told_after_a_move(
    tmp_path: Path, keep: Keep, english: Question
) -> None:
    here = replace(english, similar=(), faq_tags=())
    keep(here)
    keep(replace(here, url="https://new.example/article/900"), datetime(2026, 12, 1, tzinfo=UTC))
    site = build(tmp_path)
    text = " ".join(re.sub("<[^>]*>", "", page(site, ROW)).split())
    close(site)
    assert (
        "Read from https://adoctor.tw/article/900, captured 2026-11-22T09:00:00Z;"
        " its URL is https://new.example/article/900 now;"
    ) in text
