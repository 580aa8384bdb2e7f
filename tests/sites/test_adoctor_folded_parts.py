"""adoctor: parts of a question page below the labels and names that open them, or not yet seen."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole
from tests.sites.test_adoctor_opened import BARE, BUTTON, DOCTOR, LABELS


@pytest.mark.parametrize(
    "fold",
    [
        "<button aria-expanded=false aria-controls=r{0}>{1}</button><div id=r{0} hidden>{2}</div>",
        "<h4><button aria-controls=r{0}>{1}</button></h4><p class=menu id=r{0} hidden>{2}</p>",
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
        "<h3 @click='open = !open'>{1}</h3><div x-show=open style=display:none>{2}</div>",
        "<h4><button aria-controls={0}>{1}</button></h4><p class=x__dropdown id={0} hidden>{2}</p>",
        "<div style='visibility:hidden;animation-name:none'><h2>{1}</h2>{2}</div>",
    ],
)
def test_sections_below_labels_that_open_them(fold: str) -> None:
    tag = "<a href=/faq/knee><span>Knee</span><div>(Neurology)</div></a>"
    parts = {name: PARTS[name].partition("</h3>")[2] for name in LABELS} | {"tags": tag}
    question = read(**{name: fold.format(name, LABELS[name], parts[name]) for name in LABELS})
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("above", ["<div>Advertisement</div>", "<div>Was this helpful?</div>", ""])
@pytest.mark.parametrize("below", ["<aside><h3>Popular</h3><a href=/article/7>Hiccups</a></aside>"])
@pytest.mark.parametrize(
    "fold",
    [
        "<button aria-controls={0}>{1}</button><div id={0} hidden>{2}</div>",
        "<div><h5 class=toggle>{1}</h5><div hidden>{2}</div></div>",
    ],
)
def test_sections_beside_furniture_behind_their_labels(above: str, below: str, fold: str) -> None:
    parts = {name: above + fold.format(name, LABELS[name], BARE[name]) + below for name in LABELS}
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


@pytest.mark.parametrize(
    "hidden", ["opacity:0", "visibility:hidden", "opacity:0;visibility:hidden"]
)
@pytest.mark.parametrize("names", [("reply",), ("essay",), ("essay", "similar", "tags")])
def test_parts_that_fade_in(hidden: str, names: tuple[str, ...]) -> None:
    head = f"<style>.f{{{hidden}}}.f.on{{opacity:1;visibility:visible}}</style>"
    for how in (f"style={hidden}", "class=f"):
        question = read(head=head, **{name: f"<div {how}>{PARTS[name]}</div>" for name in names})
        assert (whole(question), question.warnings) == (EXPECTED, ())
        copies = {name: f"{PARTS[name]}<div {how}>{PARTS[name]}</div>" for name in names}
        assert whole(read(head=head, **copies)) == EXPECTED
        form = "<h3>News</h3><form><input><button>Subscribe</button></form>"
        assert whole(read(head=head, tags=f"<div {how}>{PARTS['tags']}{form}</div>")) == EXPECTED
        note = f"<div {how}><h3>Copied!</h3><p>More Info is in your clipboard.</p></div>"
        assert whole(read(head=head, reply=PARTS["reply"] + note)) == EXPECTED
