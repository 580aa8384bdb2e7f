"""Datasette's pages over an archive: searched in both languages, safe, and closed to strangers."""

import asyncio
import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from exports.datasette.copies import snapshot
from exports.datasette.site import build, close
from exports.records import records
from pipelines.database import open_writer
from pipelines.errors import NoArchiveError
from scraper.items import Question, Reply, SimilarQuestion
from tests.exports.test_csv import RUNS_AS_FORMULA
from tests.questions import Keep

ROW = "/archive/questions/adoctor~3A900~3Aen"


def get(site: Datasette, path: str) -> Any:
    """The response to a GET."""
    return asyncio.run(site.client.get(path))


def page(site: Datasette, path: str) -> str:
    response = get(site, path)
    assert response.status_code == 200, response.text
    text: str = response.text
    return text


def rows(site: Datasette, path: str) -> list[dict[str, Any]]:
    response = get(site, f"{path}{'&' if '?' in path else '?'}_shape=objects")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["rows"]
    return found


@pytest.fixture
def public(tmp_path: Path, keep: Keep, questions: list[Question]) -> Iterator[Datasette]:
    """The public site over a snapshot of the same."""
    for question in questions:
        keep(question)
    with snapshot(tmp_path) as folder:
        site = build(folder, public=True)
        yield site
        close(site)


def test_home_has_a_search_box_and_what_is_held(site: Datasette) -> None:
    text = page(site, "/")
    assert 'action="/archive/search"' in text
    assert text.count("adoctor</a>") == 2  # one line for each language
    assert '<td lang="zh-Hant">中文</td>' in text
    assert "Not medical advice" in text


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("knitting", ["adoctor:900:en"]),
        ('"rest then"', ["adoctor:900:en"]),
        ("wrists", ["adoctor:20:en"]),
        ("頭痛", ["adoctor:900:zh-Hant", "taiwan-ehospital:3:zh-Hant"]),
        ("頭", ["adoctor:900:zh-Hant", "taiwan-ehospital:3:zh-Hant"]),
        ("織毛衣 三天", ["adoctor:900:zh-Hant", "taiwan-ehospital:3:zh-Hant"]),
        ("織毛衣、三天", ["adoctor:900:zh-Hant", "taiwan-ehospital:3:zh-Hant"]),
        ("痛頭", []),
        ("頭 -織毛衣後", []),
        ("thumbs -KNITTING", ["adoctor:20:en"]),
        ('thumbs －"after knitting"', ["adoctor:20:en"]),
        ("-knitting", []),
        ('AND "', []),
    ],
)
def test_both_searches_find_both_languages(site: Datasette, words: str, ids: list[str]) -> None:
    table = rows(site, f"/archive/questions.json?_search={quote(words)}")
    query = rows(site, f"/archive/search.json?q={quote(words)}")
    assert sorted(row["id"] for row in table) == ids
    assert sorted(row["id"] for row in query) == ids


def test_search_ranks_titles_first_and_marks_what_it_found(
    tmp_path: Path, keep: Keep, english: Question
) -> None:
    keep(replace(english, title="Other", source_id="1", url="https://a/1", text="It is lumbago."))
    keep(replace(english, title="Lumbago", source_id="2", url="https://a/2", text="It hurts."))
    site = build(tmp_path)
    found = rows(site, "/archive/search.json?q=lumbago")
    assert [row["title"] for row in found] == ["Lumbago", "Other"]
    assert found[1]["excerpt"] == "It is lumbago."
    assert "It is <mark>lumbago</mark>." in page(site, "/archive/search?q=lumbago")
    close(site)


def test_a_search_offers_the_languages_there_are(site: Datasette) -> None:
    text = page(site, "/archive/search?q=nowhere&language=zh-Hant")
    assert '<option value="en" lang="en">English</option>' in text
    assert '<option value="zh-Hant" lang="zh-Hant" selected>中文</option>' in text
    assert "Nothing found" in text
    assert "Nothing found" not in page(site, "/archive/search")


def test_what_is_known_only_from_elsewhere_is_listed(site: Datasette) -> None:
    text = page(site, "/archive")
    assert 'href="/archive/stubs"' in text
    assert 'href="/archive/edits_seen_elsewhere"' in text
    assert "sightings" not in text


def test_an_empty_search_is_no_filter(site: Datasette) -> None:
    assert len(rows(site, "/archive/questions.json?_search=")) == 4


