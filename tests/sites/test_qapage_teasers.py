"""qapage: the one question that a page shows of another page."""

from typing import Any

import pytest

from scraper.errors import NotAQuestionError, ReadingError
from scraper.items import Reply
from tests.sites.forum import (
    HOME,
    MICRODATA,
    NAME,
    TEXT,
    URL,
    answer,
    answered,
    json_ld,
    qapage,
    question,
    read,
)
from tests.sites.test_qapage_own_urls import OTHER, canonical


def test_a_teaser_in_microdata_is_no_record() -> None:
    teaser = MICRODATA.replace("</h1>", '</h1><a itemprop="url" href="/questions/999/why">more</a>')
    with pytest.raises(NotAQuestionError):
        read(teaser, HOME + "tags/algae")
    named = MICRODATA.replace('Question">', f'Question" itemid="{OTHER}">')
    with pytest.raises(NotAQuestionError):
        read(named, HOME + "tags/algae")


TEASERS = {
    "url": '<h3 itemprop="name">{}</h3><a itemprop="url" href="/why/green">1 reply</a>',
    "link in the name": '<h3 itemprop="name"><a href="/why/green">{}</a></h3>',
    "link around the name": '<a href="/why/green"><h3 itemprop="name">{}</h3></a>',
}


@pytest.mark.parametrize("inner", TEASERS.values(), ids=TEASERS)
def test_the_only_question_of_a_list_is_no_record(inner: str) -> None:
    words = inner.format("Green water?") + '<p itemprop="text">It is green.</p>'
    teaser = f'<div itemscope itemtype="https://schema.org/Question">{words}</div>'
    for path in ("tag/algae", "search?q=green", "users/newt", ""):
        with pytest.raises(NotAQuestionError):
            read(canonical(path, teaser), HOME + path)
    for path in ("why/green", "why/green?from=mail", "why/green/page/2/", "why/green.html"):
        assert read(teaser, HOME + path).title == "Green water?"
    assert read(canonical("why/green", teaser), HOME + "ponds/green").title == "Green water?"


@pytest.mark.parametrize(
    "slug", ["is-the-water-of-my-pond-green", "is-the-water-of-my-pond-green.html?from=list"]
)
def test_the_only_question_of_a_list_whose_link_has_its_title(slug: str) -> None:
    name, link = NAME.replace("Green water", "Is the water of my pond green"), f"/why/{slug}"
    inner = f'{name}{TEXT}<a href="http://[bad/">x</a> <a href="{link}">Read 2 answers</a>'
    teaser = f'<div itemscope itemtype="https://schema.org/Question">{inner}%s</div>'
    with pytest.raises(NotAQuestionError):
        read(teaser % "", HOME + "tag/algae")
    assert read(teaser % "", HOME + link[1:]).text == "It is green."
    assert read(teaser % answered(), HOME + "pond").text == "It is green."
    for other in ("/why/is-it-green", "/tag/is-the-water-of"):
        assert read(teaser.replace(link, other) % "", HOME + "pond").text == "It is green."


@pytest.mark.parametrize("path", ["tags/algae", "questions?tag=algae", ""])
@pytest.mark.parametrize("kind", ["QAPage", "WebPage"])
def test_the_only_question_of_a_list_whose_link_has_a_number(path: str, kind: str) -> None:
    name = '<h3 itemprop="name"><a href="/questions/77/green-water">Green water?</a></h3>'
    teaser = f'<div itemscope itemtype="https://schema.org/Question">{name}</div>'
    html = f'<html itemscope itemtype="https://schema.org/{kind}"><body>{teaser}</body></html>'
    with pytest.raises(NotAQuestionError):
        read(html, HOME + path)
    for own in ("questions/77/green-water", "green-water", "questions/77/green-water/page/2"):
        assert read(html, HOME + own).title == "Green water?"


@pytest.mark.parametrize("path", ["questions/999/cough", "why-cough-8313"])
@pytest.mark.parametrize("kind", ["QAPage", "WebPage"])
def test_a_card_does_not_take_the_number_of_its_page(path: str, kind: str) -> None:
    for link in ("questions/77/green-water", "why-green-water-9999"):
        card = f'<a href="/{link}"><h3 itemprop="name">Green water?</h3></a>'
        card = f'<div itemscope itemtype="https://schema.org/Question">{card}</div>'
        html = f'<body itemscope itemtype="https://schema.org/{kind}">{card}</body>'
        with pytest.raises(NotAQuestionError):
            read(canonical(path, html), HOME + path)
        assert read(html, HOME + link).title == "Green water?"


