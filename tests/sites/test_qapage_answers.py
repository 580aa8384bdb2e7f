"""qapage: which answers are the question's, and in which order."""

from typing import Any

import pytest

from scraper.items import Question
from tests.sites.forum import MICRODATA, NAME, TEXT, answer, answered, json_ld, page, qapage, read

MISSING = ("answers-missing-from-markup",)
WIDGET = """<aside><h3>Recent answers</h3><div itemscope itemtype="http://schema.org/Answer">
 <a itemprop="url" href="{}">Foam</a><p itemprop="text">Feed them less.</p></div></aside>"""


def texts(found: Question) -> list[str]:
    return [reply.text for reply in found.replies]


@pytest.mark.parametrize(
    ("url", "replies"),
    [
        ("/questions/8/foam#a5", ["Shade."]),
        ("/questions/77/green-water#a5", ["Shade.", "Feed them less."]),
        ("/answers/5", ["Shade.", "Feed them less."]),
    ],
)
def test_a_loose_answer_that_stands_at_another_question(url: str, replies: list[str]) -> None:
    html = MICRODATA.removesuffix("</div>") + WIDGET.format(url) + "</div>"
    assert texts(read(html)) == replies
    loose = answer("Feed them less.", url=url)
    found = read(json_ld(qapage(suggestedAnswer=answer("Shade.")), loose))
    assert (texts(found), found.warnings) == (replies, ())


@pytest.mark.parametrize("count", [0, 1, 2])
def test_loose_answers_are_those_that_the_count_lacks(count: int) -> None:
    loose = answer("Reeds.")
    own: dict[str, Any] = {"suggestedAnswer": answer("Shade.")} if count else {}
    found = read(json_ld(qapage(answerCount=count, **own), loose))
    assert texts(found) == [[], ["Shade."], ["Shade.", "Reeds."]][count]
    assert found.warnings == (MISSING if count < 2 else ())


def test_what_a_comment_is_to_is_no_further_answer() -> None:
    comment = {"@type": "Comment", "text": "Thanks.", "parentItem": answer("Shade.", url="#a5")}
    found = read(json_ld(qapage(suggestedAnswer=answer("Shade.", url="#a5"), comment=comment)))
    assert (texts(found), found.warnings) == (["Shade."], ())


@pytest.mark.parametrize("words", ["共2个回答", "Answers: 2", "(2)", "２", "回答数：2", "2 of 2"])
def test_a_count_among_words(words: str) -> None:
    assert (
        page(NAME, TEXT, f'<b itemprop="answerCount">{words}</b>', answered()).warnings == MISSING
    )


@pytest.mark.parametrize("words", ["1 answer, 2 votes", "some", "page 1 of 3", "12345678901"])
def test_words_that_promise_no_further_answer(words: str) -> None:
    assert page(NAME, TEXT, f'<b itemprop="answerCount">{words}</b>', answered()).warnings == ()


def test_the_pages_order_whichever_answer_is_accepted() -> None:
    names = ("suggestedAnswer", "acceptedAnswer", "suggestedAnswer")
    said = zip(names, ("Shade.", "Reeds.", "Thank you both."), strict=True)
    html = [answered().replace("suggestedAnswer", n).replace("Shade.", text) for n, text in said]
    assert texts(page(NAME, TEXT, *html)) == ["Shade.", "Reeds.", "Thank you both."]


def test_the_order_of_what_is_shown_before_that_of_json() -> None:
    later = answered().replace("Shade.", "Reeds.")
    shown = MICRODATA.replace("Shade.</p></div>", f"Shade.</p></div>{later}")
    data = qapage(acceptedAnswer=answer("Reeds."), suggestedAnswer=answer("Shade.", author="Newt"))
    assert texts(read(json_ld(data, html=shown))) == ["Shade.", "Reeds."]


def test_words_that_json_has_run_together() -> None:
    shown = MICRODATA.replace("It is green. Very green.", "I give:<br>5 ml<br>10 ml")
    shown = shown.replace("Shade.", "Plant reeds.<br>Give less.")
    replies = [answer("Plant reeds.Give less."), answer("Wait.")]
    found = read(json_ld(qapage(text="I give:5 ml10 ml", suggestedAnswer=replies), html=shown))
    assert found.text == "I give:\n5 ml\n10 ml"
    assert texts(found) == ["Plant reeds.\nGive less.", "Wait."]


def test_lines_that_only_break_the_same_words_are_no_gain() -> None:
    shown = MICRODATA.replace("It is green. Very green.", "It is<br>green.<br>Very<br>green.")
    data = qapage(
        text="It is green. Very green.", suggestedAnswer=[answer("Shade."), answer("Wait.")]
    )
    assert read(json_ld(data, html=shown)).text == "It is green. Very green."


@pytest.mark.parametrize("name", ["answer", "bestAnswer"])
def test_an_answer_under_a_name_that_schema_org_has_not(name: str) -> None:
    item = f'<div itemprop="{name}" itemscope itemtype="http://schema.org/Answer">'
    comment = '<div itemprop="comment" itemscope itemtype="http://schema.org/Answer">'
    markup = [
        f'{tag}<p itemprop="text">{text}</p></div>'
        for tag, text in ((item, "Shade."), (comment, "No."))
    ]
    assert [reply.text for reply in page(NAME, TEXT, *markup).replies] == ["Shade."]
    data = qapage(**{name: [answer("Shade."), {"@type": "Comment", "text": "No."}]})
    assert [reply.text for reply in read(json_ld(data)).replies] == ["Shade."]
