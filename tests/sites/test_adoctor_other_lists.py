"""adoctor: cards, links and forms of others beside the similar questions and the essay."""

import pytest

from tests.sites.test_adoctor_exam import ESSAY, PARTS, read, whole

CARD = PARTS["similar"].partition("</h3>")[2]
OTHER = CARD.replace("Other Knees", "Sore Toes").replace("/9", "/8")


@pytest.mark.parametrize(
    ("begin", "below", "warnings"),
    [
        ("", f"<h3>You may also like</h3>{OTHER}", ()),
        ("", f"<div class=sidebar><h3>Popular</h3>{OTHER}</div>", ("unread-lines",)),
        ("<div>", f"</div><div class=sidebar><h4>Popular</h4>{OTHER}</div>", ("unread-lines",)),
        ("<main>", f"</main><div class=sidebar>{OTHER}</div>", ("unread-lines",)),
        ("<div>", f"<div class=sidebar><h5>Hot</h5>{OTHER}</div></div>", ("unread-lines",)),
        ("", f"<h2>Latest from Neurology</h2>{OTHER}{OTHER}", ("unread-lines",)),
    ],
)
def test_cards_of_another_list_below(begin: str, below: str, warnings: tuple[str, ...]) -> None:
    question = read(similar=f"{begin}{PARTS['similar']}{below}", tags="")
    assert question.similar == whole(read())[8:9]
    assert (question.problems, question.warnings) == ((), warnings)


def test_cards_of_an_aside_with_a_heading_of_its_own() -> None:
    question = read(similar=f"<h2>Similar Q&amp;A</h2><aside><h3>Popular</h3>{OTHER}</aside>")
    assert question.similar == ()
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize(
    "between",
    [
        "<h3>Buy vitamins</h3><p>Today.</p>",
        "<p>Subscribe to our letters</p><p>Today.</p>",
        "<h5>Orthopedics</h5>",
    ],
)
def test_what_stands_between_cards_of_one_list(between: str) -> None:
    question = read(similar=f"<div>{PARTS['similar']}{between}{OTHER}</div>")
    assert [card.title for card in question.similar] == ["Other Knees", "Sore Toes"]


@pytest.mark.parametrize("between", ["<h5>Orthopedics</h5>", "<div><p><b>Hot</b></p>"])
def test_what_may_announce_cards_of_another_list_is_told(between: str) -> None:
    question = read(similar=f"<div>{PARTS['similar']}{between}{OTHER}</div>")
    assert question.warnings == ("unread-lines",)


@pytest.mark.parametrize(("first", "warnings"), [("<h6>Hot</h6>", ()), ("", ("unread-lines",))])
def test_headings_above_titles_in_boxes_of_cards(first: str, warnings: tuple[str, ...]) -> None:
    boxes = f"<div>{first}{CARD}</div><div><h6>Hot</h6>{OTHER}</div>"
    question = read(similar=f"<h3>Similar Q&amp;A</h3>{boxes}")
    assert [card.title for card in question.similar] == ["Other Knees", "Sore Toes"]
    assert question.warnings == warnings


@pytest.mark.parametrize("label", ["<h4>More Info</h4>", "<b>More Info</b>", "<h4>Links</h4>"])
@pytest.mark.parametrize("first", ["About us", "Privacy", "Our Doctors"])
def test_a_heading_goes_with_the_links_below_it(label: str, first: str) -> None:
    links = f'<p><a href="/1">{first}</a></p><p><a href="/2">Fees</a></p>'
    question = read(similar="", tags="", after=f"<div>{label}{links}</div><p>© 2020</p>")
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize("lists", [{}, {"similar": "", "tags": ""}])
def test_tags_of_the_page_behind_the_essay(lists: dict[str, str]) -> None:
    links = ('<a href="/c" rel="category tag">Knee</a>', '<a href="/t" rel="tag">diet</a>')
    posted = "<div>Posted in {} Tagged {}</div>".format(*links)
    question = read(essay=PARTS["essay"] + posted, **lists)
    assert (question.more_info, question.warnings) == ("\n".join(ESSAY), ())


@pytest.mark.parametrize(
    "line", ["<p>Rest, food and {}</p>", "<p>多{}</p>", "<ul><li>{}</li></ul>", "<p>{}.</p>"]
)
def test_a_word_of_the_essay_that_is_a_tag_of_the_page(line: str) -> None:
    own = line.format('<a href="/t" rel="tag">sleep well</a>')
    assert "sleep well" in (read(essay=PARTS["essay"] + own).more_info or "")


def test_phrases_above_a_form_in_a_box_behind_the_essay_are_told() -> None:
    phrases = ("Tips", "Rest", "Ice", "Sleep", "News")
    lines = "<h3>{}</h3><p>{}<p>{}<p>{}</p><form><p>{}</p><input></form>".format(*phrases)
    question = read(similar="", tags="", after=f"<div class=o>{lines}</div>")
    assert question.more_info == "\n".join((*ESSAY, *phrases))
    assert question.warnings == ("unread-lines",)
