"""adoctor: wordings and gaps of one question page that leave room for doubt."""

from datetime import date

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole


def test_a_card_whose_title_is_broken_over_lines() -> None:
    similar = PARTS["similar"].replace("<h4>Other Knees</h4>", "<h4>Other<br>Knees</h4>")
    assert whole(read(similar=similar)) == EXPECTED


@pytest.mark.parametrize("waiting", ["等待醫師回覆中", "尚無醫師回覆", "No reply yet."])
def test_a_page_that_waits_for_a_reply_has_none(waiting: str) -> None:
    assert read(reply=f"<p>{waiting}</p>").replies == ()


@pytest.mark.parametrize("date", ["Reply Date:", "Reply Date: -", "<b>回覆日期</b>"])
def test_a_reply_date_without_day_is_nobodys_reply(date: str) -> None:
    question = read(reply=f"<p>{date}</p>")
    assert (question.replies, question.problems, question.warnings) == ((), (), ())


def test_a_reply_date_without_day_below_one_with_a_day_ends_no_reply() -> None:
    question = read(reply=PARTS["reply"] + "<p>Reply Date: soon</p><p>Bye.</p>")
    assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))


def test_comments_below_the_tags_are_no_tag() -> None:
    assert whole(read(after="<h3>Comments (0)</h3><p>No comments yet.</p>")) == EXPECTED


def test_a_title_without_share_label_below_a_menu() -> None:
    menu = '<div><a href="/">Home</a><br><a href="/d">Neurology</a></div>'
    title = "<p>Clicking Knees - Neurology</p>"
    alone = dict.fromkeys(("reply", "similar", "tags", "share"), "")
    question = read(before=menu, title=title, **alone)
    assert (question.title, question.department, question.headline) == (
        "Clicking Knees", "Neurology", "Knee",
    )  # fmt: skip


def test_a_chinese_sex_behind_a_space() -> None:
    question = read(asker="<p>王小姐 女。提問日期：2020/10/26</p>")
    assert question.asker
    assert (question.asker.name, question.asker.sex) == ("王小姐", "female")


@pytest.mark.parametrize("name", ["小明", "小明。", "Reply Date"])
def test_an_asker_of_whom_the_page_tells_the_name_alone(name: str) -> None:
    asker = f"<table><tr><td>{name}<td>Ask Date:<td>2020/10/26</table>"
    question = read(asker=asker, reply="<p>No reply yet.</p>")
    assert question.asker
    assert (question.asker.name, question.asker.sex) == (name.removesuffix("。"), None)
    assert question.text == "\n".join(WORDS)


def test_the_first_of_two_replies_without_a_date() -> None:
    first = "<h4>Dr. Hsu Fen reply Urology</h4><p>Wait.</p>"
    question = read(reply=first + PARTS["reply"].replace("<p>Dr.", "<h4>Dr.", 1))
    assert [(reply.doctor, reply.text) for reply in question.replies] == [
        ("Hsu Fen", "Wait."), ("Lin Moshan", "Rest it."),
    ]  # fmt: skip
    assert [problem.code for problem in question.problems] == ["reply-date-missing"]


def test_the_share_label_as_the_askers_only_word() -> None:
    question = read(share="", words="<p>Share</p>")
    assert (question.headline, question.text) == ("Knee", "Share")


_CARD = (
    "<div><b>Dr. Lin Moshan</b><p>Neurology</p><p>City Hospital</p><a href='/d/7'>Profile</a></div>"
)


@pytest.mark.parametrize("tag", ["p", "h4"])
@pytest.mark.parametrize("between", [_CARD, "<p>Thanks.</p>" * 3])
def test_what_stands_between_two_replies_is_in_neither(tag: str, between: str) -> None:
    second = f"<{tag}>Dr. Hsu Fen reply Urology</{tag}><p>Wait.</p><p>Reply Date: 2020/10/28</p>"
    first = PARTS["reply"].replace("p>", f"{tag}>", 2)
    question = read(reply=first + between + second)
    assert [(reply.doctor, reply.text, reply.replied_on) for reply in question.replies] == [
        ("Lin Moshan", "Rest it.", date(2020, 10, 27)), ("Hsu Fen", "Wait.", date(2020, 10, 28)),
    ]  # fmt: skip
    assert (question.warnings, question.problems) == (("unread-lines",), ())


