"""adoctor: where the last section ends, and what stands between the cards of a list."""

import pytest

from scraper.items import Question
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, read, whole

COOKIES = '<div><p>We use cookies.</p><p><a href="/privacy">More Info</a></p></div>'
COPYRIGHT = "<p>Copyright 2024 Clinic. All rights reserved.</p>"
BAR = (
    '<div><a href="/about">About</a> | <a href="/faq">Related FAQ</a> | <a href="/i">More Info</a>'
    "</div>"
)
MENU = (
    '<ul><li><a href="/">Home</a></li><li><a href="/faq">Related FAQ</a></li>'
    '<li><a href="/contact">Contact</a></li></ul>'
)
FORM = "<form><h3>Reply</h3><textarea></textarea><button>Send</button></form>"
SEARCH = "<div role=search>Find a doctor</div>"
TOP = '<a href="#">Back to top</a>'
SHARE = "<div><h4>Share to:</h4></div>"
BOXES = [COOKIES, COPYRIGHT, BAR, MENU, TOP, SHARE]
CARD = PARTS["similar"].partition("</h3>")[2]
OTHER = CARD.replace("Other Knees", "Sore Toes").replace("/9", "/8")


def ended(tail: str) -> Question:
    return read(similar="", tags="", after=tail)


@pytest.mark.parametrize(
    "tail",
    [
        "Contact us if it gets worse.|In conclusion, rest.",
        "Contact us if it gets worse.",
        "Disclaimer:|This text is no substitute for care.|See a doctor.",
        "Copyright law aside, copies help.|Ask for them.",
        "Log in to your portal for results.",
        "免責聲明：本文僅供參考。|總之，請就醫。",
        "聯絡我們安排門診。",
        "關於我們的身體，有許多誤解。",
    ],
)
def test_sentences_that_begin_like_the_end_of_a_page(tail: str) -> None:
    added = tail.split("|")
    question = ended("".join(f"<p>{line}</p>" for line in added) + COPYRIGHT)
    assert question.more_info == "\n".join((*ESSAY, *added))
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize(
    ("tail", "added", "warnings"),
    [
        ("<h3>Need help?</h3><p>Call 119.</p>", "Need help?|Call 119.", ("unread-lines",)),
        (
            "<ul><li>Rest</li><li>Contact us if worse</li></ul><p>In short, rest.</p>",
            "Rest|Contact us if worse|In short, rest.",
            ("unread-lines",),
        ),
        (
            '<p><a href="/article/5">#5</a></p><p>In short, rest.</p>',
            "#5|In short, rest.",
            ("unread-lines",),
        ),
        ('<p>See also:</p><p><a href="/article/5">#5</a></p>', "See also:|#5", ()),
        ('<p>See:</p><p><a href="/n">Neurology</a></p>', "See:|Neurology", ()),
        ("<p>Tags: words of surgery.</p>", "Tags: words of surgery.", ()),
        ("<p>Powered by muscle, it bends.</p>", "Powered by muscle, it bends.", ()),
    ],
)
def test_what_an_essay_goes_on_with(tail: str, added: str, warnings: tuple[str, ...]) -> None:
    question = ended(tail)
    assert question.more_info == "\n".join((*ESSAY, *added.split("|")))
    assert question.warnings == warnings


def test_an_essay_of_sentences_that_begin_like_the_end_of_a_page() -> None:
    question = read(essay="<h3>More Info</h3><p>Contact us.</p><p>Rest.</p>", similar="", tags="")
    assert (question.more_info, question.warnings) == ("Contact us.\nRest.", ("unread-lines",))


