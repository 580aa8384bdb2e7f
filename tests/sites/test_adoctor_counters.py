"""adoctor: counters, ratings, badges and advertisements are nobody's words."""

import re

import pytest

from scraper.reading.adoctor.words.counters import is_surely_counter
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole

COUNTERS = [
    "120 views", "Views: 71", "1.2k views", "👁 1,234", "👍 3", "👍 12 helpful", "3 min read",
    "120 views · 3 min read", "★★★★☆ 4.3 (27)", "⭐ 4.3/5 (27 votes)",
    "3136 次瀏覽 閱讀時間 3 分鐘", "瀏覽數：12", "Neurology · 2020/10/26 · 120 views",
    "<b>★</b> <b>★</b> <b>☆</b>",
]  # fmt: skip


ADVERTISEMENTS = [
    "Advertisement", "<a href=//shop.example>廣告</a>",
    "<b>ADVERTISEMENT</b><a href=//shop.example>Braces</a>", "廣告：<a href=/ad/1>護膝</a>",
    "- Advertisement -", "— 廣告 —", "（廣告）", "[Sponsored]", "Sponsored content",
    "Ads by Google", "Story continues below advertisement",
    "Advertisement. Scroll to continue reading.",
    "廣告 請繼續往下閱讀", "贊助商連結：<a href=//shop.example>護膝</a>",
]  # fmt: skip


@pytest.mark.parametrize("line", [*COUNTERS, *ADVERTISEMENTS])
@pytest.mark.parametrize("part", PARTS)
def test_lines_that_nobody_wrote(part: str, line: str) -> None:
    block = f"<div><span>{line}</span></div>"
    among = re.sub(r"</(?:p|h\d)>", rf"\g<0>{block}", PARTS[part])
    question = read(**{part: among})
    assert whole(question) == EXPECTED
    assert question.warnings == ()


@pytest.mark.parametrize(
    "line",
    [
        "2 views", "12 answers", "3 visits", "5 comments", "❤ 98", "☎ 119", "⏱ 10 分鐘", "★★★",
        "4.3 (27)", "120",
        "2020/10/26", "Neurology · 2020/10/26", "Knee · it hurts · 120 views", "A+",
        "120 views of the joint", "AD", "Sponsored by my clinic",
        "Sponsored content is no advice.", "廣告說可以根治", "(Advertisements promise much)",
        "Advertisement?", "「廣告」", "廣告。", f"廣告{'-' * 40_000}?",
        '<a href="/article/9">Sponsored</a> travel',
    ],
)  # fmt: skip
def test_lines_that_somebody_may_have_written(line: str) -> None:
    words = f"<p>{WORDS[0]}</p><p>{line}</p><p>{WORDS[1]}</p>"
    question = read(words=words)
    assert question.text
    assert len(question.text.splitlines()) == len(WORDS) + 1


def test_a_counter_has_digits() -> None:
    assert is_surely_counter("120 views")
    assert not is_surely_counter("views")
    assert not is_surely_counter("120 views" * 9)


@pytest.mark.parametrize("badge", ["Q", "Q.", "Question", "問題：", "H"])
def test_a_badge_above_the_headline(badge: str) -> None:
    headline = f"<span>{badge}</span>{PARTS['headline']}"
    assert whole(read(headline=headline)) == EXPECTED
    plain = read(headline=f"<p>{badge}</p>")
    assert (plain.headline, plain.text) == (badge, "\n".join(WORDS))
    headed = read(headline=f"<p>{badge}</p>", words="<h3>Why?</h3>")
    assert (headed.headline, headed.text) == (badge, "Why?")


def test_what_pages_end_with_is_no_reply() -> None:
    helpful = "<div>Was this helpful? <button>Yes</button></div>"
    reply = PARTS["reply"].replace("<p>Reply Date", f"{helpful}<p>Reply Date")
    assert whole(read(reply=reply)) == EXPECTED
