"""What style sheets do to the lines of text that they do not hide."""

import pytest

from tests.reading.test_lines import texts

SPANS = "<div class=q><span>a</span><span>b</span></div><div><span>c</span><span>d</span></div>"


@pytest.mark.parametrize(
    "sheet",
    ["", "video,svg,select,noscript{display:block}", ".q > *{display:block}", "*{display:flex}"],
)
def test_a_sheet_does_not_show_what_is_no_text(sheet: str) -> None:
    silent = "<video>v</video><svg><text>g</text></svg><select><option>o</option></select>"
    html = f"<div class=q><b>a</b>{silent}<script>s()</script><noscript>n</noscript></div>"
    assert texts(f"<head><style>{sheet}</style></head><body>{html}</body>") == ["a"]


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
        (
            ".q{display:inline-block}",
            "<p>照了<i class=q>X光</i>，很<b class=q>痛</b>。</p>",
            ["照了X光，很痛。"],
        ),
        (
            ".q{display:inline-flex}",
            "<p>See (<a class=q>#1</a>), Las<i class=q>t</i> one.</p>",
            ["See (#1), Last one."],
        ),
        ("b{display:inline-block}", "<p><b>It</b>, <b>神經</b>很痛。</p>", ["It, 神經很痛。"]),
        (
            "b{display:inline-block}",
            "<p><b>神經</b>很痛。</p><p><b>神經</b>內科</p>",
            ["神經很痛。", "神經 內科"],
        ),
        (
            "b{display:inline-block}",
            "<p>Ms. Oak<b>female</b>20 years<b>2020/10/26</b><b>Ask</b></p>",
            ["Ms. Oak female 20 years 2020/10/26 Ask"],
        ),
        (
            "b{display:inline-block}",
            "<p>陳小姐<b>女性</b>20~29歲</p><h2>膝<b>上下樓</b>會痛</h2>",
            ["陳小姐 女性 20~29歲", "膝上下樓會痛"],
        ),
        (
            ".q{display:inline-block}",
            "<div>It hurts.<div class=q>Every night.</div>Why?</div>",
            ["It hurts. Every night. Why?"],
        ),
        (".q{display:inline-block;margin:0 4px}", "<p>陳<b class=q>先生</b>說</p>", ["陳 先生 說"]),
        (".q{display:flex}b{display:inline-block}", "<p class=q>a<b>b</b>c</p>", ["a b c"]),
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
        (".q{display:var(--d, block)}", "<b class=q>a</b><b class=q>b</b>", ["a", "b"]),
    ],
)
def test_layout_of_lines(sheet: str, html: str, expected: list[str]) -> None:
    assert texts(f"<head><style>{sheet}</style></head><body>{html}</body>") == expected