def test_a_reply_below_words_of_anothers_is_not_the_pages_own() -> None:
    another = "<p>Sore</p><p>It hurts.</p><p>Mr. Kao, 30~39 year old male. Ask Date: 2021/01/01</p>"
    reply = f"{PARTS['reply']}<div>{another}</div>{PARTS['reply']}"
    question = read(asker=PARTS["asker"].replace("p>", "div>"), reply=reply)
    assert [reply.text for reply in question.replies] == ["Rest it."]
    assert "unread-lines" in question.warnings


@pytest.mark.parametrize("label", ["Share to:", "分享：", "Share to: Facebook LINE"])
def test_the_share_label_below_the_title_is_nobodys_word(label: str) -> None:
    share = f"<p>{label}</p>"
    short = read(share=share, headline="", words=f"<p>{WORDS[0]}</p>")
    assert (short.headline, short.text) == (None, WORDS[0])
    assert [problem.code for problem in short.problems] == ["headline-missing"]
    empty = read(share=share, words="")
    assert (empty.headline, empty.text) == ("Knee", None)
    assert [problem.code for problem in empty.problems] == ["text-missing"]


_FOUR = "".join(f"<p>{line}</p>" for line in ("By the team", "For all", "Page 2", "Reviewed"))


@pytest.mark.parametrize("label", ["Share to:", "分享：<a href=//fb.com>Facebook</a>"])
def test_a_share_label_below_lines_of_the_page(label: str) -> None:
    question = read(title=PARTS["title"] + _FOUR, share=f"<p>{label}</p>")
    assert whole(question) == EXPECTED
    assert "unread-lines" in question.warnings


@pytest.mark.parametrize("below", ["", _FOUR])
def test_a_share_label_below_the_question_is_told(below: str) -> None:
    words = PARTS["words"] * 2
    question = read(share="", words=f"{words}<p>Share to:</p>{below}")
    assert question.headline == "Knee"
    assert question.text
    assert question.text.startswith("\n".join(WORDS * 2))
    assert "unread-lines" in question.warnings


@pytest.mark.parametrize("below", ["<h3>Update</h3><p>Thanks.</p>", "<p>Thanks.</p><p>Bye.</p>"])
def test_a_share_label_amid_the_question_moves_nothing(below: str) -> None:
    words = f"{PARTS['words'] * 2}<p>Share to:</p>{below}"
    for headline in (PARTS["headline"], "<p>Knee</p>"):
        question = read(share="", headline=headline, words=words)
        assert question.headline == "Knee"
        assert question.text
        assert question.text.startswith("\n".join((*WORDS, *WORDS, "Share to:")))


@pytest.mark.parametrize(
    "share",
    [
        "<p>Share to: <a>Facebook</a> 12 <a>LINE</a> 3</p>",
        "<p>Share to: <a href=#>Facebook <span>0</span></a></p>",
        '<p>分享： <a href="//line.me">LINE 好友</a> <a href="//any.example">Any 1.2k</a></p>',
        "<p>Share to:</p><p>Facebook 12</p>",
        "<p>Share to: Bluesky Mastodon</p>",
        "<p>Share Facebook LINE</p>",
        "<p>分享<a>Facebook</a>|<a>X</a></p>",
    ],
)
def test_a_share_label_with_buttons_on_its_line(share: str) -> None:
    assert whole(read(share=share)) == EXPECTED


@pytest.mark.parametrize("headline", ["38.4", "109/10/26", "2020"])
def test_a_headline_of_numbers_is_no_share_button(headline: str) -> None:
    question = read(headline=f"<p>{headline}</p>")
    assert (question.headline, question.text) == (headline, "\n".join(WORDS))


def test_a_headline_that_begins_like_the_share_label() -> None:
    headline = '<h2>分享：<a href="/article/9">膝蓋</a></h2>'
    question = read(share="", headline=headline)
    assert (question.headline, question.text) == ("分享：膝蓋", "\n".join(WORDS))


