"""adoctor: cards and tags that no section has read are told."""

import pytest

from tests.growth import growth
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, read, whole

CARD = PARTS["similar"].partition("</h3>")[2]
TAG = PARTS["tags"].partition("</h3>")[2]
MORE = "<button>Read More</button>"
NO_CARDS = "<h3>Similar Q&amp;A</h3>"


@pytest.mark.parametrize(
    "label",
    ["", "<h3>People also asked</h3>", "<h3><img></h3>", "<p>相似問答 更多</p>"],
)
@pytest.mark.parametrize("part", ["similar", "tags"])
def test_a_list_below_no_label_that_is_known(label: str, part: str) -> None:
    contents = {"similar": CARD, "tags": TAG}
    for parts in ({}, {"similar": "", "tags": ""}):
        question = read(**{**parts, part: label + contents[part]})
        assert "unread-lines" in question.warnings


@pytest.mark.parametrize("box", ["<div role=dialog>{}</div>", "<footer>{}</footer>"])
@pytest.mark.parametrize("part", ["similar", "tags"])
def test_a_list_in_a_dialog_or_the_footer(part: str, box: str) -> None:
    question = read(**{part: "", "after": box.format(PARTS[part])})
    assert question.warnings == ("unread-lines",)
    question = read(after=box.format(PARTS[part]))
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("link", ["/tag/knee", "/search?q=knee"])
def test_tags_in_a_footer_that_lead_elsewhere(link: str) -> None:
    tags = PARTS["tags"].replace("/faq/knee", link)
    question = read(tags="", after=f"<footer>{tags}</footer>")
    assert (question.faq_tags, question.warnings) == ((), ("unread-lines",))
    assert read(tags="", after=f"<footer>{tags}</footer>".replace("(Neurology)", "")).warnings == ()


@pytest.mark.parametrize("label", ['<a href="/faq">Related FAQ</a>', "<h3>Related FAQ</h3>"])
def test_a_menu_beside_links_with_brackets_is_no_list_of_tags(label: str) -> None:
    link = '<p><a href="/clinic">Clinic (Taipei)</a></p>'
    question = read(tags="", before=f"<nav>{label}</nav>", after=f"<footer>{link}</footer>")
    assert question.warnings == ()


@pytest.mark.parametrize("part", ["similar", "tags"])
def test_a_list_that_is_a_nav(part: str) -> None:
    label, end, contents = PARTS[part].partition("</h3>")
    navs = (
        f"{label}{end}<nav>{contents}</nav><nav><a href=/p>Previous</a></nav>",
        f"<section>{label}{end}<div role=menu>{contents}</div></section>",
        f"<nav aria-labelledby=l>{PARTS[part]}</nav>",
    )
    for nav in navs:
        question = read(**{part: nav}, after="<nav><h3>More</h3><a href=/faq/all>All</a></nav>")
        assert (whole(question), question.warnings) == (EXPECTED, ())
    menu = f"<header><nav>{PARTS[part]}</nav></header>"
    assert read(before=menu, **{part: ""}).warnings == ("unread-lines",)
    question = read(**{part: f"{label}{end}<p>Sorry, nothing.</p><nav>{contents}</nav>"})
    assert "unread-lines" in question.warnings


@pytest.mark.parametrize("place", ["asker", "reply", "essay"])
@pytest.mark.parametrize("part", ["similar", "tags"])
def test_a_nav_with_a_heading_of_its_own_beside_the_list_of_the_page(part: str, place: str) -> None:
    other = PARTS[part].replace("nee", "oe").replace("/9", "/8")
    question = read(**{place: f"{PARTS[place]}<nav>{other}</nav>"})
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("place", ["share", "words"])
@pytest.mark.parametrize("part", ["similar", "tags"])
def test_the_only_list_is_none_in_a_nav_above_the_asker_line(part: str, place: str) -> None:
    question = read(**{place: f"{PARTS[place]}<nav>{PARTS[part]}</nav>", part: ""})
    assert (question.headline, question.text) == EXPECTED[2:4]
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize(
    "menu",
    [
        "<nav><a href=/>Home</a> <a href=/faq/knee>Knee</a></nav>",
        "<nav><a href=/faq/>FAQ</a></nav>",
        "</main><nav><a href=/faq/how>How it works</a></nav>",
    ],
)
def test_a_menu_below_the_label_of_an_empty_list(menu: str) -> None:
    question = read(share=f"<main>{PARTS['share']}", tags=f"<h3>Related FAQ</h3>{menu}")
    assert (question.faq_tags, question.problems) == ((), ())


def test_words_with_a_place_in_brackets_below_others_are_no_tags() -> None:
    question = read(tags="<h3>Related FAQ</h3><p>Coming soon</p><div>Contact (Taipei)</div>")
    assert question.faq_tags == ()
    assert [problem.code for problem in question.problems] == ["faq-tags-unreadable"]


