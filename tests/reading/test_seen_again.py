"""What is hidden and shown again, and style sheets too large to be asked."""

from collections.abc import Callable

import pytest

from scraper.reading.page import Page
from tests.growth import growth
from tests.reading.test_lines import texts
from tests.reading.test_style_sheets import shown
from tests.sites.test_adoctor_exam import EXPECTED, read

SHOWS_AGAIN = """
    .a{visibility:hidden}.a.b{visibility:visible}
    .box{visibility:hidden}p{visibility:visible}
    .box{font-size:0}.a{font-size:14px}
    .box{font-size:0}.box p{font-size:1rem}
    .box{text-indent:-9999px}.a{text-indent:0}
    .a{opacity:0}.a.b{opacity:1}
    .a{max-height:0;overflow:hidden}.b{max-height:none}
    .a{height:0;overflow:hidden}@media (min-width:768px){.a{height:auto}}
    .a{height:0;overflow:hidden}.b{overflow:visible}
    .box p{height:0;overflow:hidden}main .box p{height:auto}
    .a{position:absolute;left:-9999px}.b{position:static}
    .a{position:absolute;left:-9999px}.b{left:0}
    .a{position:absolute;width:1px;height:1px;overflow:hidden}.a.b{width:auto;height:auto}
    [v-cloak]{display:none}
    .x-cloak{display:none!important}
    #root [v-cloak]>*{visibility:hidden}
    .a{display:none}#t1:checked~.b{display:block}
    .a{display:none}.box:has(input:checked) .b{display:block}
    .a{display:none}.a:target{display:block}
    .a{max-height:0;overflow:hidden}.box > input:checked + label + p{max-height:none}
    .a{visibility:hidden;opacity:0}#t1:checked ~ .box .a{visibility:visible;opacity:1}
"""


@pytest.mark.parametrize("sheet", [each for each in SHOWS_AGAIN.split("\n    ") if each.strip()])
def test_a_sheet_takes_back_what_it_hides(sheet: str) -> None:
    assert shown(f"<style>{sheet}</style>") == ["before", "text", "after"]


