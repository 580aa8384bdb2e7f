"""qapage: pages of no question or of several, and the questions beside the page's own."""

from collections.abc import Mapping
from typing import Any

import pytest

from scraper.errors import NotAQuestionError, PageChangedError
from tests.sites.forum import CARPS, HOME, MICRODATA, URL, answer, json_ld, qapage, question, read

NO_QUESTION: Mapping[str, str] = {
    "empty": "",
    "plain page": "<body><h1>Questions and answers</h1></body>",
    "captcha": "<body><form>Are you human?</form></body>",
    "FAQPage": json_ld({"@type": "FAQPage", "mainEntity": [question(), question(name="Other?")]}),
    "FAQPage of one": json_ld({"@type": "FAQPage", "mainEntity": question()}),
    "FAQPage and its question": json_ld({"@graph": [{"@type": "FAQPage"}, question()]}),
    "MedicalWebPage": json_ld({"@type": "MedicalWebPage", "name": "Question of the day"}),
    "Article": json_ld({"@type": "Article", "headline": "The Question", "author": "A"}),
    "Quiz": json_ld({"@type": "Quiz", "hasPart": [question()]}),
    "of a quiz": json_ld(question(eduQuestionType="Flashcard", acceptedAnswer=answer("Algae."))),
    "list": json_ld(question(), question(name="Why do carps jump?")),
    "ItemList": json_ld({"@type": "ItemList", "itemListElement": [question(), question()]}),
    "list in microdata": "".join(
        f'<div itemscope itemtype="http://schema.org/Question"><a itemprop="name">{name}</a></div>'
        for name in ("Green water?", "Why do carps jump?")
    ),
    "FAQPage that is also a WebPage": json_ld(
        {"@type": ["WebPage", "FAQPage"], "mainEntity": question()}
    ),
    "list of one with words": json_ld(question(), question(name="Why newts?", text=None)),
    "several in a QAPage": json_ld(
        {"@type": "QAPage", "mainEntity": [question(), question(name="Other?")]}
    ),
    "FAQPage and its question in microdata": json_ld(
        {"@type": "FAQPage", "mainEntity": question()},
        html=MICRODATA.replace("http://schema.org/QAPage", ""),
    ),
    "FAQPage in microdata and its question": json_ld(question()).replace(
        "<body", '<body itemscope itemtype="https://schema.org/FAQPage"'
    ),
    "part of an FAQPage": json_ld(
        {
            "@type": "FAQPage",
            "mainContentOfPage": {"@type": "WebPageElement", "mainEntity": question()},
        }
    ),
    "FAQPage in microdata": MICRODATA.replace("QAPage", "FAQPage"),
    "of a product": """<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Net
        </h1><div itemscope itemtype="https://schema.org/Question"><p itemprop="name">Is it green?
        </p></div></div>""",
    "FAQPage in microdata whose question names its asker": MICRODATA.replace(
        "QAPage", "FAQPage"
    ).replace("<p ", '<b itemprop="author">Newt</b><p '),
    "FAQPage that refers to its question": json_ld(
        {"@type": "FAQPage", "mainEntity": {"@id": "#q"}}, question(author="Newt") | {"@id": "#q"}
    ),
    "FAQPage and a QAPage of nobody": json_ld(
        {"@type": "FAQPage", "mainEntity": [CARPS]},
        qapage(text=None, acceptedAnswer=answer("Shade.")),
    ),
}


@pytest.mark.parametrize("html", NO_QUESTION.values(), ids=NO_QUESTION)
def test_nothing_is_invented(html: str) -> None:
    with pytest.raises(NotAQuestionError):
        read(html)


@pytest.mark.parametrize("asked", [{}, {"text": None, "author": {"name": "Newt"}}])
def test_a_question_beside_an_faq_or_a_product(asked: dict[str, Any]) -> None:
    told = qapage(acceptedAnswer=answer("Shade."), **asked)
    html = json_ld({"@type": "FAQPage", "mainEntity": [CARPS]}, {"@type": "Product"}, told)
    assert read(html).title == "Green water?"


def test_a_question_by_itself_beside_an_faq_tells_of_a_person_or_day() -> None:
    faq = {"@type": "FAQPage", "mainEntity": [CARPS]}
    replied = question(acceptedAnswer=answer("Shade.", dateCreated="2026-01-02"))
    for told in (question(author="Newt"), question(dateCreated="2026-01-01"), replied):
        assert read(json_ld(faq, told), HOME + "why/green").title == "Green water?"


ENTRY = question(text=None, acceptedAnswer=answer("Shade."))


@pytest.mark.parametrize("path", ["ponds/green", "posts/green"])
@pytest.mark.parametrize(
    "documents",
    [
        [ENTRY],
        [{"@type": "Article", "headline": "Ponds"}, ENTRY],
        [{"@type": "MedicalWebPage", "name": "Ponds", "mainEntity": ENTRY}],
    ],
)
def test_a_question_that_no_qapage_is_about_tells_of_more_than_an_answer(
    path: str, documents: list[dict[str, Any]]
) -> None:
    with pytest.raises(NotAQuestionError):
        read(json_ld(*documents), HOME + path)
    *others, last = documents
    if "mainEntity" in last:
        last = last | {"mainEntity": ENTRY | {"author": "Newt"}}
    else:
        last = last | {"author": "Newt"}
    assert read(json_ld(*others, last), HOME + path).replies[0].text == "Shade."
    assert read(json_ld(*documents), URL).title == "Green water?"


def test_of_several_questions_it_is_the_one_with_the_pages_number() -> None:
    own = question(url=URL, acceptedAnswer=answer("Shade."))
    html = json_ld(CARPS, own, question(name="Why newts?", url="/questions/9"))
    beside_others = json_ld(own, question(name="Why newts?"), question(name="Why reeds?"))
    for each in (html, beside_others):
        assert [reply.text for reply in read(each).replies] == ["Shade."]
    with pytest.raises(NotAQuestionError):
        read(json_ld(CARPS, own | {"url": "/questions/7"}))


@pytest.mark.parametrize(
    "html",
    [
        json_ld({"@type": "QAPage", "name": "Pond Forum"}),
        json_ld({"@type": "QAPage", "mainEntity": None}),
        '<script type="application/ld+json">{"@type": "QAPage", "mainEntity": {Question</script>',
        '<div itemscope itemtype="https://schema.org/QAPage"><h1>Question</h1></div>',
    ],
)
def test_a_qapage_that_cannot_be_read_has_changed(html: str) -> None:
    with pytest.raises(PageChangedError):
        read(html)


def test_related_questions_and_their_answers_stay_out() -> None:
    related = """<aside><div itemscope itemtype="http://schema.org/Question">
    <a itemprop="name" href="/questions/8">Why do carps jump?</a><div itemscope
    itemtype="http://schema.org/Answer"><p itemprop="text">For joy.</p></div></div></aside>"""

    found = read(f"<body>{MICRODATA}{related}</body>")

    assert found.title == "Green water?"
    assert [reply.text for reply in found.replies] == ["Shade."]
