"""Microdata as pages really write it: links with two roles, attributes that hold HTML."""

from datetime import date

import pytest

from scraper.errors import NotAQuestionError
from scraper.items import Asker, Reply
from tests.sites.forum import MICRODATA, NAME, TEXT, answered, page, read


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ('<a itemprop="author" rel="author" href="/u/newt">Newt</a>', "Newt"),
        ('<a itemprop="author url" href="/u/newt">Newt</a>', "Newt"),
        ('<div itemprop="author"><div>Newt</div><div>Since 2010</div></div>', "Newt Since 2010"),
        ('<meta itemprop="author" content="O&amp;#39;Hare &amp;amp; Co">', "O'Hare & Co"),
        ('<link itemprop="author" href="/u/newt">', None),
        ('<i itemprop="author" itemscope><b itemprop="name">Old<br>Newt</b></i>', "Old Newt"),
        ('<i itemprop="author">by <b itemprop="name">Newt</b></i>', "Newt"),
        ('<a itemprop="author" itemscope href="/u/newt">Old\n<b>Newt</b></a>', "Old Newt"),
        ('<a itemprop="author" itemscope href="/u/newt"><img src=x></a>', None),
    ],
)
def test_authors(author: str, name: str | None) -> None:
    found = page(author, NAME, TEXT, answered(author))
    assert found.title == "Green water?"
    assert found.asker == (Asker(name=name) if name else None)
    assert [reply.doctor for reply in found.replies] == [name]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ('<a itemprop="name url" href="/questions/77">Green water?</a>', "Green water?"),
        ('<a itemprop="url name" href="/questions/77">Green\nwater?</a>', "Green water?"),
        ('<meta itemprop="name" content=" Green\n  water? ">', "Green water?"),
        ('<h1 itemprop="name">Is &amp;amp; &lt;b&gt; safe?</h1>', "Is &amp; <b> safe?"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert page(name, TEXT).title == title


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("&lt;p&gt;It is  green.&lt;/p&gt;&lt;p&gt;Why?&lt;/p&gt;", "It is green.\nWhy?"),
        ("  It is\n\n  green  ", "It is\ngreen"),
        ("pH &amp;lt; 8", "pH < 8"),
    ],
)
def test_texts_in_an_attribute(content: str, text: str) -> None:
    assert page(NAME, f'<meta itemprop="text" content="{content}">').text == text


@pytest.mark.parametrize(
    "broken",
    [
        '<a itemprop="url" href="http://[my site]/">more</a>',
        '<img itemprop="image" src="http://[x">',
        '<object itemprop="image" data="//[x"></object>',
    ],
)
def test_a_broken_url_costs_nothing_but_itself(broken: str) -> None:
    found = page(NAME, TEXT, broken, answered(broken))
    assert (found.title, len(found.replies)) == ("Green water?", 1)


def test_of_two_dates_the_one_that_can_be_read() -> None:
    days = (
        '<time itemprop="dateCreated">long ago</time>'
        '<meta itemprop="datePublished" content="2020-04-18">'
    )
    found = page(NAME, TEXT, answered(days))
    assert [str(reply.replied_on) for reply in found.replies] == ["2020-04-18"]
    assert found.warnings == ()


def test_words_of_items_within_a_text_are_not_its_own() -> None:
    comment = (
        '<i itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
        '<b itemprop="text">Me too.</b></i>'
    )
    found = page(NAME, f'<div itemprop="text">It is green.{comment}{answered(comment)}</div>')
    assert found.text == "It is green."
    assert [reply.text for reply in found.replies] == ["Shade."]


@pytest.mark.parametrize("tag", ["abbr", "time"])
@pytest.mark.parametrize("attribute", ["title", "datetime", "content"])
def test_a_day_in_an_attribute(tag: str, attribute: str) -> None:
    day = f'<{tag} itemprop="dateCreated" {attribute}="2020-04-18T08:00:00Z">3 years ago</{tag}>'
    found = page(NAME, TEXT, day)
    assert (found.asked_on, found.warnings) == (date(2020, 4, 18), ())