@pytest.mark.parametrize(
    ("sheet", "own"),
    [
        ("visibility:hidden", "visibility:visible"),
        ("opacity:0", "opacity:1"),
        ("max-height:0;overflow:hidden", "max-height:420px"),
        ("display:none", "display:block"),
    ],
)
def test_an_element_takes_back_what_a_sheet_says(sheet: str, own: str) -> None:
    html = "<style>.a{{{}}}</style><p class=a>a</p><p class=a style={}>b</p>"
    assert texts(html.format(sheet, own)) == ["b"]
    assert texts(html.format(sheet.replace(";", "!important;") + "!important", own)) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div style=visibility:hidden>a<p style=visibility:visible>b</p>c</div>d", ["b", "d"]),
        ("<p>a<i style=visibility:hidden>b<br>c</i>d</p>", ["a", "d"]),
        ("<td style='font-size:0px'><div style='font-size:13px'>a</div></td>", ["a"]),
        ("<div style='font-size:0'><p style='font-size:100%'>a</p></div>b", ["b"]),
        (
            "<div style='font-size:0;visibility:hidden'><p style='font-size:1rem'>a</p></div>b",
            ["b"],
        ),
        ("<div style='opacity:0'><p style='opacity:1'>a</p></div>b", ["b"]),
        ("<a href=/1 style=visibility:hidden>a<b style=visibility:visible>b</b></a>c", ["bc"]),
        (
            "<pre style=visibility:hidden>a\nb</pre><pre style=white-space:normal>c\nd</pre>",
            ["c d"],
        ),
        ("<body style='font-size:0'>a", ["a"]),
        ("<p style='color:transparent'>a<b style='color:#333'>b</b></p>c", ["b", "c"]),
        ("<p style='color:#0000'>a</p><p style='color: rgba(0, 0, 0, 0)'>b</p>c", ["c"]),
        ("<p style='color:#000'>a</p><p style='color:rgb(0, 0, 0)'>b</p>", ["a", "b"]),
        ("<p style='background-clip:text;color:transparent'>a</p>", ["a"]),
        ("<p style='color:transparent;text-shadow:0 0 2px #000'>a</p>", ["a"]),
        ("<p style='color:rgb(0 0 0 / 50%)'>a</p><p style='color:rgb(0 0 0/0)'>b</p>", ["a"]),
        ("<p style='background-color:transparent'>a</p>", ["a"]),
        ("<div hidden=until-found>a</div><div hidden>b</div>", ["a"]),
        ("<i aria-hidden=true>1/2</i><i class=sr-only>one half</i>", ["1/2"]),
        (
            "<h2 aria-label='a - b'><i aria-hidden=true>a</i> <i aria-hidden=true>-</i> b</h2>",
            ["a - b"],
        ),
        (
            "<h2 aria-label=ab><b aria-hidden=true><i aria-hidden=true>a</i><i>b</i></b></h2>",
            ["ab"],
        ),
        (
            "<style>.k{position:fixed;top:-999px}</style><i class=k>a</i><i aria-hidden=true>a</i>",
            ["a"],
        ),
        ("<h2><i style='position:absolute;left:-999px'>a</i><i aria-hidden=true>a</i></h2>", ["a"]),
        ("<div aria-hidden=true>menu</div><div style=display:none>cookies</div>c", ["c"]),
        ("<p>Is it <i aria-hidden=true>2</i> weeks?</p>", ["Is it 2 weeks?"]),
        ("<p>An <i>X</i><i class=tooltiptext aria-hidden=true>ray</i>, then</p>", ["An X, then"]),
        ("<p>Dr. Oak <i class=f7-icons aria-hidden=true>person</i> reply</p>", ["Dr. Oak reply"]),
        ("<p>Ice <b aria-hidden=true>→</b> heat</p>", ["Ice heat"]),
        ("<main aria-hidden=true>a</main><div role=dialog>b</div>", ["a", "b"]),
        ("<div aria-hidden=true><h1>a</h1></div><div role=dialog>b</div>", ["a", "b"]),
        ("<h2 aria-label='a b'><i aria-hidden=true>a</i></h2>c", ["c"]),
        ("<a aria-label='a'><i aria-hidden=true>a</i></a>c", ["c"]),
        ("<div aria-hidden=true><article>a</article></div><div>b</div>", ["b"]),
        ("<div aria-hidden=true><h1>a</h1></div><main>b</main>", ["b"]),
        ("<div><div aria-hidden=true><h1>a</h1></div>b</div>", ["b"]),
        ("<i class=sr-only>close</i><i aria-hidden=true>\u00d7</i>a", ["a"]),
    ],
)
def test_text_is_seen_again(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def page(sheet: str, body: str) -> Page:
    html = f"<!DOCTYPE html><style>{sheet}</style>{body}"
    return Page(url="https://adoctor.tw/article/5", body=html.encode())


def rules_for_attributes(count: int) -> Page:
    sheet = "".join(f"[data-a{n}] p{{display:none}}" for n in range(count))
    return page(sheet, "<div data-a><p>x</p></div>" * count)


def rules_for_classes(count: int) -> Page:
    sheet = "".join(f".a{n} p{{display:block}}.a{n} .t{{margin:1px}}" for n in range(count))
    return page(sheet, "".join(f"<div class=a{n}><p>x</p></div>" for n in range(count)))


@pytest.mark.parametrize("made", [rules_for_attributes, rules_for_classes])
def test_many_rules_for_other_places_cost_little(made: Callable[[int], Page]) -> None:
    found = made(500)
    assert len(found.lines) == 500
    assert not found.styles_unread
    assert growth(lambda count: made(count).lines, 100) < 3


def test_sheets_that_hold_up_the_reader_are_given_up() -> None:
    found = page("div p{display:none}" * 1_500, "<div>" * 20 + "<p>x</p>" * 1_000)
    assert 900 < len(found.lines) < 1_000
    assert found.styles_unread


def test_sheets_of_too_many_rules_are_given_up() -> None:
    found = page("".join(f".a{n}{{display:none}}" for n in range(12_000)), "<p class=a1>x</p>")
    assert (len(found.lines), found.styles_unread) == (1, True)


def test_a_question_tells_that_style_sheets_were_given_up() -> None:
    style = "<style>" + "div .x{display:none}" * 7_000 + "</style>"
    question = read(before=f"<main>{style}{'<div>' * 30}<p class=x>no</p>{'</div>' * 30}</main>")
    assert question.warnings == ("style-sheets-unread",)


@pytest.mark.parametrize(
    ("essay", "warnings"),
    [
        ("<div class=hidden><p>Gas.</p></div>", ("section-hidden",)),
        ("<p style=visibility:hidden>Gas.</p>", ("section-hidden",)),
        ("<i></i><script>gas()</script><!-- no --><p></p><nav hidden><a>a</a></nav>", ()),
    ],
)
def test_a_section_that_shows_nothing(essay: str, warnings: tuple[str, ...]) -> None:
    question = read(essay=f"<h3>More Info</h3>{essay}")
    assert question.more_info is None
    assert question.warnings == warnings
    assert question.similar == EXPECTED[8:9]
