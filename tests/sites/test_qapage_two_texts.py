"""qapage: one question that a page tells in two texts."""

from datetime import date
from typing import Any

import pytest

from scraper.items import Asker, Reply
from tests.sites.forum import MICRODATA, answer, answered, json_ld, qapage, question, read
from tests.sites.test_qapage_union import DAY, LACK, LONG, PERSON, marked, twice

LINK = '</h1><a itemprop="url" href="/questions/77/green-water"></a>'
ASKED = f"</h1>{PERSON}{DAY}"
TITLE = "Is the water of my pond green?"
ADVERTISED = "Find answers of owners of ponds on everything that lives in them."


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ({"text": TITLE}, "</h1>"),  # the title again
        ({"text": f"{TITLE} - 2 answers"}, "</h1>"),
        ({"text": ADVERTISED, "url": "/questions/77/green-water"}, LINK),
        ({"text": ADVERTISED, "author": "Heron", "dateCreated": "2020-05-01"}, ASKED),
    ],
)
def test_one_question_of_which_one_side_has_other_words(told: dict[str, Any], more: str) -> None:
    for kind in ("QAPage", "WebPage"):
        markup = MICRODATA.replace("Green water?", TITLE).replace("</h1>", more)
        markup = markup.replace("It is green. Very green.", LACK).replace("QAPage", kind)
        found = read(json_ld(qapage(name=TITLE, **told), html=markup))
        assert (found.text, [reply.text for reply in found.replies]) == (LACK, ["Shade."])


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ('It doesn\'t matter -- "really"...', "It doesn’t matter — “really”…"),
        ("**Wait** for it, see [this](http://reeds.example/a_(b)).", "Wait for it, see this."),
        ("_Wait_", "Wait"),
    ],
)
def test_words_that_are_typeset_otherwise_are_the_same_and_read_as_shown(
    told: str, shown: str
) -> None:
    html = marked(shown.replace("\n", "<br>"), PERSON + DAY)
    html = html.replace("Green water?", "Isn’t it green water?").replace("It is green. Very", "Oh")
    data = qapage(name="Isn't it green water?", text="*Oh* green.", acceptedAnswer=answer(told))
    found = read(json_ld(data, html=html))
    assert found.replies == (Reply(doctor="Heron", text=shown, replied_on=date(2020, 5, 1)),)
    assert (found.title, found.warnings) == ("Isn’t it green water?", ())


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("**1.5** mg are what one takes.", ["15 mg are what one takes."]),
        ("Take **1-2** tablets of it.", ["Take 12 tablets of it."]),
        ("It is 10^9 as is usual.", ["It is 109 as is usual."]),
        ("Take **2*5** mg of it a day.", ["Take 25 mg of it a day."]),
        ("**Above** 7 > 6 it harms.", ["Above 7 < 6 it harms.", "Above 7 - 6 it harms."]),
    ],
)
def test_a_dose_is_no_mere_spelling(told: str, shown: list[str]) -> None:
    answers = f"{PERSON}</div>".join(
        answered().replace("Shade.</p></div>", f"{one}</p>") for one in shown
    )
    html = MICRODATA.replace("</div></div></div>", f"</div>{answers}{PERSON}</div></div></div>")
    found = read(json_ld(qapage(acceptedAnswer=answer(told)), html=html))
    assert [reply.text for reply in found.replies] == ["Shade.", *shown]
    assert found.warnings == ("answers-missing-from-markup",)


@pytest.mark.parametrize("kind", ["QAPage", "Question"])
def test_one_question_of_which_the_sides_share_an_answer(kind: str) -> None:
    told = question(name=TITLE, text=ADVERTISED, acceptedAnswer=answer(LONG))
    markup = MICRODATA.partition(">")[2].replace("Green water?", TITLE)
    markup = markup.replace("It is green. Very green.", LACK).replace(
        "Shade.</p>", f"{LONG}</p>{PERSON}</div>{answered()}"
    )
    data = told if kind == "Question" else {"@type": kind, "mainEntity": told}
    found = read(json_ld(data, html=markup))
    assert (found.text, [reply.doctor for reply in found.replies]) == (LACK, ["Heron", None])
    longer = json_ld(data, html=markup).replace(f'{LONG}"', f'{LONG} It will take some weeks."')
    assert read(longer).text == LACK
    linked = markup.replace("</h1>", '</h1><a itemprop="url" href="/why/green-too"></a>')
    for other in (linked, markup.replace(answered(), "")):
        if kind == "QAPage":
            assert read(json_ld(data, html=other)).text == ADVERTISED


def test_questions_of_two_askers_are_two_whatever_their_answers() -> None:
    markup = marked(LONG).partition(">")[2].replace("</h1>", ASKED)
    markup = markup.replace("Green water?", TITLE).replace("It is green. Very green.", LACK)
    told = qapage(name=TITLE, text=ADVERTISED, author="Newt", acceptedAnswer=answer(LONG))
    found = read(json_ld(told, html=markup))
    assert (found.text, found.asker) == (ADVERTISED, Asker(name="Newt"))


GREETING = "Many thanks for this question, which I am glad to answer as well as I can."


@pytest.mark.parametrize(
    ("text", "replies"),
    [
        (f"{GREETING} Plant reeds.", 2),
        (f"{GREETING} Shade.", 1),
        (f"{GREETING[:60]}...", 1),
        (f"{GREETING} Shade.".replace("as well", "so well"), 1),
    ],
)
def test_answers_that_begin_with_one_greeting(text: str, replies: int) -> None:
    mine = answer(f"{GREETING} Shade.", author="Dr. Heron")
    one, other = qapage(suggestedAnswer=mine), qapage(suggestedAnswer=answer(text, author="Heron"))
    in_markup = marked(f"{GREETING} Shade.", PERSON.replace("Heron", "Dr. Heron"))
    for html in twice(one, other):
        assert len(read(html).replies) == replies
    found = read(json_ld(other, html=in_markup))
    assert found.warnings == ("answers-missing-from-markup",) * (replies - 1)


def test_answers_in_a_question_of_their_own_within_the_question() -> None:
    within = f'<div itemscope itemtype="http://schema.org/Question">{answered()}</div>'
    html = MICRODATA.replace('<div itemprop="suggested', f'{within}<div itemprop="suggested')
    told = read(html.replace("Shade.</p></div></div></div>", "Reeds.</p></div></div></div>"))
    assert [reply.text for reply in told.replies] == ["Shade.", "Reeds."]