WITHIN = '<time datetime="2020-04-18T04:08Z">3 years ago</time>'


@pytest.mark.parametrize("words", [WITHIN, 'on <abbr title="2020-04-18">Sat</abbr>'])
def test_a_day_in_an_attribute_of_the_only_element_within_that_has_one(words: str) -> None:
    found = page(NAME, TEXT, f'<span itemprop="dateCreated">{words}</span>')
    assert (found.asked_on, found.warnings) == (date(2020, 4, 18), ())


@pytest.mark.parametrize(
    "words",
    [
        f'{WITHIN}<time datetime="2021-05-05">a year ago</time>',
        '18 Apr 2020 <i title="2021-05-05">edited</i>',
        '3 years ago <time datetime="2021-05-05">edited 2 months ago</time>',
        '3y <img title="2021-05-05">',
    ],
)
def test_a_day_of_something_else_within_is_not_taken(words: str) -> None:
    found = page(NAME, TEXT, f'<span itemprop="dateCreated">{words}</span>')
    assert (found.asked_on, found.warnings) == (None, ("asked-on-unreadable",))


def test_a_day_that_hangs_on_the_author() -> None:
    day = '<time itemprop="dateCreated" datetime="{}"></time>'
    author = '<i itemprop="author" itemscope><b itemprop="name">Newt</b>{}</i>'
    asked = author.format(day.format("2020-04-18"))
    found = page(NAME, TEXT, asked, answered(asked, day.format("2020-05-01")), answered(asked))
    assert found.asked_on == date(2020, 4, 18)
    assert [reply.replied_on for reply in found.replies] == [date(2020, 5, 1), date(2020, 4, 18)]


ASKED = '<i itemprop="author">Newt</i><meta itemprop="dateCreated" content="2020-04-18">'

TEASER = (
    '<aside><div {role} itemscope itemtype="https://schema.org/Question">'
    '<a itemprop="url name" href="/questions/8">Why do carps jump?</a>{answer}</div></aside>'
)


@pytest.mark.parametrize("role", ["", 'itemprop="isRelatedTo"', 'itemprop="significantLink"'])
@pytest.mark.parametrize("within", [True, False])
@pytest.mark.parametrize("main", ['itemprop="mainEntity"', ""])
def test_a_teaser_leaves_the_pages_question_alone(role: str, main: str, *, within: bool) -> None:
    words = answered().replace("Shade.", "For joy.")
    teaser = TEASER.format(role=role, answer=words if within else "")
    html = MICRODATA.replace('itemprop="mainEntity"', main)
    html = html.replace("Shade.</p></div>", f"Shade.</p></div>{teaser}") if within else html
    html = html if within else html.removesuffix("</div>") + teaser + "</div>"
    found = read(html)
    assert (found.title, found.text) == ("Green water?", "It is green. Very green.")
    assert [reply.text for reply in found.replies] == ["Shade."]


def test_an_answer_outside_the_page_item_is_another_questions() -> None:
    loose = answered().replace('itemprop="suggestedAnswer"', "")
    found = read(f"<body>{MICRODATA}<aside>{loose.replace('Shade.', 'Joy.')}</aside></body>")
    assert [reply.text for reply in found.replies] == ["Shade."]
    assert found.warnings == ()


def test_an_answer_outside_the_page_item_may_be_missing_from_it() -> None:
    found = read(f"<body>{MICRODATA}<section>{answered()}</section></body>")
    assert [reply.text for reply in found.replies] == ["Shade."]
    assert found.warnings == ("answers-missing-from-markup",)
    both = read(f"<body>{MICRODATA}<section>{answered()}</section>{TEASER}</body>")
    assert both.warnings == ()


