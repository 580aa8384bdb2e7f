"""taiwan-ehospital: both markups, and the faults for which public crawlers are known."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import (
    NotAQuestionError,
    PageChangedError,
    QuestionMissingError,
    ReadingError,
    WrongQuestionError,
)
from scraper.items import Asker, FaqTag, Kind, Sex, Via
from scraper.reading.ehospital.mentions import read_mentions
from scraper.reading.ehospital.people import read_asker, read_doctor
from scraper.reading.evidence import evidence_of
from scraper.reading.page import Page
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.sites.taiwan_pages import ASKER, DOCTOR, HOME, block, page, v2017, v2023


def test_text_in_child_tags_and_line_breaks_are_kept() -> None:
    html = v2023(
        block(ASKER, "前<b>中<i>內</i></b>後<br>第二行<br/><br/>  第　三  行\n接著<p>段落</p>尾"),
        block(DOCTOR, "<font>您好</font><br>請<u>多休息</u>"),
    )

    question = TaiwanEhospitalSpider.read_question(page(html))

    assert question.text == "前中內後\n第二行\n第 三 行 接著\n段落\n尾"
    assert question.replies[0].text == "您好\n請多休息"


def test_stray_backslashes_are_the_sites_own() -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(v2023(block(ASKER, "肝功\\能，許\\多，\\\\\\”痛\\\\\\”")))
    )

    assert question.text == "肝功\\能，許\\多，\\\\\\”痛\\\\\\”"


def test_a_comma_in_the_alias_drops_no_page() -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(v2023(block("a,b，c／d／女／(20~29),2020/10/26 提問：", "問")))
    )

    assert question.asker == Asker(name="a,b，c／d", sex=Sex.FEMALE, age_min=20, age_max=29)
    assert question.problems == ()


def test_reply_has_its_own_date_and_department() -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(v2023(block(ASKER, "問"), block(DOCTOR, "答")))
    )

    assert question.asked_on == date(2020, 10, 26)
    assert question.replies[0].replied_on == date(2020, 10, 28)
    assert question.department == question.replies[0].department == "骨科"
    assert question.replies[0].hospital == "雲海醫院"


def test_questions_share_nothing() -> None:
    first = TaiwanEhospitalSpider.read_question(
        page(v2023(block(ASKER, "一"), block(DOCTOR, "答"), number="#5"), 5)
    )
    second = TaiwanEhospitalSpider.read_question(page(v2023(block(ASKER, "二"), number="#6"), 6))

    assert (first.id, first.text, len(first.replies)) == ("taiwan-ehospital:5:zh-Hant", "一", 1)
    assert (second.id, second.text, second.replies) == ("taiwan-ehospital:6:zh-Hant", "二", ())
    assert second.department is None


def test_same_page_gives_the_same_id_from_every_list() -> None:
    html = v2023(block(ASKER, "問"))
    urls = (f"{HOME}All/ShowDetail.php?q_no=5", f"{HOME}All/ShowDetail.php?PageNo=3&q_no=005")

    read = [
        TaiwanEhospitalSpider.read_question(Page(url=url, body=html.encode("big5"))) for url in urls
    ]

    assert {question.id for question in read} == {"taiwan-ehospital:5:zh-Hant"}
    assert {question.url for question in read} == {urls[0]}


@pytest.mark.parametrize("html", [v2023(block(ASKER, "問")), v2017(answered=False)])
def test_no_reply_yet(html: str) -> None:
    question = TaiwanEhospitalSpider.read_question(page(html))

    assert question.replies == ()
    assert question.problems == ()


def test_old_markup() -> None:
    question = TaiwanEhospitalSpider.read_question(page(v2017()))

    assert (question.title, question.text) == ("膝蓋痛", "走路會痛")
    assert question.asker == Asker(name="小魚", sex=Sex.FEMALE, age_min=20, age_max=29)
    assert question.replies[0].replied_on == date(2010, 1, 5)
    assert question.replies[0].hospital is None


def test_a_title_may_stand_right_behind_its_number() -> None:
    question = TaiwanEhospitalSpider.read_question(page(v2017().replace("#5 膝蓋痛", "#5膝蓋痛")))

    assert (question.source_id, question.title) == ("5", "膝蓋痛")


def test_what_cannot_be_read_is_told_and_not_guessed() -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(v2023(block("匿名 2020/13/45 提問：", "問"), block("某人 回覆：", "答")))
    )

    assert question.asker is None
    assert question.asked_on is None
    assert [problem.code for problem in question.problems] == [
        "asked-on-unreadable",
        "asker-unreadable",
        "replied-on-unreadable",
    ]
    assert question.text == "問"
    assert question.replies[0].text == "答"


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("<html><body><h1>問題 #5 不存在</h1></body></html>", QuestionMissingError),
        ("<html><body><div><h1> 此筆資料不存在。 </h1></div></body></html>", QuestionMissingError),
        (v2023(block(ASKER, "問"), number="#6"), WrongQuestionError),
        (v2017().replace("#5", "#55"), WrongQuestionError),
        ("", NotAQuestionError),
        ("<html><body></body></html>", NotAQuestionError),
        ("<body><h1>系統維護中</h1><p>請稍後再試</p></body>", NotAQuestionError),
        ("<body><form>請輸入驗證碼<input name=captcha></form></body>", NotAQuestionError),
        ("<body><form>帳號<input>密碼<input type=password></form></body>", NotAQuestionError),
        (
            f"<body><article><h3>#5 膝蓋痛</h3><p>{ASKER}</p><p>問</p></article></body>",
            PageChangedError,
        ),
        (v2023(block(ASKER, "問"), block(DOCTOR, "答"), block(DOCTOR, "答")), PageChangedError),
        (v2023(block(ASKER, "問")).replace("<h2>", "<h3>"), PageChangedError),
        (v2023(block(ASKER, "問"), number="第五題"), PageChangedError),
        (v2023(block(ASKER, "問</div><div>二")), PageChangedError),
        (v2017() + v2017(), PageChangedError),
        (v2017().replace('class="ask"', 'class="q"'), PageChangedError),
    ],
)
def test_pages_that_are_no_such_question(html: str, error: type[ReadingError]) -> None:
    with pytest.raises(error) as raised:
        TaiwanEhospitalSpider.read_question(page(html))

    assert raised.type is error


def test_a_list_of_one_question_is_no_question() -> None:
    url = f"{HOME}Often_question/type_detail.php?q_type=%B6%CB%A4f"
    with pytest.raises(NotAQuestionError):
        TaiwanEhospitalSpider.read_question(replace(page(v2017()), url=url))


def test_the_askers_words_are_no_markup() -> None:
    words = "網頁說「問題不存在」&lt;h1&gt;不存在&lt;/h1&gt;，答復者：無，#7 提問："

    question = TaiwanEhospitalSpider.read_question(
        page(v2023(block(ASKER, words), block(DOCTOR, "回覆：")))
    )

    assert question.text == "網頁說「問題不存在」<h1>不存在</h1>，答復者：無，#7 提問："
    assert question.replies[0].text == "回覆："


def test_mentions_become_links() -> None:
    cited = '見 <a href="ShowDetail.php?q_no=4321">舊題</a>、#5、#1、#123 和編號：00678'
    opened = page(v2023(block(ASKER, cited)))
    question = TaiwanEhospitalSpider.read_question(opened)

    links = list(TaiwanEhospitalSpider.read_links(opened, Kind.QUESTION, HOME, question))

    assert question.mentions == ("123", "678", "4321")
    assert [(link.url, link.via) for link in links] == [
        (f"{HOME}All/ShowDetail.php?q_no={number}", Via.MENTION) for number in (123, 678, 4321)
    ]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("您好 #123198 也是", ("123198",)),
        ("我是 ID 177923 的病人", ("177923",)),
        ("ID：177923，id#188000", ("177923", "188000")),
        ("編號為 98765", ("98765",)),
        ("１#12 2# 3", ()),
        ("體溫 38.5，電話 0912345678", ()),
        ("ID 1234567890", ()),
        ("COVID 19", ()),
        ("網址是q_no=123198", ("123198",)),
        ("請參考：#123198。", ("123198",)),
        ("（類似的問題）#123198", ("123198",)),
        ("請撥02-2388-9595，或看 #123198", ("123198",)),
        ("請電洽 (02)2388-9595#2208，或 #1922。", ()),
        ("請電洽 (02)2388-9595#2208。另見 #1922。", ("1922",)),
        ("02-23889595 轉 #2208，分機 #123", ()),
        ("請電洽 2388 9595 #2208 或 #1922，5566#2208 或 #1922", ()),
        ("2020/1/5 #98765 #98766 #98767", ("98765", "98766", "98767")),
        ("血壓 120/80 #98765，今年35 ＃ 98766 ＃ 98767", ("98765", "98766", "98767")),
        ("陳&#22531;您好", ()),
        ("顏色#333333，color: #123198", ()),
        ("病歷編號1234567，病歷編號 123456，病歷號：#123456", ()),
        ("照片#123，訂單#123456，單號 #23456，批號#23456，色碼#123456，手機：#912", ()),
        ("手機號碼 #123456，手機號：#123457", ()),
        ("#123198 大便顏色 #123199，用手機 #123200 問的", ("123198", "123199", "123200")),
        ("病歷號q_no=123198，照片q_no=123199", ("123198", "123199")),
        ("簡單 #123456，藥單#123457", ("123456", "123457")),
        ("病歷號碼是#123456，病歷號為 #123456", ()),
        ("#123456,123457、123458，12345", ("123456", "123457", "123458")),
        ("編號 123456和123457，123458元", ("123456", "123457")),
        ("身分證ID:12345，健保卡編號 12345，LINE ID: 12345", ()),
        ("編號 1000001、#9999999、#0000", ()),
        ("seq_no=123 page?id=7#12345", ()),
        ("http://192.0.2.1/doctor/All/ShowDetail.php?q_no=123198", ("123198",)),
        ("我是編號１２３１９８，也看過＃０１２３１９９", ("123198", "123199")),
        ("編號12、ID：9、編號０１", ()),
        ("照片編號123，藥品編號 5678，檢查報告編號12345，訂單編號:54321", ()),
        ("保單編號123456，病人編號123456，FB ID 12345，帳號ID:778899", ()),
        ("編號123,198，編號 177-923，ID 123，198", ()),
        ("編號123198,123199", ("123198", "123199")),
        ("提問編號 12345，我的 ID 是 12346", ("12345", "12346")),
        ("#100元，請打#1922，打 #1999，#1922專線，牙齒#365", ()),
        ("您好\n編號123198是我上次問的\n謝謝\nID:177923", ("123198", "177923")),
        ("我的牙齒\n#177923\n昨天打\n＃177924", ("177923", "177924")),
        ("參閱編號123，回覆編號124，問答編號125，之前編號126", ("123", "124", "125", "126")),
        ("#123198、123199 以及編號 123200", ("123198", "123199", "123200")),
        ("關於編號123，跟編號124，請教過編號125，對於編號126", ("123", "124", "125", "126")),
        ("等到編號120，住在編號305，從編號12345，給編號126，位於編號7777，吃過編號123", ()),
        ("上次編號123，同編號124，如編號125", ("123", "124", "125")),
    ],
)
def test_mentions(text: str, mentions: tuple[str, ...]) -> None:
    assert read_mentions([text], own="5") == mentions


ALIASES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from("，,／()~男女"),
    min_size=1,
    max_size=20,
)


@given(
    alias=ALIASES,
    sex=st.sampled_from([("男", Sex.MALE), ("女", Sex.FEMALE)]),
    low=st.integers(0, 99),
    day=st.dates(date(2000, 8, 16), date(2030, 12, 31)),
)
def test_any_asker_line(alias: str, sex: tuple[str, Sex], low: int, day: date) -> None:
    line = f"\xa0{alias}／{sex[0]}／({low}~{low + 9}),{day:%Y/%m/%d} 提問：\xa0"

    asker, asked_on, problems = read_asker(line)

    assert asker == Asker(name=alias, sex=sex[1], age_min=low, age_max=low + 9)
    assert asked_on == day
    assert problems == ()


@pytest.mark.parametrize(
    ("href", "mentions"),
    [
        ("ShowDetail.php?q_no=4321", ("4321",)),
        ("https://sp1.hso.mohw.gov.tw/doctor/All/ShowDetail.php?PageNo=2&q_no=04321", ("4321",)),
        ("http://old.example/doctor/All/ShowDetail.php?q_no=4321#top", ("4321",)),
        ("ShowDetail.php?q_no=5", ()),
        ("ShowDetail.php?q_no=9999999", ()),
        ("ShowDetail.php", ()),
        ("history.php?q_no=4321", ()),
        ("http://news.example/show?newsid=777#12345", ()),
        ("http://news.example/ID12345", ()),
        ("http://[bad/", ()),
    ],
)
def test_a_link_mentions_the_question_that_it_leads_to(
    href: str, mentions: tuple[str, ...]
) -> None:
    opened = page(v2023(block(ASKER, f'看<a href="{href}">這裡</a>')))
    question = TaiwanEhospitalSpider.read_question(opened)
    shown = evidence_of(opened, question, TaiwanEhospitalSpider.locate)

    assert question.mentions == mentions
    assert [one.xpath.endswith("/a/@href") for one in shown.fields if "ment" in one.field] == [
        True for _ in mentions
    ]


@pytest.mark.parametrize(
    ("line", "asker"),
    [
        ("小魚／不詳／(20~29)", Asker(name="小魚", age_min=20, age_max=29)),
        ("小魚／女／(90以上)", Asker(name="小魚", sex=Sex.FEMALE, age_min=90)),
        ("小魚／男／(10歲以下)", Asker(name="小魚", sex=Sex.MALE, age_max=10)),
        ("小魚／男／(35)", Asker(name="小魚", sex=Sex.MALE, age_min=35, age_max=35)),
        ("小魚／女性／(20~29)", Asker(name="小魚", sex=Sex.FEMALE, age_min=20, age_max=29)),
        ("小／魚／女／()", Asker(name="小／魚", sex=Sex.FEMALE)),
        ("小魚／女／(不詳)", Asker(name="小魚", sex=Sex.FEMALE)),
        ("小魚／女／", Asker(name="小魚", sex=Sex.FEMALE)),
        ("／未填／（未填）", Asker()),
    ],
)
def test_askers_of_whom_less_is_known(line: str, asker: Asker) -> None:
    assert read_asker(f"{line},2020/10/26 提問：") == (asker, date(2020, 10, 26), ())


def test_a_year_of_the_republic_with_two_digits() -> None:
    assert read_asker("小魚／女／(20~29),98/10/26 提問：")[1:] == (date(2009, 10, 26), ())


@pytest.mark.parametrize(
    ("line", "hospital", "department", "doctor"),
    [
        ("雲海醫院／骨科／風望, 2020/10/28 回覆：", "雲海醫院", "骨科", "風望"),
        ("骨科／風望, 2020/10/28 回覆：", None, "骨科", "風望"),
        ("風望醫師, 2020/10/28 回覆：", None, None, "風望"),
        ("雲海,分院／一／骨科／風望,2020/10/28", "雲海,分院／一", "骨科", "風望"),
        ("骨科／風望主治醫師,2020/10/28", None, "骨科", "風望"),
        ("骨科／風望 住院醫師,2020/10/28", None, "骨科", "風望"),
        ("骨科／風望中醫師,2020/10/28", None, "骨科", "風望中"),
        ("骨科／主治醫師,2020/10/28", None, "骨科", "主治醫師"),
    ],
)
def test_doctor_line(line: str, hospital: str | None, department: str | None, doctor: str) -> None:
    reply, problems = read_doctor(line, "答")

    assert (reply.hospital, reply.department, reply.doctor) == (hospital, department, doctor)
    assert reply.replied_on == date(2020, 10, 28)
    assert problems == ()


@pytest.mark.parametrize("number", ["＃5", "#５", "#０05"])
def test_numbers_in_full_width(number: str) -> None:
    newer = TaiwanEhospitalSpider.read_question(page(v2023(block(ASKER, "問"), number=number)))
    older = TaiwanEhospitalSpider.read_question(page(v2017().replace("#5", number)))

    assert (newer.source_id, older.source_id, older.title) == ("5", "5", "膝蓋痛")


@pytest.mark.parametrize(
    ("types", "names"),
    [
        ("頭痛 / 發燒", ["頭痛", "發燒"]),
        ("頭痛／、B/C型肝炎 －", ["頭痛／", "B/C型肝炎"]),
        ("頭痛<br>發燒", ["頭痛", "發燒"]),
        ("無", []),
        (" ", []),
    ],
)
def test_types_in_plain_words(types: str, names: list[str]) -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(v2017().replace("瀏覽：7", f"相關分類 ：{types}"))
    )

    assert [tag.name for tag in question.faq_tags] == names


def test_a_type_whose_link_is_broken_is_its_name_alone() -> None:
    html = v2017().replace("瀏覽：7", '相關分類 ：<a href="http://[bad/">頭痛</a>')
    found = TaiwanEhospitalSpider.read_question(page(html))
    assert found.faq_tags == (FaqTag(name="頭痛"),)


def test_more_types_than_the_site_has_cost_no_time() -> None:
    links = '<a href="x">頭</a>' * 5_000
    question = TaiwanEhospitalSpider.read_question(
        page(v2017().replace("瀏覽：7", f"相關分類 ：{links}"))
    )

    assert len(question.faq_tags) == 4_000


def test_labels_with_a_narrow_colon() -> None:
    html = v2017().replace("發問者：", "發問者:").replace("瀏覽：7", "相關分類 :關節、骨折")

    question = TaiwanEhospitalSpider.read_question(page(html))

    assert question.asker == Asker(name="小魚", sex=Sex.FEMALE, age_min=20, age_max=29)
    assert [tag.name for tag in question.faq_tags] == ["關節", "骨折"]
    assert question.problems == ()


def test_a_reply_may_tell_its_time() -> None:
    reply, problems = read_doctor("骨科／風望, 2020/10/27 上午 10:05 回覆：", "休息")

    assert reply.replied_on == date(2020, 10, 27)
    assert (reply.doctor, problems) == ("風望", ())
