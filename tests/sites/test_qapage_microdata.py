"""Microdata as pages really write it: links with two roles, attributes that hold HTML."""

from datetime import date

import pytest

from scraper.items import Asker, Question, Reply
from tests.sites.forum import MICRODATA, read

NAME = '<h1 itemprop="name">Green water?</h1>'
TEXT = '<p itemprop="text">It is green.</p>'


LONG = "It is green since last week"
ONE = ("name", "text")  # of which an item has one


def page(*properties: str) -> Question:
    inner = "".join(properties)
    return read(
        '<body itemscope itemtype="http://schema.org/QAPage"><div itemprop="mainEntity" itemscope'
        f' itemtype="http://schema.org/Question">{inner}</div>'
    )


def answered(*properties: str) -> str:
    inner = "".join(properties)
    return (
        '<div itemprop="suggestedAnswer" itemscope itemtype="http://schema.org/Answer">'
        f'<p itemprop="text">Shade.</p>{inner}</div>'
    )


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
    ("shown", "content", "told"),
    [
        (f"{LONG}.", f"{LONG[:20]}...", f"{LONG}."),
        ("It is green.", "question", "It is green."),
        (f"{LONG[:20]}...", LONG, LONG),
        ("<img src=x>", LONG, LONG),
    ],
)
def test_an_attribute_only_tells_words_that_its_element_does_not_show(
    shown: str, content: str, told: str
) -> None:
    found = page(*(f'<p itemprop="{name}" content="{content}">{shown}</p>' for name in ONE))
    assert (found.title, found.text) == (told, told)


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


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ("<p itemprop=text>One.</p><p itemprop=text>Two.</p>", "One.\nTwo."),
        ("<p itemprop=text>One.</p><p itemprop=text>One.</p>", "One."),
        (f"<meta itemprop=text content='{LONG}...'><p itemprop=text>{LONG} now.", f"{LONG} now."),
    ],
)
def test_a_text_in_several_pieces(pieces: str, text: str) -> None:
    assert page(NAME, pieces).text == text


@pytest.mark.parametrize(
    ("sheet", "around", "text"),
    [
        ("", "class=whitespace-pre-line", "One.\nTwo."),
        ("", "style='white-space: pre-wrap'", "One.\nTwo."),
        (".body p { white-space: pre-line }", "class=body", "One.\nTwo."),
        ("section { white-space: break-spaces }", "", "One.\nTwo."),
        ("section { white-space: pre } p { white-space: normal }", "", "One. Two."),
        ("", "", "One. Two."),
    ],
)
def test_line_feeds_that_the_page_shows(sheet: str, around: str, text: str) -> None:
    written = "<p itemprop=text>One.\nTwo.</p>"
    found = page(NAME, f"<style>{sheet}</style><section {around}>{written}</section>", answered())
    assert (found.text, [reply.text for reply in found.replies]) == (text, ["Shade."])


REST = "But see a doctor above 40 C."


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<p>Rest.</p><p style='display:none'>{REST}</p><a>More</a>", f"Rest.\n{REST}\nMore"),
        (f"Rest. <span hidden>{REST}</span>", f"Rest. {REST}"),
        (f"<p>Rest.</p><div class='more d-none'><p>{REST}</p></div>", f"Rest.\n{REST}"),
        (f"<i>{LONG}…</i><b style='display: none'>{LONG}<br>now.</b> More", f"{LONG}\nnow. More"),
        (f"<p hidden>{LONG}, now.</p><p>{LONG} ...</p>", f"{LONG}, now."),
        (f"<p>{LONG}</p><p hidden>{LONG}</p>", LONG),
        ("<p>Rest.</p><p hidden>Copy link</p>", "Rest."),
        (f"<p>Rest.</p><form hidden>{REST}</form>", "Rest."),
        (f"<p>Rest.</p><div hidden>{REST} <input></div>", "Rest."),
        (f"<p>Rest.</p><p class='sr-only'>{REST}</p>", "Rest."),
        (f"Rest.<p hidden itemscope itemtype='http://schema.org/Comment'>{REST}</p>", "Rest."),
    ],
)
def test_what_is_folded_away_in_a_text_belongs_to_it(inner: str, text: str) -> None:
    assert page(NAME, f"<div itemprop=text>{inner}</div>").text == text


