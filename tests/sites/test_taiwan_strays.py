"""Tags that people typed: all words go where they belong, or the page is not read."""

from collections.abc import Callable

import pytest

from scraper.errors import PageChangedError
from scraper.reading.evidence import evidence_of
from scraper.sites.taiwan_ehospital import TaiwanEhospitalSpider
from tests.sites.taiwan_pages import ASKER, DOCTOR, block, page, v2017, v2023


def in_2023(*, text: str = "走路會痛", reply: str = "休息") -> str:
    return v2023(block(ASKER, text), block(DOCTOR, reply))


def in_2017(*, text: str = "走路會痛", reply: str = "休息") -> str:
    html = v2017().replace("<ul", "<div><ul").replace("</ul>", "</ul></div>")
    return html.replace("走路會痛", text).replace("休息", reply)


@pytest.mark.parametrize("words", ["text", "reply"])
@pytest.mark.parametrize("template", [in_2023, in_2017])
@pytest.mark.parametrize(
    "typed",
    [
        "前<textarea>後", "前<select><option>後", "前<!-- 後", "前<style>後", "前<iframe>後",
        "前<svg>後", "前<object>後", "前<noembed>後", "前</body>後", "前</html>後",
        "前<img src='x>後", "前<textarea>中</textarea>後", "前<b 90 後",
        "前<b 中<br>後", "前<b 且 c>後", "36<T<37度<br>後", "150<PLT<400<br>後", "前a<b<br>後",
        "前<b 且>後", "前<T且 <b class=x>後</b>", "前<T<b class=x>後",
        "前<Aspirin>後", "前<HBsAg(-)>後", "前<B型肝炎>後", "前<abc@d.e.f>後", "前</3 中<br>後",
    ],
)  # fmt: skip
def test_swallowed_words_are_told(template: Callable[..., str], words: str, typed: str) -> None:
    with pytest.raises(PageChangedError):
        TaiwanEhospitalSpider.read_question(page(template(**{words: typed})))


@pytest.mark.parametrize("words", ["text", "reply"])
@pytest.mark.parametrize("template", [in_2023, in_2017])
def test_a_message_of_php_is_nobodys_words(template: Callable[..., str], words: str) -> None:
    message = "<b>Warning</b>:  mysql_fetch() fails in <b>/var/www/a.php</b> on line <b>3</b><br />"
    with pytest.raises(PageChangedError, match="program"):
        TaiwanEhospitalSpider.read_question(page(template(**{words: f"<br />{message}前"})))
    spoken = TaiwanEhospitalSpider.read_question(page(template(**{words: "Warning: 在 line 3"})))
    assert "Warning: 在 line 3" in {spoken.text, spoken.replies[0].text}


@pytest.mark.parametrize("typed", ["膝<b 痛", "膝<T<37痛", "膝<Aspirin>痛", "膝</3痛"])
@pytest.mark.parametrize("html", [v2023(block(ASKER, "走路會痛")), v2017()])
def test_swallowed_words_of_a_title_are_told(html: str, typed: str) -> None:
    with pytest.raises(PageChangedError):
        TaiwanEhospitalSpider.read_question(page(html.replace("膝蓋痛", typed)))


@pytest.mark.parametrize("html", [v2023(block(ASKER, "走路會痛")), v2017()])
def test_swallowed_words_of_an_alias_are_told(html: str) -> None:
    with pytest.raises(PageChangedError):
        TaiwanEhospitalSpider.read_question(page(html.replace("小魚", "小<Aspirin>魚")))


@pytest.mark.parametrize("words", ["text", "reply"])
@pytest.mark.parametrize("template", [in_2023, in_2017])
def test_hidden_words_are_left_out_and_told(template: Callable[..., str], words: str) -> None:
    hidden = '前<span style="display:none">還有一句話，沒有人看見。</span>'
    question = TaiwanEhospitalSpider.read_question(page(template(**{words: hidden})))
    assert "前" in {question.text, question.replies[0].text}
    assert question.warnings == ("section-hidden",)


@pytest.mark.parametrize("words", ["text", "reply"])
@pytest.mark.parametrize("template", [in_2023, in_2017])
@pytest.mark.parametrize(
    "typed",
    [
        "前<tr>後", "前<td>後", "前<th>後", "前<tbody>後", "前<table>後",
        "前<table><tr><td>格</td></tr>後", "</table>前<table>後",
    ],
)  # fmt: skip
def test_an_open_table_takes_in_no_footer(
    template: Callable[..., str], words: str, typed: str
) -> None:
    footed = template(**{words: typed}).replace("</body>", "<div>版權所有</div></body>")
    with pytest.raises(PageChangedError):
        TaiwanEhospitalSpider.read_question(page(footed))


def test_an_open_table_around_it_is_the_templates() -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(in_2017().replace("<div>", "<table><tr><td><div>"))
    )
    assert question.text == "走路會痛"


def test_a_box_that_its_item_closes_is_read() -> None:
    question = TaiwanEhospitalSpider.read_question(page(in_2017(text="前<div>後")))
    assert question.text == "前\n後"
    assert [reply.text for reply in question.replies] == ["休息"]


