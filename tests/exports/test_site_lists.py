"""Where names and lists lead, what tabs are called, and the mark of what is gone."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from exports.datasette.site import build, close
from tests.exports.conftest import QUESTIONS
from tests.exports.test_site import get, page, rows
from tests.questions import FULL, SMALL, Keep, keeper, new_archive


@pytest.mark.parametrize(
    ("asked", "leads", "told"),
    [
        ("Moss Qiaoyun", "by_doctor?doctor=Moss+Qiaoyun", "Moss Qiaoyun <small>doctor, 1<"),
        ("qiaoYUN", "by_doctor?doctor=Moss+Qiaoyun", "Moss Qiaoyun <small>doctor, 1<"),
        ("orthopedics", "questions?department__exact=Orthopedics",
         "Orthopedics <small>department, 2<"),
        ("神經", "questions?department__exact=%E7%A5%9E%E7%B6%93%E5%85%A7%E7%A7%91",
         '<span lang="zh-Hant">神經內科</span> <small>department, 2<'),
        ("thumb", "by_tag?tag=Thumb&amp;department=Orthopedics",
         "Thumb <small>tag, Orthopedics, 1<"),
        ("thumb", "by_tag?tag=Thumb&amp;department=", "Thumb <small>tag, 1<"),
    ],
)  # fmt: skip
def test_a_search_for_a_name_leads_to_what_has_it(
    site: Datasette, asked: str, leads: str, told: str
) -> None:
    for search in ("search?language=&q", "questions?language=none&_search"):
        text = page(site, f"/archive/{search}={quote(asked)}")
        assert f'<a class="tag" href="/archive/{leads}">{told}' in text
    assert get(site, f"/archive/{unescape(leads)}").text.count("<tr") > 1


@pytest.mark.parametrize(
    ("path", "title", "heading"),
    [
        ("search?q=thumb%26&language=en", "thumb&amp;, en &middot; Search",
         "Search: thumb&amp;, en"),
        ("search?q=&language=", "Search", "Search"),
        ("by_doctor?doctor=Moss", "Moss &middot; One doctor&#39;s replies",
         "One doctor&#39;s replies: Moss"),
        ("newest", "Newest questions", "Newest questions"),
        ("questions?asker_sex=female", "Questions where asker_sex = &#34;female&#34;", "Questions"),
        ("departments/Orthopedics", "Orthopedics &middot; Departments", None),
    ],
)  # fmt: skip
def test_a_tab_tells_what_it_shows(
    site: Datasette, path: str, title: str, heading: str | None
) -> None:
    text = page(site, f"/archive/{path}")
    assert f"<title>{title}</title>" in text
    assert heading is None or f"<h1>{heading}</h1>" in text


LISTS = (
    "search?q=thumbs", "questions", "newest", "unanswered", "most_linked", "contradictions",
    "by_doctor?doctor=Moss+Qiaoyun", "by_department_and_year?department=Orthopedics",
    "by_tag?tag=Thumb", "search?q=%2320", "questions/adoctor~3A900~3Aen",
    "questions/adoctor~3A20~3Aen",
)  # fmt: skip


def test_what_is_gone_is_marked_wherever_it_is_listed(tmp_path: Path) -> None:
    connection = new_archive(tmp_path)
    for question in QUESTIONS:
        keeper(connection)(question)
    site = build(tmp_path)
    mark = '<small class="gone" title="from its site since 2026-12-01T09:00:00Z">gone</small>'
    assert [path for path in LISTS if 'class="gone"' in page(site, f"/archive/{path}")] == []
    connection.execute("UPDATE questions SET gone_since='2026-12-01T09:00:00Z'")
    connection.commit()
    connection.close()
    assert [path for path in LISTS if mark not in page(site, f"/archive/{path}")] == []
    assert ">gone_since</th>" not in page(site, "/archive/newest")
    assert rows(site, "/archive/newest.json")[0]["gone_since"] == "2026-12-01T09:00:00Z"
    (gone,) = re.findall(r'href="([^"]+exact=en&amp;gone_[^"]+)">2<', page(site, "/"))
    assert len(rows(site, unescape(gone).replace("?", ".json?"))) == 2
    close(site)


def test_a_card_leads_to_what_its_page_is_now(tmp_path: Path, keep: Keep) -> None:
    """The page was Chinese, then English, and is Chinese again."""
    keep(FULL)
    for day, language in enumerate(("zh-Hant", "en", "zh-Hant"), 1):
        sore = replace(SMALL, source_id="20", url=FULL.similar[0].url or "", language=language)
        keep(sore, datetime(2026, 11, day, 9, tzinfo=UTC))
    site = build(tmp_path)
    _, _, card = page(site, "/archive/questions/adoctor~3A900~3Aen").partition("<h3")
    assert "questions/adoctor~3A20~3Azh-Hant" in card.partition("</h3>")[0]
    close(site)


def test_a_question_without_a_title_is_listed_by_its_id(tmp_path: Path, keep: Keep) -> None:
    keep(replace(FULL, title=None))
    site = build(tmp_path)
    assert ">adoctor:900:en</a>" in page(site, "/archive/newest")
    close(site)


def test_a_list_of_several_pages_says_that_its_csv_ends(site: Datasette) -> None:
    assert ">CSV</a> of 1 rows at most (" in page(site, "/archive/questions?_size=1")
    assert ">CSV</a> (" in page(site, "/archive/questions")


def test_further_pages_lead_back_to_the_first(site: Datasette) -> None:
    first = '<a href="/archive/questions?site=adoctor">First page</a>'
    further = page(site, "/archive/questions?site=adoctor&_next=adoctor~3A20~3Aen")
    assert first in further
    assert "First page" not in page(site, "/archive/questions?site=adoctor")
