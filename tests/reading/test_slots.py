"""What stands in an element with a shadow root is read where its slots stand."""

import pytest

from scraper.reading.page import Page
from tests.sites.test_adoctor_exam import EXPECTED, PARTS, read, whole

HOST = "<x-a><template shadowrootmode=open>{}</template>{}</x-a>"


@pytest.mark.parametrize(
    ("root", "children", "expected"),
    [
        ("<p>a</p><slot></slot><p>c</p>", "<p>b</p>", ["a", "b", "c"]),
        ("<p>a</p><slot>none</slot><p>c</p>", "b", ["a", "b", "c"]),
        ("<p>a</p><slot>none</slot><p>c</p>", "", ["a", "none", "c"]),
        (
            "<slot name=n></slot><p>b</p><slot></slot>",
            "<p>c</p><p slot=n>a</p>d<b>e</b>",
            ["a", "b", "c", "de"],
        ),
        ("<p>a</p>", "<p>b</p>", ["a", "b"]),
        (
            HOST.format("<p>a</p><slot></slot>", "<p>b</p>") + "<slot></slot>",
            HOST.format("<p>c</p><slot></slot>", "<p>d</p>"),
            ["a", "b", "c", "d"],
        ),
    ],
)
def test_where_children_are_shown(root: str, children: str, expected: list[str]) -> None:
    page = Page(url="https://adoctor.tw/article/5", body=HOST.format(root, children).encode())
    assert [line.text for line in page.lines] == expected


def test_a_question_of_components() -> None:
    doctor, _, rest = PARTS["reply"].partition("<p>Rest it.</p>")
    tags = PARTS["tags"].partition("</h3>")[2]
    parts = {
        "reply": HOST.format(f"{doctor}<slot></slot>{rest}", "<p>Rest it.</p>"),
        "tags": HOST.format("<h3>Related FAQ</h3><slot></slot>", tags),
    }
    assert whole(read(**parts)) == EXPECTED