def test_departments_that_are_links() -> None:
    nav = "<nav><a href=/faq/als>Als</a> (<a href=/neurology>Neurology</a>)</nav>"
    question = read(tags=f"<h3>Related FAQ</h3>{nav}")
    assert [tag.name for tag in question.faq_tags] == ["Als"]


def test_many_headings_in_menus_cost_no_more_than_their_number() -> None:
    heading = "<h3>Related FAQ</h3><p><a href=/x>X</a></p>"
    made = "<nav>{}</nav>".format
    assert growth(lambda count: read(tags=made(heading * count)), 200) < 3.5  # each sees a few


def test_tags_below_an_advertisement() -> None:
    more = '<p>Buy vitamins today.</p><p><a href="/faq/als">Als</a></p><p>(Neurology)</p>'
    question = read(tags=PARTS["tags"] + more)
    assert (whole(question), question.warnings) == (EXPECTED, ("unread-lines",))


@pytest.mark.parametrize(
    "line",
    [
        '<p>See <a href="/faq/als">Als</a> (Neurology)</p>',
        '<p><a href="/faq/als">Als</a> (or not) is rare.</p>',
        '<p><a href="/faq/als">Als</a></p>',
        '<p>News</p><p><a href="/article/3">[Read More]</a></p>',
    ],
)
def test_links_of_an_essay_are_no_list(line: str) -> None:
    question = read(essay=PARTS["essay"] + line, similar="", tags="")
    assert question.warnings == ()
    assert (question.more_info or "").startswith("\n".join(ESSAY))


@pytest.mark.parametrize(("part", "field"), [("similar", "similar"), ("tags", "faq_tags")])
@pytest.mark.parametrize(
    ("below", "sound"),
    [
        ("", True),
        ("<ul></ul><footer>Imprint</footer>", True),
        ("<p>Leave a comment</p>", True),
        ("<div hidden>Knee (Neurology)</div>", False),
    ],
)
def test_a_last_section_that_shows_nothing(
    part: str, field: str, below: str, *, sound: bool
) -> None:
    label = PARTS[part].partition("</h3>")[0] + "</h3>"
    question = read(**{"similar": "", "tags": "", part: label + below})
    assert (question.similar, question.faq_tags) == ((), ())
    assert question.more_info == "\n".join(ESSAY)
    assert [problem.field for problem in question.problems] == [field] * (not sound)
    assert question.warnings == ()


@pytest.mark.parametrize(
    "parts",
    [
        {"reply": PARTS["reply"].replace("<p>Rest", f"{PARTS['tags']}<p>Rest")},
        {"reply": PARTS["reply"] + "<p>Related FAQ</p>"},
        {"reply": PARTS["reply"] + NO_CARDS},
        {"similar": "", "tags": PARTS["tags"] + NO_CARDS},
    ],
)
def test_the_label_of_an_empty_list_of_cards(parts: dict[str, str]) -> None:
    question = read(**{"similar": NO_CARDS, **parts})
    assert (question.more_info, question.similar) == (EXPECTED[7], ())
    assert (question.faq_tags, question.problems) == EXPECTED[9:]


def test_the_label_of_cards_in_a_reply_is_its_word() -> None:
    reply = PARTS["reply"].replace("Rest it.", "Similar Q&amp;A")
    question = read(reply=reply, similar="")
    assert [one.text for one in question.replies] == ["Similar Q&A"]
    assert (question.more_info, question.problems) == (EXPECTED[7], ())


def test_cards_below_words_of_their_list_and_above_a_menu_that_names_it() -> None:
    similar = f"{NO_CARDS}<p>They asked:</p>{CARD}<a href=/similar>Similar Q&amp;A</a>"
    assert whole(read(similar=similar)) == EXPECTED


def test_a_card_below_no_label_that_ends_with_a_button() -> None:
    linked = CARD.replace("Other Knees", '<a href="/article/9">Other Knees</a>', 1)
    card = f"<div>{linked.rpartition('<p>')[0]}{MORE}</div>"
    assert read(similar=card, tags="").warnings == ("unread-lines",)


BARE = {"similar": "", "tags": ""}
LINKED = PARTS["words"].replace("My knee clicks.", '<a href="/a">My knee clicks.</a>')


@pytest.mark.parametrize(
    "parts",
    [
        {"words": PARTS["words"] + MORE} | BARE,
        {"before": '<p><a href="/ask">Ask</a></p>', "words": PARTS["words"] + MORE} | BARE,
        {"words": LINKED, "reply": PARTS["reply"].replace("<p>Reply", f"{MORE}<p>Reply")} | BARE,
        {"share": '<a href="/s">Share this page</a>', "words": PARTS["words"] + MORE} | BARE,
    ],
)
def test_a_button_below_a_text_ends_no_card(parts: dict[str, str]) -> None:
    question = read(**parts)
    assert (question.text, question.replies) == (EXPECTED[3], (EXPECTED[6],))
