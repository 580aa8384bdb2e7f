"""Forgotten words are blanked, known by text, by hash or by a URL: page before, page after."""

# ruff: noqa: E501 (one case a line)

import json
from base64 import b64encode
from html import escape
from urllib.parse import quote

import pytest

from tests.redaction.quoting import CHINESE, LINE, REPLY, TITLE, forgotten, html, redacted

BY_PHRASE = {
    "line": (f"<p>{LINE}</p><p>Stays.</p>", "<p>[removed]</p><p>Stays.</p>"),
    "entities": (
        "<p>My left hand went numb, and I can&#39;t play any&nbsp;more.</p>",
        "<p>[removed]</p>",
    ),
    "inline tags": (
        "<p>My left <b>hand</b> went <!-- -->numb, and I can't play any more.</p><p>Stays.</p>",
        "<p>[removed] <b></b>  <!-- --></p><p>Stays.</p>",
    ),
    "what browsers take for a comment, or drop": (
        f'<?php echo "{TITLE}" ?><p>x</p><!x {TITLE}><b>x</b data-t="{TITLE}"><p>x</p >',
        "<?><p>x</p><!><b>x</b ><p>x</p >",
    ),
    "inside a longer line": (f"<p>She wrote: {LINE} Yes.</p>", "<p>[removed]</p>"),
    "one line of many": (f"<pre>One.\n{LINE}\nTwo.</pre>", "<pre>One.\n[removed]\nTwo.</pre>"),
    "escaped twice": (
        "<p>My left hand went numb, and I can&amp;#039;t play any more.</p>",
        "<p>[removed]</p>",
    ),
    "cut excerpt": (
        "<p>My left hand went numb, and I can&#0...</p><p>My left...</p>",
        "<p>[removed]</p><p>My left...</p>",
    ),
    "cut behind a label": (
        "<p>My left hand went numb, and I...</p><p>[Read More] My left hand went numb, and I...</p>",
        "<p>[removed]</p><p>[Read More] [removed]</p>",
    ),
    "cut behind quotation marks and labels": (
        """<p title='My left hand went numb, and I...'>Q: My left hand went numb, and I...</p><script>s(`My left hand went numb, and I...`,'My left hand went...','My feet...')</script>""",
        "<p title='[removed]'>[removed]</p><script>s(`[removed]`,'[removed]','My feet...')</script>",
    ),
    "markup shown as text": (
        "<pre>&lt;p&gt;Numb &lt;b&gt;hands&lt;/b&gt; at the piano&lt;/p&gt;&lt;p&gt;Feet&lt;/p&gt;\nif (a &lt; b)</pre>",
        "<pre>&lt;p&gt;[removed]&lt;/p&gt;&lt;p&gt;Feet&lt;/p&gt;\nif (a &lt; b)</pre>",
    ),
    "meta": (
        f'<meta name="description" content="{TITLE}: what to do">',
        '<meta name="description" content="[removed]">',
    ),
    "slug": ('<a href="/other/numb-hands-at-the-piano">x</a>', '<a href="about:blank">x</a>'),
    "slug in a script": (
        '<script>var s={"url":"https:\\/\\/a.example\\/numb-hands-at-the-piano","n":1}</script>',
        '<script>var s={"url":"about:blank","n":1}</script>',
    ),
    "share links": (
        '<a href="https://x.example/s?u=http%3A%2F%2Fadoctor.tw%2Farticle%2F6&amp;t=Numb%20hands%20at%20the%20piano">f</a><a href="mailto:?subject=Numb%2520hands%2520at%2520the%2520piano">m</a>',
        '<a href="about:blank">f</a><a href="about:blank">m</a>',
    ),
    "share links in Chinese": (
        f'<a href="https://x.example/s?t={quote(CHINESE)}">f</a><a href="/s?t={quote(CHINESE.encode("big5")).replace("%B", "%b")}&amp;n=1">b</a><a href="/s?t={quote("手麻")}">k</a>',
        f'<a href="about:blank">f</a><a href="about:blank">b</a><a href="/s?t={quote("手麻")}">k</a>',
    ),
    "hidden": (
        f"<template><p>{LINE}</p></template><div hidden>{LINE}</div><noscript>{LINE}</noscript><textarea>{LINE}</textarea>",
        "<template><p>[removed]</p></template><div hidden>[removed]</div><noscript>[removed]</noscript><textarea>[removed]</textarea>",
    ),
    "JSON": (
        '<script type="application/ld+json">{"a": "My left hand went numb, and I can\\u0027t play any more.", "b": "Stays"}</script>',
        '<script type="application/ld+json">{"a": "[removed]", "b": "Stays"}</script>',
    ),
    "JSON in JSON": (
        f"<script>self.f.push([1,{json.dumps(json.dumps({'t': REPLY}))}, 'kept'])</script>",
        "<script>self.f.push([1,\"[removed]\", 'kept'])</script>",
    ),
    "JSON in an attribute": (
        '<div data-state="{&quot;t&quot;:&quot;Rest the hand &amp;amp; come to see us.&quot;}">x</div>',
        '<div data-state="[removed]">x</div>',
    ),
    "template literal": (f"<script>var x=`<p>{REPLY}</p>`;y()</script>", "<script>var x=`[removed]`;y()</script>"),
    "case and space": ("<p>NUMB HANDS   at\nthe\u200b piano</p>", "<p>[removed]</p>"),
    "escaped for a script": (
        """<script>t='I: my left hand went numb, and I can\\x27t play any more.'</script>""", "<script>t='[removed]'</script>",
    ),
    "accents in capitals": ("<p>So: ÉTÉ 94 À HÜBINGEN, ÉLAN</p>", "<p>[removed]</p>"),
    "accents escaped": ('<script>t="I: \\u00c9t\\u00e9 94 \\u00e0 H\\u00fcbingen, \\u00e9lan"</script>', '<script>t="[removed]"</script>'),
    "Chinese escaped before a digit": ('<script>t="I: \\u624b\\u9ebb\\u4e86\\u597d\\u5e7e\\u592994\\u6b21"</script>', '<script>t="[removed]"</script>'),
    "a key of a script": (
        f'<script>var a=1</script><script>var b={{"{TITLE}": 1}}</script><p>Stays.</p>', "<script>var a=1</script><script></script><p>Stays.</p>",
    ),
    "other signs between the words": (
        "<p>Numb hands: at the piano</p><pre>One.\nNumb hands, at the piano\nTwo.</pre><!-- Numb hands - at the piano --><!-- Stays --><img alt='Numb hands, at the piano'>",
        "<p></p><pre>One.\n\nTwo.</pre><!--  --><!-- Stays --><img alt='about:blank'>",
    ),
    "part of it": ("<p>Numb hands at the</p>", None),
}  # fmt: skip