@pytest.mark.parametrize("path", ["search?language=&q=", "questions?_search="])
def test_a_long_search_is_cut_and_the_page_says_so(site: Datasette, path: str) -> None:
    said = "Only the first 200 characters were searched for."
    text = page(site, f"/archive/{path}{'knitting+' * 6000}")
    assert said in text
    assert "Stiff Thumbs After <mark>Knitting</mark>" in text
    assert max(map(len, re.findall("<(?:title|h1)>.*", text))) < 200
    assert said not in page(site, f"/archive/{path}knitting")


def test_strangers_words_are_never_query_syntax(public: Datasette) -> None:
    path = "/archive/questions.json?_searchmode=raw&%5fsearchmode=raw&_search=knitting+OR+wrists"
    assert rows(public, path) == []


def test_a_question_page_reads_like_one(site: Datasette) -> None:
    text = page(site, ROW)
    for part in (
        '<h1 dir="auto" lang="en">Stiff Thumbs After Knitting</h1>',
        "My thumbs are stiff.\nWhat helps?",
        "Mr. Elm, the elder",
        "30 to 39 years",
        "Moss Qiaoyun",
        "Cedar Valley",
        "Reply 2 of 2",
        "asker title contradicts sex",
        "by the site, not by the doctor",
        '<a href="/archive/questions/adoctor~3A20~3Aen">Sore wrists</a>',
        '<a href="/archive/questions/adoctor~3A900~3Azh-Hant"><span lang="zh-Hant">中文</span></a>',
        "2026-11-22T09:00:00Z",
        'href="https://adoctor.tw/article/900"',
    ):
        assert part in text
    assert "Pages that call this one similar" in page(site, "/archive/questions/adoctor~3A20~3Aen")
    assert get(site, "/archive/questions/adoctor~3A1~3Aen").status_code == 404
    assert get(site, "/archive/questions/5").status_code == 404


def test_a_reply_leads_to_its_question(site: Datasette) -> None:
    assert f'href="{ROW}"' in page(site, "/archive/replies")
    assert get(site, "/archive/replies/adoctor~3A900~3Aen,1").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("by_doctor.json?doctor=Moss+Qiaoyun", ["Stiff Thumbs After Knitting"]),
        ("by_department_and_year.json?department=Orthopedics&year=2021",
         ["Sore wrists", "Stiff Thumbs After Knitting"]),
        ("by_department_and_year.json?department=Orthopedics&year=2020", []),
        ("by_department_and_year.json?department=Orthopedics&year=",
         ["Sore wrists", "Stiff Thumbs After Knitting"]),
        ("by_department_and_year.json?department=Orthopedics&year=2021-03",
         ["Sore wrists", "Stiff Thumbs After Knitting"]),
        ("by_department_and_year.json?department=Orthopedics&year=20", []),
        ("by_tag.json?tag=thumb", ["Stiff Thumbs After Knitting"]),
        ("by_tag.json?tag=Thumb&department=orthopedics", ["Stiff Thumbs After Knitting"]),
        ("by_tag.json?tag=Thumb&department=Urology", []),
        ("by_department_and_year.json?department=神經內科&year=", ["織毛衣後頭痛", "織毛衣後頭痛"]),
        ("newest.json",
         ["Sore wrists", "Stiff Thumbs After Knitting", "織毛衣後頭痛", "織毛衣後頭痛"]),
        ("unanswered.json", ["Sore wrists", "織毛衣後頭痛", "織毛衣後頭痛"]),
        ("most_linked.json", ["Sore wrists"]),
        ("contradictions.json", ["Stiff Thumbs After Knitting"]),
    ],
)  # fmt: skip
def test_canned_queries(site: Datasette, query: str, expected: list[str]) -> None:
    assert sorted(row["title"] for row in rows(site, f"/archive/{query}")) == expected


def test_doctors_departments_and_tags_are_counted(site: Datasette) -> None:
    assert rows(site, "/archive/tags_by_questions.json") == [
        {"tag": "Thumb", "department": None, "questions": 1},
        {"tag": "Thumb", "department": "Orthopedics", "questions": 1},
    ]
    assert rows(site, "/archive/doctors_by_replies.json") == [
        {"doctor": "Moss Qiaoyun", "replies": 1}
    ]
    assert {"department": "Orthopedics", "year": "2021", "questions": 2} in rows(
        site, "/archive/departments_by_year.json"
    )


