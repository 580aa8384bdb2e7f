"""adoctor: lines around the replies that are surely nobody's words, and those that may be."""

import re

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole


@pytest.mark.parametrize(
    "line",
    [
        "Was this helpful?", "這個回答有幫助嗎？", "Last updated: 2020/10/28", "Answered", "已回覆",
        "1 Answer", "Replies (1)", "1 則回覆", "L", "Medically reviewed by Dr. Su Pei, MD",
        "Disclaimer This is for reference only.", "免責聲明：本內容僅供參考。", "Share",
        "Doctor's Reply", "專業回覆", "共有 1 則醫師回覆", "12 people found this helpful",
        "17", "#1", "第1則回覆", "———", "• • •", "👩‍⚕️",
    ],
)  # fmt: skip
def test_what_is_nobodys_word_around_the_reply_is_not_told(line: str) -> None:
    for reply in (f"<p>{line}</p>{PARTS['reply']}", f"{PARTS['reply']}<p>{line}</p>"):
        question = read(reply=reply)
        assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "line",
    [
        "No reply yet.", "Waiting for a doctor's reply", "Dr. Lin will reply soon",
        "This question has not been answered yet.", "Unanswered", "The doctor's reply is pending",
        "等待醫師回覆中", "已通知醫師回覆", "此問題正在等待醫師回覆", "本題尚待醫師回覆",
        "尚無醫師回答此問題", "問題已送出，等候醫師回覆", "此問題尚未有醫師回覆。",
        "醫師回覆：尚無",
    ],
)  # fmt: skip
def test_a_page_that_waits_for_a_reply_says_so(line: str) -> None:
    question = read(reply=f"<p>{line}</p>")
    assert (question.replies, question.warnings, question.problems) == ((), (), ())
    assert read(reply=f"{PARTS['reply']}<p>{line}</p>").warnings == ("unread-lines",)


def test_a_heading_of_replies_without_any_is_told() -> None:
    for line in ("Doctor's Reply", "共有 1 則醫師回覆"):
        assert "unread-lines" in read(reply=f"<h2>{line}</h2>").warnings


@pytest.mark.parametrize("line", ["<p>共有 1 則醫師回覆</p>", "<h2>專業醫師回覆</h2>"])
def test_words_of_replies_right_above_a_doctor_line_are_no_doctor(line: str) -> None:
    reply = "<p>溫浩然 醫師回覆 骨科</p><p>多休息。</p><p>回覆日期：2020/10/27</p>"
    question = read(reply=line + reply)
    assert [(one.doctor, one.department) for one in question.replies] == [("溫浩然", "骨科")]
    assert (question.warnings, question.problems) == ((), ())


def test_the_form_of_a_widget_below_the_reply_is_not_told() -> None:
    form = "<form><p>Rate it</p><p>Good</p></form>"
    assert read(reply=PARTS["reply"] + form).warnings == ()
    question = read(before="<form>", reply=PARTS["reply"] + "<p>Rate it</p>")
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize(
    "line",
    [
        "<time datetime=2020-10-27>Monday</time>", "<p><time datetime=2020>Oct</time></p>",
        "<small>3 年前</small>", "<p class=ago><i>3 年前</i></p>",
        "<div class=when>Replied on 2020/10/27</div>", "<div class=n>2 hours ago</div>",
        "<ul class=meta><li>2020/10/27</ul>", "<div class=n>1,234 answers</div>",
        "<span class=badge>Neurology</span>", "<div>Q</div>", "<p>答</p>",
        "<span class=badge>Answered</span>", "<div class=n>已解決</div>", "<b class=n>Question</b>",
    ],
)  # fmt: skip
def test_what_is_nobodys_word_above_a_text(line: str) -> None:
    reply = PARTS["reply"].replace("<p>Rest it.", f"{line}<p>Rest it.")
    question = read(reply=reply.replace("<p>Rest it.</p>", "<p>Rest it.</p><p>Or not.</p>"))
    assert question.replies[0].text == "Rest it.\nOr not."
    question = read(headline=PARTS["headline"] + line)
    assert (whole(question), question.warnings) == (EXPECTED, ())
    assert (question := read(headline=line + PARTS["headline"])).headline == "Knee"
    assert question.text == EXPECTED[3]


