"""adoctor: parts of a question page below the labels and names that open them, or not yet seen."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole
from tests.sites.test_adoctor_opened import BARE, BUTTON, DOCTOR, LABELS


@pytest.mark.parametrize(
    "fold",
    [
        "<button aria-expanded=false aria-controls=r{0}>{1}</button><div id=r{0} hidden>{2}</div>",
        "<h4><button aria-controls=r{0}>{1}</button></h4><p id=r{0} hidden>{2}</p>",
        "<ul><li><a href=#>{1}</a><div hidden>{2}</div></ul>",
    ],
)
def test_replies_folded_below_their_doctors(fold: str) -> None:
    texts = "<p>Rest it.</p><p>Reply Date: 2020/10/27</p>", "<p>Ice.</p>Reply Date: 2020/10/28"
    first, second = (
        fold.format(1, DOCTOR, texts[0]),
        fold.format(2, DOCTOR.replace("Lin", "Ou"), texts[1]),
    )
    question = read(reply=first + second)
    assert [reply.text for reply in question.replies] == ["Rest it.", "Ice."]
    assert (question.warnings, question.problems) == ((), ())


@pytest.mark.parametrize(
    "fold",
    [
        "<h2><a href=#{0}>{1}</a></h2><div class=hidden><div id={0}>{2}</div></div>",
        "<button aria-expanded=false>{1}</button><div style=display:none>{2}</div>",
        "<h2 class=accordion>{1}</h2><div style=display:none>{2}</div>",
        "<h5 class=x_toggle_title>{1}</h5><div style=display:none>{2}</div>",
        "<div><h4><i>{1}</i></h4><button aria-label=Expand></button></div><div hidden>{2}</div>",
        "<h3 @click='open = !open'>{1}</h3><div x-show=open style=display:none>{2}</div>",
        "<div style='visibility:hidden;animation-name:none'><h2>{1}</h2>{2}</div>",
    ],
)
def test_sections_below_labels_that_open_them(fold: str) -> None:
    tag = "<a href=/faq/knee><span>Knee</span><div>(Neurology)</div></a>"
    parts = {name: PARTS[name].partition("</h3>")[2] for name in LABELS} | {"tags": tag}
    question = read(**{name: fold.format(name, LABELS[name], parts[name]) for name in LABELS})
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("below", ["<p>Share to: <a href=//fb.example>F</a></p>", "<p>Rest.</p>"])
def test_tags_that_are_links_in_an_accordion_above_other_things(below: str) -> None:
    fold = "<h2><button aria-expanded=false aria-controls=t>Related FAQ</button></h2>{0}<p>{1}</p>"
    chips = "<div id=t hidden><a href=/faq/1>Knee<br>(Neurology)</a></div>"
    question = read(tags=fold.format(chips, below))
    assert [(tag.name, tag.department) for tag in question.faq_tags] == [("Knee", "Neurology")]


def test_an_essay_below_a_question_that_speaks_of_its_date() -> None:
    words = f"{PARTS['words']}<p>Ask Date and age were wrong, sorry.</p>"
    essay = f"<h2><button>More Info</button></h2><div hidden>{BARE['essay']}</div>"
    question = read(words=words, reply="", essay=essay)
    assert (question.more_info, question.warnings) == (EXPECTED[7], ())


def test_tags_without_links_behind_a_button() -> None:
    button = "<button aria-expanded=false aria-controls=t>Related FAQ</button>"
    question = read(tags=f"{button}<div id=t hidden>Knee<br>(Neurology)</div>")
    assert [(tag.name, tag.department) for tag in question.faq_tags] == [("Knee", "Neurology")]
    essay = "Knees (and hips) click."
    question = read(essay=f"<h2><button>More Info</button></h2><div hidden>{essay}</div>")
    assert question.more_info == essay


@pytest.mark.parametrize(
    ("part", "told"), [("similar", (("section-hidden",), [])), ("tags", ((), ["faq_tags"]))]
)
@pytest.mark.parametrize("state", ["No items found (yet).", "載入中（請稍候）"])
def test_the_folded_state_of_an_empty_list(
    part: str, told: tuple[tuple[str, ...], list[str]], state: str
) -> None:
    fold = f"<h2 class=accordion>{LABELS[part]}</h2><div hidden><p>{state}</p></div>"
    question = read(**{part: fold})
    assert question.more_info == EXPECTED[7]
    assert (question.warnings, [problem.field for problem in question.problems]) == told


@pytest.mark.parametrize(
    "button", ["<button class=next></button>", "<button aria-label='Copy link'></button>"]
)
def test_what_is_hidden_below_a_label_with_some_button_is_told(button: str) -> None:
    question = read(essay=f"<h2>More Info {button}</h2><div hidden><p>Link copied.</p></div>")
    assert (question.more_info, question.warnings) == (None, ("section-hidden",))


@pytest.mark.parametrize("above", ["<p>12 people found this helpful</p>", ""])
@pytest.mark.parametrize("below", ["<aside><h3>Popular</h3><a href=/article/7>Hiccups</a></aside>"])
@pytest.mark.parametrize(
    "fold",
    [
        "<button aria-controls={0}>{1}</button><div id={0} hidden>{2}</div>",
        "<div><h5 class=toggle>{1}</h5><div hidden>{2}</div></div>",
    ],
)
def test_sections_beside_furniture_behind_their_labels(above: str, below: str, fold: str) -> None:
    parts = {name: fold.format(name, LABELS[name], BARE[name]) + below for name in LABELS}
    parts["essay"] = above + parts["essay"]
    assert whole(read(**parts)) == EXPECTED


@pytest.mark.parametrize("part", ["asker", "reply"])
def test_what_a_button_called_as_the_essay_opens_above_a_reply_is_told(part: str) -> None:
    note = BUTTON.format("More Info", "<p>She studied in Oslo.</p><p>She likes fish.</p>")
    reply = PARTS["reply"] * (part == "reply")
    question = read(essay="", reply=reply + note + PARTS["reply"].replace("27", "28"))
    assert "Oslo" not in str(question)
    assert "section-hidden" in question.warnings


def test_of_two_buttons_called_as_the_essay_none_is_opened() -> None:
    notes = (BUTTON.replace("=r", f"={n}").format("More Info", f"Doctor {n}.") for n in "ab")
    question = read(reply=PARTS["reply"] + "".join(notes), essay="")
    assert (question.more_info, question.warnings) == (None, ("unread-lines",))


def test_what_a_button_called_as_the_essay_opens_beside_it_is_told() -> None:
    doctor = BUTTON.format("More Info", "<p>She studied in Oslo.</p><p>She likes fish.</p>")
    question = read(reply=PARTS["reply"] + doctor)
    assert "Oslo" not in (question.more_info or "")
    assert question.warnings == ("section-hidden",)


def test_a_page_that_fades_in() -> None:
    question = read(before="<main style=opacity:0>", after="</main>")
    assert whole(question) == EXPECTED


FOLD = "<h3 class=accordion>{}</h3><div hidden>{}</div>"
OSLO = "<p>She studied in Oslo.</p>"


@pytest.mark.parametrize(
    "part",
    [
        BUTTON.format("More Info", OSLO) + "<button>Follow</button>",
        "<p>We use cookies.</p>" + BUTTON.format("More Info", OSLO),
        "<p>Socks for sale.</p>" + FOLD.format("More Info", OSLO),
        BUTTON.format("More Info", OSLO + "<form><input></form>"),
        BUTTON.replace("id=r", "class=dropdown-menu id=r").format("More Info", OSLO),
        f"<div class=x-toggled><div><h3>More Info</h3><div hidden>{OSLO}</div></div></div>",
        f"<div style=opacity:0;position:fixed><h3>More Info</h3>{OSLO}</div>",
        f"<div style=opacity:0;visibility:hidden>{PARTS['reply'].replace('Moshan', 'Mo')}</div>",
        "<h4>Sore toe</h4>"
        + BUTTON.format(DOCTOR.replace("Moshan", "Mo"), "Reply Date: 2020/11/5"),
    ],
)
def test_what_is_hidden_behind_the_last_reply_is_no_part(part: str) -> None:
    question = read(reply=PARTS["reply"] + part, essay="", similar="", tags="")
    assert "Oslo" not in str(question)
    assert question.replies[0] == EXPECTED[6]
    assert [reply.text for reply in question.replies[1:] if reply.text] == []


@pytest.mark.parametrize("words", ["<p>Run.</p><p>Reply Date: 2020/10/26</p>", "Sore thumb"])
def test_what_is_folded_below_the_doctor_of_an_open_reply_is_not_read(words: str) -> None:
    fold = BUTTON.format(DOCTOR, words)
    assert whole(read(reply=PARTS["reply"].replace(f"<p>{DOCTOR}</p>", fold))) == EXPECTED


@pytest.mark.parametrize("other", ["<p>{}</p>", "<button>{}</button>", "<div><b>{}</b></div>"])
@pytest.mark.parametrize("name", LABELS)
def test_a_folded_section_and_another_button_of_its_name(name: str, other: str) -> None:
    button = "<footer>" + other.format(f"<button>{LABELS[name]}</button>") + "</footer>"
    parts = {name: FOLD.format(LABELS[name], BARE[name])}
    assert whole(read(**parts, after=button)) == EXPECTED


def test_hidden_words_behind_a_folded_section_are_told() -> None:
    fold = FOLD.format("More Info", BARE["essay"])
    question = read(essay=fold + "<div class=note hidden>Copied!</div>")
    assert (whole(question), question.warnings) == (EXPECTED, ("section-hidden",))
    halves = fold.replace("joint", "joint</div><div hidden>")
    assert read(essay=halves).more_info == EXPECTED[7]
