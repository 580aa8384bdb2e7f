"""The words of microdata: folded away, in attributes, in an item without properties."""

import pytest

from scraper.items import Asker
from tests.sites.forum import NAME, TEXT, answer, answered, json_ld, page, qapage, read

LONG_CUT = "It has been green since the first"
LONG = "It is green since last week"
ONE = ("name", "text")  # of which an item has one


@pytest.mark.parametrize(
    ("shown", "content", "told"),
    [
        (f"{LONG}.", f"{LONG[:20]}...", f"{LONG}."),
        ("It is green.", "question", "It is green."),
        (f"{LONG[:20]}...", LONG, LONG),
        ("<img src=x>", LONG, LONG),
    ],
)
def test_an_attribute_only_tells_words_that_its_element_does_not_show(
    shown: str, content: str, told: str
) -> None:
    found = page(*(f'<p itemprop="{name}" content="{content}">{shown}</p>' for name in ONE))
    assert (found.title, found.text) == (told, told)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ("<p itemprop=text>One.</p><p itemprop=text>Two.</p>", "One.\nTwo."),
        ("<p itemprop=text>One.</p><p itemprop=text>One.</p>", "One."),
        (f"<meta itemprop=text content='{LONG}...'><p itemprop=text>{LONG} now.", f"{LONG} now."),
    ],
)
def test_a_text_in_several_pieces(pieces: str, text: str) -> None:
    assert page(NAME, pieces).text == text


def test_an_answer_within_a_text_parts_its_lines() -> None:
    assert page(NAME, f"<div itemprop=text>One.{answered()}Two.</div>").text == "One.\nTwo."


@pytest.mark.parametrize(
    ("sheet", "around", "text"),
    [
        ("", "class=whitespace-pre-line", "One.\nTwo."),
        ("", "style='white-space: pre-wrap'", "One.\nTwo."),
        (".body p { white-space: pre-line }", "class=body", "One.\nTwo."),
        ("section { white-space: break-spaces }", "", "One.\nTwo."),
        ("section { white-space: pre } p { white-space: normal }", "", "One. Two."),
        ("", "", "One. Two."),
    ],
)
def test_line_feeds_that_the_page_shows(sheet: str, around: str, text: str) -> None:
    written = "<p itemprop=text>One.\nTwo.</p>"
    found = page(NAME, f"<style>{sheet}</style><section {around}>{written}</section>", answered())
    assert (found.text, [reply.text for reply in found.replies]) == (text, ["Shade."])


REST = "But see a doctor above 40 C."


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<p>Rest.</p><p style='display:none'>{REST}</p><a>More</a>", f"Rest.\n{REST}"),
        (f"Rest.<i>...</i><span hidden> {REST}</span>", f"Rest. {REST}"),
        (f"Rest.<div class=d-none><p>{REST}</p></div><a class=more>Mehr</a>", f"Rest.\n{REST}"),
        (f"<b hidden>{REST}</b>", REST),
        (f"<i>{LONG}…</i><b style='display: none'>{LONG}<br>now.</b> More", f"{LONG}\nnow. More"),
        (f"<p hidden>{LONG}, now.</p><p>{LONG} ...</p>", f"{LONG}, now."),
        (f"<p>{LONG}</p><p hidden>{LONG}</p>", LONG),
        ("<p>Rest.</p><p hidden>Copy link</p>", "Rest."),
        (f"<p>Rest.</p><form hidden>{REST}</form>", "Rest."),
        (f"<p>Rest.</p><div hidden>{REST} <input></div>", "Rest."),
        (f"<p>Rest.</p><p class='sr-only'>{REST}</p>", "Rest."),
        (f"Rest.<p hidden itemscope itemtype='http://schema.org/Comment'>{REST}</p>", "Rest."),
    ],
)
def test_what_is_folded_away_in_a_text_belongs_to_it(inner: str, text: str) -> None:
    found = page(NAME, f"<div itemprop=text>{inner}</div>")
    assert (found.text, found.warnings) == (text, ())


