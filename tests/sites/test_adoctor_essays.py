"""adoctor: boxes below the essay that are none of it, and those that may be."""

import pytest

from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, read, whole

BELOW_A_SECTION = f"<section>{PARTS['essay']}</section>"


@pytest.mark.parametrize(
    "box",
    [
        '<ul><li><a href="/user/login">Log in</a> to post comments</li></ul>',
        "<ul><li>Published: 2020-10-30</li><li>更新日期：2023-03-04</li></ul>",
        '<p>Permalink: <a href="https://adoctor.tw/article/5">https://adoctor.tw/article/5</a></p>',
        "<div>3 years ago</div>",
        "<div>Last updated 2020/10/30</div>",
    ],
)
def test_a_box_of_links_or_days_below_the_essay_is_none_of_it(box: str) -> None:
    for parts in ({}, {"similar": ""}):
        question = read(essay=BELOW_A_SECTION + box, **parts)
        assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())
    assert whole(read(essay=BELOW_A_SECTION + box)) == EXPECTED


@pytest.mark.parametrize(
    ("above", "box", "last"),
    [
        ("Blood groups:", "<div>A</div><div>B</div>", "Blood groups:\nA\nB"),
        ("See also:", '<a href="/article/9">Cold hands</a>', "See also:\nCold hands"),
        ("Rest.", 'See our page on <a href="/faq/1">cold hands</a>', "See our page on cold hands"),
    ],
)
def test_a_box_that_is_announced_or_refers_to_a_page_is_of_the_essay(
    above: str, box: str, last: str
) -> None:
    essay = f"<section>{PARTS['essay']}<p>{above}</p></section><div>{box}</div>"
    assert (read(essay=essay).more_info or "").endswith(last)


@pytest.mark.parametrize("box", ["<div>Rate this post</div>", "<p>資料來源：衛教組</p>"])
def test_a_box_without_a_sentence_below_the_essay_is_told(box: str) -> None:
    question = read(essay=BELOW_A_SECTION + box)
    assert (question.more_info or "").startswith("\n".join(ESSAY))
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize(
    "box", ["<ul><li>Gas</li></ul>", "<p>- Gas</p>", "<table><tr><td>Gas</table>", "<p>Why?</p>"]
)
def test_a_list_that_an_essay_ends_with_is_not_told(box: str) -> None:
    question = read(essay=f"<div>{PARTS['essay']}</div>{box}")
    assert (question.more_info or "").count("\n") == len(ESSAY)
    assert question.warnings == ()


@pytest.mark.parametrize("begin", ["In short, rest", "A"])
def test_a_sentence_of_the_essay_in_two_boxes_is_not_told(begin: str) -> None:
    question = read(essay=f"{BELOW_A_SECTION}<div>{begin}</div><p>and walk.</p>")
    assert (question.more_info or "").endswith(f"{begin}\nand walk.")
    assert question.warnings == ()
