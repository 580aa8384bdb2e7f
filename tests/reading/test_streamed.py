"""Parts of a page that React sends behind it are read where its scripts put them."""

import pytest

from scraper.reading.evidence import evidence_of
from scraper.reading.page import Page
from scraper.sites.adoctor import Adoctor
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, whole

URL = "https://adoctor.tw/article/5"
A_PART = '<div hidden id="S:0">{}</div><script>$RC=function(b){{}};$RC("B:0","S:0")</script>'
HOLE = '<!--$?--><template id="B:0"></template>{}<!--/$-->'


def document(**parts: str) -> Page:
    return Page(url=URL, body="".join((PARTS | parts).values()).encode())


def lines(html: str) -> list[str]:
    return [line.text for line in Page(url=URL, body=html.encode()).lines]


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("until", ["", "Loading...", "<p>Loading <!--$-->all<!--/$--></p>..."])
def test_a_part_that_comes_late(name: str, until: str) -> None:
    late = PARTS["tags"] + A_PART.format(PARTS[name])
    parts = {"tags": late, name: HOLE.format(until)}
    if name == "tags":
        parts["tags"] += A_PART.format(PARTS[name])
    page = document(**parts)
    question = Adoctor.read_question(page)
    assert whole(question) == EXPECTED
    assert evidence_of(page, question, Adoctor.locate).not_located == ()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>a {HOLE.format('b')} c</p>{A_PART.format('d<b>e</b>')} f", ["a de c", "f"]),
        (f"{HOLE.format('<!--$-->b<!--/$-->b')}c{A_PART.format('a')}", ["ac"]),
        (
            f"{HOLE.format('')}<div hidden id=S:1>b</div>"
            + A_PART.format("<p>a</p><template id=P:1></template><p>c</p>")
            + "<script>$RS('S:1','P:1')</script>",
            ["a", "b", "c"],
        ),
        (f"a{HOLE.format('b')}<script>$RC('B:0','S:0')</script>", ["ab"]),
        (f"{A_PART.format(HOLE.format('a'))}b", ["b"]),
        (f"a{HOLE.format('b')}{A_PART.format('c').replace('$RC', 'f')}", ["ab"]),
    ],
)
def test_where_parts_go(html: str, expected: list[str]) -> None:
    assert lines(html) == expected