@pytest.mark.parametrize("place", ["<p>Rest.</p>{}", "{}<p>Rest.</p>"])
@pytest.mark.parametrize("box", ["<p hidden>{}</p>", "<i class=wm>{}</i>", "<p class=hide>{}</p>"])
def test_what_nothing_brings_into_view_is_told(place: str, box: str) -> None:
    text = f"<style>.wm{{display:none}}</style>{place.format(box.format(REST))}"
    answer = "<div itemprop=acceptedAnswer itemscope itemtype='http://schema.org/Answer'>"
    found = page(NAME, TEXT, f"{answer}<div itemprop=text>{text}</div></div>")
    assert ([reply.text for reply in found.replies], found.warnings) == (
        ["Rest."],
        ("section-hidden",),
    )


@pytest.mark.parametrize("typed", ["36<T<37 deg", "p<b", "WBC<RBC", "Mail <a@b.c>", "<B型>"])
def test_words_in_a_tag_that_somebody_typed_are_told(typed: str) -> None:
    assert page(NAME, f"<div itemprop=text><p>{typed}</p><p>Rest.</p></div>").warnings == (
        "section-hidden",
    )


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<o:p></o:p><x-y>One.</x-y><svg><path d=m /></svg>", "One."),
        ("Do <b class='hidden sm:inline'>not</b> rest.", "Do not rest."),
        ("<p class='d-none d-md-block'>Do not rest.", "Do not rest."),
        ("<b class=block>One.</b><b style='display:block'>Two.</b>", "One.\nTwo."),
        ("<style>b{display:block}</style><b>One.</b><b>Two.</b>", "One.\nTwo."),
        ("<div class='flex flex-col'><b>One.</b><b>Two.</b></div>", "One.\nTwo."),
        ("<style>.wm{display:none}</style>One.<p class=wm>pond</p>", "One."),
        ("Take <i aria-hidden=true>one</i>.", "Take one."),
        ("<math><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow><annotation>x", "x=1"),
        ("<code>pH 7</code><button>Copy</button><p>One.<button>Share</button>", "pH 7\nOne."),
        ("Take <button>salt</button> <b>daily</b>.", "Take salt daily."),
        ("<h3><button>Causes</button></h3>Sun.", "Causes\nSun."),
        ("One.<p><a role=button>Click to expand...</a>", "One."),
    ],
)
def test_the_words_of_a_text_are_those_that_the_page_shows(inner: str, text: str) -> None:
    found = page(f"<div itemprop=name>{inner}</div><div itemprop=text>{inner}</div>")
    assert (found.title, found.text, found.warnings) == (text.replace("\n", " "), text, ())


AUTHOR = '<div>Share</div><br><i itemprop="author">Newt</i>'


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p itemprop=text><p>One.</p><p>Two <b>three</b>.</p></p>", "One.\nTwo three."),
        ("<p itemprop=text><ul><li>One<li>Two</ul>three <b>four</b></p>", "One\nTwo\nthree four"),
        ("<p itemprop=text>Do this:<ul><li>One</ul>and <b>two</b>.</p>", "Do this:\nOne\nand two."),
        ("<p itemprop=text>One. <p>Two.</p></p>", "One.\nTwo."),
        ("<p itemprop=text>One.</p><p>Share</p>", "One."),
        ("<p itemprop=text></p>", None),
        ("<p itemprop=text><img src=x></p>", None),
    ],
)
def test_a_paragraph_that_ends_at_the_first_block(written: str, text: str | None) -> None:
    found = page(NAME, written, AUTHOR, "<p>a<p>b</p></p>")
    assert (found.text, found.asker) == (text, Asker(name="Newt"))


@pytest.mark.parametrize("item", ["", ' itemscope itemtype="http://schema.org/Answer"'])
@pytest.mark.parametrize(
    ("inner", "replies", "warnings"),
    [
        ("Yes, <b>it</b> is.<br>Go.", ["Yes, it is.\nGo."], ()),
        ("<h3>Answers</h3><div>Yes.</div>", [], ("answers-missing-from-markup",)),
        (f"<h3>Answers</h3>{answered()}", ["Shade."], ()),
        ("<img src=x>", [], ()),
    ],
)
def test_an_answer_that_is_told_by_its_own_words(
    item: str, inner: str, replies: list[str], warnings: tuple[str, ...]
) -> None:
    found = page(NAME, TEXT, f'<div itemprop="acceptedAnswer"{item}>{inner}</div>')
    assert ([reply.text for reply in found.replies], found.warnings) == (replies, warnings)
    link = f'<a itemprop="acceptedAnswer"{item} href="#5">Yes</a>'
    assert page(NAME, TEXT, link).replies == ()


