"""A misspelt address is answered by one line and status 400; a fault of ours stays a fault."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.database import Database, QueryInterrupted

from exports.datasette.site import build, close
from scraper.items import Question
from tests.exports.test_site import ROW, get
from tests.questions import Keep

SORT = "Cannot sort table by nosuch"
UNREAD = "This address cannot be read: "
MISTAKES = {
    "questions?_sort=nosuch": SORT,
    "questions?_sort_desc=nosuch": SORT,
    "questions?_sort=id&_sort_desc=id": "Cannot use _sort and _sort_desc at the same time",
    "questions?_size=abc": "_size must be a positive integer",
    "questions?_col=nosuch": "_col=nosuch - invalid columns",
    "questions?_timelimit=abc": UNREAD,
    "questions?_through=junk": UNREAD,
    "questions?_through={}": UNREAD,
    'questions?_through={"table":"x","column":"y","value":"z"}': "Invalid _through",
    "questions?captured_at__in=[": UNREAD,
    "questions?%00=1": UNREAD,
    "stubs?_next=junk": UNREAD,
    "stubs?_next=99999999999999999999999": UNREAD,
    "replies/abc": UNREAD,
    "by_doctor?_timelimit=abc": UNREAD,
}


def test_a_mistake_is_one_line(
    tmp_path: Path, keep: Keep, english: Question, capfd: pytest.CaptureFixture[str]
) -> None:
    keep(english)
    site = build(tmp_path)
    for asked, expected in MISTAKES.items():
        answer = get(site, f"/archive/{asked}")
        (said,) = re.findall('<p class="message-error">(.*?)</p>', answer.text, re.DOTALL)
        assert (answer.status_code, said.startswith(expected)) == (400, True), (asked, said)
    told = get(site, "/archive/questions.json?_sort=nosuch")
    assert (told.status_code, told.json()["error"]) == (400, SORT)
    assert get(site, "/archive/questions?_next=junk&_sort_desc=&nosuch=1").status_code == 200
    assert "Traceback" not in capfd.readouterr().err
    close(site)


def test_what_takes_too_long_is_one_line(
    tmp_path: Path,
    keep: Keep,
    english: Question,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    keep(english)
    site = build(tmp_path)
    execute = Database.execute

    async def slow(self: Database, sql: str, *arguments: Any, **options: Any) -> Any:
        if "count(*)" in sql and "questions_fts MATCH" in sql:
            raise QueryInterrupted(sqlite3.OperationalError("interrupted"), sql, None)
        return await execute(self, sql, *arguments, **options)

    monkeypatch.setattr(Database, "execute", slow)
    answer = get(site, "/archive/search?q=thumbs")
    assert (answer.status_code, "This took too long" in answer.text) == (400, True)
    assert "Traceback" not in capfd.readouterr().err
    close(site)


def test_a_fault_of_ours_is_no_mistake(
    tmp_path: Path, keep: Keep, english: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(english)
    site = build(tmp_path)

    def broken(_: str) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr("json.loads", broken)
    assert get(site, ROW).status_code == 500
    close(site)