PHRASES = (
    TITLE, LINE, REPLY, CHINESE, "Short one", "Été 94 à Hübingen, élan", "手麻了好幾天94次",
)  # fmt: skip


@pytest.mark.parametrize("name", BY_PHRASE)
def test_words_known_by_their_text_are_blanked(name: str) -> None:
    before, after = BY_PHRASE[name]
    found = redacted(html(before), forgotten(phrases=PHRASES))
    assert found == (None if after is None else html(after).encode())


BY_HASH = {
    "line": (f"<p>{LINE}</p><p>Stays.</p>", "<p>[removed]</p><p>Stays.</p>"),
    "inline tags": (
        "<p>My left <b>hand</b> went numb, and I can&#x27;t play any more.</p>",
        "<p>[removed] <b></b> </p>",
    ),
    "a sentence": (f"<p>Hello. {LINE} Thanks!</p>", "<p>[removed]</p>"),
    "lines that are kept": (
        f"<pre>One.\n{LINE}\nTwo.\n{LINE}</pre><p style='white-space: pre-line'>One.\n{LINE}</p><textarea>One.\n{LINE}</textarea>",
        "<pre>One.\n[removed]\nTwo.\n[removed]</pre><p style='white-space: pre-line'>One.\n[removed]</p><textarea>One.\n[removed]</textarea>",
    ),
    "kept lines and inline tags": (
        "<pre>One, of other words.\nMy left <b>hand</b> went numb, and I can't play any more.\nTwo.</pre>",
        "<pre>One, of other words.\n[removed] <b></b> \nTwo.</pre>",
    ),
    "markup shown as text": (
        "<pre>&lt;p&gt;My &lt;b&gt;left&lt;/b&gt; hand went numb, and I can't play any more.&lt;/p&gt;&lt;p&gt;Feet&lt;/p&gt;\nif (a &lt; b)</pre>",
        "<pre>&lt;p&gt;[removed]&lt;/p&gt;&lt;p&gt;Feet&lt;/p&gt;\nif (a &lt; b)</pre>",
    ),
    "escaped twice": (
        "<p>&amp;lt;i&amp;gt;My left hand went &amp;lt;b&amp;gt;numb&amp;lt;/b&amp;gt;, and I can't play any more.&amp;lt;/i&amp;gt;</p>", "<p>[removed]</p>",
    ),
    "a script that was cut": (f'<script>x={{"t":"{LINE}","u":"Cold', '<script>x={"t":"[removed]","u":"Cold'),
    "attribute": (f'<img alt="{LINE}">', '<img alt="[removed]">'),
    "attribute without quotation marks": (
        f"<img alt={LINE.replace(' ', '&#32;').replace(chr(39), '&#39;')}>", "<img alt=[removed]>",
    ),
    "JSON": (f'<script>x={{"t":"{LINE}"}}</script>', '<script>x={"t":"[removed]"}</script>'),
    "JSON with escapes": (
        '<script>x={"t":"My left hand went numb, and I can\\u0027t play any more."}</script>', '<script>x={"t":"[removed]"}</script>',
    ),
    "share link": (f'<a href="/s?x=1&amp;t={quote(LINE)}">f</a>', '<a href="about:blank">f</a>'),
    "data in an attribute": (
        f'<div data-props="{{&quot;t&quot;:&quot;{LINE}&quot;,&quot;n&quot;:1}}">x</div>',
        '<div data-props="[removed]">x</div>',
    ),
    "a document in an attribute": (
        f'<iframe srcdoc="&lt;p&gt;{LINE}&lt;/p&gt;&lt;p&gt;x&lt;/p&gt;"></iframe>',
        '<iframe srcdoc="[removed]"></iframe>',
    ),
    "comment": (f"<p>x</p><!-- {LINE} --><!--<li>{LINE}</li>-->", "<p>x</p><!--  --><!---->"),
    "share link with plus signs": (
        '<a href="/s?x=1&amp;t=My+left+hand+went+numb,+and+I+can\'t+play+any+more.">f</a>', '<a href="about:blank">f</a>',
    ),
    "strings of scripts": (
        f"<script>a=`{LINE}`;c(\"{LINE}\\nx\");b='My left hand went numb, and I can\\x27t play any more.'</script>",
        "<script>a=`[removed]`;c(\"[removed]\");b='[removed]'</script>",
    ),
    "data in data": (
        f"<script>self.f.push([1,{json.dumps(json.dumps([json.dumps({'t': f'<p>{LINE}</p>'})]))}])</script>",
        '<script>self.f.push([1,"[removed]"])</script>',
    ),
    "scripts and styles in attributes": (
        f'<i onclick="show(`{LINE}`)" style="--t:&quot;{LINE}&quot;">i</i>', '<i onclick="[removed]" style="[removed]">i</i>',
    ),
    "base64": (
        f'<i data-b="{b64encode(LINE.encode()).decode()}">i</i><script>atob("{b64encode(json.dumps([LINE]).encode()).decode()}")</script>',
        '<i data-b="[removed]">i</i><script>atob("[removed]")</script>',
    ),
    "a comment of PHP": (f'<?php echo "{LINE}" ?>', "<?>"),
    "labels around it": (f"<p>[Read More] {LINE} - Neurology | Pages</p><p>Q: {LINE}</p>", "<p>[Read More] [removed]</p><p>[removed]</p>"),
    "other signs": ("<p>\u2013 \u201cMy left hand went numb; and I can\u2019t play any more\u201d</p>", "<p>[removed]</p>"),
    "another": ("<p>My left hand went numb.</p>", None),
    "another in data": (f'<script>a="{b64encode(LINE[1:].encode()).decode()}";b=`x{LINE}`</script>', None),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HASH)
