"""Microdata as pages really write it: links with two roles, attributes that hold HTML."""

import pytest

from scraper.items import Asker, Question
from tests.sites.forum import read

NAME = '<h1 itemprop="name">Green water?</h1>'
TEXT = '<p itemprop="text">It is green.</p>'


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
    ],
)
def test_authors(author: str, name: str | None) -> None:
    found = page(NAME, TEXT, author, answered(author))
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
    assert found.problems == ()