def test_canned_queries_lead_on(site: Datasette) -> None:
    year = "/archive/by_department_and_year?department=Orthopedics&amp;year=2021"
    assert f'href="{year}"' in page(site, "/archive/departments_by_year")
    doctor = "/archive/by_doctor?doctor=Moss+Qiaoyun"
    assert f'href="{doctor}"' in page(site, "/archive/doctors_by_replies")
    assert f'href="{ROW}"' in page(site, doctor)
    tag = 'href="/archive/by_tag?tag=Thumb&amp;department=Orthopedics"'
    assert tag in page(site, "/archive/tags_by_questions")
    assert tag in page(site, ROW)


def test_every_page_opens(site: Datasette) -> None:
    listed = get(site, "/archive.json").json()
    paths = [f"/archive/{table['name']}" for table in listed["tables"]]
    paths += [f"/archive/{query['name']}" for query in listed["queries"]]
    assert len(paths) > 20
    for path in [*paths, "/", "/archive", "/archive?_show_hidden=1", "/archive?sql=select+1",
                 "/archive?sql=select+1+as+id,+'a'+as+title",
                 "/archive/questions?_col=title", "/archive/questions?_sort_desc=asked_on",
                 "/archive/questions?_size=1&_next=adoctor~3A20~3Aen"]:  # fmt: skip
        response = get(site, path)
        assert response.status_code == 200, path
        assert b"/qarchive/qarchive.css" in response.content
    assert get(site, "/qarchive/qarchive.css").status_code == 200
    for wrong in ("/nowhere", "/archive/questions/adoctor~3A1~3Aen"):
        response = get(site, wrong)
        assert response.status_code == 404
        assert "/qarchive/qarchive.css" in response.text
        assert '<a href="/">home</a>' in response.text


def test_facets_are_shown(site: Datasette) -> None:
    facets = get(site, "/archive/questions.json").json()["facet_results"]
    counts = {
        name: {value["value"]: value["count"] for value in facet["results"]}
        for name, facet in facets.items()
    }
    assert counts == {
        "site": {"adoctor": 3, "taiwan-ehospital": 1},
        "language": {"en": 2, "zh-Hant": 2},
        "department": {"Orthopedics": 2, "神經內科": 2},
        "asker_sex": {"female": 1},
    }


@pytest.mark.parametrize("path", ["/", ROW, "/archive/questions.json", "/none", "/robots.txt"])
def test_every_answer_carries_the_safeguards(site: Datasette, path: str) -> None:
    headers = get(site, path).headers
    policy = dict(part.strip().split(" ", 1) for part in
                  headers["content-security-policy"].split(";"))  # fmt: skip
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert headers["x-robots-tag"].startswith("noindex")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8001", 200), ("127.0.0.1", 200), ("127.0.0.2:80", 200), ("[::1]:8001", 200),
     ("LOCALHOST", 200), ("localhost.:8001", 200), ("archive.localhost:9", 200),
     ("Desk.example:8001", 200), ("localhost.evil.", 403),
     ("evil.example", 403), ("evil.example:8001", 403), ("localhost.evil.example", 403),
     ("127.0.0.1.evil.example", 403), ("notlocalhost", 403), ("[", 403), ("", 403)],
)  # fmt: skip
def test_no_name_of_others_leads_to_the_local_site(held: Path, host: str, status: int) -> None:
    site = build(held, own_name="desk.example")
    sql = "/archive.json?sql=select+title+from+questions"
    answer = asyncio.run(site.client.get(sql, headers={"host": host}))
    assert answer.status_code == status
    assert ("Thumbs" in answer.text) == (status == 200)
    assert ("`qarchive serve --public`" in answer.text) == (status == 403)
    close(site)


def test_robots_are_told_to_stay_away(site: Datasette) -> None:
    assert page(site, "/robots.txt") == "User-agent: *\nDisallow: /\n"