@pytest.mark.parametrize("when", ["<div>3 年前</div>", "<p class=p1><i>3 年前</i>", "<br>3 年前"])
def test_a_phrase_in_the_box_of_the_doctor_line(when: str) -> None:
    reply = (
        PARTS["reply"].replace("<p>Dr.", "<div>Dr.").replace("Neurology</p>", "Neurology{}</div>")
    )
    assert whole(read(reply=reply.format(when))) == EXPECTED


def test_the_asker_above_the_question() -> None:
    assert whole(read(headline=PARTS["headline"] + "<small>Ms. Wu</small>")) == EXPECTED


@pytest.mark.parametrize(
    "words",
    [
        "<p>2020/10/27</p><p>It hurts.</p>", "3 years ago<br>It hurts.", "<p>3 年前</p>",
        "<dl><dt>2020/10/27</dt><dd>It hurts.</dd><dt>2020/10/28</dt><dd>It heals.</dd></dl>",
        "<p>Neurology</p><p>It hurts.</p>", "<div>3 年前<div>It hurts.</div>And how.</div>",
        "<p><time>Badly</time></p><p>It hurts.</p>", "<p><b>2020/10/27</b></p><p>It hurts.</p>",
        "<i class=s>3 年前</i><br><i class=s>It hurts.</i>", "<h4>3 年前</h4><p>It hurts.</p>",
        "<div>3 years ago I fell.</div><p>It hurts.</p>", "<p>3 年前</p><pre>It hurts.</pre>",
        "<div>2020/10/27</div><p>It hurts.</p>", "<p>2 answers</p><ul><li>It hurts.</li></ul>",
        "<p class='has-text-align-left p1'>3 年前</p><p>It hurts.</p>",
        "<p><i class=s>Neurology</i></p><p>It hurts.</p>", "Q<br>Bad?<br>A<br>No.",
        "<p>問</p><p>It hurts.</p><p>答</p><p>Rest.</p>", "A<br>or B?",
        "<ul><li>A</li><li>B</li></ul>",
        "<p><time datetime=2020>Oct</time></p><p>Bad</p><p><time datetime=2021>Nov</time></p>",
    ],
)  # fmt: skip
def test_a_day_or_department_that_looks_like_the_text_is_its_own(words: str) -> None:
    reply = f"<p>Dr. Lin Moshan reply Neurology</p>{words}<p>Reply Date: 2020/10/27</p>"
    (said,) = read(reply=reply).replies
    asked = read(words=words).text
    assert said.text == asked == "\n".join(filter(None, re.split("<[^>]*>", words)))


def test_an_initial_in_place_of_a_portrait_is_no_word() -> None:
    for asker, doctor in (("W", "O"), ("MW", "OP")):
        similar = PARTS["similar"].replace("<p>Dr. Ou", f"<p>{doctor}</p><p>Dr. Ou")
        question = read(asker=f"<div>{asker}</div>{PARTS['asker']}", similar=similar)
        assert (whole(question), question.warnings) == (EXPECTED, ())
    for asker in ("陳大", "大文"):
        line = f"<div>{asker}</div><p>陳大文，20~29歲女性。提問日期：2020/10/26</p>"
        assert read(asker=line).text == EXPECTED[3]
    for other in ("X", "WM", "Wu"):
        assert read(asker=f"<div>{other}</div>{PARTS['asker']}").text == f"{EXPECTED[3]}\n{other}"


@pytest.mark.parametrize("blank", ["", " "])
def test_an_initial_in_an_element_before_a_name_is_no_part_of_it(blank: str) -> None:
    avatar = f"<span><b>{{}}</b></span>{blank}<span>{{}}</span>"
    asker = avatar.format("M", PARTS["asker"].removeprefix("<p>").removesuffix("</p>"))
    similar = PARTS["similar"].replace("<p>Dr. Ou", f"<p><i>O</i>{blank}<i>Dr. Ou")
    reply = PARTS["reply"].replace("<p>Dr. Lin", f"<p><i>DL</i>{blank}<i>Dr. Lin")
    question = read(asker=f"<div>{asker}</div>", similar=similar, reply=reply)
    assert (whole(question), question.warnings) == (EXPECTED, ())
    asker = avatar.format("陳", "陳大文，20~29歲女性。提問日期：2020/10/26")
    doctor = avatar.format("林", "林莫山 醫師回覆 神經科")
    reply = f"<div>{doctor}</div><p>休息。</p><p>回覆日期：2020/10/27</p>"
    question = read(asker=f"<div>{asker}</div>", reply=reply)
    assert question.asker is not None
    assert (question.asker.name, question.replies[0].doctor) == ("陳大文", "林莫山")


