"""What style sheets do to the lines of a page, one rule each."""

import pytest

from scraper.reading.css.media import on_screen
from tests.reading.test_lines import texts

HIDES = """
    <!--\n.a{display:none}\n-->
    @layer base{.a{display:none}}
    @layer base, more;@layer more{@media screen{.a{display:none}}}
    @supports (display:grid){.a{display:none}}
    @media screen, projection{.a{display:none}}
    @media screen and (min-width:768px) and (max-width:1400px){.a{display:none}}
    @media (min-width:48em){.a{display:none}}
    @media (width >= 48rem){.a{display:none}}
    .a{display:none!important}.a.b{display:block}
    .a{display:none}@layer x{p.a.b{display:block}}
    .a.b{display:block}.a{display : none ! important}
    .a:not(.shown){display:none}
    p:not(.shown,[data-state=open]){display:none}
    [data-state=closed]{display:none}
    p[data-state="closed"]{display:none}
    #root [data-state]{display:none}
    main[lang=en] .a{display:none}
    .md\\:a{display:none}
    :where(.a){display:none}
    html body div main div .a{display:none}
    .box{color:red;.a{display:none}}
    .box{& > .a{@media screen{display:none}}}
    .a{max-height:0;overflow:hidden}
    .a{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden}
    .a{position:absolute;clip:rect(0,0,0,0)}
    .a{position:absolute!important;clip-path:inset(50%)}
    .a:before{content:"}"}.a{display:none}
    .a:after{content:'a{;'}.a{display:none}
    .box p{display:none}
    .box{visibility:hidden}
    .box{visibility:hidden}.a{visibility:inherit}
    .box{font-size:0}.a{font-size:1em}
    .a.b{opacity:0}.a{opacity:1}
    .a{display:none}input:checked + p{display:block}
    .a{display:none}.b:hover{display:block}
    .a{opacity:0;transition:none}
    :is(.none, .a){display:none}
    :where(main, section) > :is(div.box) :is(.none,.a):is(.b){display:none}
    p:is(.a){display:none}
    [class^=a]{display:none}
    [class$=cloak]{display:none}
    p[class*='d:a']{display:none}
    [class~=b]{display:none}
    [lang|=en] .a{display:none}
    :root .a{display:none}
    .a:not(:focus):not(:active):not(:focus-within, :hover){display:none}
    .none{color:red}@media screen{.a{display:none
    .a{clip-path:inset(50%)}
    .a{transform:scale(0)}
    .a{scale:0}
    .a{position:absolute;inset:-9999px}
    .a{position:fixed;inset:0 auto auto -9999px}
    .a{content-visibility:hidden}
    .a{filter:blur(1px) opacity(0%)}
    .a{margin-left:-9999px}
    .a{margin:0 0 0 -999em}
    .tab-pane .a{display:none}.box .a{display:none}
    .z::before{content:"\\""}.a{display:none}.z::after{content:"\\""}
    .z{background:url("/*.png")}.a{display:none}.z{background:url("*/")}
    body > div .a{display:none}
    .box > *{display:none}
    .box > :not(.active){display:none}
    .a{display:none;display:-ms-flexbox;display:}
    .b.b{display:none}.a{display:block}
    :is(.none, :not(.none) > .a){display:none}
    .box{& .none, & .a{display:none}}
    .none, .box{.a{display:none}}
    [data-state='CLOSED' i]{display:none}
    [ data-state = closed ]{display:none}
    [data-a='x y'], .a{display:none}
    .none::slotted(p), .none::-webkit-x, .a{display:none}
    @supports (--css:variables){.a{display:none}}
    @supports selector(:focus-visible) and (display:grid){.a{display:none}}
    @supports font-tech(color-COLRv1) and font-format(woff2){.a{display:none}}
    @media/* x */screen{.a{display:none}}
    @media (color){.a{display:none}}
"""
SHOWS = """
    @media print{.a{display:none}}
    @media (max-width:600px){.a{display:none}}
    @media (width < 600px), (orientation: portrait){.a{display:none}}
    @media not screen{.a{display:none}}
    @media (prefers-reduced-motion: reduce){.a{display:none}}
    .a{display:none}@media (min-width:48em){.a{display:block}}
    .a{display:none}@media (width>=48rem){.a{display:block}}
    .a{display:none}@media (20em < width <= 90em){.a{display:block}}
    @supports not (display:grid){.a{display:none}}
    @supports (-moz-appearance:none){.a{display:none}}
    @layer x{.a.b{display:none}}.a{display:block}
    .a{opacity:0;animation:f 1s forwards}@keyframes f{to{opacity:1}}
    .a{opacity:0;transition:opacity .3s}
    .a{opacity:0;transform:translateY(20px)}
    [data-state]{opacity:0}
    .a{max-height:0;overflow:hidden;transition:max-height .2s}
    .a{position:absolute;clip-path:polygon(0 0,100% 0,100% 90%,0 100%)}
    .a:hover{display:none}
    .a::before{display:none}
    .a:not(.b){display:none}
    .a:nth-child(9){display:none}
    .none + .a{display:none}
    [data-state=open]{display:none}
    body{display:none}
    html{visibility:hidden}
    .none p{display:none}
    @keyframes f{.a{display:none}}
    .a{color:red;.none{display:none}}
    :is(.none, div).a{display:none}
    [class^=c]{display:none}
    [class$=a]{display:none}
    [class*=""]{display:none}
    [class~=x]{display:none}
    [lang|=e] .a{display:none}
    .a:not(:focus):active{display:none}
    .a{transform:scale(0);transition:transform .2s}
    .a{transform:scale(0.9)}
    .a{position:absolute;inset:0}
    .a{filter:opacity(0.5)}
    .a{float:left;margin-left:-100%}
    .a{margin-left:-300px}
    .tab-pane{display:none}.tab-pane.active{display:block}
    .box > .tab-pane:not(.active){display:none}
    p:not(:is(.a, .none)){display:none}
    p:not(:where(.none, .box > .a)){display:none}
    p:not(:nth-child(9)){display:none}
    .none > .box .a, body > .box .a{display:none}
    .a{display:none}body > div .a{display:block}
    .b.b{display:block}.a{display:none}
    p:not(#x){display:block}.a.b{display:none}
    :where(.a){display:none}p{display:block}
    p{display:none}div p{display:block}
    .a, .none::-moz-x{display:none}
    .a, .none,{display:none}
    .none{color:red};.a{display:none}
    p:not(:hover !){display:none}
    p:root{display:none}
    @media screen{;.a{display:none}}
    #x#root .a{display:none}
    p{display:none}:not(.none .none) *{display:block}
    @layer x, y;@layer y{.a{display:block}}@layer x{.box .a{display:none}}
    @layer x{.a{display:block!important}}.a{display:none!important}
    @supports (not (display:grid)){.a{display:none}}
    .a{display:block;display:none\\9}
    .a{display:none}.box .a{display:var(--display)}
    .box{visibility:hidden}.a{visibility:var(--seen, visible)}
"""