def test_paragraphs_of_the_accepted_answer() -> None:
    found = page(
        NAME, TEXT, '<p itemprop="acceptedAnswer">Yes.</p><p itemprop="acceptedAnswer">Go.'
    )
    assert [reply.text for reply in found.replies] == ["Yes.\nGo."]
    others = page(NAME, TEXT, *('<p itemprop="suggestedAnswer">Yes, it is.</p>',) * 2, answered())
    assert [reply.text for reply in others.replies] == ["Yes, it is.", "Yes, it is.", "Shade."]


@pytest.mark.parametrize(
    "link",
    [
        '<p><a class="more-link" href="/questions/77">Read more</a></p>',
        " <br>Continue reading →",
        "<p>展開全文</p>",
    ],
)
def test_a_link_to_the_rest_is_nobodys_words(link: str) -> None:
    for text in ("It is green and […]", "It is green."):
        assert page(NAME, f'<div itemprop="text"><p>{text}</p>{link}</div>').text == text
        assert read(json_ld(qapage(text=f"<p>{text}</p>{link}"))).text == text
    same_line = page(NAME, '<div itemprop="text">It is green… <a href="/77">Read more</a></div>')
    assert same_line.text == "It is green…"


@pytest.mark.parametrize("text", ["It is green.\nMore", "I want to read more", "Read more"])
def test_words_that_are_no_link_to_the_rest(text: str) -> None:
    assert read(json_ld(qapage(text=text))).text == text


@pytest.mark.parametrize(
    ("inner", "title"),
    [
        ("Green water? <button>Follow</button> <a role='button'>Share</a>", "Green water?"),
        ("綠水？<button>分享</button>", "綠水？"),
        ("<b>Solved</b> <button>Green water?</button>", "Solved Green water?"),
        ("Why the green <button>algae</button>", "Why the green algae"),
        ("<button>▲</button> Green water?", "Green water?"),
        ("<button>Green water?</button><button>+</button>", "Green water?"),
        ('Green <button aria-expanded="false">water?</button>', "Green water?"),
    ],
)
def test_a_button_is_a_headings_words_unless_it_does_something(inner: str, title: str) -> None:
    assert page(f'<h1 itemprop="name">{inner}</h1>').title == title


def test_a_formula_is_read_once() -> None:
    shown = '<span class="katex-html" aria-hidden="true">15</span>'
    spoken = '<span class="katex-mathml"><math><mn>15</mn></math></span>'
    text = f'<p itemprop="text">Give <span class="katex">{spoken}{shown}</span> mg</p>'
    assert page(NAME, text).text == "Give 15 mg"


@pytest.mark.parametrize(
    ("shown", "is_cut"),
    [
        ("It has been green since the first warm days, and it smells.", True),
        ("It has been green<br>since the first warm days.<br>It smells.", False),
        ("It has been green since the first... <button>Read more</button>", False),
        ("It has been green since the first。。。", False),
        ("It is green since the first of May.", False),
    ],
)
def test_a_text_that_only_its_data_cuts(shown: str, *, is_cut: bool) -> None:
    text = "It has been green since the first warm days" if "days.<" in shown else LONG_CUT
    for data in (qapage(text=f"{text}..."), qapage(suggestedAnswer=answer(f"{text} […]"))):
        found = read(json_ld(data, html=f"<p>{shown}</p>"))
        assert found.warnings == (("text-cut-in-data",) if is_cut else ())


@pytest.mark.parametrize(
    ("shown", "is_cut"),
    [
        ("It has been green since the first warm days.", True),
        ("It has been green since the first wa<i>edited</i>", False),
        ("It has been green since the first wa<br>It has been green since the first warm", False),
        ("It has been green since the first warning of the ice.", True),
    ],
)
def test_a_text_that_its_data_cuts_in_a_word(shown: str, *, is_cut: bool) -> None:
    data = qapage(text="My pond is large.\nIt has been green since the first wa")
    found = read(json_ld(data, html=f"<p>My pond is large.</p><p>{shown}</p>"))
    assert found.warnings == (("text-cut-in-data",) if is_cut else ())
