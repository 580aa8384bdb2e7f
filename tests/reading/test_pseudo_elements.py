"""Line breaks that a style sheet puts before or after an element."""

import pytest

from tests.reading.test_lines import texts

BREAKING = (
    '.l::after{content:"\\A";white-space:pre}',
    ".l:after{content:'\\00000a';white-space:pre-line}",
    'p,.box .l::before{content:"";display:block}',
    'span.l::after{content:"" ; display:block}',
    '.l{&::after{content:"";display:block}}',
    '.l::after{content:"";display:block;float: none}',
)
NOT_BREAKING = (
    '.l::after{content:"\\A"}',
    ".l::after{display:block}",
    ".l::after{content:none;display:block}",
    ".l::after{content: none;display:block}",
    '.l::after{content:"\\A9";white-space:pre}',
    '.l::after{content:"";display:block;position:absolute}',
    '.l::after{content:"";display:block;float:left}',
    '.l:hover::after{content:"";display:block}',
    '@media print{.l::after{content:"";display:block}}',
)


@pytest.mark.parametrize("sheet", [*BREAKING, *NOT_BREAKING])
def test_a_pseudo_element_breaks_the_line(sheet: str) -> None:
    box = "<div class=box><span class=l>one</span><span class=l>two</span></div>"
    expected = ["one", "two"] if sheet in BREAKING else ["onetwo"]
    assert texts(f"<head><style>{sheet}</style></head><body>{box}</body>") == expected


def test_a_pseudo_element_shows_nothing_that_is_hidden() -> None:
    sheet = '.l{display:none}.l::after{content:"";display:block}'
    text = texts(f"<style>{sheet}</style><body>shown<span class=l>hidden</span></body>")
    assert text == ["shown"]