def test_a_link_within_a_name_is_not_where_its_question_stands() -> None:
    name = '<h1 itemprop="name"><a href="/ponds">[Ponds]</a> Green water?</h1>'
    html = f'<div itemscope itemtype="https://schema.org/Question">{name}</div>'
    assert read(html, HOME + "why/green").title == "[Ponds] Green water?"


REPLY = """<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer">
 <p itemprop="text">Feed them less.</p></div>"""
FOAM = "Since the storm there is foam at the edge, what now?"


def related(
    name: str, text: str = FOAM, link: str = "/questions/8/foam", reply: str = REPLY
) -> str:
    """Another page's question in a list beside the page's own."""
    title = f'<a itemprop="url" href="{link}"><h3 itemprop="name">{name}</h3></a>'
    inner = f'{title}<p itemprop="text">{text}</p>{reply}'
    return f'<aside itemscope itemtype="https://schema.org/Question">{inner}</aside>'


OWN = {
    "markup": NAME.join(('<main itemscope itemtype="https://schema.org/Question">', TEXT))
    + "</main>",
    "QAPage": json_ld(qapage()),
    "QAPage that names itself": json_ld(qapage(url="/questions/77/green-water")),
}


@pytest.mark.parametrize("own", OWN.values(), ids=OWN)
@pytest.mark.parametrize("name", ["Green water?", "Green water? - foam", "Foam"])
def test_a_related_question_is_not_the_pages_whatever_its_title(own: str, name: str) -> None:
    other = related(name, reply=REPLY if "QAPage" in own else "")
    for html in (own + other, other + own, json_ld(question(url=URL)) + own):
        found = read(html)
        assert (found.title, found.text, found.replies) == ("Green water?", "It is green.", ())


@pytest.mark.parametrize(
    ("own", "html"),
    [
        ([qapage(url="/questions/8/foam")], related("Foam", link="/foam")),
        ([qapage(url="/questions/8/foam"), question(name="Foam", text=FOAM)], ""),
        ([qapage(url=f"/questions/{n}/foam", text=FOAM) for n in (8, 9)] + [qapage()], ""),
        (
            [question(url="/questions/8/foam", suggestedAnswer=answer("Reeds."))],
            related("Foam", link="/foam"),
        ),
        (
            [
                question(url="/questions/8/foam", suggestedAnswer=answer("Reeds.")),
                question(name="Foam"),
            ],
            "",
        ),
        (
            [
                question(url="/questions/8/foam", text=None, suggestedAnswer=answer("Reeds.")),
                question(name="Foam", text=None),
            ],
            "",
        ),
    ],
)
def test_no_question_without_a_url_replaces_one_that_is_another_pages(
    own: list[dict[str, Any]], html: str
) -> None:
    with pytest.raises(ReadingError):
        read(json_ld(*own, html=html))


def test_a_teaser_may_hold_an_answer() -> None:
    own = OWN["markup"].replace(TEXT, TEXT + answered())
    found = read(own + related("Foam", "", reply=REPLY))
    assert (found.title, found.text, found.replies) == (
        "Green water?",
        "It is green.",
        (Reply(text="Shade."),),
    )
    notice = related("Read this first", "Be kind.", "", "").replace('<a itemprop="url"', "<a")
    linked = own.replace(TEXT, '<link itemprop="url" href="/q/4711">')
    with pytest.raises(NotAQuestionError):
        read(linked + notice, HOME + "discussion/88/green-water")


def test_a_related_question_without_a_link_is_told_by_its_text() -> None:
    text = "It has been green since the first warm days of May."
    for link in ("", "/foam"):
        found = read(json_ld(qapage(text=text), html=related("Green water?", link=link)))
        assert (found.text, found.replies) == (text, ())
    found = read(json_ld(qapage(text="Please help."), html=related("Foam", "Please help.", "")))
    assert (found.title, found.replies) == ("Green water?", ())
