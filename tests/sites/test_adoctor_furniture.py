"""adoctor: lines around the replies that are surely nobody's words, and those that may be."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole


@pytest.mark.parametrize(
    "line",
    [
        "Was this helpful?", "這個回答有幫助嗎？", "Last updated: 2020/10/28", "Answered", "已回覆",
        "1 Answer", "Replies (1)", "1 則回覆", "L", "Medically reviewed by Dr. Su Pei, MD",
        "Disclaimer This is for reference only.", "免責聲明：本內容僅供參考。", "Share",
    ],
)  # fmt: skip
def test_what_is_nobodys_word_around_the_reply_is_not_told(line: str) -> None:
    for reply in (f"<p>{line}</p>{PARTS['reply']}", f"{PARTS['reply']}<p>{line}</p>"):
        question = read(reply=reply)
        assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "line", ["No reply yet.", "Waiting for a doctor's reply", "等待醫師回覆中"]
)
def test_a_page_that_waits_for_a_reply_says_so(line: str) -> None:
    question = read(reply=f"<p>{line}</p>")
    assert (question.replies, question.warnings) == ((), ())
    assert read(reply=f"{PARTS['reply']}<p>{line}</p>").warnings == ("unread-lines",)


def test_the_form_of_a_widget_below_the_reply_is_not_told() -> None:
    form = "<form><p>Rate it</p><p>Good</p></form>"
    assert read(reply=PARTS["reply"] + form).warnings == ()
    question = read(before="<form>", reply=PARTS["reply"] + "<p>Rate it</p>")
    assert question.warnings == ("unread-lines",)
