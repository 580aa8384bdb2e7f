"""Pages of the sample taiwan-ehospital: bytes, spellings, both markups."""

from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from scraper.items import Question
from scraper.reading.page import Page
from scraper.sample.ehospital.spelling import full_percent, raw_trail
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.truth.sites import SampleSite, build

DETAIL = "/doctor/All/ShowDetail.php?q_no="


@pytest.fixture(scope="module")
def site() -> SampleSite:
    return build("taiwan-ehospital", questions=600, seed=4)


def _document(site: SampleSite, path: str) -> HtmlElement:
    text = site.respond(path).body.decode("big5hkscs")
    return html.document_fromstring(text)


def _record(site: SampleSite, number: int) -> Question:
    record = site.truth(number)
    assert record
    return record


def test_pages_are_big5_hkscs_and_nothing_says_so(site: SampleSite) -> None:
    beyond_big5 = 0
    for number in site.existing_ids():
        answer = site.respond(f"{DETAIL}{number}")
        assert answer.header("Content-Type") == "text/html"
        assert b"charset" not in answer.body
        answer.body.decode("big5hkscs")
        try:
            answer.body.decode("cp950")
        except UnicodeDecodeError:
            beyond_big5 += 1
    assert beyond_big5 > 20  # 疱 喆 堃 峯


def test_departments_are_spelled_in_three_ways() -> None:
    # by hand from the Big5 table: 外 A57E, 科 ACEC, 肝 A878, 膽 C178, 腸 B87A, 胃 AD47
    assert raw_trail("外科") == "%A5~%AC%EC"
    assert full_percent("外科") == "%A5%7E%AC%EC"
    assert raw_trail("肝膽腸胃科") == "%A8x%C1x%B8z%ADG%AC%EC"


@pytest.mark.parametrize(
    "spelling", ["%A8x%C1x%B8z%ADG%AC%EC", "%A8%78%C1%78%B8%7A%AD%47%AC%EC",
                 "%E8%82%9D%E8%86%BD%E8%85%B8%E8%83%83%E7%A7%91"]
)  # fmt: skip
def test_each_spelling_answers_with_the_same_list(site: SampleSite, spelling: str) -> None:
    answer = site.respond(f"/doctor/All/history.php?UrlClass={spelling}&SortBy=q_no&PageNo=2")
    assert answer.status == 200
    assert "<h1>肝膽腸胃科</h1>".encode("big5hkscs") in answer.body
    utf8 = "%E8%82%9D%E8%86%BD%E8%85%B8%E8%83%83%E7%A7%91"
    same = site.respond(f"/doctor/All/history.php?UrlClass={utf8}&PageNo=2")
    assert answer.body == same.body


def test_links_on_the_pages_use_different_spellings(site: SampleSite) -> None:
    body = site.respond("/doctor/Often_question/index.php").body.decode("big5hkscs")
    assert "UrlClass=%E" in body  # UTF-8
    assert "UrlClass=%A5~%AC%EC" in body or "UrlClass=%A5%7E%AC%EC" in body


def test_the_newer_markup_stands_where_crawlers_look(site: SampleSite) -> None:
    seen = 0
    for number in site.existing_ids():
        document = _document(site, f"{DETAIL}{number}")
        if document.xpath("//ul[@class='QAunit']"):
            continue
        seen += 1
        record = _record(site, number)
        at = "/html/body/div/div/div/div/div[2]"
        assert document.xpath(f"string({at}/div[1]/div[1]/h2)") == f"#{number}"
        assert document.xpath(f"string({at}/div[1]/div[2]/h2)") == record.title
        assert f"#{number}" in document.xpath("string((//*[@class='w3-bar'])[1])")
        bars = document.xpath("//div[@class='w3-bar-item w3-padding-0']")
        assert len(bars) >= 6
        asker = document.xpath(f"string({at}/div[2]/div[1]/div[2]/div)")
        assert bars[3].text_content() == asker
        assert asker == f"\xa0{_asker(record)} 提問：\xa0"
        first, *rest = document.xpath("//div[@class='msg']/div")
        assert first is document.xpath(f"{at}/div[2]/div[2]/div")[0]
        assert len(rest) == len(record.replies)
        if rest:
            line = bars[5].text_content()
            assert line == document.xpath(f"string({at}/div[3]/div[1]/div[2]/div)")
            assert line == f"\xa0{_doctor(record)} 回覆：\xa0"
    assert seen > 300