@pytest.mark.parametrize(
    "tail",
    [
        "<div><h3>Need help?</h3><p>Call the hotline.</p></div>",
        "<div><p>Contact us any day.</p></div>",
        "<p>Comments</p><p>It helped me.</p>",
        "<p>本站使用 cookie。</p><p>謝謝。</p>",
        "<p>Powered by Discuz!</p><p>Download our app</p>",
    ],
)
def test_what_pages_end_with(tail: str) -> None:
    question = ended(tail)
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize("first", BOXES)
@pytest.mark.parametrize("second", BOXES)
def test_boxes_below_whichever_section_is_last(first: str, second: str) -> None:
    tail = first + second
    assert whole(read(after=tail)) == EXPECTED
    for parts in ({}, {"essay": ""}):
        question = read(similar="", tags="", after=tail, **parts)
        assert question.more_info == (None if parts else "\n".join(ESSAY))
        assert (question.problems, question.warnings) == ((), ())
    question = read(tags="", after=tail)
    assert (question.similar, question.faq_tags) == (EXPECTED[8:9], ())
    assert (question.problems, question.warnings) == ((), ())


@pytest.mark.parametrize("essay", [("<p>", "</p>"), ("<div>", "</div>")])
@pytest.mark.parametrize(
    "other",
    [
        "<h3>News by mail</h3><form><p>One letter a month.</p></form>",
        '<h3>Videos</h3><a href="/v/1">Stretching</a><br><a href="/v/2">Rest</a> 3:45',
        "<h3>Latest answers</h3><p>Sore Heel</p><p>Dr. Hsu Fen reply Urology</p>",
        "<p>Was this helpful?</p><p>Yes (3)</p>",
        "<p>這篇文章對您有幫助嗎？</p>",
        '<p>Comments</p><p>"It helped me."</p>',
    ],
)
def test_a_box_of_something_else_above_the_next_label(essay: tuple[str, str], other: str) -> None:
    label, lines = PARTS["essay"].split("</h3>")
    parts = {"essay": f"{label}</h3>{lines.join(essay)}<div class=o>{other}</div>"}
    assert whole(read(**parts)) == EXPECTED
    assert read(**parts).warnings == read(**parts, similar="").warnings == ()


@pytest.mark.parametrize(
    ("box", "warnings"),
    [
        ("section", ()),
        ("section class=causes", ("unread-lines",)),
        ("blockquote", ("unread-lines",)),
    ],
)
def test_an_essay_that_goes_on_in_another_box(box: str, warnings: tuple[str, ...]) -> None:
    end = box.partition(" ")[0]
    more = f"<{box}><h2>Causes</h2><p>Contact us and rest.</p></{end}>"
    label, lines = PARTS["essay"].split("</h3>")
    question = read(essay=f"{label}</h3><section>{lines}</section>{more}")
    assert question.more_info == "\n".join((*ESSAY, "Causes", "Contact us and rest."))
    assert question.warnings == warnings


def test_a_menu_below_the_box_of_the_essay() -> None:
    question = read(before="<div>", similar="", tags="", after=f"</div>{BAR}")
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


def test_a_menu_of_absolute_links_below_the_essay_on_a_copy_of_the_site() -> None:
    home = "http://127.0.0.1:8000"
    menu = "".join(f'<p><a href="{home}{path}">{path}</a></p>' for path in ("/home", "/about"))
    body = "".join((PARTS | {"similar": "", "tags": menu}).values())
    html = f"<html><body>{body}</body></html>"
    page = Page(url=f"{home}/article/5", body=html.encode())
    assert Adoctor.read_question(page).more_info == "\n".join(ESSAY)


def test_lines_cut_beside_the_essay_are_told() -> None:
    question = ended("<p>Contact us</p><p>Ward 7</p>")
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ("unread-lines",))


