"""What is blanked, and that every other byte stays: page before, page after."""

# ruff: noqa: E501 (one case a line)

import gzip
import json
from base64 import b64encode
from dataclasses import replace
from urllib.parse import quote

import pytest

from scraper.items import Kind
from scraper.reading.page import Page
from scraper.reading.redaction.matching import Forgotten
from scraper.reading.redaction.redact import quotes, redact
from scraper.reading.redaction.urls import resolution_base
from scraper.reading.sameness import squeezed
from scraper.reading.urls import join
from scraper.sites import adoctor, qapage, taiwan_ehospital
from tests.redaction.forgotten import ToyPages

HOME = "https://adoctor.tw/"
TITLE = "Numb hands at the piano"
LINE = "My left hand went numb, and I can't play any more."
CHINESE = "手麻了好幾天許功蓋"
REPLY = "Rest the hand & come to see us."
OTHER = (
    '<li><a href="/article/6">Cold feet in the summer</a> <small>Neurology 2020/10/26</small></li>'
)


def forgotten(
    *, phrases: tuple[str, ...] = (), text: str | None = None, slug: str | None = None
) -> Forgotten:
    """Question 5 is."""
    pages = ToyPages(
        is_forgotten_url={f"{HOME}article/5", f"{HOME}zh-Hant/article/5"}.__contains__,
        classify=lambda url: adoctor.Adoctor.classify(url, HOME),
        is_forgotten_text=lambda unit: text is not None and squeezed(unit) == squeezed(text),
        is_forgotten_slug=lambda words: words == slug,
        is_forgotten_id=lambda number: number == "5",
    )
    return Forgotten(pages, phrases)


def redacted(
    body: str | bytes, what: Forgotten, url: str = f"{HOME}department/neurology"
) -> bytes | None:
    whole = body.encode() if isinstance(body, str) else body
    page = Page(url=url, body=whole, content_type="text/html")
    found = redact(page, what)
    if found is not None:
        assert quotes(page, what)
        assert redact(replace(page, body=found), what) is None  # or `verify` would never be done
    return found