def test_a_menu_that_ends_with_a_share_label_is_no_title() -> None:
    menu = "<div><a href='/'>Home</a> | <a href='/f'>FAQ</a> | <a href='/s'>Share to:</a></div>"
    assert whole(read(before=menu)) == EXPECTED


@pytest.mark.parametrize(
    "asker",
    [
        "<p>, 20~29 year old female. Ask Date: 2020/10/26</p>",
        "<p>，20~29歲女性。提問日期：2020/10/26</p>",
        "<p>, 20~29 year old female.</p><p>Ask Date: 2020/10/26</p>",
    ],
)
@pytest.mark.parametrize("last", ["It does not hurt.", "It does not hurt"])
def test_an_asker_who_left_the_name_out(asker: str, last: str) -> None:
    question = read(words=f"<p>{WORDS[0]}</p><p>{last}</p>", asker=asker)
    assert question.text == f"{WORDS[0]}\n{last}"
    assert question.asker
    assert (question.asker.name, question.asker.sex, question.asker.age_min) == (None, "female", 20)


@pytest.mark.parametrize("name", ["小明", "Ms. Wu"])
def test_a_comma_between_a_name_and_its_description(name: str) -> None:
    asker = f"<div><p>{name}</p><p>, 20~29 year old female. Ask Date: 2020/10/26</p></div>"
    question = read(asker=asker)
    assert question.text == "\n".join(WORDS)
    assert question.asker
    assert question.asker.name == name


@pytest.mark.parametrize("headline", ["Line", "Email", "QR code", "More", "收藏", "Share"])
def test_a_headline_that_is_called_like_a_share_button(headline: str) -> None:
    buttons = "<p>Share to:</p><p><a>Facebook</a></p><p>Print</p>"
    question = read(share=buttons, headline=f"<h2>{headline}</h2>")
    assert (question.headline, question.text) == (headline, "\n".join(WORDS))


def test_share_buttons_within_the_heading_of_the_title() -> None:
    title = PARTS["title"].replace("</h1>", "<br>Share to:<br>Facebook<br>LINE</h1>")
    assert whole(read(title=title, share="")) == EXPECTED


@pytest.mark.parametrize(
    "behind",
    [
        " Views: 1,234", " 33 views", " · 33 views", "，瀏覽人次：33", " | 33", " (4 years ago)",
        ", 4 years ago", " (Mon), 4 years ago", " / 4年前",
        " Report", " Edited", " ・ 神經科", " #5", " ·",
        " 👍 3", " <button>👍 3</button>", " 👁 1,234", " · 3 min read",
    ],
)  # fmt: skip
def test_what_stands_behind_a_date(behind: str) -> None:
    asker = PARTS["asker"].replace("</p>", f"{behind}</p>")
    reply = PARTS["reply"].replace("2020/10/27", f"2020/10/27{behind}")
    assert whole(read(asker=asker, reply=reply)) == EXPECTED


def test_a_day_behind_how_long_ago_it_was() -> None:
    asker = PARTS["asker"].replace("2020/10/26", "4 years ago (2020/10/26)")
    reply = PARTS["reply"].replace("2020/10/27", "4 年前（2020/10/27）")
    assert whole(read(asker=asker, reply=reply)) == EXPECTED


@pytest.mark.parametrize("break_", ["", "<br>"])
@pytest.mark.parametrize("at", ["", "T08:00:00+08:00", "T23:30"])
def test_a_day_that_an_attribute_alone_tells(at: str, break_: str) -> None:
    shown = f'{break_}<time datetime="2020-10-%d{at}">4 years ago</time>'
    asker = PARTS["asker"].replace("2020/10/26", shown % 26)
    reply = PARTS["reply"].replace("2020/10/27", shown % 27)
    assert whole(read(asker=asker, reply=reply)) == EXPECTED


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2020-10-25T23:30:00Z">4 years ago</time>',
        '4 years ago · updated <time datetime="2024-01-01">2 days ago</time>',
        '<br>Log in <time datetime="2024-01-01">2 days ago</time>',
    ],
)
def test_the_moment_of_something_else_or_elsewhere_tells_no_day(shown: str) -> None:
    question = read(asker=PARTS["asker"].replace("2020/10/26", shown))
    assert [problem.code for problem in question.problems] == ["ask-date-unreadable"]