def test_a_label_that_is_a_link_above_its_section() -> None:
    linked = '<ul><li><a href="/faq">Related FAQ</a></li><li><a href="/faq/knee">Knee</a></li></ul>'
    assert [tag.name for tag in read(tags=linked).faq_tags] == ["Knee"]
    unread = '<p><a href="/faq">Related FAQ</a></p><div>Knee</div>'
    assert [problem.code for problem in read(tags=unread).problems] == ["faq-tags-unreadable"]
    essay = PARTS["essay"].replace("h3>", "p>").replace("More Info", '<a href="/i">More Info</a>')
    question = ended(f"<p>Was this helpful?</p>{essay}")
    assert read(essay=f"<p>Was this helpful?</p>{essay}").more_info == "\n".join(ESSAY)
    assert question.problems == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"essay": "<h3>More Info</h3>", "similar": "", "tags": ""},
        {"essay": f"<h3>More Info</h3>{COPYRIGHT}", "similar": "", "tags": ""},
        {"essay": f"<h3>More Info</h3>{BAR}", "similar": "", "tags": ""},
        {"essay": "<h3>More Info</h3>", "similar": "", "tags": f"<h3>Related FAQ</h3>{MENU}"},
    ],
)
def test_an_empty_section_at_the_end_is_no_problem(parts: dict[str, str]) -> None:
    question = read(**parts)
    assert (question.more_info, question.problems, question.warnings) == (None, (), ())


@pytest.mark.parametrize(
    "line",
    ["Was this helpful?", "Log in to see your own questions.", "Contact us", "You may also like"],
)
@pytest.mark.parametrize(
    ("similar", "warnings"),
    [
        ("<p>{}</p><div>A</div><div>B</div>", ()),
        ("<div>A<p>{}</p></div><div>B<p>{}</p></div>", ()),
        ("<div>A</div><p>{}</p><div>B</div>", ("unread-lines",)),
        ("A<p>{}</p>B", ("unread-lines",)),
    ],
)
def test_lines_between_cards_end_no_list(
    line: str, similar: str, warnings: tuple[str, ...]
) -> None:
    cards = similar.replace("{}", line).replace(">A", f">{CARD}").replace("A<", f"{CARD}<")
    cards = cards.replace("B", OTHER, 1)
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{cards}")
    assert [card.title for card in question.similar] == ["Other Knees", "Sore Toes"]
    assert question.warnings == warnings


@pytest.mark.parametrize(
    "bar",
    ['<div class="share"><span>Share</span><a href="https://line.me/R/msg"><svg></svg></a></div>',
     "<p>Share to:</p>", "<div>分享：</div>"],
)  # fmt: skip
def test_a_share_bar_below_the_essay(bar: str) -> None:
    assert whole(read(essay=PARTS["essay"] + bar)) == EXPECTED
    essay = f"{PARTS['essay']}<p>Share</p>"
    assert read(essay=essay).more_info == "\n".join((*ESSAY, "Share"))


def test_the_heading_of_links_that_end_a_page_goes_with_them() -> None:
    links = '<div><h3>Ask now</h3><a class="btn" href="/ask">Ask</a></div>'
    assert read(similar="", tags="", after=links).more_info == EXPECTED[7]


@pytest.mark.parametrize("below", ['<div><a href="/ask">Ask</a></div>', "<p>Views: 12</p>"])
def test_the_last_heading_of_an_essay_above_what_ends_a_page_is_its_own(below: str) -> None:
    essay = PARTS["essay"] + "<h4>Keep warm</h4>"
    question = read(essay=essay, similar="", tags="", after=below)
    assert question.more_info == "\n".join((*ESSAY, "Keep warm"))


@pytest.mark.parametrize("form", [FORM, SEARCH, SEARCH.replace("search", "form")])
def test_a_form_with_fields_between_essay_and_cards_is_none_of_it(form: str) -> None:
    assert whole(read(essay=PARTS["essay"] + form)) == EXPECTED


@pytest.mark.parametrize("field", ["", '<input type="hidden">', '<input type="radio">'])
def test_a_form_into_which_nothing_is_written_may_hold_the_last_lines_of_an_essay(
    field: str,
) -> None:
    last = "<p>- Gas in the joint</p>"
    essay = PARTS["essay"].replace(last, f"<form>{last}{field}</form>")
    assert whole(read(essay=essay)) == EXPECTED
