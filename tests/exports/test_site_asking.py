"""What a person who searches and browses is shown, told and offered."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import tilde_encode

from exports.datasette.site import build, close
from tests.exports.conftest import QUESTIONS
from tests.exports.test_site import get, page, rows
from tests.questions import FULL, keeper, new_archive


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """The local site over four questions and 101 that say the same."""
    folder = tmp_path_factory.mktemp("asked")
    connection = new_archive(folder)
    keep = keeper(connection)
    for question in QUESTIONS:
        keep(question)
    alike = replace(FULL, title="Grass & pollen", headline=None, text="Hay fever.", replies=())
    for number in range(1001, 1102):
        keep(replace(alike, source_id=str(number), url=f"https://adoctor.tw/article/{number}"))
    connection.close()
    site = build(folder, pages=folder)
    yield site
    close(site)


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("search?q=THUMBS&language=", "Stiff <mark>Thumbs</mark> After Knitting</a>"),
        ("questions?_search=thumbs", "Stiff <mark>Thumbs</mark> After Knitting</b>"),
        ("search?q=pollen&language=", "Grass &amp; <mark>pollen</mark></a>"),
        ("search?q=頭痛&language=", "織毛衣後<mark>頭痛</mark></a>"),
    ],
)
def test_titles_show_what_was_found(site: Datasette, path: str, marked: str) -> None:
    assert marked in page(site, f"/archive/{path}")


def test_a_title_in_json_is_as_it_is(site: Datasette) -> None:
    (row,) = rows(site, "/archive/search.json?q=thumbs+stretch&language=")
    assert row["title"] == "Stiff Thumbs After Knitting"


def test_a_search_tells_how_many_there_are(
    site: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = '<a href="/archive/questions?_search={}">{} questions to sort and filter</a>'
    told = page(site, "/archive/search?q=thumbs+-%22after+knitting%22&language=")
    one = every.format("thumbs%20-%22after%20knitting%22", 1).replace("ns to", "n to")
    assert f"{one}, as <a" in told
    search = "/archive/search?q=hay&language=en"
    best = f"The best 100 of {every.format('hay&amp;language=en', 101)}; these 100 as <a"
    assert best in page(site, search)
    assert len(rows(site, "/archive/questions.json?_search=hay&language=en&_size=max")) == 101
    monkeypatch.setattr(pm.get_plugin("asking.py"), "COUNT_LIMIT", 100)
    assert every.format("hay&amp;language=en", "more than 100") in page(site, search)


@pytest.mark.parametrize("path", ["search?q", "questions?_search"])
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("thumbs", "Searched for “thumbs”."),
        ('knitting "stiff thumbs"', "Searched for “knitting” and “stiff thumbs”."),
        ("knee OR NEAR(heel*", "Searched for “knee” and “OR” and “NEAR(heel”."),
        ("頭痛 -發燒 -ＣＴ", "Searched for “頭痛”, without “發燒” and “CT”."),
        ("頭痛、發燒 -ＣＴ", "Searched for “頭痛” and “發燒”, without “CT”."),
        ("心悸？－失眠;-0.75", "Searched for “心悸” and “失眠” and “0.75”."),
        ('acne,skin,"side effects"?', "Searched for “acne” and “skin” and “side effects”."),
        ("1,000mg 2,4-D s/p", "Searched for “1,000mg” and “2,4-D” and “s/p”."),
        ("、，", "This holds no word to search for."),
        ("-knee", "There are only words to leave out."),
        ('%" ', "This holds no word to search for."),
    ],
)
def test_a_search_tells_how_it_was_understood(
    site: Datasette, path: str, typed: str, told: str
) -> None:
    text = page(site, f"/archive/{path}={quote(typed)}")
    unmarked = re.sub('<span lang="zh-Hant">(.*?)</span>', r"\1", text)
    assert unmarked.count(f">{told}<") == 1
    assert ("no word" in told) <= ("Nothing found" not in text)


def test_one_search_box_on_a_page_and_one_word_for_its_button(site: Datasette) -> None:
    for path in ("/", "/archive/search", "/archive/questions", "/archive/by_doctor"):
        assert page(site, path).count('<input type="submit" value="Search">') == 1, path


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("by_doctor.json?doctor=+moss+QIAOYUN", ["Stiff Thumbs After Knitting"]),
        ("by_doctor.json?doctor=moss", []),
        ("by_department_and_year.json?department=orthopedics&year=2021&_size=1", ["Sore wrists"]),
    ],
)
def test_names_are_found_however_they_are_typed(
    site: Datasette, query: str, titles: list[str]
) -> None:
    found = [row["title"] for row in rows(site, f"/archive/{query}")]
    assert [title for title in found if title != "Grass & pollen"][:1] == titles


def test_names_are_offered_and_told_where_none_fits(site: Datasette) -> None:
    doctor = page(site, "/archive/by_doctor?doctor=nobody")
    assert '<datalist id="doctors"><option value="Moss Qiaoyun"></datalist>' in doctor
    names = (
        'All <a href="/archive/doctors">doctors</a>,'
        ' <a href="/archive/departments_by_year">departments</a>'
        ' and <a href="/archive/tags_by_questions">tags</a>.'
    )
    assert names in doctor
    department = page(site, "/archive/by_department_and_year?department=none&year=")
    assert '<option value="Orthopedics">' in department
    assert names in department
    assert names in page(site, "/archive/search?q=nobody&language=")
    assert '<datalist id="tags"><option value="Thumb"></datalist>' in page(site, "/archive/by_tag")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("“Moss Qiaoyun”", "Moss Qiaoyun <small>doctor"),
        ("Dr. Moss Qiaoyun", "Moss Qiaoyun <small>doctor"),
        ("Moss, Qiaoyun!", "Moss Qiaoyun <small>doctor"),
        ("Moss Qiaoyun醫師", "Moss Qiaoyun <small>doctor"),
        ("ｔｈｕｍｂ。", "Thumb <small>tag"),
    ],
)
def test_a_name_is_offered_as_people_write_it(site: Datasette, asked: str, offered: str) -> None:
    assert offered in page(site, f"/archive/search?q={quote(asked)}&language=")


@pytest.mark.parametrize(
    "asked", ["adoctor:20:en", " 20", "#20", "https://adoctor.tw/article/20#a"]
)
def test_a_search_for_a_question_by_its_name_leads_there(site: Datasette, asked: str) -> None:
    text = page(site, f"/archive/search?q={quote(asked)}&language=")
    assert "Nothing found in titles and texts." in text
    assert '<a href="/archive/questions/adoctor~3A20~3Aen">Sore wrists</a>, adoctor:20:en' in text
    assert text.count("<li>") == 1


@pytest.mark.parametrize("path", ["questions", "questions?site=none", "stubs", "runs"])
def test_readers_are_shown_no_statement(site: Datasette, path: str) -> None:
    assert "CREATE " not in page(site, f"/archive/{path}")


def test_what_is_not_there_leads_on(site: Datasette) -> None:
    text = get(site, "/archive/questions/none").text
    assert "<title>Not found</title>" in text
    assert '<a href="/archive/search">Search</a>' in text
    assert '<a href="/archive/questions">browse all questions</a>' in text


def test_the_coverage_of_a_run_is_folded(tmp_path: Path) -> None:
    connection = new_archive(tmp_path)
    connection.execute(
        "UPDATE runs SET day = 0.00048, coverage = ?",
        ['{"title": [300, 300], "replies": [300, 286]}'],
    )
    connection.commit()
    connection.close()
    site = build(tmp_path)
    text = page(site, "/archive/runs")
    close(site)
    assert "<summary>2 fields</summary>title 300 of 300, replies 286 of 300</details>" in text
    assert "0.00048" not in text


def test_a_name_leads_to_its_rows_whatever_signs_it_has(tmp_path: Path) -> None:
    names = ("Ear, Nose & Throat", "A+B", "C#1", "50%41", "OB/GYN", "a=b?")
    connection = new_archive(tmp_path)
    for number, name in enumerate(names, 1):
        replies = (replace(FULL.replies[0], doctor=name),)
        asked = replace(FULL, source_id=str(number), department=name, replies=replies)
        keeper(connection)(asked)
    connection.close()
    site = build(tmp_path)
    for table, here in (("departments", "questions"), ("doctors", "replies")):
        for name in names:
            text = page(site, f"/archive/{table}/{tilde_encode(name)}")
            (link,) = re.findall(rf'href="(/archive/{here}\?[^"]+)">\s*1 row<', text)
            assert len(rows(site, unescape(link).replace("?", ".json?", 1))) == 1, name
    close(site)


@pytest.mark.parametrize(
    "path", ["", "archive", "archive/questions", "archive/search?q=none", "archive/doctors",
             "archive/questions/adoctor~3A20~3Aen", "archive/questions/none"],
)  # fmt: skip
def test_a_page_says_its_language_and_where_its_content_begins(site: Datasette, path: str) -> None:
    text = get(site, f"/{path}").text
    assert '<html lang="en">' in text
    assert text.count('<main id="content">') == text.count('href="#content"') == 1


def test_every_control_of_a_table_has_a_name(site: Datasette) -> None:
    text = page(site, "/archive/questions?site__exact=adoctor&_facet=language&language=en")
    controls = re.findall(r'<(?:select|input type="(?:text|search)")[^>]*>', text)
    controls += re.findall(r'<input[^>]* type="search"[^>]*>', text)
    assert len(controls) > 7
    assert [one for one in controls if "aria-label" not in one and 'id="_search"' not in one] == []
    assert "<h3" not in text
    assert set(re.findall('class="cross"[^>]*>', text)) == {'class="cross" aria-label="Remove">'}
    assert '<textarea aria-label="SQL"' in page(site, "/archive")
    assert '<textarea aria-label="SQL"' in page(site, "/archive?sql=select+1")


def test_links_to_evidence_say_of_what(site: Datasette) -> None:
    text = page(site, "/archive/questions/adoctor~3A900~3Aen")
    assert re.findall('<a class="proof" aria-label="([^"]+)"', text) == [
        "Question on the captured page", "Reply 1 of 2 on the captured page",
        "Reply 2 of 2 on the captured page",
    ]  # fmt: skip
