"""adoctor: links and buttons that are called as a section, and are the label of none."""

import re

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole

PRESSED = [
    '<p><a href="/doctor/5">More Info</a></p>',
    '<div><a href="https://shop.example/">更多資訊</a></div>',
    "<button>More Info</button>",
    '<ul><li><a href="#m">More Info</a><li><a href="#s">Similar Q&amp;A</a></ul>',
]
QUOTED = "<p>Dr. Hu Bo reply Urology</p><p>Drink.</p><p>Reply Date: 2019/10/27</p>"
QUOTED_TEXT = "Dr. Hu Bo reply Urology\nDrink.\nReply Date: 2019/10/27"
NO_SECTIONS = {"essay": "", "similar": "", "tags": ""}
TWO_REPLIES = PARTS["reply"] + PARTS["reply"].replace("Moshan", "Mo").replace("2020", "2021")


@pytest.mark.parametrize("pressed", PRESSED)
@pytest.mark.parametrize("place", ["<p>Dr. Lin Moshan", "<p>Rest"])
def test_a_pressed_label_beside_a_doctor_line(place: str, pressed: str) -> None:
    reply = PARTS["reply"].replace(place, pressed + place)
    question = read(reply=reply)
    assert (whole(question), question.warnings) == (EXPECTED, ())
    question = read(reply=reply, essay="", similar="", tags="")
    assert question.replies == (EXPECTED[6],)
    assert (question.more_info, question.warnings) == (None, ())


FIELDS = "<h3>Ask</h3><p>Name</p><input><p>{}</p><div><textarea></textarea></div>"
LEGEND = "<fieldset><legend>{}</legend><p><textarea></textarea></fieldset>"


@pytest.mark.parametrize("box", ["<aside>{}</aside>", "<details open>{}</details>"])
@pytest.mark.parametrize("fields", [FIELDS, LEGEND, FIELDS + LEGEND])
def test_a_field_of_a_form_that_is_called_as_a_section(fields: str, box: str) -> None:
    form = box.format(f"<form>{fields.replace('{}', 'Related FAQ')}<button>Send</button></form>")
    question = read(similar="", tags="", after=form)
    assert (question.more_info, question.warnings) == (EXPECTED[7], ())
    assert question.problems == ()
    form = form.replace("Related FAQ", "More Info")
    assert whole(read(reply=PARTS["reply"] + form)) == EXPECTED


@pytest.mark.parametrize(
    "field", ["", "<input type=hidden>", "<select></select>", "<textarea></textarea>"]
)
def test_a_section_in_a_fieldset(field: str) -> None:
    begin = f"<form><fieldset><legend>More Info</legend>{field}"
    essay = PARTS["essay"].replace("<h3>More Info</h3>", begin)
    assert whole(read(essay=f"{essay}</fieldset></form>")) == EXPECTED


def test_a_pressed_label_between_two_replies() -> None:
    question = read(reply=TWO_REPLIES.replace("7</p><p>Dr", f"7</p>{PRESSED[0]}<p>Dr"))
    assert [reply.doctor for reply in question.replies] == ["Lin Moshan", "Lin Mo"]
    assert question.more_info == EXPECTED[7]


@pytest.mark.parametrize("label", PRESSED[:3])
def test_an_essay_below_a_pressed_label_that_begins_with_a_quoted_reply(label: str) -> None:
    question = read(essay=f"{label}{QUOTED}<p>Knees click.</p>")
    assert question.replies == (EXPECTED[6],)
    assert question.more_info == f"{QUOTED_TEXT}\nKnees click."


@pytest.mark.parametrize("pressed", PRESSED[:3])
def test_a_pressed_label_above_the_essays_label(pressed: str) -> None:
    question = read(essay=pressed + PARTS["essay"])
    assert (whole(question), question.warnings) == (EXPECTED, ())


@pytest.mark.parametrize("label", ['<a href="#m">More Info</a>', "<button>More Info</button>"])
def test_a_pressed_label_above_an_essay_about_a_doctor(label: str) -> None:
    essay = PARTS["essay"].replace("More Info", label).replace("<p>K", "<p>Dr. Wu reply.</p><p>K")
    for reply in (PARTS["reply"], ""):
        question = read(reply=reply, essay=essay)
        assert question.more_info == f"Dr. Wu reply.\n{EXPECTED[7]}"


@pytest.mark.parametrize("words", ["<p>Knees click.</p>", "<p>One was told:</p>", "<h4>Gas</h4>"])
def test_an_essay_without_reply_that_quotes_one(words: str) -> None:
    question = read(reply="", essay=f"<h3>More Info</h3>{words}{QUOTED}", similar="", tags="")
    text = re.sub("<.*?>", "", words)
    assert (question.replies, question.more_info) == ((), f"{text}\n{QUOTED_TEXT}")


def test_an_essay_that_quotes_a_doctor_below_a_doctor_line_that_is_unread() -> None:
    reply = PARTS["reply"].replace("Dr. Lin Moshan reply Neurology", "The physician")
    essay = "<h3>More Info</h3><h4>Gas</h4>" + QUOTED.partition("<p>Reply Date")[0]
    question = read(reply=reply, essay=essay)
    assert question.replies[0].text == "The physician\nRest it."
    assert question.more_info == "Gas\nDr. Hu Bo reply Urology\nDrink."
    assert [problem.code for problem in question.problems] == ["doctor-line-missing"]


@pytest.mark.parametrize(
    "menu",
    [
        '<ul><li><a href="#m">More Info</a><li><a href="#s">Similar Q&amp;A</a></ul>',
        '<div><a href="#s">Similar Q&amp;A</a> | <a href="#f">Related FAQ</a></div>',
        '<div><a href="#f">Related FAQ</a></div>',
        "<div><button role=tab>More Info</button><button role=tab>Related FAQ</button></div>",
    ],
)
@pytest.mark.parametrize("part", ["share", "words"])
def test_a_menu_of_sections_that_the_page_may_lack(part: str, menu: str) -> None:
    question = read(**{part: PARTS[part] + menu})
    assert (whole(question), question.warnings) == (EXPECTED, ())
    question = read(**{part: PARTS[part] + menu}, essay="", similar="", tags="")
    assert (question.headline, question.text) == EXPECTED[2:4]
    assert (question.replies, question.more_info) == ((EXPECTED[6],), None)


@pytest.mark.parametrize("caption", ["<h3>Contents</h3>", "<p>目錄</p>", "<p>On this page:</p>"])
@pytest.mark.parametrize("part", ["title", "share", "words"])
def test_the_caption_of_a_menu_of_sections(part: str, caption: str) -> None:
    menu = f'{caption}<ul><li><a href="#m">More Info</a><li><a href="#f">Related FAQ</a></ul>'
    parts = {"title": "<p><b>Clicking Knees - Neurology</b></p>", **NO_SECTIONS}
    parts[part] = parts.get(part, PARTS[part]) + menu
    question = read(**parts)
    assert (question.title, question.department, question.headline, question.text) == EXPECTED[:4]


def test_labels_that_are_buttons_where_only_a_card_is_dated() -> None:
    parts = {
        name: PARTS[name].replace("<h3>", "<button>").replace("</h3>", "</button>")
        for name in ("essay", "similar", "tags")
    }
    parts["similar"] = parts["similar"].replace("<p>Rest.", "<p>Rest.<p>Reply Date: 2019/1/2")
    parts["asker"] = PARTS["asker"].replace(" Ask Date: 2020/10/26", "")
    question = read(**parts, reply=PARTS["reply"].replace("<p>Reply Date: 2020/10/27</p>", ""))
    assert question.more_info == EXPECTED[7]
