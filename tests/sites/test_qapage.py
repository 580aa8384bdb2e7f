"""qapage: schema.org as pages really write it, and nothing out of other pages."""

from datetime import date
from typing import Any

import pytest

from scraper.items import Asker, Reply
from tests.sites.forum import CARPS, MICRODATA, answer, json_ld, qapage, question, read

ANSWERED_CARPS = CARPS | {"acceptedAnswer": answer("For joy.")}


@pytest.mark.parametrize(
    "document",
    [
        qapage(),
        [qapage()],
        {"@graph": [qapage()]},
        {"@context": "http://schema.org/", "@graph": [{"@type": "WebSite"}, qapage()]},
        qapage() | {"@type": ["ItemPage", "https://schema.org/QAPage/"]},
        qapage() | {"mainEntity": [question()]},
        question(),
        {"@graph": [{"@type": "QAPage", "mainEntity": {"@id": "#q"}}, question() | {"@id": "#q"}]},
        {"@graph": [{"@type": "QAPage", "name": "Pond Forum"}, question()]},
        {"@type": "WebPage", "mainEntity": question()},
        {"@type": "WebPage", "mainEntity": qapage()},
        {
            "@type": "QAPage",
            "mainContentOfPage": {"@type": "WebPageElement", "mainEntity": question()},
        },
        qapage() | {"mainEntity": {"name": "Green water?", "text": "It is green."}},
        qapage() | {"mentions": [{"@type": "Question", "name": "Other?"}]},
        qapage() | {"hasPart": question(name="Other?")},
        {"@type": "QAPage", "about": question(), "mentions": CARPS},
        {"@type": "QAPage", "mainEntity": [CARPS, question()]},
        {"@type": "QAPage", "mainEntity": [ANSWERED_CARPS, question(url="/questions/77/green")]},
        {
            "@type": "schema:QAPage",
            "schema:mainEntity": {
                "@type": "schema:Question",
                "schema:name": "Green water?",
                "http://schema.org/text": "It is green.",
            },
        },
        {
            "@context": "https://schema.org",
            "graph": [
                {"type": "QAPage", "mainEntity": {"id": "#q"}},
                {"type": "Question", "id": "#q", "name": "Green water?", "text": "It is green."},
            ],
        },
        {
            "@graph": [
                {"@type": "QAPage", "mainEntity": {"id": "#q"}},
                question(id="#q"),
                question(name="Other?", id="#r"),
            ],
        },
        qapage(id="/t/8") | {"id": "/t/9", "type": "forum", "graph": []},
        qapage(acceptedAnswer=None, suggestedAnswer=[]),
        qapage(acceptedAnswer=[None], author=None, dateCreated=None, answerCount=None),
    ],
)
def test_shapes_of_json_ld(document: Any) -> None:
    found = read(json_ld(document))

    assert (found.title, found.text, found.replies) == ("Green water?", "It is green.", ())
    assert found.id == "pond.example:77:en"
    assert found.warnings == ()


def test_answers_and_their_authors() -> None:
    found = read(
        json_ld(
            qapage(
                author="Newt",
                dateCreated="2020-04-18 04:08:49",
                answerCount=3,
                acceptedAnswer=answer(
                    "More shade.", author={"name": "Heron"}, dateCreated="2020-04-29T11:54:14Z"
                ),
                suggestedAnswer=[
                    answer(
                        "Less food.", author=[{"@type": "Person", "name": "Toad"}, {"name": "X"}]
                    ),
                    answer("Reeds.", author="https://pond.example/u/1", datePublished="2020-05-01"),
                ],
            )
        )
    )

    assert found.asker == Asker(name="Newt")
    assert found.asked_on == date(2020, 4, 18)
    assert [(one.doctor, one.text, one.replied_on) for one in found.replies] == [
        ("Heron", "More shade.", date(2020, 4, 29)),
        ("Toad", "Less food.", None),
        (None, "Reeds.", date(2020, 5, 1)),
    ]
    assert {one.department for one in found.replies} == {None}
    assert found.department is None
    assert found.headline is None


@pytest.mark.parametrize("stated", [1005, "1,005", "2 Answers", "1.2k", "5 Antworten"])
def test_stated_answers_that_the_markup_lacks(stated: int | str) -> None:
    found = read(json_ld(qapage(answerCount=stated, suggestedAnswer=answer("one of many"))))

    assert found.warnings == ("answers-missing-from-markup",)
    assert len(found.replies) == 1


