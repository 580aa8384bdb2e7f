"""Who follows a sorted table from page to page sees each row once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from exports.datasette.copies import snapshot
from exports.datasette.site import build, close
from scraper.items import Asker, FaqTag, Reply, Sex, SimilarQuestion
from tests.exports.test_site import get, rows
from tests.questions import SMALL, keeper, new_archive

NUMBERS = (30, 2, 19, 7, 25, 11, 4, 28, 16)  # kept in another order than that of their ids
TABLES = {  # rows and sortable columns
    "questions": (9, ["id", "department", "asked_on", "asker_sex", "reply_count"]),
    "replies": (12, ["question_id", "doctor", "department"]),
    "similar_questions": (18, ["question_id", "url"]),
    "faq_tags": (4, ["id", "site", "name", "department"]),
    "questions_faq_tags": (18, ["question_id", "position", "tag_id", "url"]),
    "doctors": (2, ["name"]),
    "departments": (3, ["name"]),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """The public site over nine questions, three at a time of one department or day."""
    folder = tmp_path_factory.mktemp("alike")
    tags = [FaqTag(name=name, department=place) for name in "ab" for place in (None, "Eyes")]
    replies = [Reply(doctor="Moss", text="Rest."), Reply(doctor="Elm", text="", department="Skin")]
    with closing(new_archive(folder)) as db:
        for at, number in enumerate(NUMBERS):
            cards = [
                SimilarQuestion(title="Sore", url=url) for url in (None, f"https://a/{at % 2}")
            ]
            keeper(db)(
                replace(
                    SMALL,
                    source_id=str(number),
                    url=f"https://adoctor.tw/article/{number}",
                    department=(None, "Eyes", "Skin")[at % 3],
                    asked_on=(None, date(2021, 3, 4), date(2020, 1, 2))[at // 3],
                    asker=Asker(sex=(None, Sex.MALE, Sex.FEMALE)[at // 3]),
                    replies=(*replies, Reply(text="Rest.", department="Bones"))[: at % 3 + at // 6],
                    similar=tuple(cards),
                    faq_tags=tuple(tags[at % 3 :][:2]),
                )
            )
    with snapshot(folder) as copy:
        site = build(copy, public=True)
        yield site
        close(site)


def walked(site: Datasette, path: str) -> list[dict[str, Any]]:
    """The rows of all pages, from the first on."""
    found = []
    url = path
    while url:
        answer = get(site, url)
        assert answer.status_code == 200, answer.text
        found += answer.json()["rows"]
        url = (answer.json()["next_url"] or "").removeprefix("http://localhost")
    return found


@pytest.mark.parametrize("direction", ["_sort", "_sort_desc"])
@pytest.mark.parametrize("table", TABLES)
def test_each_row_is_on_one_page(site: Datasette, table: str, direction: str) -> None:
    held, columns = TABLES[table]
    for column in columns:
        path = f"/archive/{table}.json?_shape=objects&{direction}={column}"
        found = walked(site, f"{path}&_size=2")
        assert len(found) == len({str(row) for row in found}) == held, column
        assert found == walked(site, f"{path}&_size=100"), column


def test_ones_own_query_is_asked_as_it_stands(held: Path) -> None:
    site = build(held)
    own = "select doctor from replies union select name from doctors order by doctor limit 9"
    assert [row["doctor"] for row in rows(site, f"/archive.json?sql={quote(own)}")] == [
        None,
        "Moss Qiaoyun",
    ]
    close(site)
