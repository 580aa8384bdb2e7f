"""At 300,000 questions a page opens at once: what it asks is answered by indexes, or cut off."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted

from exports.datasette.site import build, close
from tests.conftest import query_plan
from tests.exports.test_site import get, page


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every query so far."""
    return []


@pytest.fixture(scope="module")
def site(held: Path, asked: list[str]) -> Iterator[Datasette]:
    site = build(held)
    database = site.databases["archive"]
    connect = database.connect

    def traced(*, write: bool = False) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(write)
        connection.set_trace_callback(asked.append)
        return connection

    database.connect = traced
    yield site
    close(site)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "site__exact=adoctor&language__exact=en",
        "site__exact=adoctor&language__exact=en&_sort_desc=asked_on",
        "site=adoctor",
        "site=adoctor&_sort_desc=asked_on",
        "language=zh-Hant",
        "site=adoctor&language=en&asker_sex=female",
        "site=adoctor&language=en&asker_sex=female&_sort_desc=asked_on",
        "asker_sex=female",
        "_sort=asker_sex",
        "department__exact=Orthopedics&_sort_desc=asked_on",
        "site=adoctor&department=Orthopedics",
    ],
)
def test_no_text_is_read_to_count_and_no_row_to_sort(
    site: Datasette, held: Path, asked: list[str], path: str
) -> None:
    asked.clear()
    assert "rows" in page(site, f"/archive/questions?{path}")
    queries = [query for query in asked if "from questions" in query]
    counts = [query for query in queries if "count(*)" in query]
    (listed,) = [query for query in queries if query not in counts and "limit 51" in query]
    assert len(counts) == 5
    with closing(sqlite3.connect(held / "archive.db")) as db:
        steps = [step for query in counts for step in query_plan(db, query) if "questions" in step]
        assert [step for step in steps if "COVERING INDEX" not in step] == []
        assert "USE TEMP B-TREE FOR ORDER BY" not in query_plan(db, listed)


def test_what_is_gone_is_found_by_an_index(site: Datasette, held: Path, asked: list[str]) -> None:
    asked.clear()
    page(site, "/archive/questions?gone_since__notblank=1")
    (listed,) = [query for query in asked if "limit 51" in query]
    with closing(sqlite3.connect(held / "archive.db")) as db:
        assert query_plan(db, listed) == ["SCAN questions USING INDEX questions_gone"]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("", ["SCAN questions USING COVERING INDEX questions_site"]),
        ("archive/by_tag?tag=Thumb",
         ["SEARCH f USING INDEX questions_faq_tags_tag (tag_id=?)",
          "SEARCH questions USING INDEX sqlite_autoindex_questions_1 (id=?)"]),
        ("archive/tags_by_questions",
         ["SCAN questions_faq_tags USING COVERING INDEX questions_faq_tags_tag"]),
        ("archive/search?q=thumb",
         ["SEARCH questions USING COVERING INDEX questions_department (department=?)",
          "SEARCH replies USING COVERING INDEX replies_doctor (doctor=?)",
          "SEARCH questions_faq_tags USING COVERING INDEX questions_faq_tags_tag (tag_id=?)"]),
    ],
)  # fmt: skip
def test_names_and_counts_are_found_by_indexes(
    site: Datasette, held: Path, asked: list[str], path: str, steps: list[str]
) -> None:
    asked.clear()
    page(site, f"/{path}")
    with closing(sqlite3.connect(held / "archive.db")) as db:
        db.create_function("escape_fts", 1, str)
        db.create_function("excerpt", -1, str)
        ours = [query for query in asked if query.lstrip().startswith(("SELECT", "WITH"))]
        taken = [step for query in ours for step in query_plan(db, query)]
    assert [step for step in steps if step not in taken] == []


def test_a_count_has_as_long_as_a_facet(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute = Database.execute

    overviews: set[int] = set()

    async def slow(self: Database, sql: str, *arguments: Any, **options: Any) -> Any:
        if sql.startswith("select count(*) from ["):
            overviews.add(options["custom_time_limit"])
        elif "count(*)" in sql and options.get("custom_time_limit") == 1000:
            raise QueryInterrupted(sqlite3.OperationalError("interrupted"), sql, None)
        return await execute(self, sql, *arguments, **options)

    monkeypatch.setattr(Database, "execute", slow)
    site = build(held)
    text = page(site, "/archive/similar_questions")
    assert "Sore wrists" in text
    assert "1 row" not in text
    assert "2026-11-22T09:00:00Z" in page(site, "/archive/captures/1")
    page(site, "/archive")
    assert max(overviews) <= 10
    assert ">4</td>" in page(site, "/archive?sql=select+count(*)+from+questions")
    close(site)


def test_a_slow_page_leaves_threads_to_others(site: Datasette) -> None:
    barrier = Barrier(6)

    async def six_at_once() -> None:
        ask = site.databases["archive"].execute_fn
        await asyncio.gather(*(ask(lambda _: barrier.wait(5)) for _ in range(6)))

    asyncio.run(six_at_once())
    assert get(site, "/").status_code == 200
