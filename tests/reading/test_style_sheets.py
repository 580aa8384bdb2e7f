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
    ],
)
def test_the_media_of_a_sheet(attributes: str, expected: list[str]) -> None:
    assert shown(f"<style {attributes}>.a{{display:none}}</style>") == expected


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


SPANS = "<div class=q><span>a</span><span>b</span></div><div><span>c</span><span>d</span></div>"


@pytest.mark.parametrize(
    ("sheet", "html", "expected"),
    [
        (".q span{display:block}", SPANS, ["a", "b", "cd"]),
        ("div.q>span{display:block}", SPANS, ["a", "b", "cd"]),
        ("body .q span{display:inline-block}", SPANS, ["a b", "cd"]),
        (
            ".q div{display:inline-block}",
            "<h2 class=q><div><div>M</div><div>y</div></div> <div><div>I</div></div></h2>",
            ["My I"],
        ),
        (".none span{display:block}", SPANS, ["ab", "cd"]),
        ("div span{display:block}", SPANS, ["ab", "cd"]),
        (
            ".q p{white-space:pre-line}",
            "<div class=q><p>a\nb</p></div><p>c\nd</p>",
            ["a", "b", "c d"],
        ),
        (
            "a.q b{display:block}",
            "<a class=q><b>a</b><b>b</b></a><b>c</b><b>d</b>",
            ["a", "b", "cd"],
        ),
        ("#q i{display:block}", "<p id=q><i>a</i><i>b</i></p><i>c</i><i>d</i>", ["a", "b", "cd"]),
        ("i[data-x]{display:block}", "<i data-x>a</i><i data-x=1>b</i><i>c</i>", ["a", "b", "c"]),
        (".q>div{display:flex}", "<div class=q><div><b>a</b><i>b</i></div></div>", ["a b"]),
        (".m{margin-left:6px}", "<b>a</b><span class=m>b</span><i>c</i>", ["a b c"]),
        (".m{margin:1em}p{margin:1em}", "<div class=m>a</div><p>b</p>", ["a", "b"]),
        (".m{margin:5px 0}", "a<span class=m>b</span>", ["ab"]),
        (".m{margin:0 -5px}.n{margin:auto}", "a<i class=m>b</i><i class=n>c</i>", ["abc"]),
        ("", "<b>a</b><span style='margin:0 4px'>b</span>c<i class=ms-2>d</i>", ["a b c d"]),
        (".q{float:left}", "<b class=q>a</b><b class=q>b</b><p class=q>c</p>", ["a b", "c"]),
        ("", "<i style='position:absolute'>New</i>b", ["New b"]),
        (".q{float:left;width:100%}", "<b class=q>a</b><b class=q>b</b>c", ["a", "b", "c"]),
        (".q{display:inline-block;width:100%}", "<b class=q>a</b> <b class=q>b</b>", ["a", "b"]),
        ("", "<b style='float:left;clear:left'>a</b>b", ["a", "b"]),
        (".q{width:100%;clear:both}", "<b class=q>a</b>b", ["ab"]),
        (".q{float:left}", "<p><i class=q>W</i>hy</p><p><i class=q>我</i>的</p>", ["Why", "我的"]),
        (".q{margin:0 4px;display:block}", "a<span class=q>b</span>", ["a", "b"]),
    ],
)
def test_layout_of_lines(sheet: str, html: str, expected: list[str]) -> None:
    assert texts(f"<head><style>{sheet}</style></head><body>{html}</body>") == expected


@pytest.mark.parametrize("frame", ["html style='opacity:0'", "body hidden", "body class=hidden"])
def test_a_page_is_never_hidden_whole(frame: str) -> None:
    head = "<style>.js body{visibility:hidden}</style>"
    assert texts(f"<html class=js><head>{head}</head><body><p>a</p></body></html>") == ["a"]
    html = f"<{frame}><p>a</p>"
    assert texts(html if frame.startswith("html") else f"<html>{html}") == ["a"]


@pytest.mark.parametrize(
    "sheet",
    [
        ".q span{display:block}" * 9_000,
        "".join(f".a{n} b{{display:block}}" for n in range(9_000)),
        ".a .b .c{display:none}" * 9_000,
        "a{" * 90_000,
        "@media x{" * 20_000,
        "\"'" * 90_000,
        "/*" * 90_000,
        ".a:not(" * 30_000,
        ".a" * 90_000 + "{display:none}",
        "a," * 90_000 + "{display:none}",
        "url(" * 50_000,
        ":is(.a,.b)" * 9_000 + "{display:none}",
        "p{margin:" + "1 " * 90_000 + "}",
    ],
    ids=lambda sheet: sheet[:12],
)
def test_hostile_sheets_are_read_to_their_end(sheet: str) -> None:
    nested = "".join(f"<div class='a b q a{n}'>" for n in range(1_500))
    assert texts(f"<head><style>{sheet}</style></head><body>{nested}<p>x</p></body>") == ["x"]
