"""Each part of a page tells its language, for voices that read aloud and for fonts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from datasette.app import Datasette
from lxml import html
from markupsafe import Markup

from exports.datasette.site import build, close
from exports.datasette.spoken import han_in_tags, spoken
from scraper.items import FaqTag, Reply, SimilarQuestion
from tests.exports.test_site import page
from tests.questions import CHINESE, FULL, keeper, new_archive

ROW = "/archive/questions/adoctor~3A900~3Azh-Hant"
ASKED = replace(
    CHINESE,
    replies=(Reply(doctor="苔巧雲", department="骨科", hospital="雪松醫院", text="多休息。"),),
    more_info="手部保養",
    similar=(SimilarQuestion(title="手腕痠", url="https://adoctor.tw/zh-Hant/article/20",
                             question_excerpt="醫師", reply_excerpt="您好", doctor="苔巧雲"),),
    faq_tags=(FaqTag(name="手指", department="骨科"),),
    warnings=("asker-title-contradicts-sex",),
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    """A site over one question in two languages, the Chinese one edited."""
    folder = tmp_path_factory.mktemp("languages")
    connection = new_archive(folder)
    keep = keeper(connection)
    keep(FULL)
    keep(replace(ASKED, text="醫師您好"))
    keep(ASKED, datetime(2026, 11, 23, tzinfo=UTC), before=replace(ASKED, text="醫師您好"))
    connection.close()
    site = build(folder, pages=folder)
    yield site
    close(site)


@pytest.mark.parametrize(
    "path",
    [ROW, ROW.replace("zh-Hant", "en"), "/archive/questions?_facet=department",
     "/archive/search?language=&q=頭痛", "/archive/search?language=&q=骨科",
     "/archive/questions?_search=頭痛", "/archive/by_doctor?doctor=苔巧雲",
     "/archive/by_tag?tag=手指&department=", "/archive/departments_by_year", "/archive/newest",
     "/archive/tags_by_questions", "/archive/doctors", "/archive/replies"],
)  # fmt: skip
def test_each_word_stands_in_its_language(site: Datasette, path: str) -> None:
    wrong = []
    tree: Any = html.fromstring(page(site, path))
    own = "not(ancestor::script or ancestor::h2[contains(., 'where')])"  # as Datasette puts filters
    for text in tree.xpath(f"//body//text()[{own}]"):
        element = text.getparent().getparent() if text.is_tail else text.getparent()
        (language,) = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
        alien = "[\u4e00-\u9fff]" if language == "en" else r"[A-Za-z]{2}"
        if re.search(alien, text):
            wrong.append((language, text))
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "language", "told"),
    [("Fever", "en", "Fever"), ("COVID", "zh-Hant", "COVID"),
     ("痛", "en", '<span lang="zh-Hant">痛</span>'),
     ("痛", "zh-Hans", '<span lang="zh-Hans">痛</span>'),
     ("痛み", "ja", '<span lang="ja">痛み</span>'), ("열", "ko", '<span lang="ko">열</span>'),
     ("Fièvre", "fr", '<span lang="fr">Fièvre</span>'),
     ("What is 氣 good for?", "en", "What is 氣 good for?"),
     ("Dr. 金", "ko", '<span lang="ko">Dr. 金</span>'),
     ("頭痛", "yue", '<span lang="yue">頭痛</span>'),
     ("What is 氣 good for?", "und", "What is 氣 good for?"),
     ("MRI 檢查", "und", '<span lang="zh-Hant">MRI 檢查</span>'),
     ("睡眠の質", "und", '<span lang="ja">睡眠の質</span>'),
     ("<痛>", "en", '<span lang="zh-Hant">&lt;痛&gt;</span>')],
)  # fmt: skip
def test_the_script_decides_where_the_language_is_unknown_or_the_script_another(
    words: str, language: str, told: str
) -> None:
    assert spoken(words, language) == told


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("頭痛", ' lang="zh-Hant"'), ("<i></i>", ""), ("A &amp; 頭痛", ' lang="zh-Hant"'),
     ("睡眠の質", ' lang="ja"'), ("What is 氣 good for?", "")],
)  # fmt: skip
def test_cells_are_marked_by_what_most_of_their_words_are(cell: str, mark: str) -> None:
    assert han_in_tags(Markup(f'<td class="x">{cell}</td>')) == f'<td{mark} class="x">{cell}</td>'