def test_a_name_of_two_equal_letters_is_whole() -> None:
    for name in ("丁丁", "<b>丁丁</b>", "丁<b>丁</b>"):
        question = read(asker=f"<p>{name}，20~29歲女性。提問日期：2020/10/26</p>")
        assert question.asker is not None
        assert question.asker.name == "丁丁"


@pytest.mark.parametrize("end", ["<p>W</p>", "<p>Thanks<br>W</p>"])
def test_an_initial_that_signs_the_question_is_a_word(end: str) -> None:
    assert (read(words=PARTS["words"] + end).text or "").endswith("\nW")


def test_buttons_in_a_card_are_no_words_of_its_excerpts() -> None:
    button = "<div><button>Follow</button></div>"
    similar = PARTS["similar"].replace("<p>Rest.</p>", f"{button}<p>Rest.</p>{button}")
    assert whole(read(similar=similar)) == EXPECTED


LINKS = '<ul><li><a href="/article/8">Sore Toes</a></li><li><a href="/article/9">Feet</a></li></ul>'
STRAYS = (
    LINKS,
    f"<div><h3>More like this</h3>{LINKS}</div>",
    "<div><h4>Summary</h4><p>It clicks.</p></div>",
    '<a href="/doctor/5">Profile</a>',
    '<div><a rel="sponsored nofollow" href="https://shop.example/x">Buy a brace now</a></div>',
)


@pytest.mark.parametrize("line", STRAYS)
@pytest.mark.parametrize(
    "reply", ["<p>Rest.</p>{}", "{}<p>Rest.</p>", "<p>Rest.</p>{}<p>Move.</p>"]
)
def test_what_may_be_nobodys_word_within_a_reply_is_told(reply: str, line: str) -> None:
    said = PARTS["reply"].replace("<p>Rest it.</p>", reply.format(line))
    assert read(reply=said).warnings == ("unread-lines",)


@pytest.mark.parametrize("line", [*STRAYS, "<form><p>Send us mail</p><input></form>"])
def test_what_may_be_nobodys_word_below_a_question_is_told(line: str) -> None:
    assert read(words=PARTS["words"] + line).warnings == ("unread-lines",)


@pytest.mark.parametrize(
    "words",
    [
        '<p>As in <a href="/article/8">#8</a>:</p><p><a href="/article/9">Feet</a></p>',
        "<div><h4>Cause</h4><p>Gas.</p></div><div><h4>What helps</h4><p>Rest.</p></div>",
        "<h4>Cause</h4><p>Gas.</p><p>Rest.</p>",
        "<form><p>Gas.</p><p>Rest.</p></form>",
        '<p>Gas.</p><div><a href="/a">It does not hurt.</a></div>',
        '<p>See:</p><ul><li><a href="/a">https://adoctor.tw/a</a></li></ul>',
        "<p>Gas.</p><form><p>Rest.</p></form>",
    ],
)
def test_links_and_headings_of_a_text_are_its_own(words: str) -> None:
    assert read(words=words).warnings == ()
    assert read(reply=PARTS["reply"].replace("<p>Rest it.</p>", words)).warnings == ()


@pytest.mark.parametrize("relation", ["nofollow sponsored", "next", "prev"])
def test_a_link_on_a_line_of_its_own_is_a_word_whatever_its_relation(relation: str) -> None:
    words = f'<p>Take</p><p><a rel="{relation}" href="https://x.example">Aspirin</a></p>'
    question = read(words=words)
    assert (question.text, question.warnings) == ("Take\nAspirin", ())
