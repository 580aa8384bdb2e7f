"""The archive as it was known then: in exports, and put back in a copy."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exports import csv, jsonl
from exports.records import records
from pipelines.history.asof import put_back
from pipelines.storing.fulltext import index_due, match_query
from scraper.items import FaqTag, Question, Reply
from tests.questions import Keep

FIRST = Question(
    site="adoctor", source_id="12", language="en", url="https://adoctor.tw/article/12",
    title="Dry eyes", department="Eyes",
)  # fmt: skip
EDITED = replace(FIRST, title="Moist eyes", department="Ophthalmology")
READ_ANEW = replace(EDITED, replies=(Reply(doctor="Moss Qiaoyun", text="Blink."),))
LATER = replace(
    FIRST, source_id="3", url="https://adoctor.tw/article/3", title="Sore feet",
    department=None, faq_tags=(FaqTag(name="Foot"),),
)  # fmt: skip


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path, connection: sqlite3.Connection, keep: Keep) -> Path:
    """Of 1 Nov, edited on the 3rd, read anew on the 5th, found gone on the 7th, since the 6th.

    Another question is of the 4th.
    """
    keep(FIRST, at(1))
    keep(FIRST, at(2))
    keep(FIRST, at(2, 12))
    keep(EDITED, at(3), before=FIRST)
    connection.execute(
        "INSERT INTO runs(site, host, revisit, started_at) VALUES ('adoctor', '', 'due', ?)",
        ("2026-11-04T09:00:00Z",),
    )
    keep(LATER, at(4))
    connection.execute("UPDATE urls SET disclosed_in = 2 WHERE url = ?", (LATER.url,))
    keep(READ_ANEW, at(5), before=READ_ANEW)
    connection.execute(
        "INSERT INTO problems(run_id, url, found_at, code, detail)"
        " VALUES (1, '', '2026-11-05T09:00:00Z', 'timeout', '')"
    )
    miss(connection, 6, 7)
    connection.execute("UPDATE questions SET gone_since = '2026-11-06T09:00:00Z' WHERE key = 1")
    return tmp_path


def miss(connection: sqlite3.Connection, *days: int) -> None:
    """Add captures that did not find the first page any more."""
    connection.executemany(
        "INSERT INTO captures(url_id, url, run_id, fetched_at, status, sha256, size, outcome,"
        " warc, offset, length) SELECT url_id, url, run_id, ?, 404, '', 0, 'gone', warc, 0, 0"
        " FROM captures WHERE id = 1",
        [(f"2026-11-{day:02}T09:00:00Z",) for day in days],
    )


KNOWN = [  # moment, title of 12, its department, its replies, whether 3 is known
    (at(1, 8), None, None, 0, False),
    (at(1), "Dry eyes", "Eyes", 0, False),
    (at(2, 23), "Dry eyes", "Eyes", 0, False),
    (at(3), "Moist eyes", "Ophthalmology", 0, False),
    (at(4), "Moist eyes", "Ophthalmology", 0, True),
    (at(5), "Moist eyes", "Ophthalmology", 1, True),
    (at(6), "Moist eyes", "Ophthalmology", 1, True),
    (at(9), "Moist eyes", "Ophthalmology", 1, True),
]


def told(archive: Path, moment: datetime) -> tuple[str | None, str | None, int, bool]:
    held = {record["source_id"]: record for record in records(archive, moment)}
    if "12" not in held:
        return None, None, 0, "3" in held
    record = held["12"]
    return record["title"], record["department"], len(record["replies"]), "3" in held


@pytest.mark.parametrize(("moment", "title", "department", "replies", "later"), KNOWN)
def test_records_as_of_a_moment(
    archive: Path, moment: datetime, title: str, department: str, replies: int, *, later: bool
) -> None:
    assert told(archive, moment) == (title, department, replies, later)


def test_the_order_of_recording_counts_and_not_the_clock(tmp_path: Path, keep: Keep) -> None:
    keep(FIRST, at(10))
    keep(EDITED, at(2), before=FIRST)  # the clock had been wrong before
    assert told(tmp_path, at(1))[0] is None
    assert [told(tmp_path, at(day))[0] for day in (2, 10)] == ["Moist eyes", "Moist eyes"]


def test_what_was_gone_at_once_is_so_whatever_came_of_its_page(
    tmp_path: Path, connection: sqlite3.Connection, keep: Keep
) -> None:
    keep(FIRST, at(1))
    keep(replace(FIRST, language="zh-TW"), at(6))
    miss(connection, 20, 21)
    connection.commit()
    known = {record["language"]: record["gone_since"] for record in records(tmp_path, at(7))}
    assert known == {"en": "2026-11-06T09:00:00Z", "zh-TW": None}


@pytest.fixture
def copies(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a copy of the database."""
    folder = tmp_path_factory.mktemp("copy")
    with closing(sqlite3.connect(archive / "archive.db")) as db:
        db.execute("VACUUM INTO ?", (str(folder / "archive.db"),))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("known", KNOWN)
