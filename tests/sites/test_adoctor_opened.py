"""adoctor: whole parts of a question page behind buttons and tabs, and what is none of them."""

import pytest

from scraper.reading.page import Page
from scraper.reading.sight import look
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole

BUTTON = "<button aria-expanded=false aria-controls=r>{}</button><div id=r hidden>{}</div>"
TABS = (
    "<div role=tablist><button role=tab aria-controls=q>Question</button>"
    "<button role=tab aria-controls=r>Reply</button></div><div role=tabpanel id=q>"
)
LABELS = {"essay": "More Info", "similar": "Similar Q&amp;A", "tags": "Related FAQ"}
STRIP = "".join(
    f"<button role=tab aria-controls={name}>{label}</button>"
    for name, label in {"words": "Consultation", **LABELS}.items()
)
W3 = "".join(
    f"<button onclick=\"show('{name}')\">{label}</button>" for name, label in LABELS.items()
)


@pytest.mark.parametrize(
    "fold",
    [
        BUTTON.format("Show the reply", "{}"),
        BUTTON.format("1 answer ▼", "{}"),
        "<a href=#r data-toggle=collapse>View answer</a><div id=r style=display:none>{}</div>",
        "<button data-bs-target=#r>+</button><div class=hidden><div id=r>{}</div></div>",
        "<button aria-expanded=false>Reveal</button><div hidden>{}</div>",
        "<details><summary>Show the reply</summary>{}</details>",
    ],
)
def test_a_reply_that_is_folded(fold: str) -> None:
    question = read(reply=fold.format(PARTS["reply"]))
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("words", ["", "☰", "<svg></svg>"])
@pytest.mark.parametrize("name", ["nav", "menu"])
def test_a_menu_button_without_words(words: str, name: str) -> None:
    button = f"<button aria-controls=m aria-expanded=false>{words}</button>"
    menu = f"{button}<div class={name} id=m style=display:none><a href=/>Home</a></div>"
    question = read(before=menu, reply=PARTS["reply"] + menu)
    assert (whole(question), question.warnings) == (EXPECTED, ())


def test_a_reply_in_a_tab_of_its_own() -> None:
    reply = f"</div><div role=tabpanel id=r hidden>{PARTS['reply']}</div>"
    question = read(headline=TABS + PARTS["headline"], reply=reply)
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("strip", [f"<div role=tablist>{STRIP}</div>", W3])
@pytest.mark.parametrize("place", ["headline", "reply"])
def test_sections_in_tabs(strip: str, place: str) -> None:
    panels = {
        name: f"<div id={name} {'style=display:none' * (name != 'essay')}>{PARTS[name]}</div>"
        for name in LABELS
    }
    if place == "reply":
        question = read(**panels | {"reply": PARTS["reply"] + strip})
    else:
        question = read(**panels | {"headline": strip + PARTS["headline"]})
    assert (whole(question), question.warnings) == (EXPECTED, ())


STRIPS = {
    "role": "<b role=tab tabindex=0 id=tab-{0}>{1}</b>",
    "controls": "<button role=tab aria-controls={0}>{1} <i>(2)</i></button>",
    "Bootstrap": "<li><button data-bs-toggle=tab data-bs-target=#{0}>{1}</button></li>",
    "jQuery": "<li><a href=#{0}><svg><title>icon</title></svg>{1}</a></li>",
    "script": "<div onclick=\"show('{0}')\">{1}</div>",
}
DOCTOR, REPLIED = "Dr. Lin Moshan reply Neurology", "Reply Date: 2020/10/27"
BARE = {name: PARTS[name].partition("</h3>")[2] for name in LABELS}


def in_tabs(strip: str, how: str, first: str, panels: dict[str, str]) -> str:
    """Panels below a strip of their tabs; all but the first one may be hidden."""
    labels = {"words": "Consultation", "reply": "Doctor's Reply", **LABELS}
    tabs = "".join(STRIPS[strip].format(name, labels[name]) for name in panels)
    return f"<div>{tabs}</div>" + "".join(
        f"<div id={name} aria-labelledby=tab-{name} {how if name != first else ''}>{inner}</div>"
        for name, inner in panels.items()
    )


@pytest.mark.parametrize("how", ["", "hidden", "style=display:none"])
@pytest.mark.parametrize("strip", STRIPS)
def test_what_tabs_open_is_headed_by_their_words(strip: str, how: str) -> None:
    words = PARTS["headline"] + PARTS["words"] + PARTS["asker"]
    panels = {"words": words, "reply": PARTS["reply"], **BARE}
    left = dict.fromkeys(("words", "asker", "reply", *LABELS), "")
    for question in (
        read(**left | {"headline": in_tabs(strip, how, "words", panels)}),
        read(**left | {"headline": words + PARTS["reply"] + in_tabs(strip, how, "essay", BARE)}),
    ):
        assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    ("part", "markup"),
    [
        ("title", "<header><h1><a href=/article/5>Clicking Knees - Neurology</a></h1>{}</header>"),
        ("headline", "<header><h2><a href=#knee>Knee</a></h2>{}</header>"),
        ("words", "<p>My knee clicks.</p><div><p><a href=/a>It does not hurt.</a></p>{}</div>"),
        ("reply", f"<div><a href=/doctor/3>{DOCTOR}</a>{{}}</div><p>Rest it.</p><p>{REPLIED}</p>"),
        ("reply", f"<p>{DOCTOR}</p><p>Rest it.</p><div><button>{REPLIED}</button>{{}}</div>"),
    ],
)
def test_what_stands_in_one_box_with_tabs_is_none(part: str, markup: str) -> None:
    tabs = "".join(STRIPS["jQuery"].format(name, label) for name, label in LABELS.items())
    panels = {name: f"<div id={name}>{PARTS[name]}</div>" for name in LABELS}
    question = read(**panels | {part: markup.format(f"<ul>{tabs}</ul>")})
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("strip", STRIPS)
def test_tabs_whose_panels_are_loaded_later_are_told(strip: str) -> None:
    panels = BARE | {"similar": "", "tags": ""}
    question = read(essay=in_tabs(strip, "", "essay", panels), similar="", tags="")
    assert question.more_info == EXPECTED[7]
    assert (question.warnings, question.problems) == (("section-hidden",), ())