def _asker(record: Question) -> str:
    assert record.asker
    sex = {"female": "女", "male": "男"}[record.asker.sex or ""]
    band = f"({record.asker.age_min}~{record.asker.age_max})"
    return f"{record.asker.name}／{sex}／{band},{record.asked_on:%Y/%m/%d}"


def _doctor(record: Question) -> str:
    reply = record.replies[0]
    place = f"{reply.hospital}／" if reply.hospital else ""
    return f"{place}{reply.department}／{reply.doctor}, {reply.replied_on:%Y/%m/%d}"


def test_the_older_markup_has_its_list_items(site: SampleSite) -> None:
    seen = 0
    for number in site.existing_ids():
        document = _document(site, f"{DETAIL}{number}")
        units = document.xpath("//ul[@class='QAunit']")
        if not units:
            continue
        seen += 1
        (unit,) = units
        record = _record(site, number)
        names = [item.get("class") for item in unit.iter("li")]
        replied = ["doctor", "ans"] if record.replies else []
        assert names == ["subject", "count", "count", "asker", "ask", *replied]
        words = [item.text_content() for item in unit.iter("li")]
        assert words[0] == f"#{number} {record.title}"
        assert words[2].startswith("相關分類 ：")
        assert words[3] == f"發問者：{_asker(record)}"
        if replied:
            assert words[5] == f"答復者：{_doctor(record)}"
    assert 50 < seen < 300


def test_oddities_of_this_site_occur(site: SampleSite) -> None:
    records = [_record(site, number) for number in site.existing_ids()]
    names = [record.asker.name or "" for record in records if record.asker]
    assert any("," in name for name in names)
    assert any("／" in name for name in names)
    texts = [record.text or "" for record in records]
    assert any("功\\能" in text and "許\\多" in text for text in texts)
    assert any(not record.replies for record in records)
    everything = "".join(texts + names + [r.doctor or "" for x in records for r in x.replies])
    assert set("疱喆堃峯") <= set(everything)


def test_lists_have_seven_cells_and_a_page_box_where_there_are_pages(site: SampleSite) -> None:
    document = _document(site, "/doctor/All/history.php?UrlClass=%A5~%AC%EC")
    rows = document.xpath("//form//table[@class='table1']//tr[td]")
    assert len(rows) == 20
    assert {len(row.xpath("td")) for row in rows} == {7}
    links = document.xpath("//form//a/@href")
    assert all(link.startswith("ShowDetail.php?q_no=") for link in links)
    assert [option.text for option in document.xpath("//select[@id='PageNo']/option")] == [
        "1", "2", "3",
    ]  # fmt: skip
    small = build("taiwan-ehospital", questions=24)
    assert not _document(small, "/doctor/All/history.php?UrlClass=%A5~%AC%EC").xpath("//select")


def test_the_home_page_names_departments_and_newest_questions(site: SampleSite) -> None:
    document = _document(site, "/doctor/Index1.php")
    links = document.xpath("//div[@class='w3-col l4 m6 s6']/a")
    assert len(links) == 12
    assert links[0].text_content() == "\u3000神經科\u3000"
    assert all("/doctor/All/index.php?d_class=" in link.get("href") for link in links)
    newest = [int(link.rpartition("=")[2]) for link in document.xpath("//*[@id='newQA']//a/@href")]
    assert newest == list(site.existing_ids())[:-11:-1]


def test_holes_are_pages_that_say_so(site: SampleSite) -> None:
    ids = set(site.existing_ids())
    holes = [number for number in range(1, max(ids)) if number not in ids]
    assert len(holes) > 100
    for number in [*holes, 10**9]:
        answer = site.respond(f"{DETAIL}{number}")
        document: Any = html.document_fromstring(answer.body.decode("big5hkscs"))
        assert answer.status == 200
        assert document.xpath("string(//h1)").endswith("不存在")


def test_a_question_has_one_page_under_several_addresses(site: SampleSite) -> None:
    assert site.respond(f"{DETAIL}1&SortBy=q_no&PageNo=3") == site.respond(f"{DETAIL}1")


def test_numbers_are_cited_so_that_they_are_read_as_such() -> None:
    small = build("taiwan-ehospital", questions=90, seed=3)
    cited = {number for number in small.existing_ids() if _record(small, number).mentions}
    assert len(cited) > 5
    for number in cited:
        url = f"http://127.0.0.1{DETAIL}{number}"
        answer = small.respond(f"{DETAIL}{number}")
        read = TaiwanEhospitalSpider.read_question(
            Page(url=url, body=answer.body, default_charset="big5hkscs")
        )
        assert read.mentions == _record(small, number).mentions