def test_a_copy_put_back_says_what_was_known(
    archive: Path, copies: Path, known: tuple[datetime, str | None, str | None, int, bool]
) -> None:
    moment, title, department, replies, later = known
    put_back(copies, moment)
    assert list(records(copies)) == list(records(archive, moment))
    with closing(sqlite3.connect(copies / "archive.db")) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

        def count(table: str, where: str = "1") -> int:
            return int(db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])

        def found(words: str) -> int:
            match = f"rowid IN (SELECT rowid FROM questions_fts('{match_query(words)}'))"
            return count("questions_fts", match)

        assert found("dry") == (title == "Dry eyes")
        assert found("moist") == (title == "Moist eyes")
        assert found("blink") == count("doctors") == replies
        assert found("sore feet") == count("faq_tags") == later
        named = count("departments", f"name = '{department}'")
        assert count("departments") == named == (department is not None)
        assert count("captures", f"fetched_at > '{moment:%Y-%m-%dT%H:%M:%SZ}'") == 0
        assert count("problems") == (moment >= at(5))
        assert count("runs") == 1 + later
        assert count("questions", "gone_since IS NOT NULL") == (moment > at(7))
        assert count("question_versions", "record IS NULL") == count("questions")


def test_few_texts_wait_for_the_index(copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[int] = []

    def counted(db: sqlite3.Connection) -> None:
        waiting.extend(db.execute("SELECT count(*) FROM temp.fulltext_due").fetchone())
        index_due(db)

    monkeypatch.setattr("pipelines.history.asof.index_due", counted)
    monkeypatch.setattr("pipelines.history.asof._GROUP", 1)
    put_back(copies, at(1, 8))
    assert waiting == [1, 1, 0]


@pytest.mark.parametrize("day", [1, 2])
def test_a_version_was_last_seen_then(copies: Path, day: int) -> None:
    put_back(copies, at(day))
    with closing(sqlite3.connect(copies / "archive.db")) as db:
        assert db.execute(
            "SELECT first_capture, last_capture FROM question_versions"
        ).fetchall() == [(1, day)]


def test_a_row_that_stays_tells_nothing_of_later(copies: Path) -> None:
    with closing(sqlite3.connect(copies / "archive.db")) as db, db:
        db.execute(
            "UPDATE urls SET moved_to = 2, disclosed_by = 2, visited_in = 2,"
            " visited_at = '2026-11-05T09:00:00Z', gone_since = '2026-11-05T09:00:00Z' WHERE id = 1"
        )
        db.execute(
            "INSERT INTO problems(run_id, url, found_at, code, detail, solved_in)"
            " VALUES (1, '', '2026-11-01T09:00:00Z', 'timeout', '', 2)"
        )
    put_back(copies, at(2))
    with closing(sqlite3.connect(copies / "archive.db")) as db:
        assert db.execute(
            "SELECT id, moved_to, disclosed_by, visited_in, visited_at, gone_since FROM urls"
        ).fetchall() == [(1, None, None, None, None, None)]
        assert db.execute("SELECT solved_in FROM problems").fetchall() == [(None,)]
        assert db.execute("SELECT id FROM runs").fetchall() == [(1,)]


def test_exports_as_of_a_moment(archive: Path, tmp_path: Path) -> None:
    assert jsonl.write(archive, tmp_path / "out.jsonl", at(1)) == 1
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["title"] == "Dry eyes"
    assert csv.write(archive, tmp_path / "out", at(1)) == 1
    assert "Dry eyes" in (tmp_path / "out" / "questions.csv").read_text("utf-8")
