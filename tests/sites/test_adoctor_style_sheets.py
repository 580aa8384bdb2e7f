"""adoctor: what style sheets show and hide of one question page."""

import pytest

from tests.sites.test_adoctor_exam import EXPECTED, PARTS, WORDS, read, whole

HIDDEN = "<p>Reply Date: 2001/01/01</p>"


@pytest.mark.parametrize(
    ("sheet", "opening"),
    [
        (".pop .in{display:none}", '<div class="pop"><div class="in">'),
        ("div.pop > span{display:none}", '<div class="pop a"><span>'),
        (".a.b{display:none}", '<div><div class="b x a">'),
        ("#top .in, #pop .in{visibility:hidden}", '<div id="pop"><div class="in">'),
        (".in{display:none}@media (max-width:600px){.in{display:block}}", "<div><div class=in>"),
        ("@media screen and (min-width: 768px){.in{display:none}}", "<div><div class=in>"),
        (".in{position:absolute;left:-9999px}", "<div><div class=in>"),
        (".in{height:0;overflow:hidden}", "<div><div class=in>"),
        (".in{position:absolute;width:1px;clip:rect(0,0,0,0)}", "<div><div class=in>"),
    ],
)
def test_hidden_by_a_sheet(sheet: str, opening: str) -> None:
    hidden = f"{opening}{HIDDEN}</div></div>"
    head = f"<style>{sheet}</style>"
    assert whole(read(head=head, before=hidden, words=PARTS["words"] + hidden)) == EXPECTED


@pytest.mark.parametrize(
    ("sheet", "opening"),
    [
        (".pop .in{display:none}", '<div><div class="in">'),
        (".pop > .in{display:none}", '<div class="pop"><section><div class="in">'),
        (".in{display:none}.in.on{display:block}", '<div><div class="in on">'),
        (".pop .in{display:none}.pop .in.on{display:block}", '<div class=pop><div class="in on">'),
        (".in:hover{display:none}.in[hidden]{display:none}", "<div><div class=in>"),
        ("@media (max-width:600px){.in{display:none}}", "<div><div class=in>"),
        ("@media print{.in{display:none}}", "<div><div class=in>"),
        (".in{display:none}@media (min-width:768px){.in{display:block}}", "<div><div class=in>"),
        (".in{height:0}", "<div><div class=in>"),
        (".in{position:absolute;left:-9px}", "<div><div class=in>"),
        ("nav li{display:none}", "<ul><li>"),
        (".no-js .in{display:none}", "<div class=no-js><div class=in>"),
    ],
)
def test_shown_by_a_sheet(sheet: str, opening: str) -> None:
    words = "".join(f"{opening}{line}</div></div>" for line in WORDS)
    assert whole(read(head=f"<style>{sheet}</style>", words=words)) == EXPECTED