AUTHOR = '<div>Share</div><br><i itemprop="author">Newt</i>'


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p itemprop=text><p>One.</p><p>Two <b>three</b>.</p></p>", "One.\nTwo three."),
        ("<p itemprop=text><ul><li>One<li>Two</ul>three <b>four</b></p>", "One\nTwo\nthree four"),
        ("<p itemprop=text>Do this:<ul><li>One</ul>and <b>two</b>.</p>", "Do this:\nOne\nand two."),
        ("<p itemprop=text>One. <p>Two.</p></p>", "One.\nTwo."),
        ("<p itemprop=text>One.</p><p>Share</p>", "One."),
        ("<p itemprop=text></p>", None),
        ("<p itemprop=text><img src=x></p>", None),
    ],
)
def test_a_paragraph_that_ends_at_the_first_block(written: str, text: str | None) -> None:
    found = page(NAME, written, AUTHOR, "<p>a<p>b</p></p>")
    assert (found.text, found.asker) == (text, Asker(name="Newt"))


def test_a_day_in_a_title() -> None:
    day = '<abbr itemprop="dateCreated" title="2020-04-18T08:00:00Z">3 years ago</abbr>'
    found = page(NAME, TEXT, day)
    assert (found.asked_on, found.warnings) == (date(2020, 4, 18), ())


def test_a_day_that_hangs_on_the_author() -> None:
    day = '<time itemprop="dateCreated" datetime="{}"></time>'
    author = '<i itemprop="author" itemscope><b itemprop="name">Newt</b>{}</i>'
    asked = author.format(day.format("2020-04-18"))
    found = page(NAME, TEXT, asked, answered(asked, day.format("2020-05-01")), answered(asked))
    assert found.asked_on == date(2020, 4, 18)
    assert [reply.replied_on for reply in found.replies] == [date(2020, 5, 1), date(2020, 4, 18)]


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


@pytest.mark.parametrize("item", ["", ' itemscope itemtype="http://schema.org/Answer"'])
@pytest.mark.parametrize(
    ("inner", "replies", "warnings"),
    [
        ("Yes, <b>it</b> is.<br>Go.", ["Yes, it is.\nGo."], ()),
        ("<h3>Answers</h3><div>Yes.</div>", [], ("answers-missing-from-markup",)),
        (f"<h3>Answers</h3>{answered()}", ["Shade."], ()),
        ("<img src=x>", [], ()),
    ],
)
def test_an_answer_that_is_told_by_its_own_words(
    item: str, inner: str, replies: list[str], warnings: tuple[str, ...]
) -> None:
    found = page(NAME, TEXT, f'<div itemprop="acceptedAnswer"{item}>{inner}</div>')
    assert ([reply.text for reply in found.replies], found.warnings) == (replies, warnings)
    link = f'<a itemprop="acceptedAnswer"{item} href="#5">Yes</a>'
    assert page(NAME, TEXT, link).replies == ()


def test_what_is_in_a_template_is_not_read() -> None:
    author = '<i itemprop="author" itemscope id="who"><b itemprop="name">{{user}}</b></i>'
    template = f"<template>{answered(author)}<template></template></template>"
    found = page(NAME, TEXT, template, answered().replace("itemscope", 'itemscope itemref="who"'))
    assert [(reply.doctor, reply.text) for reply in found.replies] == [(None, "Shade.")]


@pytest.mark.parametrize("vocabulary", ["//schema.org/", "schema.org/", "https://www.schema.org/"])
def test_addresses_of_the_vocabulary(vocabulary: str) -> None:
    found = read(MICRODATA.replace("http://schema.org/", vocabulary))
    assert [reply.text for reply in found.replies] == ["Shade."]
