"""A question that a page tells in JSON-LD and in microdata, or twice in one of them."""

from datetime import date
from typing import Any

import pytest

from scraper.errors import NotAQuestionError
from scraper.items import Asker, Reply
from tests.sites.forum import MICRODATA, answer, answered, json_ld, qapage, question, read

PERSON = '<i itemprop="author" itemscope><b itemprop="name">Heron</b></i>'
DAY = '<meta itemprop="dateCreated" content="2020-05-01">'
CARPS = """<aside><div itemscope itemtype="http://schema.org/Question"><b itemprop="name">Why do
 carps jump?</b><div itemprop="acceptedAnswer" itemscope itemtype="http://schema.org/Answer"><p
 itemprop="text">For joy.</p></div></div></aside>"""
LONG = "Plant reeds on all sides of the pond and wait for a summer."


def marked(text: str = "Shade.", more: str = "") -> str:
    """The question in microdata with one answer."""
    return MICRODATA.replace("Shade.</p>", f"{text}</p>{more}")


def test_the_fuller_of_two() -> None:
    two = [answer("Shade."), answer("Reeds.")]
    fuller_json = read(json_ld(qapage(suggestedAnswer=two), html=MICRODATA))
    fuller_markup = read(json_ld(qapage(author="Newt"), html=MICRODATA))

    assert [reply.text for reply in fuller_json.replies] == ["Shade.", "Reeds."]
    assert [reply.text for reply in fuller_markup.replies] == ["Shade."]
    assert fuller_markup.text == "It is green. Very green."
    assert fuller_markup.asker == Asker(name="Newt")


def test_a_question_in_an_aside_is_not_mixed_into_the_pages_own() -> None:
    found = read(json_ld(qapage(author="Newt"), html=CARPS))
    assert (found.title, found.text) == ("Green water?", "It is green.")
    assert (found.asker, found.replies) == (Asker(name="Newt"), ())


def test_two_questions_neither_of_which_is_the_pages() -> None:
    with pytest.raises(NotAQuestionError):
        read(json_ld(question(), html=CARPS))


@pytest.mark.parametrize("title", ["Green water? | Pond Forum", "Green water? - Pond"])
def test_a_title_with_the_sites_name_is_the_same(title: str) -> None:
    found = read(json_ld(qapage(name=title, text=None), html=marked()))
    assert [reply.text for reply in found.replies] == ["Shade."]
    assert found.text == "It is green. Very green."


LACK = "It is green, and the fish do not come up to feed any more."


@pytest.mark.parametrize(
    ("title", "text"),
    [("Why is the water of my pond so gr...", None), ("Algae bloom", LACK), (None, LACK)],
)
def test_a_question_that_one_of_them_cuts_is_the_same(title: str | None, text: str | None) -> None:
    markup = MICRODATA.replace("Green water?", "Why is the water of my pond so green?")
    markup = markup.replace("It is green. Very green.", f"{LACK} What now?")
    found = read(json_ld(qapage(name=title, text=text, author="Newt"), html=markup))
    assert found.title == "Why is the water of my pond so green?"
    assert found.text == f"{LACK} What now?"
    assert (found.asker, found.replies) == (Asker(name="Newt"), (Reply(text="Shade."),))


def test_an_answer_has_from_one_what_the_other_lacks() -> None:
    data = qapage(suggestedAnswer=[answer("Shade. "), answer("Reeds.")])
    found = read(json_ld(data, html=marked(more=PERSON + DAY)))
    assert found.replies == (
        Reply(doctor="Heron", text="Shade.", replied_on=date(2020, 5, 1)),
        Reply(text="Reeds."),
    )


def test_a_cut_answer_is_made_whole() -> None:
    cut = answer("Plant reeds on all sides...", author="Heron")
    found = read(json_ld(qapage(suggestedAnswer=[cut, answer("Shade.")]), html=marked(LONG)))
    assert [(reply.doctor, reply.text) for reply in found.replies] == [
        ("Heron", LONG),
        (None, "Shade."),
    ]
    whole = answer(LONG)
    short = marked("Plant reeds on all sides…", PERSON)
    found = read(json_ld(qapage(suggestedAnswer=[whole, answer("Shade.")]), html=short))
    assert found.replies == (Reply(doctor="Heron", text=LONG), Reply(text="Shade."))


