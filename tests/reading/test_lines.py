"""Visible lines, one line of HTML each; random trees; hostile pages."""

# ruff: noqa: E501 (one case a line; Chinese counts double)

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from scraper.errors import NotAQuestionError
from scraper.reading.page import Page
from scraper.reading.sight import path_of
from scraper.reading.visible.line import Line
from scraper.reading.visible.lines import visible_lines


def lines(html: str) -> list[Line]:
    return visible_lines(Selector(text=html, type="html").root)


def texts(html: str) -> list[str]:
    return [line.text for line in lines(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><b>Ask Date:</b> <span>2020/10/26</span></p>", ["Ask Date: 2020/10/26"]),
        ("<p>a<br>b<br><br>c</p>", ["a", "b", "c"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<p>a</p><span role=tooltip id=tip>no</span>", ["a"]),
        ("<p>a <b role=tooltip title=no>b</b></p><div role=tooltip>c</div>", ["a b", "c"]),
        ("<p>腳<ruby>麻<rp>(</rp><rt>ㄇㄚˊ</rt><rp>)</rp></ruby>了</p>", ["腳麻ㄇㄚˊ了"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a", "b", "c"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<details><summary>a</summary><p>b</p></details>", ["a", "b"]),
        ("a<div>b</div>c", ["a", "b", "c"]),
        ("<p>a&nbsp;&#12288; b\n\t c</p>", ["a b c"]),
        ("<p>zero&#8203;width&#65279;</p>", ["zerowidth"]),
        ("<p>a<!-- no -->b<script>no</script>c<style>no</style></p>", ["abc"]),
        ("<p>a</p><template>no</template><noscript>no</noscript>", ["a"]),
        ("<div hidden><p>no</p></div><p>a</p>", ["a"]),
        ('<div style="color:red; DISPLAY : none"><p>no</p></div>b', ["b"]),
        ('<p style="visibility:hidden">no</p>b', ["b"]),
        ('<p style="opacity:0.5">a</p><p style="opacity:0">no</p>', ["a"]),
        ('<p class="sr-only">no</p><p class="hidden md:block">a</p>', ["a"]),
        ('<i aria-hidden="true">no</i>b', ["b"]),
        ("<p>\ue000 <b>a</b>\uf8ffb</p><md-icon>no</md-icon><p>\ue001</p>c", ["a\uf8ffb", "c"]),
        ("<style>md-icon{display:flex}</style><div><md-icon>no</md-icon>a</div>", ["a"]),
        ("<dialog>no</dialog><dialog open>a</dialog>", ["a"]),
        ("<title>no</title><p>a<select><option>no</select><textarea>no</textarea>", ["a"]),
        ("<svg><title>no</title></svg>a", ["a"]),
        ("<p>a<input type=hidden value=no>b <progress>no</progress><meter>no</meter>c", ["ab c"]),
        ("<noembed>no</noembed>a", ["a"]),
        ("<p>２０１&zwnj;３/&zwj;０５</p>", ["２０１３/０５"]),
        ("<p>a</p><p>&zwj;</p><p>&#x2800;</p><p>&#xfffc;&#xfe0f;</p><p>b</p>", ["a", "b"]),
        ("<p>❤&#xfe0f;</p><p>👩&zwj;⚕</p>", ["❤\ufe0f", "👩\u200d⚕"]),
        ('<span style="display:block">a</span><span style="display:block">b</span>', ["a", "b"]),
        ('<div style="display:inline">a</div><div style="display:inline">b</div>', ["ab"]),
        (
            "<style>.n{display:none} i.x{display:block}</style><p class='m n'>no</p>a<i class=x>b</i>",
            ["a", "b"],
        ),
        ("<style>@media print{p{display:none}}</style><p>a</p>", ["a"]),
        ("<pre>a\n  b\r\nc</pre>", ["a", "b", "c"]),
        ('<p style="white-space:pre-line">a\nb</p><p>c\nd</p>', ["a", "b", "c d"]),
        ("<x-a>a</x-a><x-b>b</x-b>", ["a", "b"]),
        ("<p>a <x-em>b</x-em> c</p>", ["a b c"]),
        ("<div><span>I take </span><x-a>it</x-a><span> daily.</span></div>", ["I take it daily."]),
        ("<a href=1><x-a>Hair</x-a><span> Loss</span></a>", ["Hair Loss"]),
        ("<x-a>a</x-a><span> It is b. </span><x-a>c</x-a>", ["a", "It is b.", "c"]),
        ("<x-a>a</x-a><span>\nb</span><x-a>c</x-a>", ["a", "b", "c"]),
        ("<a href=1>a</a><a href=2>b</a>", ["a b"]),
        ("<button>a</button><button>b</button>", ["a b"]),
        ("<p>a</p>\0<p>b&#0;</p>", ["a", "b\ufffd"]),
        ("<p>&lt;b&gt; &bogus; &quo</p>", ["<b> &bogus; &quo"]),
        ("", []),
        ("<p> &nbsp; </p><p>&#8203;</p>", []),
        ("<p>&zwj;</p><p>\n\u2800&nbsp;</p><p>\u3164</p><p>\ufe0f</p><p>\ufffc</p>", []),
        ("<p>a. <b>&zwj;</b></p><p>👩&zwj;⚕️</p><p>a\u2800b</p>", ["a.", "👩\u200d⚕️", "a\u2800b"]),
    ],
)
def test_what_a_person_sees(html: str, expected: list[str]) -> None:
    assert texts(f"<body>{html}</body>") == expected


def test_links_headings_and_landmarks() -> None:
    found = lines(
        "<header><h1>Title <small>x</small></h1></header><nav><main><a href=/m>Menu</a></main></nav>"
        "<main><p>See <a href='/1'>one</a> and <a href=/2>two</a>.</p><aside><p>Card</p></aside></main>"
        "<div role=contentinfo>Imprint</div><a href=/all><div>a</div><div>b</div></a>"
    )
    assert [(line.text, line.heading, line.landmark) for line in found] == [
        ("Title x", 1, "header"),
        ("Menu", None, "nav"),
        ("See one and two.", None, "main"),
        ("Card", None, "aside"),
        ("Imprint", None, "footer"),
        ("a", None, None),
        ("b", None, None),
    ]
    assert found[2].links == (("one", "/1"), ("two", "/2"))
    assert [line.links for line in found[5:]] == [(("a", "/all"),), (("b", "/all"),)]


def test_the_element_holds_the_whole_line() -> None:
    whole, part = lines("<body><p><b>x</b> <i>y</i></p><div><em>z</em></div></body>")
    assert (whole.element.tag, part.element.tag) == ("p", "em")
    assert (path_of(whole.element), path_of(part.element)) == ("/html/body/p", "/html/body/div/em")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=8)
WRAPS = st.sampled_from(["p", "div", "li", "h2", "td", "dd", "section", "qa-line", "summary"])


@given(LINES, st.lists(WRAPS, min_size=8, max_size=8), st.integers(0, 4))
def test_lines_come_back_from_any_blocks(written: list[str], tags: list[str], depth: int) -> None:
    inner = "<div>" * depth, "</div>" * depth
    html = "".join(
        f"<{tag}>{inner[0]}<span>{escape(text)}</span>{inner[1]}</{tag}>"
        for text, tag in zip(written, tags, strict=False)
    )
    wanted = [" ".join(text.replace("\u00ad", "").split()) for text in written]
    assert texts(f"<body>{html}</body>") == [text for text in wanted if text]


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(html: str) -> None:
    for line in lines(html or " "):
        assert line.text == " ".join(line.text.split()) != ""


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<div>" * 200 + "x", 1),
        ("<p " + " ".join(f'a{n}="{"<" * 50}"' for n in range(80_000)) + ">x", 1),
        ("<p " + " ".join(f"a{n}" for n in range(800_000)) + ">x", 1),
        ('<p class="' + "x " * 2_500_000 + '">x', 1),
        ("<form><p>x" * 50_000, 50_000),
        ("<p><a href=x>" + "<br>x" * 90_000, 90_000),
        ("\0<p>x" * 100_000, 100_000),
        ("x<!-- <p>x" * 100_000, 1),
        ("<span>x</span>" * 90_000, 1),
        ("x&#0;&amp&bogus;" * 100_000, 1),
        ("x<" + 'a="' * 100_000, 1),
        ("<p aria-label=x>" + "<i aria-hidden=true>ab</i>" * 30_000 + "x", 1),
    ],
    ids=lambda value: str(value)[:12],
)
def test_hostile_pages_are_read_to_their_end(html: str, count: int) -> None:
    found = Page(url="https://adoctor.tw/", body=html.encode()).lines  # hours, were it quadratic
    assert len(found) == count
    assert all(line.text.startswith("x") for line in found)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "a href=x", "form"])
def test_levels_beyond_all_measure_do_no_harm(tag: str) -> None:
    levels = 90_000 // (tag.count("<") + 1)
    body = "<p>before</p>" + f"<{tag}>" * levels + "x"
    assert Page(url="https://adoctor.tw/", body=body.encode()).lines[0].text == "before"


@pytest.mark.parametrize(
    "html", ["<div>" * 200_000 + "x", "<span>x</span>" * 200_000, "x<!---->" * 200_000]
)
def test_a_page_of_countless_tags_is_refused(html: str) -> None:
    with pytest.raises(NotAQuestionError, match=r"the page has 200000 (tags|comments)"):
        _ = Page(url="https://adoctor.tw/", body=html.encode()).lines


def test_a_link_may_open_in_a_line_that_ends_before_its_text() -> None:
    before, linked = lines('<div>before<a href="/article/1"><p>linked</p></a></div>')
    assert (before.text, before.links) == ("before", ())
    assert (linked.text, linked.links) == ("linked", (("linked", "/article/1"),))