FORGOTTEN = (
    '<div {}><p itemprop="text">Shade.</p><i itemprop="author">Heron</i>'
    '<meta itemprop="dateCreated" content="2020-05-01"></div>'
)


@pytest.mark.parametrize(
    "attributes",
    [
        'itemprop="suggestedAnswer" itemtype="http://schema.org/Answer"',
        'itemprop="acceptedAnswer"',
    ],
)
def test_an_answer_that_forgot_itemscope_is_not_the_askers(attributes: str) -> None:
    found = page(NAME, TEXT, FORGOTTEN.format(attributes))
    assert (found.text, found.asker, found.asked_on) == ("It is green.", None, None)
    assert found.replies == (Reply(doctor="Heron", text="Shade.", replied_on=date(2020, 5, 1)),)


def test_a_comment_that_forgot_itemscope_is_nobodys_text() -> None:
    comment = FORGOTTEN.format('itemprop="comment"')
    found = page(NAME, TEXT, comment, answered(comment))
    assert (found.text, found.asker, found.asked_on) == ("It is green.", None, None)
    assert found.replies == (Reply(text="Shade."),)
    around = page(NAME, TEXT, f'<ul itemprop="comment">{answered()}</ul>')
    assert around.replies == (Reply(text="Shade."),)
    within = page(NAME, f'<div itemprop="comment">{TEXT}</div>', answered())
    assert (within.text, within.replies) == ("It is green.", around.replies)


def test_what_is_in_a_template_is_not_read() -> None:
    author = '<i itemprop="author" itemscope id="who"><b itemprop="name">{{user}}</b></i>'
    template = f"<template>{answered(author)}<template></template></template>"
    found = page(NAME, TEXT, template, answered().replace("itemscope", 'itemscope itemref="who"'))
    assert [(reply.doctor, reply.text) for reply in found.replies] == [(None, "Shade.")]


def test_one_author_of_two_answers() -> None:
    author = '<i itemprop="author" itemscope id="who"><b itemprop="name">Newt</b></i>'
    refers = answered().replace("itemscope", 'itemscope itemref="who"')
    found = page(NAME, TEXT, refers, refers.replace("Shade.", "Barley."), f"</div>{author}")
    assert [reply.doctor for reply in found.replies] == ["Newt", "Newt"]


def test_a_text_in_many_pieces_is_whole_or_refused() -> None:
    pieces = [f'<p itemprop="text">The {n}th reed of the pond.</p>' for n in range(501)]
    found = page(NAME, *pieces[:500])
    assert found.text == "\n".join(f"The {n}th reed of the pond." for n in range(500))
    with pytest.raises(NotAQuestionError, match="too many pieces"):
        page(NAME, *pieces)
    product = "".join(pieces).replace('"text"', '"description"')
    html = f'<p itemscope itemtype="https://schema.org/Product">{product}</p>'
    assert read(MICRODATA + html).title == "Green water?"


def test_items_without_end() -> None:
    twice, lone = '<div itemscope itemprop="a b">', '<div itemscope itemprop="suggestedAnswer">'
    found = page(NAME, TEXT, answered(), twice * 400 + lone * 400)
    assert [reply.text for reply in found.replies] == ["Shade."]
    with pytest.raises(NotAQuestionError, match="too many items"):
        page(NAME, TEXT, "<div>" * 1_500 + answered() * 1_000)


@pytest.mark.parametrize("vocabulary", ["//schema.org/", "schema.org/", "https://www.schema.org/"])
def test_addresses_of_the_vocabulary(vocabulary: str) -> None:
    found = read(MICRODATA.replace("http://schema.org/", vocabulary))
    assert [reply.text for reply in found.replies] == ["Shade."]
    asked = MICRODATA.replace("<h1", f"{ASKED}<h1").replace("Shade.", f"Shade.{ASKED}")
    absolute = asked.replace('itemprop="', 'itemprop="https://schema.org/')
    assert read(absolute) == read(asked)
