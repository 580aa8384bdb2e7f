"""adoctor: markups of one question page that a reader of its text would not even notice."""

from datetime import date

import pytest

from scraper.items import FaqTag
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, WORDS, read, whole

LABELS = {
    "essay": ("More Info", "更多資訊"),
    "similar": ("Similar Q&amp;A", "相似問答"),
    "tags": ("Related FAQ", "相關問題"),
}
ASKER = "<p>{}Ms. Wu, 20~29 year old female. Ask Date: 2020/10/26</p>"
CHINESE = {
    "share": "<p>分享</p>",
    "asker": "<div><span>王小姐，20~29歲女性</span><span>提問日期：2020/10/26</span></div>",
    "reply": "<p>林明 醫師回覆 神經科</p><p>休息。</p><p>回覆日期：2020/10/27</p>",
    "essay": "",
    "similar": "",
    "tags": "",
}


@pytest.mark.parametrize(
    "line",
    [
        "<div>My <span>knee</span> <x-w>clicks.</x-w></div>",
        "<p><x-w>My</x-w> <x-w>knee clicks.</x-w></p>",
        "<div><b>My</b> <x-w>knee</x-w> <i>clicks.</i></div>",
        "<li>My <wbr><x-w>knee</x-w> <x-w>clicks.</x-w></li>",
        "<div><h4><x-w>My knee</x-w> <x-w>clicks.</x-w></h4></div>",
        "<div>My <!-- More Info --> <x-w>knee</x-w><!-- a --> <b>clicks.</b></div>",
    ],
)
def test_elements_of_unknown_name_within_a_line(line: str) -> None:
    assert whole(read(words=f"{line}<p>{WORDS[1]}</p>")) == EXPECTED


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("", "<x-line>{}</x-line>"),
        ("", '<x-line style="display: block">{}</x-line>'),
        ("<style>my-line{display:block}</style>", "<my-line>{}</my-line>"),
        ("", "<x-line>{}</x-line><b hidden>More Info</b>"),
    ],
)
def test_elements_of_unknown_name_that_are_lines(head: str, line: str) -> None:
    words = "".join(line.format(text) for text in WORDS)
    assert whole(read(head=head, words=words)) == EXPECTED


@pytest.mark.parametrize("sign", ["📅 ", "👤", "▶ ", "• ", "🗓️ "])
def test_a_sign_before_the_asker_is_no_part_of_the_name(sign: str) -> None:
    assert whole(read(asker=ASKER.format(sign))) == EXPECTED


def test_a_chinese_date_label_with_nothing_before_it() -> None:
    question = read(**CHINESE)
    assert question.asker
    assert (question.asker.name, question.asker.age_max) == ("王小姐", 29)
    assert str(question.asked_on) == "2020-10-26"
    assert question.text == "\n".join(WORDS)


@pytest.mark.parametrize("day", ["98年10月{}日", "98/10/{}", "98-10-{} 14:05"])
def test_a_year_of_the_republic_with_two_digits(day: str) -> None:
    asker = CHINESE["asker"].replace("2020/10/26", day.format(26))
    reply = CHINESE["reply"].replace("2020/10/27", day.format(27))
    question = read(**CHINESE | {"asker": asker, "reply": reply * 2})
    assert question.problems == ()
    assert question.asked_on == date(2009, 10, 26)
    replies = [(reply.text, reply.replied_on) for reply in question.replies]
    assert replies == [("休息。", date(2009, 10, 27))] * 2


def test_a_page_whose_only_label_is_the_ask_date_has_its_language() -> None:
    asker = "<p>王小姐，20~29歲女性。提問日期：2020/10/26</p>"
    html = f"<h1>膝蓋 - 骨科</h1><h2>膝</h2><p>會痛。</p>{asker}"
    page = Page(url="https://adoctor.tw/article/5", body=html.encode())
    assert Adoctor.read_question(page).language == "zh-Hant"


@pytest.mark.parametrize(
    "asker",
    [
        "<div><p>小明</p><p>20~29 year old female.</p><p>Ask Date: 2020/10/26</p></div>",
        "<table><tr><td>小明<td>20~29 year old female.<td>Ask Date:<td>2020/10/26</table>",
    ],
)
def test_a_name_in_a_cell_of_its_own(asker: str) -> None:
    question = read(asker=asker)
    assert question.asker
    assert (question.asker.name, question.asker.age_min) == ("小明", 20)
    assert question.text == "\n".join(WORDS)