def test_bidi_overrides_are_shown_not_obeyed(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(replace(english, title="abc\u202edef", url="https://adoctor.tw/\u202ex",
                 similar=(SimilarQuestion(title="x\u2066y"),)))  # fmt: skip
    site = build(tmp_path)
    for path in (ROW, "/archive/questions", "/archive/similar_questions", "/archive/unanswered",
                 "/archive/contradictions", "/archive/questions?_col=title"):  # fmt: skip
        assert not set(page(site, path)) & {"\u202e", "\u2066"}, path
    assert "abc[U+202E]def" in page(site, ROW)
    close(site)


def test_the_local_site_sees_a_running_crawl(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(english)
    site = build(tmp_path)
    before = len(rows(site, "/archive/questions.json"))
    new = Question(site="adoctor", source_id="7", language="en", url="https://adoctor.tw/article/7")
    keep(new)
    assert len(rows(site, "/archive/questions.json")) == before + 1
    assert get(site, "/archive.json?sql=select+1").status_code == 200
    close(site)


def test_strangers_get_no_sql_and_no_file(public: Datasette) -> None:
    assert get(public, "/archive.json?sql=select+randomblob(9)").status_code == 403
    assert get(public, "/archive/questions.json?_where=1").status_code == 403
    assert get(public, "/archive.db").status_code == 403
    assert "View and edit SQL" not in page(public, "/archive/questions")
    assert "Edit it" not in page(public, "/archive/search?q=thumb")
    assert get(public, "/-/databases.json").status_code == 404
    assert get(public, "/-/static/app.css").status_code == 200
    assert len(rows(public, "/archive/search.json?q=thumbs")) == 2
    assert "4 rows" in page(public, "/archive/questions")


def test_strangers_see_what_the_pages_say_and_not_how_it_was_collected(public: Datasette) -> None:
    listed = get(public, "/archive.json?_show_hidden=1").json()
    assert sorted(table["name"] for table in listed["tables"]) == [
        "departments", "doctors", "faq_tags", "questions", "questions_faq_tags", "replies",
        "similar_questions",
    ]  # fmt: skip
    assert listed["views"] == []
    for name in ("question_versions", "captures", "urls", "runs", "problems", "lastmods", "stubs",
                 "edits_seen_elsewhere", "sightings", "moved_questions",
                 "questions_fts_data"):  # fmt: skip
        for path in (name, f"{name}.json", f"{name}/1", f"{name}.csv"):
            answer = get(public, f"/archive/{path}")
            assert (answer.status_code, "leaves this out" in answer.text) == (403, True), path
    through = '{"table":"question_versions","column":"cause","value":"new"}'
    assert get(public, f"/archive/questions.json?_through={quote(through)}").status_code == 403
    assert "collected" not in page(public, "/archive")


@pytest.mark.parametrize("path", [
    "/archive/replies.csv", "/archive/replies.csv?_stream=1&_size=1", "/archive/replies.csv?_dl=1",
    "/archive/replies.csv?_labels=on&_size=max", "/archive/by_doctor.csv?doctor=%3Ddoctor",
    "/archive.csv?sql=select+text+as+'%40heading',+'a%0A%3D2'+from+replies",
])  # fmt: skip
def test_no_csv_holds_a_formula(tmp_path: Path, keep: Keep, english: Question, path: str) -> None:
    keep(replace(english, replies=(Reply(doctor="=doctor", text="+1"), Reply(text="=1\n@SUM(A1)"))))
    site = build(tmp_path)
    cells = [cell for row in csv.reader(page(site, path).splitlines()) for cell in row]
    assert any(cell.startswith(("'+1", "'=1", "'=doctor")) for cell in cells)
    assert not [cell for cell in cells if cell.startswith(RUNS_AS_FORMULA)]
    close(site)


def test_a_snapshot_stays_as_it_is_and_goes(tmp_path: Path, keep: Keep, english: Question) -> None:
    keep(english)
    with snapshot(tmp_path) as folder:
        keep(replace(english, source_id="8", url="https://adoctor.tw/article/8"))
        with closing(sqlite3.connect(folder / "archive.db")) as copy:
            assert copy.execute("SELECT count(*) FROM questions").fetchone() == (1,)
    assert not folder.exists()


def test_a_folder_with_odd_signs_in_its_name_is_served(tmp_path: Path) -> None:
    odd = tmp_path / "50% ? #1 頭痛"
    odd.mkdir()
    open_writer(odd).close()
    site = build(odd)
    assert rows(site, "/archive/questions.json") == []
    assert "holds no question yet" in page(site, "/")
    close(site)


def test_no_archive_no_site(tmp_path: Path) -> None:
    with pytest.raises(NoArchiveError):
        build(tmp_path)
    with pytest.raises(NoArchiveError), snapshot(tmp_path):
        pass


def test_the_record_of_a_page_is_the_exported_one(site: Datasette, held: Path) -> None:
    assert 'href="/record/adoctor~3A900~3Aen.json"' in page(site, ROW)
    given = get(site, "/record/adoctor~3A900~3Aen.json").json()
    assert given in list(records(held))
    assert get(site, "/record/none.json").status_code == 404


def test_json_of_a_row_is_the_row(site: Datasette) -> None:
    (row,) = get(site, f"{ROW}.json?_shape=objects").json()["rows"]
    assert row["id"] == "adoctor:900:en"
    assert json.loads(row["mentions"]) == ["20"]
