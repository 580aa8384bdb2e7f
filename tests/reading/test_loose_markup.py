"""Pages without a body or with loose end tags, read as browsers show them."""

from unittest.mock import Mock

import pytest
from lxml import etree

from scraper.reading.adoctor.cleaning.footers import without_inner_footers
from scraper.reading.page import Page, parsed
from scraper.reading.sight import look
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import ESSAY, EXPECTED, PARTS, WORDS, read, whole


def page(html: str) -> Page:
    return Page(url="https://adoctor.tw/article/5", body=html.encode())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<!DOCTYPE html><title>no</title><main><h1>a</h1><x-b>b</x-b></main>", ["a", "b"]),
        ("<style>.x{}</style><section>a</section><p>b</p>", ["a", "b"]),
        ("<meta charset=utf-8><link rel=x href=y><x-app><x-b>a</x-b></x-app>", ["a"]),
        ("<html><head><title>no</title></head><article>a</article></html>", ["a"]),
        ("<head><title>no</title><noscript>no</noscript><!-- no --></head>a", ["a"]),
        ("<p>a</br>b</BR >c</p>", ["a", "b", "c"]),
        ("<div>a</p>b</P>c</div>", ["a", "b", "c"]),
        ("<p>a</p>b", ["a", "b"]),
        ("<html><body>a</body></html><div>b</div><p>c", ["a", "b", "c"]),
        ("<html><body>a</html>b</body></html>\n<!-- c -->", ["ab"]),
        ("<HTML><BODY>a</BODY></HTML>\n<P>b</P>", ["a", "b"]),
        ("a<script>'</html></br>'</script>b<!-- </br> --></br>c</html>d", ["ab", "cd"]),
    ],
)
def test_what_browsers_show(html: str, expected: list[str]) -> None:
    found = page(html)
    assert [line.text for line in found.lines] == expected
    assert look(found.selector.root, found.url).text.split("\n") == expected


@pytest.mark.parametrize(
    ("html", "shown", "apart"),
    [
        ("<nav><div><a href=/x>no</a></nav><p>a", ["no", "a"], "no"),
        ("<footer><div><div>no</footer><p>a</p>", ["no", "a"], "no"),
        ("<nav><ul><li><div>no</ul></nav><p>a", ["no", "a"], "no"),
        ("<nav><table><tr><td>no</nav><p>a", ["no", "a"], "no"),
        ("<header><div hidden>no</header><p>a", ["a"], ""),
        ("<section><p>a</p><div hidden>no</section>b", ["a", "b"], ""),
        ("<ul><li hidden><b>no<li>a</ul>b", ["a", "b"], ""),
        ("<ul><li><div hidden>no</li><li>a</ul>b", ["a", "b"], ""),
        ("<ul><li><table><tr><td>a</li></td></tr></table>b</ul>c", ["a", "b", "c"], ""),
        ("<nav>no<!-- <div> --><b title='<div>'>no</b></nav></nav>a", ["nono", "a"], "nono"),
    ],
)
def test_boxes_that_are_not_closed(html: str, shown: list[str], apart: str) -> None:
    lines = page(html).lines
    assert [line.text for line in lines] == shown
    assert "".join(line.text for line in lines if line.landmark) == apart


@pytest.mark.parametrize("void", ["embed src='a>b'", "source", "TRACK", "wbr", "image /"])
def test_an_element_that_can_hold_nothing(void: str) -> None:
    read = page(f"<script>'<{void}>'</script><b>a</b><{void}>b<p>c<{void}><i>d</i></p>")
    assert [line.text for line in read.lines] == ["ab", "cd"]
    assert read.selector.css("script::text").get() == f"'<{void}>'"


@pytest.mark.parametrize("tag", ["table><tr><td", "fieldset"])
def test_a_link_around_a_table(tag: str) -> None:
    end = tag.partition(">")[0]
    before, card, inner, after = page(
        f"<a href=/1>a<a href=/2><{tag}>b<{tag}>c</{end}></{end}></a><{tag}>d</{end}>"
    ).lines
    assert (before.links, after.links) == ((("a", "/1"),), ())
    assert (card.links, inner.links) == ((("b", "/2"),), (("c", "/2"),))


@pytest.mark.parametrize(
    "html",
    [
        "<li><table>" + "<div>" * 40_000 + "</li>" * 40_000,
        "<embed>" * 2_000 + "<b>x</b>" * 90_000,
        "<nav><div>" * 30_000 + "</nav>" * 30_000,
        "<a href=x><table></a>" * 30_000,
        '<nav><div></nav><a href="' * 30_000,
    ],
    ids=lambda html: html[:9],
)
def test_hostile_boxes_are_read_to_their_end(html: str) -> None:
    first, *_ = page(f"<p>x</p>{html}").lines
    assert first.text == "x"


def test_what_scripts_hold_is_left_as_it_is() -> None:
    html = "<script type='application/ld+json'>\"a</br></html>\"</script></br><p>b</p></html>c"
    (script,) = page(html).selector.css("script::text").getall()
    assert script == '"a</br></html>"'
    assert parsed(html).findtext(".//script") == script


def test_a_sound_page_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = Mock(wraps=etree.fromstring)
    monkeypatch.setattr(etree, "fromstring", parse)
    parsed("<html><body><p>a<br>b</p></body></html>\n")
    assert parse.call_count == 1