def test_an_answer_that_is_cut_without_dots() -> None:
    cut = answer(LONG[:54], author="Heron", dateCreated="2020-05-01")
    found = read(json_ld(qapage(suggestedAnswer=[cut]), html=marked(LONG)))
    assert found.replies == (Reply(doctor="Heron", text=LONG, replied_on=date(2020, 5, 1)),)
    found = read(json_ld(qapage(suggestedAnswer=[cut, answer(LONG)])))
    assert [reply.text for reply in found.replies] == [LONG[:54], LONG]


@pytest.mark.parametrize(
    ("text", "missing"),
    [("Reeds, and no fish.", True), (LONG[:30], False), ("Shade...", False)],
)
def test_an_answer_that_only_the_poorer_side_has(text: str, *, missing: bool) -> None:
    html = marked(f"{LONG} Shade.").replace("</div></div></div>", f"</div>{answered()}</div></div>")
    found = read(json_ld(qapage(acceptedAnswer=answer(text)), html=html))
    assert [reply.text for reply in found.replies] == [f"{LONG} Shade.", "Shade."]
    assert found.warnings == ("answers-missing-from-markup",) * missing


@pytest.mark.parametrize(
    "other",
    [
        answer("Shade.", author="Toad"),  # another's, in the same words
        answer("Shade"),
        answer("Sha..."),  # too little to know it by
    ],
)
def test_another_answer_lends_nothing(other: dict[str, Any]) -> None:
    found = read(
        json_ld(qapage(suggestedAnswer=[other, answer("Reeds.")]), html=marked(more=DAY + PERSON))
    )
    assert [reply.replied_on for reply in found.replies] == [None, None]
    assert found.replies[0].text == other["text"]


def test_a_day_that_only_one_cannot_read() -> None:
    undated = answer("Shade.", dateCreated="yesterday")
    two = qapage(suggestedAnswer=[undated, answer("Reeds.")], dateCreated="2020-04-18")
    assert read(json_ld(two, html=marked())).warnings == ("replied-on-unreadable",)
    assert read(json_ld(two, html=marked(more=DAY))).warnings == ()
    asked = MICRODATA.replace("</h1>", '</h1><meta itemprop="dateCreated" content="2020-04-18">')
    found = read(json_ld(qapage(suggestedAnswer=[undated, answer("Reeds.")]), html=asked))
    assert found.asked_on == date(2020, 4, 18)
    assert found.warnings == ("replied-on-unreadable",)


def test_the_accepted_answer_is_also_suggested() -> None:
    listed = [answer("Shade.", author="Heron", dateCreated="2020-05-01"), answer("Reeds.")]
    found = read(json_ld(qapage(acceptedAnswer=answer("<p>Shade.</p>"), suggestedAnswer=listed)))
    assert found.replies == (
        Reply(doctor="Heron", text="Shade.", replied_on=date(2020, 5, 1)),
        Reply(text="Reeds."),
    )


def test_equal_words_of_different_people_are_two_answers() -> None:
    thanks = [answer("Thanks.", author=name) for name in ("Heron", "Toad")]
    undated = answer("Thanks.", author="Newt")
    found = read(json_ld(qapage(acceptedAnswer=undated, suggestedAnswer=thanks)))
    assert [reply.doctor for reply in found.replies] == ["Newt", "Heron", "Toad"]
    nameless = [answer("Thanks."), answer("Thanks.", author="Toad")]
    assert len(read(json_ld(qapage(suggestedAnswer=nameless))).replies) == 2


def test_many_answers_alike_end() -> None:
    many = [answer("Thanks.", author=f"{n}") for n in range(3_000)]
    cut = [answer(f"Thanks for the {n}th time...", author=f"{n}") for n in range(3_000)]
    data = qapage(acceptedAnswer=[*many, *cut], suggestedAnswer=[*cut, *many])
    assert len(read(json_ld(data)).replies) >= 6_000


