"""qapage: the names of those who ask and answer, and a title that only the page shows."""

from typing import Any

import pytest

from scraper.items import Asker
from tests.sites.forum import HOME, MICRODATA, NAME, URL, answer, json_ld, qapage, read
from tests.sites.test_qapage_json import graph


@pytest.mark.parametrize("name", ["#u1", "http://pond.example/questions/77/green-water#u1"])
@pytest.mark.parametrize("author", ["#u1", {"@id": URL + "#u1"}, URL + "#u1"])
def test_an_author_by_an_id(name: str, author: Any) -> None:
    person = {"@type": "Person", "@id": name, "name": "Newt"}
    assert read(graph(qapage(author=author), person)).asker == Asker(name="Newt")


@pytest.mark.parametrize("name", [URL, HOME, "#page"])
@pytest.mark.parametrize("kind", ["WebPage", "WebSite", ["WebPage", "QAPage"]])
def test_a_page_is_no_author(kind: Any, name: str) -> None:
    pond = {"@type": kind, "@id": name, "name": "Pond Forum"}
    assert read(graph(qapage(author=name), pond)).asker is None


def test_authors_that_are_told_elsewhere() -> None:
    asked = qapage(
        author={"@type": "Person", "@id": "#a"},
        suggestedAnswer=[
            answer("Shade.", author={"@type": "Person", "@id": "#d"}),
            answer("Reeds.", author={"@type": "Person", "@id": "#nobody"}),
        ],
    )
    persons = [
        {"@type": "Person", "@id": "#a", "name": "Newt"},
        {"@type": "Physician", "@id": "#d", "name": "Heron"},
    ]
    found = read(graph(asked, *persons))
    assert found.asker == Asker(name="Newt")
    assert [reply.doctor for reply in found.replies] == ["Heron", None]


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("O&#39;Hare &amp; Co", "O'Hare & Co"),
        ({"name": " Dr.&nbsp;Newt\n "}, "Dr. Newt"),
        ({"name": {"@value": "Newt", "@language": "en"}}, "Newt"),
        ("Newt, see http://pond.example/newt", "Newt, see http://pond.example/newt"),
        ({"givenName": "Old", "familyName": "Newt", "alternateName": "newt"}, "Old Newt"),
        ({"alternateName": "newt"}, "newt"),
        ([{"name": "http://pond.example/u/1"}, "Newt"], "Newt"),
        (["Newt", {"name": "Heron"}], "Newt"),
        ("#/schema/person/newt", None),
        ("/users/5/newt", None),
        ("mailto:newt@pond.example", None),
        ("www.pond.example/newt", None),
        ({"name": "undefined undefined"}, None),
        ({"name": "{{ first }} {{ last }}"}, None),
        ("#1 newt", "#1 newt"),
        ("newt/heron", "newt/heron"),
        (True, None),
    ],
)
def test_names_of_authors(author: Any, name: str | None) -> None:
    found = read(json_ld(qapage(author=author)))
    assert (found.asker and found.asker.name) == name


TITLE = "Why is the water of my pond green?"
HEADING = f"<h1>{TITLE}</h1>"
PLACE = HOME + "questions/why-is-the-water-of-my-pond-green/"


@pytest.mark.parametrize(
    "html", [MICRODATA.replace(NAME, HEADING), json_ld(qapage(name=None), html=HEADING)]
)
def test_the_only_heading_is_the_title_where_the_url_ends_in_its_words(html: str) -> None:
    assert read(html, PLACE).title == TITLE
    assert read(html).title is None
    assert read(html.replace(TITLE, "All the ponds of the north"), PLACE).title is None
    assert read(html.replace(HEADING, HEADING + "<h1>Ponds</h1>"), PLACE).title is None


def test_what_the_qapage_is_called_is_no_title() -> None:
    named = qapage(name=None) | {"name": "Pond Answers"}
    assert read(json_ld(named, html="<h1>Pond Answers</h1>")).title is None