@pytest.mark.parametrize("how", ["", "hidden"])
@pytest.mark.parametrize("button", ["<a href=#c>{}</a>", "<button aria-controls=c>{}</button>"])
def test_a_notice_called_as_the_essay_is_none(button: str, how: str) -> None:
    notice = f"<div id=c {how}><p>We use cookies on this site.</p></div>"
    question = read(essay="", before=button.format("More Info"), after=notice)
    assert "cookies" not in (question.more_info or "")


@pytest.mark.parametrize(
    ("hidden", "lost"),
    [
        (("reply",), {"replies"}),
        (("essay",), {"more_info"}),
        (("tags",), {"faq_tags"}),
        (("essay", "similar", "tags"), {"more_info", "similar", "faq_tags"}),
    ],
)
def test_parts_that_nothing_opens_are_told(hidden: tuple[str, ...], lost: set[str]) -> None:
    question = read(**{name: f"<div hidden>{PARTS[name]}</div>" for name in hidden})
    assert {name for name in lost if not getattr(question, name)} == lost
    assert (question.warnings, question.problems) == (("section-hidden",), ())


def test_a_second_reply_that_nothing_opens_is_told() -> None:
    second = PARTS["reply"].replace("Lin Moshan", "Ou Pei")
    question = read(reply=f"{PARTS['reply']}<div hidden>{second}</div>")
    assert (whole(question), question.warnings) == (EXPECTED, ("section-hidden",))


@pytest.mark.parametrize(
    "inner",
    [
        "<ul><li><a href=/more>More Info</a><li><a href=/faq>Related FAQ</a></ul>",
        "<h4>More Info</h4><p>We use cookies to make the site better.</p>",
        "<p>Ann</p><p>Me too, thanks a lot.</p><p>Reply Date: 2020/10/30</p>",
        f"{PARTS['asker'].replace('Wu', 'Yu')}{PARTS['reply'].replace('Moshan', 'Mo')}",
        "".join(PARTS.values()),
        PARTS["reply"],
        PARTS["essay"] + PARTS["similar"],
    ],
)
@pytest.mark.parametrize("place", ["asker", "reply", "essay", "tags"])
def test_menus_notices_and_copies_are_no_parts(inner: str, place: str) -> None:
    question = read(**{place: PARTS[place] + BUTTON.format("Open", inner)})
    assert whole(question) == EXPECTED
    assert set(question.warnings) <= {"section-hidden"}


@pytest.mark.parametrize("part", ["asker", "reply"])
@pytest.mark.parametrize(
    "inner",
    [
        PARTS["reply"].replace("Moshan", "Mo").replace("2020/10/27", "2019/01/02"),
        "<h4>Sore toe</h4><p>My toe.</p>" + PARTS["reply"].replace("Moshan", "Mo"),
        "<p>林明玉 醫師回覆 神經科</p><p>多休息。</p><p>回覆日期：2020/10/27</p>",
    ],
)
def test_a_folded_reply_to_another_question_or_in_another_language_is_told(
    part: str, inner: str
) -> None:
    question = read(**{part: PARTS[part] + BUTTON.format("Sore toe", inner)})
    assert (whole(question), question.warnings) == (EXPECTED, ("section-hidden",))


def test_without_an_essay_no_notice_becomes_one() -> None:
    notice = BUTTON.format("Settings", "<h3>More Info</h3><p>We use cookies on this site.</p>")
    question = read(essay="", after=notice)
    assert (question.more_info, question.warnings) == (None, ())
    question = read(essay="", similar="", tags="", after=notice)
    assert (question.more_info, question.warnings) == (None, ("section-hidden",))


def test_an_icon_beside_a_button_is_no_fold() -> None:
    tags = PARTS["tags"].replace("<h3>", "<h3><i class=material-icons>info</i>")
    question = read(tags=f"<button>Load more</button>{tags}")
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize(
    "parts",
    [
        {"reply": BUTTON.format("Show", PARTS["reply"])},
        {"essay": in_tabs("jQuery", "hidden", "essay", BARE), "similar": "", "tags": ""},
    ],
)
@pytest.mark.parametrize("own_url", ["", "/article/5"])
def test_they_are_in_sight(parts: dict[str, str], own_url: str) -> None:
    html = "".join((PARTS | parts).values()).replace("href=#", f"href={own_url}#")
    page = Page(url="https://adoctor.tw/article/5", body=html.encode())
    sight = look(page.selector.root, page.url)
    assert sight.text.split("\n") == [line.text for line in page.lines]
    found = {each.field: each for each in Adoctor.locate(page, Adoctor.read_question(page), sight)}
    for name, words in (
        ("replies[0].text", "Rest it."),
        ("similar[0].title", "Other Knees"),
        ("faq_tags[0].name", "Knee"),
    ):
        (span,) = found[name].spans
        assert sight.words(span) == words
    (label,) = found["language"].spans
    assert sight.xpath(label).endswith("/a") == ("essay" in parts)