def test_the_last_short_line_of_a_question_is_no_name() -> None:
    words = "<div><p>My knee clicks</p><p>It hurts</p>"
    question = read(words=words, asker="<p>20~29 year old female. Ask Date: 2020/10/26</p></div>")
    assert question.asker
    assert question.asker.name is None
    assert question.text == "My knee clicks\nIt hurts"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("essay", "<h3>More Info</h3>", "<dl><dt><span>More</span><dt>Info</dl>"),
        ("similar", "<h3>Similar Q&amp;A</h3>", "<div>Similar</div><div>Q&amp;A</div>"),
        ("tags", "<h3>Related FAQ</h3>", "<h3>Related<br>FAQ</h3>"),
        ("share", "<p>Share to:</p>", "<p>Share</p><p>to:</p>"),
        ("reply", "Reply Date: ", "<span>Reply</span><p>Date: </p>"),
        ("reply", "Reply Date: ", "<p>回覆<p>日期："),
        ("asker", "Ask Date: ", "<p>Ask<p>Date: "),
        ("asker", "Ask Date", "Ask Da&zwnj;te"),
        ("reply", "Neurology</p>", "Neuro&zwj;logy</p>"),
        ("reply", "<p>Dr.", "<p><i>👨&zwj;⚕️</i> Dr."),
        ("tags", "(Neurology)", "(<br>Neurology<br>)"),
    ],
)
def test_a_label_broken_or_with_a_sign_in_it(part: str, old: str, new: str) -> None:
    assert whole(read(**{part: PARTS[part].replace(old, new)})) == EXPECTED


@pytest.mark.parametrize("label", ["Share to:", "Share this", "分享", "分享至："])
def test_title_and_share_label_on_one_line(label: str) -> None:
    title = f"<p>Clicking Knees - Neurology <span>{label}</span></p>"
    assert whole(read(title=title, share="<button>LINE</button><button>X</button>")) == EXPECTED


def test_tags_in_a_row_without_links() -> None:
    chips = ("Knee (Neurology)", "Lipid (High) (Dentistry)", "Ear (Urology)")
    row = " ".join(f"<span>{chip}</span>" for chip in chips)
    question = read(tags=f"<h3>Related FAQ</h3><div>{row}</div>")
    assert question.faq_tags == (
        FaqTag(name="Knee", department="Neurology"),
        FaqTag(name="Lipid (High)", department="Dentistry"),
        FaqTag(name="Ear", department="Urology"),
    )


@pytest.mark.parametrize("label", ["Related FAQ", "Similar Q&amp;A"])
def test_a_label_in_the_midst_of_an_essay(label: str) -> None:
    essay = f"<h3>More Info</h3><p>{ESSAY[0]}</p><p>{label}</p><p>{ESSAY[1]}</p>"
    question = read(essay=essay, similar="", tags="")
    assert question.more_info == "\n".join((ESSAY[0], label.replace("&amp;", "&"), ESSAY[1]))
    assert not question.problems


@pytest.mark.parametrize("tag", ["h3", "p"])
@pytest.mark.parametrize(
    "label", ["{0} {1}", "{1} / {0}：", "{1} ({0})", "● {0}｜{1}", "{1}<br>{0}", "{0}（{1}） (3)"]
)
def test_a_label_in_both_languages(label: str, tag: str) -> None:
    parts = {
        part: PARTS[part].replace(f"<h3>{words[0]}</h3>", f"<{tag}>{label.format(*words)}</{tag}>")
        for part, words in LABELS.items()
    }
    question = read(**parts)
    assert whole(question) == EXPECTED
    assert question.warnings == ()


@pytest.mark.parametrize("label", ["提問日期 Ask Date:", "Ask Date（提問日期）", "提問 日期 ："])
def test_a_date_label_in_both_languages_or_with_a_blank(label: str) -> None:
    asker = PARTS["asker"].replace("Ask Date:", label)
    assert whole(read(asker=asker)) == EXPECTED


def test_a_label_that_is_escaped_twice() -> None:
    similar = PARTS["similar"].replace("Q&amp;A", "Q&amp;amp;A")
    assert whole(read(similar=similar)) == EXPECTED


@pytest.mark.parametrize(
    "behind",
    [
        " Updated: 2020/11/02 10:15",
        "，更新日期：2020/11/02",
        " · 1 reply",
        " 回覆數：1",
        " 2 則回覆",
    ],
)
def test_a_count_or_another_labelled_day_behind_a_date(behind: str) -> None:
    asker = PARTS["asker"].replace("</p>", f"{behind}</p>")
    reply = PARTS["reply"].replace("2020/10/27", f"2020/10/27{behind}")
    assert whole(read(asker=asker, reply=reply)) == EXPECTED


@pytest.mark.parametrize(
    "behind",
    [
        " and 2020/10/28", " - 28", " Reply Date: 2020/10/28", " Or later: nobody knows.",
        " Note: take it twice a day", " 補充：請多休息",
    ],
)  # fmt: skip
def test_what_stands_behind_a_date_and_may_be_another(behind: str) -> None:
    question = read(asker=PARTS["asker"].replace("</p>", f"{behind}</p>"))
    assert [problem.code for problem in question.problems] == ["ask-date-unreadable"]