@pytest.mark.parametrize("text", ["", "<p><img src='scan.png'></p>", None])
def test_an_answer_without_words_is_missing(text: str | None) -> None:
    heron = answer("", author="Heron") | {"text": text}
    found = read(json_ld(qapage(suggestedAnswer=[heron, answer("Shade.")])))
    assert [one.text for one in found.replies] == ["Shade."]
    assert found.warnings == ("answers-missing-from-markup",)
    titled = {"@type": "Answer", "name": "More shade"}
    assert read(json_ld(qapage(suggestedAnswer=titled))).warnings == found.warnings
    for pointed in ({"@id": "#5"}, {"@type": "Answer", "url": "#5"}, "#5", {"image": "/scan.png"}):
        found = read(json_ld(qapage(acceptedAnswer=pointed)))
        assert (found.replies, found.warnings) == ((), ("answers-missing-from-markup",))
        there = qapage(acceptedAnswer=pointed, suggestedAnswer=answer("Shade.", url="#5"))
        assert len(read(json_ld(there)).warnings) == (pointed == {"image": "/scan.png"})
    unanswered = qapage(answerCount=0, acceptedAnswer=heron)
    assert read(json_ld(unanswered)).warnings == ()


@pytest.mark.parametrize("unfilled", ["undefined", "null", "[object Object]", "{{ q.text | e }}"])
def test_what_a_script_did_not_fill_in_is_no_value(unfilled: str) -> None:
    told = qapage(
        text=unfilled, author={"name": unfilled}, dateCreated=unfilled,
        suggestedAnswer=[answer(unfilled), answer("The answer is null.", author="Null")],
    )  # fmt: skip
    shown = MICRODATA.replace("It is green. Very green.", unfilled)
    assert read(shown).text is None
    found = read(json_ld(told))
    assert (found.text, found.asker, found.asked_on) == (None, None, None)
    assert [(one.text, one.doctor) for one in found.replies] == [("The answer is null.", "Null")]
    assert found.warnings == ("answers-missing-from-markup",)
    assert read(json_ld(qapage(name=unfilled))).title is None
    assert read(json_ld(qapage(text="{{not a template}}"))).text == "{{not a template}}"


def test_answers_to_answers() -> None:
    third = answer("Reeds.", author="Toad")
    second = answer("Which?", suggestedAnswer=[third])
    first = answer("Plants.", suggestedAnswer=second)
    found = read(json_ld(qapage(suggestedAnswer=[first, answer("Shade.")])))
    assert [one.text for one in found.replies] == ["Plants.", "Which?", "Reeds.", "Shade."]
    ring = [answer("A.", suggestedAnswer={"@id": "#b"}) | {"@id": "#a"}]
    ring += [answer("B.", suggestedAnswer={"@id": "#a"}) | {"@id": "#b"}]
    assert len(read(json_ld(qapage(suggestedAnswer=ring))).replies) == 2


def test_words_that_stand_as_a_description() -> None:
    described = question(text=None, description="It is green.")
    found = read(json_ld(described | {"acceptedAnswer": {"@type": "Answer", "description": "No."}}))
    assert (found.text, [one.text for one in found.replies]) == ("It is green.", ["No."])


def test_the_same_answer_twice_is_one() -> None:
    one = answer("Shade.", author={"name": "Heron"})

    assert len(read(json_ld(qapage(acceptedAnswer=one, suggestedAnswer=[one]))).replies) == 1


def test_the_question_itself_is_no_answer() -> None:
    asked = {"author": "Newt", "dateCreated": "2020-05-01"}
    others = [answer("It is green.", author="Heron"), answer("It is green, too.", **asked)]
    for own in (asked, {}):
        listed = [answer("It is  green.", **own), *others]
        found = read(json_ld(qapage(**asked, suggestedAnswer=listed)))
        assert [reply.doctor for reply in found.replies] == ["Heron", "Newt"]
        assert found.warnings == ()


def test_an_unreadable_day_is_told_and_costs_nothing_else() -> None:
    two = [answer(text, dateCreated="4/5/2020") for text in ("Shade.", "Reeds.")]
    found = read(json_ld(qapage(dateCreated="a while ago", suggestedAnswer=two)))

    assert (found.asked_on, found.replies) == (None, (Reply(text="Shade."), Reply(text="Reeds.")))
    assert found.warnings == ("asked-on-unreadable", "replied-on-unreadable")
    assert found.problems == ()


