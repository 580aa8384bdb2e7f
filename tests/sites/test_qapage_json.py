"""JSON-LD as pages really write it: references, strings in several spellings."""

import json
from typing import Any

import pytest

from scraper.items import Asker
from tests.sites.forum import HOME, MICRODATA, answer, json_ld, qapage, question, read, script


def graph(*members: dict[str, Any]) -> str:
    return json_ld({"@context": "https://schema.org", "@graph": [*members]})


@pytest.mark.parametrize(
    "members",
    [
        [{"@type": "QAPage", "mainEntity": {"@type": "Question", "@id": "#q"}},
         question() | {"@id": "#q"}],
        [question() | {"@id": "#q", "mainEntityOfPage": {"@id": "#p"}},
         {"@type": "QAPage", "@id": "#p", "mainEntity": {"@type": "Question", "@id": "#q"}}],
        [{"@type": "Question", "@id": "#q"}, question() | {"@id": "#q"}],
        [{"@type": "Question", "@id": "#q", "name": "Green water?"},
         {"@type": "Question", "@id": "#q", "text": "It is green."}],
        [{"@type": "QAPage", "@id": "#same", "mainEntity": {"@type": "Question", "@id": "#same"}},
         question() | {"@id": "#same"}],
    ],
)  # fmt: skip
def test_references_that_tell_a_type(members: list[dict[str, Any]]) -> None:
    found = read(graph(*members))
    assert (found.title, found.text) == ("Green water?", "It is green.")


def test_a_question_beside_a_graph_in_one_object() -> None:
    found = read(json_ld(qapage() | {"@graph": [{"@type": "WebSite", "name": "Pond"}]}))
    assert (found.title, found.text) == ("Green water?", "It is green.")


def test_blank_names_are_those_of_their_script() -> None:
    pond = {"@type": "Organization", "@id": "_:b0", "name": "Pond"}
    asked = qapage(author={"@id": "_:b0"})
    assert read(json_ld(pond, asked)).asker is None
    assert read(json_ld(pond, {"@graph": [asked, pond | {"name": "Newt"}]})).asker == Asker(
        name="Newt"
    )


def test_one_name_for_different_things_mixes_nothing() -> None:
    """Some sites give everything the same `@id`."""
    same = {"@id": HOME + "#it"}
    found = read(
        json_ld(
            same
            | qapage(
                author=same | {"@type": "Person", "name": "Newt"},
                suggestedAnswer=[
                    answer("Shade.", author=same | {"@type": "Person", "name": "Heron"}, **same),
                    answer("Reeds.", **same),
                ],
            )
        )
    )
    assert found.asker == Asker(name="Newt")
    assert [(reply.doctor, reply.text) for reply in found.replies] == [
        ("Heron", "Shade."),
        (None, "Reeds."),
    ]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("one\ntwo\r\n\n  three  ", "one\ntwo\nthree"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("one &amp; two &lt;3", "one & two <3"),
        ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two &amp;amp; three&lt;/p&gt;", "one\ntwo & three"),
        ("if a < b and b > c", "if a < b and b > c"),
        ("line <b>one</b>\nline two", "line one\nline two"),
        ("<ul><li>one</li>\n<li>two</li></ul><script>alert(1)</script>", "one\ntwo"),
        ("one\u00a0two\u3000three", "one two three"),
        ("<p>one \ud83d</p><p>two</p>", "one \ufffd\ntwo"),
        ("pond.example/?a=1&section=5&copy=2", "pond.example/?a=1&section=5&copy=2"),
        ("a &copy; b &copyright; c", "a © b &copyright; c"),
        ("one,&lt;br /&gt;two", "one,\ntwo"),
        ("&lt;strong&gt;one&lt;/strong&gt; two", "one two"),
        ("close &lt;script&gt; by &lt;/script&gt;", "close <script> by </script>"),
        ("&lt;img src=x&gt;\nwas shown", "<img src=x>\nwas shown"),
        ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;&lt;img src=&quot;/1.jpg&quot;&gt;&lt;/p&gt;", "one"),
        ("one&lt;br&gt;&lt;img src=x&gt;&lt;hr&gt;two &lt;font&gt;3&lt;/font&gt;", "one\ntwo 3"),
        (
            "&lt;p&gt;one&lt;o:p&gt;&lt;/o:p&gt;&lt;/p&gt;&lt;figure&gt;two&lt;/figure&gt;",
            "one\ntwo",
        ),
        ("&lt;section&gt; or &lt;p&gt;&lt;/p&gt;?", "<section> or <p></p>?"),
        ("<p>one<p>two", "one\ntwo"),
        ('<ul class="x"><li>one<li>two', "one\ntwo"),
        ("if a <p and p> b", "if a <p and p> b"),
        ("<![CDATA[<p>one</p><p>two</p>]]>", "one\ntwo"),
        ("&amp;lt;p&amp;gt;it&amp;#39;s&amp;lt;/p&amp;gt; one", "it's\none"),
        ("write &amp;nbsp; and &amp;lt;", "write &nbsp; and &lt;"),
        (["one", "two"], "one\ntwo"),
        ([{"@value": "one"}, {"@value": "two"}], "one\ntwo"),
        ({"@list": ["one", ["two"]]}, "one\ntwo"),
    ],
)
def test_lines_of_a_json_string(written: Any, lines: str) -> None:
    assert read(json_ld(qapage(text=written))).text == lines