def html(inner: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>Neurology</title></head><body>{inner}</body></html>'


BY_LINK = {
    "list item": (
        f'<ul>{OTHER}<li><a href="/article/5">{TITLE}</a> <small>Neurology 2020/10/26</small></li></ul>',
        f'<ul>{OTHER}<li><a href="about:blank">[removed]</a> <small>[removed]</small></li></ul>',
    ),
    "absolute link, tracked": (
        f'<ul>{OTHER}<li><a href="https://www.adoctor.tw/article/5/?utm_source=x#r">{TITLE}</a></li></ul>',
        f'<ul>{OTHER}<li><a href="about:blank">[removed]</a></li></ul>',
    ),
    "card with attributes": (
        (f"<div>{OTHER}</div><section><div data-q='6'><a href='/article/6'>Feet</a></div>"
        f'<div data-words="{TITLE}"><img src="5.png" alt="{TITLE}"><a href=/article/5 title="{TITLE}">more</a>'
        f"<p>{LINE}</p><p aria-label='{TITLE}'>Mr. Oak</p></div></section>"),
        (f"<div>{OTHER}</div><section><div data-q='6'><a href='/article/6'>Feet</a></div>"
        '<div data-words="[removed]"><img src="5.png" alt="[removed]"><a href=about:blank title="[removed]">[removed]</a>'
        "<p>[removed]</p><p aria-label='[removed]'>[removed]</p></div></section>"),
    ),
    "table row": (
        ('<table><tr><td>2020</td><td>Ann</td><td><a href="/article/6">Feet</a></td></tr>'
        f'<tr><td>2021</td><td>Mr. Oak</td><td><a href="/article/5">{TITLE}</a></td></tr></table>'),
        ('<table><tr><td>2020</td><td>Ann</td><td><a href="/article/6">Feet</a></td></tr>'
        '<tr><td>[removed]</td><td>[removed]</td><td><a href="about:blank">[removed]</a></td></tr></table>'),
    ),
    "the only item": (
        f'<nav><a href="/">Home</a></nav><main><h1>Neurology</h1><ul><li><b>Oak</b> <a href="/article/5">{TITLE}</a></li></ul></main>',
        '<nav><a href="/">Home</a></nav><main><h1>Neurology</h1><ul><li><b>[removed]</b> <a href="about:blank">[removed]</a></li></ul></main>',
    ),
    "the only link of a page": (
        f'<main><h1>Hello</h1><p>Much else.</p><div><a href="/article/5">{TITLE}</a></div></main>',
        '<main><h1>Hello</h1><p>Much else.</p><div><a href="about:blank">[removed]</a></div></main>',
    ),
    "definition list": (
        f'<dl><dt><a href="/article/5">{TITLE}</a></dt><dd>{LINE}</dd><dt><a href="/article/6">Feet</a></dt><dd>Cold.</dd></dl>',
        '<dl><dt><a href="about:blank">[removed]</a></dt><dd>[removed]</dd><dt><a href="/article/6">Feet</a></dt><dd>Cold.</dd></dl>',
    ),
    "a citation is no quotation": (
        '<p>I have read <a href="/article/5">#5</a> and <a href="/article/6">#6</a>.</p>',
        '<p>I have read <a href="about:blank">#5</a> and <a href="/article/6">#6</a>.</p>',
    ),
    "what leads there, and is no link": (
        (f'<link rel="prev" href="/article/5" title="Prev: {TITLE}"><select><option value="/article/5">{TITLE} (solved)</option><option value="/article/6">Feet</option></select>'
        f'<div class="card" data-href="/article/5"><h3>Solved: {TITLE}</h3></div><div class="card" onclick="location.href=\'/article/5\'"><h3>Solved: {TITLE}</h3><p>x</p></div>'
        f'<blockquote cite="/article/5">Quoted: {LINE}</blockquote><p>Stays.</p>'),
        ('<link rel="prev" href="about:blank" title="[removed]"><select><option value="about:blank">[removed]</option><option value="/article/6">Feet</option></select>'
        '<div class="card" data-href="about:blank"><h3>[removed]</h3></div><div class="card" onclick="[removed]"><h3>[removed]</h3><p>[removed]</p></div>'
        '<blockquote cite="about:blank">[removed]</blockquote><p>Stays.</p>'),
    ),
    "what leads there around much else": (
        f'<div data-next="/article/5"><h1>Hello</h1><p>Stays.</p></div><section data-next="/article/5">{OTHER}</section>',
        f'<div data-next="about:blank"><h1>Hello</h1><p>Stays.</p></div><section data-next="about:blank">{OTHER}</section>',
    ),
    "a link inside a link": (
        '<a href="/login?next=%2Farticle%2F5">in</a><a href="https://x.example/s?u=https%253A%252F%252Fadoctor.tw%252Farticle%252F5&amp;n=1">f</a><a href="/login?next=%2Farticle%2F6">in</a>',
        '<a href="about:blank">in</a><a href="about:blank">f</a><a href="/login?next=%2Farticle%2F6">in</a>',
    ),
    "no link at all": (f"<p>{TITLE}</p>{OTHER}<p>#5</p>", None),
    "a title that is a common word": (
        f'<h1>Numbness</h1><ul>{OTHER}<li><a href="/article/5">Numbness</a></li></ul><a href="/faq/numbness" title="Numbness">Numbness</a>',
        f'<h1>Numbness</h1><ul>{OTHER}<li><a href="about:blank">[removed]</a></li></ul><a href="/faq/numbness" title="Numbness">Numbness</a>',
    ),
    "state in a script": (
        (f'<ul>{OTHER}<li><a href="/article/5">{TITLE}</a></li></ul><script>var s={{"list":[{{"id":6,"title":"Cold feet","url":"\\/article\\/6"}},'
        f'{{"id":5,"title":"{TITLE}","by":{{"name":"Mr. Oak"}},"url":"\\/article\\/5","lang":"en"}}],"area":"Neurology"}};</script>'),
        (f'<ul>{OTHER}<li><a href="about:blank">[removed]</a></li></ul><script>var s={{"list":[{{"id":6,"title":"Cold feet","url":"\\/article\\/6"}},'
        '{"id":5,"title":"[removed]","by":{"name":"[removed]"},"url":"about:blank","lang":"en"}],"area":"Neurology"};</script>'),
    ),
    "state without URLs": (
        f'<script type="application/json">[{{"id":6,"title":"Cold feet"}},{{"id":5,"title":"{TITLE}","tags":["x"]}}]</script>',
        '<script type="application/json">[{"id":6,"title":"Cold feet"},{"id":5,"title":"[removed]","tags":["[removed]"]}]</script>',
    ),
    "strings with escapes that are no JSON": (
        """<script>s={url:'/article/5',title:'Mum\\'s hand\\x27s 94 cold \\u{2744}days',by:"Mr.\\x20Oak"}</script><!-- Mum's hand's 94 cold ❄days --><p>x</p>""",
        "<script>s={url:'about:blank',title:'[removed]',by:\"[removed]\"}</script><!--  --><p>x</p>",
    ),
    "a link in a list of a script": (
        '<script>next(["/article/5","Feet"])</script>', '<script>next(["about:blank","Feet"])</script>',
    ),
    "a URL as text": ("<p>https://adoctor.tw/article/5</p><p>x</p>", "<p>about:blank</p><p>x</p>"),
    "state with another question inside": (
        f'<script>var s={{"area":"Hands","q":{{"id":5,"no":7,"title":"{TITLE}","related":[{{"id":6,"title":"Cold feet"}}],"by":{{"name":"Mr. Oak"}}}}}}</script>',
        '<script>var s={"area":"Hands","q":{"id":5,"no":7,"title":"[removed]","related":[{"id":6,"title":"Cold feet"}],"by":{"name":"[removed]"}}}</script>',
    ),
    "the same number of users and departments": (
        ('<script>var s={"topUsers":[{"id":5,"name":"Max","title":"Moderator"},{"id":6,"name":"Nora"}],"category_id":5,'
         '"category":{"id":5,"title":"Everyday"},"by":{"@type":"Person","userId":5,"id":"5","title":"Ann"},"label":"Complaints"}</script>'),
        None,
    ),
    "the same number of a question by its type or key": (
        ('<script>var s=[{"@type":"Question","id":"5","name":"Numb"},{"@type":"Person","id":5,"name":"Ann"},{"q_no":5,"t":"Numb"}]</script>'),
        ('<script>var s=[{"@type":"Question","id":"5","name":"[removed]"},{"@type":"Person","id":5,"name":"Ann"},{"q_no":5,"t":"[removed]"}]</script>'),
    ),
    "the title again in unseen places": (
        f'<!-- {TITLE} --><ul>{OTHER}<li><a href="/article/5">{TITLE}</a></li></ul><p data-next="{TITLE}"></p><script>x="\\u004eumb hands at the piano"</script>',
        f'<!--  --><ul>{OTHER}<li><a href="about:blank">[removed]</a></li></ul><p data-next="[removed]"></p><script>x="[removed]"</script>',
    ),
    "flat cards with Read More": (
        (f"<h2>Similar Q&amp;A</h2><u>{TITLE}</u><br>{LINE}<br>Dr. Lin Mingyu reply Neurology<br>Rest.<br>"
        f'<a href="/article/5">[Read More] {TITLE}</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
        ("<h2>Similar Q&amp;A</h2><u>[removed]</u><br>[removed]<br>Dr. Lin Mingyu reply Neurology<br>[removed]<br>"
        '<a href="about:blank">[Read More] [removed]</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
    ),
    "cards whose lines are kept": (
        (f'<h2>Similar Q&amp;A</h2><div style="white-space: pre-line"><b>{TITLE}</b>\n  My left hand went\r\nnumb, and <i>I</i> can\'t\n\n play any more.\nDr. Lin Mingyu reply Neurology\nRest.\nSleep.\n'
        f'<a href="/article/5">[Read More] {TITLE}</a></div><pre>Feet\nCold.\n<a href="/article/6">[Read More] Feet</a></pre>'),
        ('<h2>Similar Q&amp;A</h2><div style="white-space: pre-line"><b>[removed]</b>\n  [removed]\r\n <i></i> \n\n \nDr. Lin Mingyu reply Neurology\n[removed]\n\n'
        '<a href="about:blank">[Read More] [removed]</a></div><pre>Feet\nCold.\n<a href="/article/6">[Read More] Feet</a></pre>'),
    ),
    "flat cards in a tab": (
        ('<p>Ask Date: 2020/10/26</p><b role=tab aria-controls=s>Similar Q&amp;A</b><div id=s hidden><p>Similar Q&amp;A</p>'
        f'<u>{TITLE}</u><p>{LINE}</p><a href="/article/5">[Read More] {TITLE}</a></div>'),
        ('<p>Ask Date: 2020/10/26</p><b role=tab aria-controls=s>Similar Q&amp;A</b><div id=s hidden><p>Similar Q&amp;A</p>'
        '<u>[removed]</u><p>[removed]</p><a href="about:blank">[Read More] [removed]</a></div>'),
    ),
    "flat cards with Read More under no label": (
        (f"<u>Hands</u><br><u>{TITLE}</u><br>{LINE}<br>Dr. Lin Mingyu reply Neurology<br>Rest.<br>"
        f'<a href="/article/5">[Read More]<br>{TITLE}</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
        ("<u>Hands</u><br><u>[removed]</u><br>[removed]<br>Dr. Lin Mingyu reply Neurology<br>[removed]<br>"
        '<a href="about:blank">[Read More]<br>[removed]</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
    ),
    "Read More behind the last words": (
        (f"<h2>Similar Q&amp;A</h2><p>{LINE}</p><p>Dr. Lin Mingyu reply Neurology</p><p>Rest. "
        f'<a href="/article/5">[Read More] {TITLE}</a></p><!-- Rest. --><p>Feet</p>'),
        ("<h2>Similar Q&amp;A</h2><p>[removed]</p><p>Dr. Lin Mingyu reply Neurology</p><p>[removed] "
        '<a href="about:blank">[Read More] [removed]</a></p><!-- Rest. --><p>Feet</p>'),
    ),
    "head of the same page in another language": (
        '<link rel="alternate" hreflang="zh" href="https://adoctor.tw/zh-Hant/article/5"><p>x</p>',
        '<link rel="alternate" hreflang="zh" href="about:blank"><p>x</p>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_LINK)
def test_by_link(name: str) -> None:
    before, after = BY_LINK[name]
    assert redacted(html(before), forgotten()) == (None if after is None else html(after).encode())


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
def test_by_phrase(name: str) -> None:
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
    "attribute": (f'<img alt="{LINE}">', '<img alt="[removed]">'),
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
def test_by_the_hash_of_a_unit(name: str) -> None:
    before, after = BY_HASH[name]
    found = redacted(html(before), forgotten(text=LINE))
    assert found == (None if after is None else html(after).encode())


SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://adoctor.tw/article/4</loc><lastmod>2026-01-01</lastmod></url>\n"
    "<url><loc>{}</loc><lastmod>2026-01-02</lastmod>{}</url></urlset>"
)


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
def test_by_the_words_of_a_url(name: str) -> None:
    before, after = BY_SLUG[name]
    what = forgotten(slug="numb-hands-at-the-piano")
    assert redacted(html(before), what) == (None if after is None else html(after).encode())


def test_sitemap() -> None:
    image = "<image:image><image:loc>{}</image:loc><image:title>{}</image:title></image:image>"
    before = SITEMAP.format(
        "https://adoctor.tw/article/5", image.format("https://x.example/numb.png", TITLE)
    )
    after = SITEMAP.format("about:blank", image.format("about:blank", "[removed]"))
    page = Page(url=f"{HOME}sitemap.xml", body=before.encode())
    new = redact(page, forgotten())
    assert new == after.encode()
    links = adoctor.read_links(Page(url=page.url, body=new), Kind.SITEMAP, HOME, None)
    assert [link.url for link in links] == ["https://adoctor.tw/article/4"]


def test_gzipped_sitemap() -> None:
    before = SITEMAP.format("https://adoctor.tw/article/5", "").encode()
    page = Page(url=f"{HOME}sitemap.xml.gz", body=gzip.compress(before))
    new = redact(page, forgotten())
    assert new is not None
    assert gzip.decompress(new) == SITEMAP.format("about:blank", "").encode()


def test_plain_list_of_urls() -> None:
    before = f"https://adoctor.tw/article/4\r\nhttps://adoctor.tw/article/5\r\n{TITLE}\r\n"
    page = Page(url=f"{HOME}sitemap.xml", body=before.encode())
    after = b"https://adoctor.tw/article/4\r\nabout:blank\r\n[removed]\r\n"
    assert redact(page, forgotten(phrases=(TITLE,))) == after


def test_feed() -> None:
    before = (
        '<?xml version="1.0"?><rss><channel><title>New</title><item><title>{}</title><link>{}</link>'
        "<description><![CDATA[{}]]></description><pubDate>Mon</pubDate></item></channel></rss>"
    )
    new = redacted(before.format(TITLE, f"{HOME}article/5", f"<p>{LINE}</p>"), forgotten())
    assert new == before.format("[removed]", "about:blank", "[removed]").encode()


def test_json_document() -> None:
    before = (
        f'[{{"url": "/article/6", "title": "Feet"}}, {{"url": "/article/5", "title": "{TITLE}"}}]'
    )
    after = '[{"url": "/article/6", "title": "Feet"}, {"url": "about:blank", "title": "[removed]"}]'
    assert redacted(before, forgotten()) == after.encode()


def test_json_document_with_other_signs_between_the_words_or_as_a_key() -> None:
    what = forgotten(phrases=(TITLE,))
    assert (
        redacted('{"a": "Numb hands, at the piano", "b": 2}', what) == b'{"a": "[removed]", "b": 2}'
    )
    assert redacted('{"Numb hands at the piano": 1, "b": 2}', what) == b""


def test_of_a_page_whose_words_cannot_be_taken_out_nothing_is_kept() -> None:
    page = html("<p>x</p><!-- Numb hands at --> the piano")
    assert redacted(page, forgotten(phrases=(TITLE,))) == b"[removed]"


def test_more_links_than_are_kept_in_mind() -> None:
    before = "".join(f'<p><a href="/article/{number}">{number}</a></p>' for number in range(1, 9))
    after = before.replace('"/article/5">5', '"about:blank">[removed]')
    what = replace(forgotten(), links_cached=3)
    assert redacted(html(before), what) == html(after).encode()


@pytest.mark.parametrize(
    "header",
    [
        json.dumps({"title": CHINESE}).encode(),
        b"=?utf-8?B?" + b64encode(CHINESE.encode()) + b"?=",
        b"last=" + quote(CHINESE).encode() + b"; Path=/",
    ],
)
def test_escaped_words_in_a_header(header: bytes) -> None:
    assert forgotten(text=CHINESE).matches_header(header)
    assert not forgotten(text=TITLE).matches_header(header)


@pytest.mark.parametrize("codec", ["utf-8", "latin-1"])
def test_words_in_a_header(codec: str) -> None:
    what = forgotten(phrases=("Été 94 à Hübingen",))
    assert what.matches_header('inline; filename="Été 94 à Hübingen.pdf"'.encode(codec))
    assert not what.matches_header('inline; filename="Été 95 à Hübingen.pdf"'.encode(codec))


def test_big5_whose_signs_have_no_place_of_their_own() -> None:
    before = html(
        '<meta charset=big5><h2>Similar Q&amp;A</h2><u>手麻∼</u><br>好幾天了。<br><a href="/article/5">[Read More] 手麻∼</a>'
        '<script>var s={"id":5,"title":"手麻|"}</script><p>腳冷</p>'
    ).encode("big5hkscs").replace(b"|", b"\xa3\xe1")  # fmt: skip
    after = html(
        '<meta charset=big5><h2>Similar Q&amp;A</h2><u>[removed]</u><br>[removed]<br><a href="about:blank">[removed]</a>'
        "<script></script><p>腳冷</p>"
    ).encode("big5hkscs")  # fmt: skip
    assert redacted(before, forgotten()) == after


def test_big5_and_bytes_without_meaning() -> None:
    row = '<li><a href="/article/{}">{}</a></li>'
    page = f"<html><head><meta charset=big5></head><body><ul>{row.format(6, '功能')}{{}}</ul>\r\n<p>許功蓋</p>"
    before = (
        page.format(row.format(5, "手麻了好幾天許功蓋")).encode("big5") + b"\xff\xfe\x80<p>\xa4</p>"
    )
    after = (
        page.format('<li><a href="about:blank">[removed]</a></li>').encode("big5")
        + b"\xff\xfe\x80<p>\xa4</p>"
    )
    assert redacted(before, forgotten()) == after
    assert redacted(before, forgotten(phrases=("手麻了好幾天",))) == after


def test_utf_16() -> None:
    before = html(f'<ul>{OTHER}<li><a href="/article/5">{TITLE}</a></li></ul>')
    after = html(f'<ul>{OTHER}<li><a href="about:blank">[removed]</a></li></ul>')
    found = redacted(b"\xff\xfe" + before.encode("utf-16-le"), forgotten())
    assert found == b"\xff\xfe" + after.encode("utf-16-le")


def test_utf_16_that_only_may_quote() -> None:
    before, _ = BY_LINK["the same number of users and departments"]
    assert redacted(b"\xff\xfe" + html(before).encode("utf-16-le"), forgotten()) is None


@pytest.mark.parametrize("between", [" ", ""])
def test_faq_page_of_questions_in_full(between: str) -> None:
    home = "https://sp1.hso.mohw.gov.tw/doctor/"
    unit = (
        '<ul class="QAunit"><li class="subject">#{} {}</li><li class="count">瀏覽人數：7</li>'
        '<li class="asker">發問者：小魚／女／(20~29),2020/10/26</li><li class="ask">手麻。</li></ul>'
    )
    unit = unit.replace("{} {}", f"{{}}{between}{{}}")
    blank = '<ul class="QAunit"><li class="subject">[removed]</li><li class="count">[removed]</li><li class="asker">[removed]</li><li class="ask">[removed]</li></ul>'
    pages = ToyPages(
        is_forgotten_url={f"{home}All/ShowDetail.php?q_no=5"}.__contains__,
        classify=lambda url: taiwan_ehospital.classify(url, home),
    )
    page = Page(
        url=f"{home}Often_question/type_detail.php?q_type=x",
        body=html(unit.format(6, "腳冷") + unit.format(5, "手麻")).encode("big5"),
        default_charset="big5hkscs",
    )
    assert redact(page, Forgotten(pages)) == html(unit.format(6, "腳冷") + blank).encode("big5")


@pytest.mark.parametrize(
    "href",
    ["5", "./5", "../q/5", "%35", "5;x", "http:5", "HTTP:?x=5", "//?x=5", "http://?x=5",
     "https.html", "?x=5", "", "#a", ";x", " 5", "//forum.example/q/5", "/\t/?x=5",
     "/q/5", "https://forum.example/q/5"],
)  # fmt: skip
def test_links_that_are_remembered_together_lead_to_the_same(href: str) -> None:
    pages = ("https://forum.example", "https://forum.example/", "https://forum.example/q/7",
             "https://forum.example/q/8?x=/1/", "https://forum.example/q/a;b/", "http://forum.example/q/7",
             "http://forum.example/q/8")  # fmt: skip
    places = {(resolution_base(page, href), join(page, href)) for page in pages}
    assert len(places) == len({place for place, _ in places})


def test_slugs_of_a_forum() -> None:
    home = "https://forum.example/"
    pages = ToyPages(
        is_forgotten_url={f"{home}questions/5/numb-hands"}.__contains__,
        classify=lambda url: qapage.classify(url, home),
    )
    before = '<ul><li><a href="/questions/5/numb-hands">Numb</a></li><li><a href="/questions/6/x">X</a></li></ul><p>See {0} there, {0}-2 and ({0}).</p>'.format(
        f"{home}questions/5/numb-hands"
    )
    after = '<ul><li><a href="about:blank">[removed]</a></li><li><a href="/questions/6/x">X</a></li></ul><p>See about:blank there, https://forum.example/questions/5/numb-hands-2 and (about:blank).</p>'
    assert redacted(html(before), Forgotten(pages), f"{home}questions") == html(after).encode()


def test_nothing_is_kept_of_a_page_of_countless_tags_that_quotes() -> None:
    page = html(f'<a href="/article/5">{TITLE}</a>' + "<b>" * 100_001)
    assert redacted(page, forgotten()) == b"[removed]"


@pytest.mark.parametrize(
    "noise", ['<a "', "<!-- ", "&amp;", "... ", "<![CDATA[", "<p> = ", "<div>"]
)
def test_hostile_markup_hides_nothing(noise: str) -> None:
    row = f'<ul>{OTHER}<li><a href="/article/5">{TITLE}</a></li></ul>'
    found = redacted(html(row + noise * 20_000), forgotten())
    assert found is not None
    assert TITLE.encode() not in found
    assert found == b"[removed]" or b"Cold feet" in found


def test_what_only_browsers_show_of_loose_end_tags_is_blanked_too() -> None:
    before = f"<p>{OTHER}</br>x</p>y</p></body></html><ul><li><a href='/article/5'>{TITLE}</a></ul>"
    after = before.replace(TITLE, "[removed]").replace("/article/5", "about:blank")
    assert redacted(html(before), forgotten()) == html(after).encode()


def test_a_quoted_line_ends_where_a_loose_end_tag_breaks_it() -> None:
    before = f"<div>Feet are cold.</br>{LINE}</p>Feet again.</div>"
    found = redacted(html(before), forgotten(text=LINE))
    assert found == html(before.replace(LINE, "[removed]")).encode()


@pytest.mark.parametrize("codec", ["utf-8", "big5"])
@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\r\n",
        b"Warning: mysql_connect() in /x.php on line 5\r\n<br />\r\n",
        b'<?xml version="1.0" encoding="UTF-8"?>\n',
        b"Warning: strange\n" * 100,
    ],
)
def test_what_stands_before_a_page_hides_nothing(before: bytes, codec: str) -> None:
    if codec == "big5" and before.startswith(b"\xef"):
        return
    row = '<ul>{}<li><a href="/article/5">{}</a> <small>{}</small></li></ul>'
    page = before + html(row.format(OTHER, f"{TITLE} 手麻", "手麻")).encode(codec)
    after = before + html(row.format(OTHER, "[removed]", "[removed]")).encode(codec)
    assert redacted(page, forgotten()) == after.replace(b"/article/5", b"about:blank")