@pytest.mark.parametrize(
    "written",
    [
        "0000-00-00 00:00:00",
        "0000-00-00",
        "0001-01-01T00:00:00",
        "-0001-11-30T00:00:00+00:00",
        "1970-01-01T00:00:00Z",
        "1970-01-01T08:00:00+08:00",
        "1969-12-31T19:00:00-05:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
    ],
)
def test_what_stands_for_no_day_is_none(written: str) -> None:
    found = read(json_ld(qapage(dateCreated=written, datePublished=written)))
    assert (found.asked_on, found.warnings) == (None, ())
    assert str(read(json_ld(qapage(dateCreated=written, datePublished="2020-04-18"))).asked_on) == (
        "2020-04-18"
    )


def test_a_day_in_parts() -> None:
    parts = {"date": "2020-04-18 10:00:00.000000", "timezone_type": 3, "timezone": "UTC"}
    found = read(json_ld(qapage(dateCreated=parts)))
    assert (found.asked_on, found.warnings) == (date(2020, 4, 18), ())
    assert read(json_ld(qapage(dateCreated={"sec": 9}))).warnings == ("asked-on-unreadable",)


@pytest.mark.parametrize(
    "html",
    [
        MICRODATA.replace("itemtype", "itemType").replace("itemprop", "itemProp"),
        MICRODATA.replace("itemtype", "ITEMTYPE").replace("itemscope", "ITEMSCOPE"),
        json_ld(qapage()).replace("ld+json", "ld&#x2B;json"),
        json_ld(qapage()).replace("ld+json", "LD+JSON"),
    ],
)
def test_attributes_in_other_spellings(html: str) -> None:
    assert read(html).title == "Green water?"


@pytest.mark.parametrize(
    ("lang", "language"),
    [
        ('lang="zh-TW"', "zh-Hant"),
        ('lang="zh-hans-CN"', "zh-Hans"),
        ('lang="zh"', "zh"),
        ('lang="pt_BR"', "pt"),
        ('lang=" EN-us "', "en"),
        ('lang="zh-cmn-Hans-CN"', "zh-Hans"),
        ('lang="zh-CHT"', "zh-Hant"),
        ('lang="zho-TW"', "zh-Hant"),
        ('lang="iw"', "he"),
        ('lang="jp"', "ja"),
        ('lang="en_US.UTF-8"', "en"),
        ("", "und"),
        ('lang="english!"', "und"),
        ('xml:lang="de"', "de"),
        ('><meta http-equiv="Content-Language" content="fr"', "fr"),
        ('><meta http-equiv="content-language" content="fr, en"', "und"),
    ],
)
def test_language(lang: str, language: str) -> None:
    assert read(f"<html {lang}><body>{MICRODATA}</body></html>").language == language


def test_the_language_that_the_data_tells() -> None:
    data = json_ld(qapage(inLanguage="fr"))
    assert read(data).language == "en"
    assert read(data.replace(' lang="en"', "")).language == "fr"
    item = {"@type": "Language", "name": "French", "alternateName": "fr"}
    named = json_ld(qapage(inLanguage=item)).replace(' lang="en"', "")
    assert read(named).language == "fr"


def test_hostile_data_ends() -> None:
    deep = '{"a":' * 50_000 + "1" + "}" * 50_000
    wide = json_ld(qapage(suggestedAnswer=[answer(f"{n}") for n in range(2_000)]))
    script = f'<script type="application/ld+json">{deep}</script>'
    doubling = [{"@id": f"#{n}", "a": [{"@id": f"#{n + 1}"}] * 9} for n in range(25)]
    looped = {"@graph": [qapage() | {"@id": "#p", "isPartOf": {"@id": "#p"}}]}

    assert len(read(wide).replies) == 2_000
    assert read(json_ld(looped)).title == "Green water?"
    assert read(json_ld({"@graph": [*doubling, qapage()]})).title == "Green water?"
    assert read(MICRODATA.replace("<h1", "<b itemprop=name>y</b>" * 9_000 + "<h1")).title == "y"
    assert read(f"<body>{script}{MICRODATA}</body>").title == "Green water?"