def test_words_known_by_their_hash_are_blanked(name: str) -> None:
    before, after = BY_HASH[name]
    found = redacted(html(before), forgotten(text=LINE))
    assert found == (None if after is None else html(after).encode())


@pytest.mark.parametrize("quoted", ["10<sup>-9</sup>", "10⁻⁹", "10-9", "10<sup>&minus;9</sup>"])
@pytest.mark.parametrize(
    "text", ["A dose of 10⁻⁹ grams makes me ill.", "A dose of 10-9 grams makes me ill."]
)
def test_an_exponent_is_quoted_raised_or_not(text: str, quoted: str) -> None:
    page = html(f"<p>A dose of {quoted} grams makes me ill.</p><p>Stays.</p>")
    for what in (forgotten(text=text), forgotten(phrases=(text,))):
        left = redacted(page, what)
        assert left is not None
        assert b"[removed]" in left
        assert b"grams" not in left
        assert b"<p>Stays.</p>" in left


@pytest.mark.parametrize(
    "page", ["<iframe srcdoc='{}'></iframe>", "<pre>{}</pre>", "<script>x = '{}'</script>"]
)
def test_a_line_that_shows_tags_is_quoted_in_markup(page: str) -> None:
    line = "My left hand <b>still</b> hurts at night"
    shown = page.format(escape(f"<p>{escape(line)}</p>"))
    for what in (forgotten(text=line), forgotten(phrases=(line,))):
        left = redacted(html(f"{shown}<p>Stays.</p>"), what)
        assert left is not None
        assert b"hurts" not in left
        assert b"<p>Stays.</p>" in left