@pytest.mark.parametrize(
    "html",
    [
        in_2023(text="前</div>後"),
        in_2023(text="前</div><b>後</b>"),
        in_2023(text="前</div></div>後"),
        in_2023(text="前</div></div></div>後"),
        in_2023(text="前<table><tr><td>格</td></tr>後"),
        in_2023(text="前<div>中<div>後"),
        in_2023(reply="前</div>後"),
        in_2023(reply="前</div></div>後"),
        in_2023(reply="前</div></div></div>後"),
        in_2023(reply="前</div></div></div></div>後"),
        in_2017(text="前<table><tr><td>後"),
        in_2017(text="前<ul><li>後"),
        in_2017(text="前</div>後"),
        in_2017(text="前</ul>後"),
        in_2017(text="症狀：<li>頭痛<li>發燒"),
        in_2017(text='前<a href="x>後'),
        in_2017(reply="前</div>後"),
        in_2017(reply="前</ul>後"),
        in_2017(reply="處理：<li>休息</li><li>喝水</li>"),
        in_2017(reply="前</li>後"),
        in_2017(reply="前</ul><ul>後"),
        in_2017(reply="前</div><div>後"),
        in_2017(reply="前</ul><p>後</p>"),
    ],
)
def test_words_beside_their_element_are_told(html: str) -> None:
    with pytest.raises(PageChangedError):
        TaiwanEhospitalSpider.read_question(page(html))


@pytest.mark.parametrize("template", [in_2023, in_2017])
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("前<b>後", "前後"),
        ("前<p>後", "前\n後"),
        ("前<ul><li>甲</li><li>乙</li></ul>後", "前\n甲\n乙\n後"),
        ("前<table><tr><td>格</td></tr></table>後", "前\n格\n後"),
        ("前<table><tr><td>格</td></tr></table>後</td></tr></table>", "前\n格\n後"),
        ("前<!-- <table> -->後<table></table>", "前後"),
        ("前<TR><TD>格</TD></TR>後", "前\n格\n後"),
        ("前<!-- 中 -->後", "前後"),
        ("前<style>p { margin: 0 }</style>後", "前後"),
        ("前&lt;/div&gt;後", "前</div>後"),
        ("前</p>後", "前\n後"),
        ("前<font color=red <b>中</b></font>後", "前中後"),
        ("前<span lang=EN-US <o:p></o:p></span>後", "前後"),
        ("前<font face=新細明體, 標楷體>中</font>後", "前中後"),
        ('前<font face="新細明體" 新細明體>中</font>後', "前中後"),
        ('前<img src=x alt="他說"痛"了">後', "前後"),
        ("前<p \u3000>後", "前\n後"),
        ("前<spacer>後", "前後"),
        ('前<gwmw class="x">中</gwmw>後', "前中後"),
        ("前<o:p></o:p><st1:City>中</st1:City><x-y>後", "前中後"),
        ('前<svg><path d="m"/></svg>後', "前後"),
        ("<center>前</center><nobr><bdi>後</bdi></nobr>", "前\n後"),
        ("前<!-- a < b -->後", "前後"),
        ("<table><tr><td>前</ul></div>後</td></tr></table>", "前後"),
    ],
)
def test_tags_that_do_no_harm(template: Callable[..., str], typed: str, read: str) -> None:
    for words in ("text", "reply"):
        opened = page(template(**{words: typed}))
        question = TaiwanEhospitalSpider.read_question(opened)

        assert question.text == (read if words == "text" else "走路會痛")
        assert [reply.text for reply in question.replies] == [read if words == "reply" else "休息"]
        shown = evidence_of(opened, question, TaiwanEhospitalSpider.locate)
        assert shown.not_located == ("language",)


@pytest.mark.parametrize("behind", ["<p>版權所有</p></li>", "<ul><li>首頁</li></ul></li>"])
def test_what_stands_behind_the_unit_is_the_templates(behind: str) -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(in_2017().replace("</body>", f"{behind}</body>"))
    )
    assert [reply.text for reply in question.replies] == ["休息"]


def test_an_item_ends_where_the_next_begins() -> None:
    question = TaiwanEhospitalSpider.read_question(
        page(in_2017(text="前<b>後").replace("後</li>", "後"))
    )

    assert (question.text, question.replies[0].text) == ("前後", "休息")


def test_an_open_div_in_the_newer_markup_moves_no_words() -> None:
    question = TaiwanEhospitalSpider.read_question(page(in_2023(text="前<div>後")))

    assert (question.text, question.replies[0].text) == ("前\n後", "休息")


@pytest.mark.parametrize("template", [in_2023, in_2017])
@pytest.mark.parametrize("reply", ["", " ", '<img src="x.jpg">'])
def test_a_reply_without_words_is_told(template: Callable[..., str], reply: str) -> None:
    opened = page(template(reply=reply))
    question = TaiwanEhospitalSpider.read_question(opened)

    assert question.replies == ()
    shown = evidence_of(opened, question, TaiwanEhospitalSpider.locate)
    assert shown.not_located == ("language",)
    assert [(told.code, told.field) for told in question.problems] == [
        ("reply-text-missing", "replies")
    ]


def test_an_empty_doctor_line_is_no_reply() -> None:
    empty = '<li class="doctor">答復者：</li><li class="ans"></li></ul>'
    question = TaiwanEhospitalSpider.read_question(
        page(v2017(answered=False).replace("</ul>", empty))
    )

    assert question.replies == ()
    assert question.problems == ()


@pytest.mark.parametrize("where", ["text", "reply"])
def test_words_in_a_list_item_without_a_list_are_told(where: str) -> None:
    with pytest.raises(PageChangedError):
        TaiwanEhospitalSpider.read_question(page(in_2017(**{where: '前<li class="MsoNormal">後'})))
