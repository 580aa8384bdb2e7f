"""The text of one element, line by line."""

import pytest
from lxml.html import fromstring

from scraper.reading.visible.blocks import block_text, html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one <b>two</b>three", "one twothree"),
        ("one<br>two<br/><br/>three", "one\ntwo\nthree"),
        ("one<p>two</p>three", "one\ntwo\nthree"),
        ("  one\n\t two\u00a0\u3000three ", "one two three"),
        ("one<!-- two -->three<?x four?>five", "onethreefive"),
        ("one<script>two</script><style>p{}</style><template>x</template> three", "one three"),
        ("one<span hidden>two</span><i style='display: none'>three</i>four", "onefour"),
        ("one<div style='color:red'>two</div>", "one\ntwo"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><tr><td>one</td><td>two</td></tr></table>", "one\ntwo"),
        ("<pre>one\n  two\n<b>three\nfour</b></pre>five\nsix", "one\ntwo\nthree\nfour\nfive six"),
        ("<p style='white-space: pre-wrap'>one\ntwo</p>three\nfour", "one\ntwo\nthree four"),
        ("<p class='whitespace-pre-line'><i>one\ntwo</i></p>", "one\ntwo"),
        ("<pre style='white-space:normal'>one\ntwo</pre>", "one two"),
        ("<pre>one\n<b style='white-space:nowrap'>two\nthree</b>\n4</pre>", "one\ntwo three\n4"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("", ""),
    ],
)
def test_block_text(html: str, text: str) -> None:
    assert block_text(fromstring(f"<div>{html}</div>")) == text


def test_a_hidden_element_asked_for_by_name_is_read() -> None:
    assert block_text(fromstring('<span style="display:none">5</span>')) == "5"
    assert block_text(fromstring("<html><head><title>5</title></head></html>")[0][0]) == "5"


def test_its_tail_is_not_the_elements() -> None:
    assert block_text(fromstring("<div><p>one</p>two</div>")[0]) == "one"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one\ntwo", "one\ntwo"),
        ("one &amp; two\nthree", "one & two\nthree"),
        ("<p>one\ntwo</p>", "one two"),
        ("one <b>two</b>\nthree", "one two\nthree"),
        ("one\n\ntwo\n<ul>\n<li>three\n<i>four\n5</i></li></ul>\nsix\nseven",
         "one\ntwo\nthree four 5\nsix\nseven"),
        ("<blockquote>one\n\ntwo</blockquote>\n<pre>three\nfour</pre>", "one\ntwo\nthree\nfour"),
        ("one<embed src=x>two<p>three</p>", "onetwo\nthree"),
        ("<b class=block>one</b><b>two\nthree</b>", "one\ntwo\nthree"),
        ("one\ntwo<br>\n<ul><li>three</li></ul>", "one two\nthree"),
    ],
)  # fmt: skip
def test_html_text(html: str, text: str) -> None:
    assert html_text(html) == text


def test_depth_is_no_danger() -> None:
    assert block_text(fromstring("<div>" * 100_000 + "deep")) in ("", "deep")