BY_SLUG = {
    "picture": ('<img src="/og/numb-hands-at-the-piano.png" width=9>', '<img src="about:blank" width=9>'),
    "behind a number": ('<img srcset="/t/5-numb-hands-at-the-piano.jpg 2x">', '<img srcset="[removed]">'),
    "in a query": (
        '<img src="/image?url=%2Fog%2Fnumb-hands-at-the-piano.png&amp;w=64">', '<img src="about:blank">',
    ),
    "in a style": (
        '<p style="background:url(/og/numb-hands-at-the-piano.png)">x</p>', '<p style="[removed]">x</p>',
    ),
    "a tag's link": ('<a href="/faq/numb-hands-at-the-piano">x</a>', '<a href="about:blank">x</a>'),
    "another site's": ('<a href="//x.example/a/numb-hands-at-the-piano/">x</a>', '<a href="about:blank">x</a>'),
    "in a script": (
        '<script>var s={"image":"\\/og\\/numb-hands-at-the-piano.png","n":1}</script>',
        '<script>var s={"image":"about:blank","n":1}</script>',
    ),
    "a page's of the same number": ('<a href="/faq/5/numb-hands-at-the-piano">x</a>', '<a href="about:blank">x</a>'),
    "a page's of another number": (
        '<a href="/faq/numb-hands-at-the-piano/6">x</a><a href="/faq/numb-hands-at-the-piano-2">x</a>', None,
    ),
    "another question's link": ('<a href="/article/6?t=numb-hands-at-the-piano">x</a>', None),
    "more words": ('<img src="/og/numb-hands-at-the-piano-and-organ.png">', None),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_SLUG)
def test_urls_that_spell_a_forgotten_title_are_blanked(name: str) -> None:
    before, after = BY_SLUG[name]
    what = forgotten(slug="numb-hands-at-the-piano")
    assert redacted(html(before), what) == (None if after is None else html(after).encode())