@pytest.mark.parametrize("sheet", [each for each in HIDES.split("\n    ") if each.strip()])
def test_a_rule_hides(sheet: str) -> None:
    assert shown(f"<style>{sheet}</style>") == ["before", "after"]


@pytest.mark.parametrize("sheet", [each for each in SHOWS.split("\n    ") if each.strip()])
def test_a_rule_does_not_hide(sheet: str) -> None:
    assert shown(f"<style>{sheet}</style>") == ["before", "text", "after"]


def shown(head: str) -> list[str]:
    return texts(
        f"<head>{head}</head><body><div id=root><main lang=en>before<div class=box>"
        '<p class="a b md:a tab-pane x-cloak" data-state=closed v-cloak>text</p></div>'
        "after</main></div></body>"
    )


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", ["before", "after"]),
        ("media=screen", ["before", "after"]),
        ("media=print", ["before", "text", "after"]),
        ("media='(max-width:600px)'", ["before", "text", "after"]),
        ("type=text/css", ["before", "after"]),
        ("type=text/less", ["before", "text", "after"]),
    ],
)
def test_the_media_of_a_sheet(attributes: str, expected: list[str]) -> None:
    assert shown(f"<style {attributes}>.a{{display:none}}</style>") == expected


@pytest.mark.parametrize("unclosed", [".z{color:red", "/*", "@media print{", "a[b='"])
def test_a_sheet_ends_with_its_element(unclosed: str) -> None:
    style = f"<style>{unclosed}</style><style>.a{{display:none}}</style>"
    assert shown(style) == ["before", "after"]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("display:block", []),
        ("display:block!important", ["x"]),
        ("display:block!important;display:none", ["x"]),
        ("/* off */display:none!important", []),
        ("color:red;/* ; */opacity:0", []),
    ],
)
def test_an_element_s_own_style(own: str, expected: list[str]) -> None:
    assert (
        texts(f"<style>.a{{display:none!important}}</style><p class=a style='{own}'>x") == expected
    )


@pytest.mark.parametrize("around", ["noscript", "template"])
def test_a_sheet_that_a_browser_with_scripts_leaves_out(around: str) -> None:
    assert shown(f"<{around}><style>.a{{display:none}}</style></{around}>") == [
        "before", "text", "after",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("", True),
        ("only screen", True),
        ("all and (min-width: 1280px)", True),
        ("(min-width: 80.1em)", False),
        ("(max-width:1280px)", True),
        ("not all and (max-width:600px)", True),
        ("print, (hover: hover) and (pointer: fine)", True),
        ("(400px <= width <= 700px)", False),
        ("(1000px < width < 2000px) and (height > 20rem)", True),
        ("(min-device-width:1.2.3px)", False),
        ("(min-width: calc(1px + 1em))", False),
        ("not (color-gamut: p3)", False),
    ],
)
def test_media_conditions(condition: str, *, holds: bool) -> None:
    assert on_screen(condition) is holds


@pytest.mark.parametrize("frame", ["html style='opacity:0'", "body hidden", "body class=hidden"])
def test_a_page_is_never_hidden_whole(frame: str) -> None:
    head = "<style>.js body{visibility:hidden}</style>"
    assert texts(f"<html class=js><head>{head}</head><body><p>a</p></body></html>") == ["a"]
    html = f"<{frame}><p>a</p>"
    assert texts(html if frame.startswith("html") else f"<html>{html}") == ["a"]