def test_title_is_unescaped_once() -> None:
    assert read(json_ld(qapage(name="Is &quot;&lt;pond&gt;&quot; a tag?"))).title == (
        'Is "<pond>" a tag?'
    )


def test_quotation_marks_of_a_title_that_are_escaped_twice() -> None:
    written = "It&amp;#39;s &amp;quot;green&amp;quot; &amp;amp; cold"
    assert read(json_ld(qapage(name=written))).title == 'It\'s "green" &amp; cold'


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Is <em>E. coli</em> harmful?", "Is E. coli harmful?"),
        ('<p>Dr. <a href="/u/1" rel="nofollow">Newt &amp; Co</a></p>', "Dr. Newt & Co"),
        ("What is <b> for?", "What is <b> for?"),
        ("<b>if</b> a <script> b", "<b>if</b> a <script> b"),
    ],
)
def test_marks_of_words_in_a_name(written: str, name: str) -> None:
    found = read(json_ld(qapage(name=written, author=written)))
    assert (found.title, found.asker) == (name, Asker(name=name))


@pytest.mark.parametrize(
    ("parent", "replies"),
    [
        ({"@id": "/questions/1/twin#q"}, ["Shade."]),
        ({"@type": "Question", "name": "Why do carps jump?"}, ["Shade."]),
        ({"@id": "#q"}, ["Shade.", "Reeds."]),
        ({"@id": HOME + "questions/77#question"}, ["Shade.", "Reeds."]),
        ({"@type": "Question", "name": "Green water?"}, ["Shade.", "Reeds."]),
    ],
)
def test_a_loose_answer_to_another_question(parent: dict[str, Any], replies: list[str]) -> None:
    loose = answer("Reeds.", parentItem=parent)
    found = read(graph(qapage(suggestedAnswer=answer("Shade.")), loose))
    assert [reply.text for reply in found.replies] == replies


def test_a_title_keeps_what_looks_like_an_entity() -> None:
    assert read(json_ld(qapage(name="AT&T &times=2"))).title == "AT&T &times=2"


def test_an_empty_answer_is_none() -> None:
    assert read(json_ld(qapage(acceptedAnswer="", suggestedAnswer=[" "]))).warnings == ()


def test_answers_that_are_mere_text() -> None:
    link = HOME + "questions/77#5"
    found = read(
        json_ld(qapage(acceptedAnswer="More<br>shade.", suggestedAnswer=["Reeds.", link, "#5"]))
    )
    assert [reply.text for reply in found.replies] == ["More\nshade.", "Reeds."]


TWO = [answer("Shade."), answer("Reeds.")]


@pytest.mark.parametrize(
    "written",
    [
        {"@set": [TWO[0], [TWO[1]]]},
        {"@type": "ItemList", "name": "Answers", "itemListElement": TWO},
        {"itemListElement": [{"@type": "ListItem", "position": n, "item": TWO[n]} for n in (0, 1)]},
        {"1": TWO[0], "3": TWO[1]},
    ],
)
def test_answers_in_a_list(written: Any) -> None:
    found = read(json_ld(qapage(suggestedAnswer=written)))
    assert [reply.text for reply in found.replies] == ["Shade.", "Reeds."]
    assert found.warnings == ()


def test_a_name_that_a_loop_writes_again() -> None:
    twice = json.dumps(qapage(suggestedAnswer=TWO[0], again=TWO[1]))
    found = read(script(twice.replace("again", "suggestedAnswer")))
    assert [reply.text for reply in found.replies] == ["Shade.", "Reeds."]


def test_of_two_dates_the_one_that_can_be_read() -> None:
    found = read(json_ld(qapage(dateCreated="a while ago", datePublished="2020-04-18")))
    assert (str(found.asked_on), found.warnings) == ("2020-04-18", ())


@pytest.mark.parametrize("address", ["https://schema.org/", r"http:\/\/schema.org\/"])
def test_a_name_of_its_own_for_the_vocabulary(address: str) -> None:
    members = '"@type": ["sdo:Question"], "sdo:name": "sdo: or?", "sdo:text": "It is green."'
    written = (
        f'{{"@context": {{"sdo": "{address}"}}, "@type": "sdo:QAPage",'
        f' "sdo:mainEntity": {{{members}}}}}'
    )
    found = read(script(written))
    assert (found.title, found.text) == ("sdo: or?", "It is green.")


def test_hostile_references_end() -> None:
    named = {"@type": "Thing", "x": 1}
    doubling = [
        named | {"@id": f"#{n}", "a": [named | {"@id": f"#{n + 1}"}] * 9} for n in range(25)
    ]
    alike = [{"@id": "#q", "@type": "Thing", f"p{n}": n} for n in range(5_000)]
    stubs = [{"@id": "#q", "@type": "Thing"}] * 5_000
    assert read(graph(*doubling, qapage())).title == "Green water?"
    assert read(graph(qapage() | {"about": [*alike, *stubs]})).title == "Green water?"
    for opening in ("/*", "//", "<!--", "-->", "<![CDATA["):
        assert read(script(opening * 200_000) + MICRODATA).title == "Green water?"