def test_a_question_without_body() -> None:
    top = "<!DOCTYPE html><title>Clicking Knees</title>"
    inner = "".join(PARTS.values())
    assert (
        whole(Adoctor.read_question(page(f"<html lang=en>{top}<main>{inner}</main>"))) == EXPECTED
    )
    assert (
        whole(Adoctor.read_question(page(f"{top}<x-app lang=en>{inner}</x-app>")))[:10]
        == EXPECTED[:10]
    )


FOOTER = '<footer class="card-footer">{}</footer>'
LINKED = '<a href="/faq">Related FAQ</a>'


@pytest.mark.parametrize("around", ["<div>{}</div>", "<main><q-a>{}</q-a></main>"])
@pytest.mark.parametrize(
    ("part", "inner"),
    [
        ("asker", PARTS["asker"]),
        ("reply", "<p>Reply Date: 2020/10/27</p>"),
        ("similar", '<p><a href="/article/9">[Read More] Other Knees</a></p>'),
    ],
)
def test_a_footer_above_other_parts_of_the_question(around: str, part: str, inner: str) -> None:
    assert inner in PARTS[part]
    changed = around.format(PARTS[part].replace(inner, FOOTER.format(inner)))
    assert whole(read(**{part: changed})) == EXPECTED


def test_a_footer_that_ends_a_part_of_main() -> None:
    card = PARTS["similar"].replace("<p><a", "<footer><a").replace("</a></p>", "</a></footer>")
    title = f"<main>{PARTS['title']}"
    question = read(title=title, similar=f"<div>{card}</div></main>", tags="")
    assert question.similar == read(tags="").similar


@pytest.mark.parametrize("box", ["<main>{}</main>", "<div>{}</div>", "{}"])
def test_the_footer_of_a_last_reply(box: str) -> None:
    day = "Reply Date: 2020/10/27"
    reply = PARTS["reply"].replace(f"<p>{day}</p>", FOOTER.format(day))
    parts = PARTS | {"reply": reply * 2, "essay": "", "similar": "", "tags": ""}
    question = Adoctor.read_question(page(box.format("".join(parts.values()))))
    assert (question.replies, question.problems) == ((EXPECTED[6],) * 2, ())


@pytest.mark.parametrize("reply", ["", PARTS["reply"]])
@pytest.mark.parametrize("last", ["reply", "similar", "tags"])
def test_a_reply_date_in_the_footer_of_the_page(last: str, reply: str) -> None:
    parts = {"essay": "", "similar": "", "tags": "", last: PARTS[last], "reply": reply}
    footer = FOOTER.format("<p>Reply Date: 2019/01/01</p><p>Imprint</p>")
    assert read(**parts, after=footer) == read(**parts)


@pytest.mark.parametrize("stat", ["", "<p>3 views</p>"])
@pytest.mark.parametrize("tags", ["", PARTS["tags"].replace("Related FAQ", LINKED)])
def test_the_footer_of_a_last_card_in_no_main(tags: str, stat: str) -> None:
    card = PARTS["similar"].replace("Other Knees", "Other Knees?")
    card = card.replace("<p><a", f"<footer>{stat}<a").replace("</a></p>", "</a></footer>")
    question = read(similar=f"<div>{card}</div>", tags=tags, after="<footer>Imprint</footer>")
    assert [card.title for card in question.similar] == ["Other Knees?"]
    assert question.more_info == "\n".join(ESSAY)
    assert question.warnings == ()


@pytest.mark.parametrize(
    "below",
    [
        "",
        "<div>We use cookies. <a href='/c'>More Info</a></div>",
        "<ul><li><a href='/s'>Similar Q&amp;A</a></li></ul>",
        "<aside><p>Ms. Ho, 30~39 year old female. Ask Date: 2021/01/01</p></aside>",
    ],
)
def test_the_footer_of_the_page_stays_one(below: str) -> None:
    shown = page(f"{PARTS['essay']}<footer><p>Imprint</p></footer>{below}").lines
    found = without_inner_footers(shown)
    assert [line.landmark for line in found if line.text == "Imprint"] == ["footer"]


@pytest.mark.parametrize("tag", ["dialog open", "div role=dialog", "div role=alertdialog"])
def test_a_dialog_is_apart_unless_it_is_the_page(tag: str) -> None:
    end = tag.split(maxsplit=1)[0]
    question = read(tags="", similar="", after=f"<{tag}><p>Log in to go on.</p></{end}>")
    assert question.more_info == read(tags="", similar="").more_info
    inner = "".join(PARTS.values())
    assert whole(Adoctor.read_question(page(f"<html lang=en><{tag}>{inner}</{end}>"))) == EXPECTED


@pytest.mark.parametrize(
    "row",
    [
        "<div style='display:flex'><x-a>Dr. Lin Moshan reply</x-a><a href='#'>Neurology</a></div>",
        "<div class=d-flex><x-a>Dr. Lin Moshan</x-a><i>reply</i><x-c>Neurology</x-c></div>",
        "<div><x-a>Dr. Lin Moshan</x-a> <b>reply</b> Neurology</div>",
    ],
)
def test_elements_of_unknown_name_in_a_row(row: str) -> None:
    reply = PARTS["reply"].replace("<p>Dr. Lin Moshan reply Neurology</p>", row)
    assert whole(read(reply=reply)) == EXPECTED


def test_elements_of_unknown_name_in_a_column() -> None:
    lines = "".join(f"<x-w>{line}</x-w>" for line in WORDS)
    assert (
        whole(read(words=f"<div style='display:flex;flex-flow:column'>{lines}</div>")) == EXPECTED
    )