def twice(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The question in two scripts, in either order."""
    return [json_ld(one, other), json_ld(other, one)]


def test_two_blocks_of_one_syntax_are_one_question() -> None:
    cut = qapage(text=f"{LACK[:30]}...", suggestedAnswer=[answer(f"{LONG[:40]} [...]")])
    both = [answer(LONG, author="Heron"), answer("Shade.", dateCreated="2020-05-01")]
    whole = qapage(text=LACK, author="Newt", suggestedAnswer=both)
    for html in twice(cut, whole):
        found = read(html)
        assert (found.text, found.asker) == (LACK, Asker(name="Newt"))
        assert found.replies == (
            Reply(doctor="Heron", text=LONG),
            Reply(text="Shade.", replied_on=date(2020, 5, 1)),
        )


def test_two_blocks_with_other_answers_have_them_all() -> None:
    two = [answer("Reeds."), answer("Shade.")]
    for html in twice(qapage(suggestedAnswer=two), qapage(acceptedAnswer=answer(LONG))):
        assert [reply.text for reply in read(html).replies] == ["Reeds.", "Shade.", LONG]


def test_a_page_item_that_only_names_its_question() -> None:
    stub = qapage(text=None)
    full = question(text=LACK, acceptedAnswer=answer("Shade."))
    teaser = {"@type": "Question", "name": "Green water?", "url": "/questions/9"}
    for html in twice(stub, full):
        found = read(html)
        assert (found.text, [reply.text for reply in found.replies]) == (LACK, ["Shade."])
    assert read(json_ld(stub, teaser)).text is None
    other = read(json_ld(qapage(), question(text="My tank is green.", acceptedAnswer="No.")))
    assert (other.text, other.replies) == ("It is green.", ())


def test_a_few_words_are_said_twice_and_many_are_a_copy() -> None:
    short = [answer("Yes."), answer("Yes."), answer("No.")]
    assert len(read(json_ld(qapage(suggestedAnswer=short))).replies) == 3
    assert len(read(json_ld(qapage(suggestedAnswer=[answer(LONG), answer(LONG)]))).replies) == 1
    signed = answer("Yes.", author="Heron", dateCreated="2020-05-01")
    assert len(read(json_ld(qapage(suggestedAnswer=[signed, dict(signed)]))).replies) == 1


MORNING = {"author": "Heron", "dateCreated": "2020-05-01T08:00:00Z"}
NOON = MORNING | {"dateCreated": "2020-05-01T12:00:00Z"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (MORNING, NOON),
        ({"url": "#1"}, {"url": "#2"}),
        (MORNING | {"url": "#1"}, MORNING | {"url": "#2"}),
    ],
)
def test_the_same_words_at_another_time_or_place_are_no_copy(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    one, other = answer(LONG, **first), answer(LONG, **second)
    assert len(read(json_ld(qapage(suggestedAnswer=[one, other, one]))).replies) == 2
    both = read(json_ld(qapage(acceptedAnswer=one, suggestedAnswer=[one, other])))
    assert len(both.replies) == 2


@pytest.mark.parametrize(
    ("time", "replies"),
    [("2020-05-01T12:00:00Z", 2), ("2020-05-01 08:00:00", 1), ("2020-05-01", 1)],
)
def test_an_accepted_answer_of_another_time_is_another(time: str, replies: int) -> None:
    other = answer(LONG, **MORNING | {"dateCreated": time})
    data = qapage(acceptedAnswer=answer(LONG, **MORNING), suggestedAnswer=other)
    assert len(read(json_ld(data)).replies) == replies


@pytest.mark.parametrize(("count", "replies"), [(2, 2), (1, 1), (3, 1), (None, 1)])
def test_copies_that_the_page_counts_are_answers(count: int | None, replies: int) -> None:
    listed = [answer(LONG, author="Heron", dateCreated="2020-05-01")] * 2
    found = read(json_ld(qapage(answerCount=count, suggestedAnswer=listed)))
    assert len(found.replies) == replies


def test_many_blocks_end() -> None:
    blocks = [qapage(suggestedAnswer=[answer(f"{LONG} {n}")]) for n in range(500)]
    assert read(json_ld(*blocks)).title == "Green water?"
