"""What surrounds a link to a forgotten page is blanked: page before, page after."""

# ruff: noqa: E501 (one case a line)

import pytest

from tests.redaction.quoting import LINE, OTHER, TITLE, forgotten, html, redacted

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
    "a link that a base completes": (
        '<!-- <base href="/x/"> --><base target="_top"><base href="/"><base href="/y/"><ul><li><a href="article/5">Numb</a></li><li><a href="article/6">Cold</a></li></ul>',
        '<!-- <base href="/x/"> --><base target="_top"><base href="/"><base href="/y/"><ul><li><a href="about:blank">[removed]</a></li><li><a href="article/6">Cold</a></li></ul>',
    ),
    "a link that no base completes": (
        '<base href><base href="/article/"><ul><li><a href="5">Numb</a></li><li><a href="/article/5">Numb</a></li></ul>',
        '<base href><base href="/article/"><ul><li><a href="5">Numb</a></li><li><a href="about:blank">[removed]</a></li></ul>',
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
        (f"<h2>Similar Q&amp;A</h2><u>{TITLE}</u><br>{LINE}<br>Dr. Lin Moshan reply Neurology<br>Rest.<br>"
        f'<a href="/article/5">[Read More] {TITLE}</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
        ("<h2>Similar Q&amp;A</h2><u>[removed]</u><br>[removed]<br>Dr. Lin Moshan reply Neurology<br>[removed]<br>"
        '<a href="about:blank">[Read More] [removed]</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
    ),
    "cards whose lines are kept": (
        (f'<h2>Similar Q&amp;A</h2><div style="white-space: pre-line"><b>{TITLE}</b>\n  My left hand went\r\nnumb, and <i>I</i> can\'t\n\n play any more.\nDr. Lin Moshan reply Neurology\nRest.\nSleep.\n'
        f'<a href="/article/5">[Read More] {TITLE}</a></div><pre>Feet\nCold.\n<a href="/article/6">[Read More] Feet</a></pre>'),
        ('<h2>Similar Q&amp;A</h2><div style="white-space: pre-line"><b>[removed]</b>\n  [removed]\r\n <i></i> \n\n \nDr. Lin Moshan reply Neurology\n[removed]\n\n'
        '<a href="about:blank">[Read More] [removed]</a></div><pre>Feet\nCold.\n<a href="/article/6">[Read More] Feet</a></pre>'),
    ),
    "flat cards in a tab": (
        ('<p>Ask Date: 2020/10/26</p><b role=tab aria-controls=s>Similar Q&amp;A</b><div id=s hidden><p>Similar Q&amp;A</p>'
        f'<u>{TITLE}</u><p>{LINE}</p><a href="/article/5">[Read More] {TITLE}</a></div>'),
        ('<p>Ask Date: 2020/10/26</p><b role=tab aria-controls=s>Similar Q&amp;A</b><div id=s hidden><p>Similar Q&amp;A</p>'
        '<u>[removed]</u><p>[removed]</p><a href="about:blank">[Read More] [removed]</a></div>'),
    ),
    "flat cards with Read More under no label": (
        (f"<u>Hands</u><br><u>{TITLE}</u><br>{LINE}<br>Dr. Lin Moshan reply Neurology<br>Rest.<br>"
        f'<a href="/article/5">[Read More]<br>{TITLE}</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
        ("<u>Hands</u><br><u>[removed]</u><br>[removed]<br>Dr. Lin Moshan reply Neurology<br>[removed]<br>"
        '<a href="about:blank">[Read More]<br>[removed]</a><br><u>Feet</u><br>Cold.<br><a href="/article/6">[Read More] Feet</a>'),
    ),
    "Read More behind the last words": (
        (f"<h2>Similar Q&amp;A</h2><p>{LINE}</p><p>Dr. Lin Moshan reply Neurology</p><p>Rest. "
        f'<a href="/article/5">[Read More] {TITLE}</a></p><!-- Rest. --><p>Feet</p>'),
        ("<h2>Similar Q&amp;A</h2><p>[removed]</p><p>Dr. Lin Moshan reply Neurology</p><p>[removed] "
        '<a href="about:blank">[Read More] [removed]</a></p><!-- Rest. --><p>Feet</p>'),
    ),
    "head of the same page in another language": (
        '<link rel="alternate" hreflang="zh" href="https://adoctor.tw/zh-Hant/article/5"><p>x</p>',
        '<link rel="alternate" hreflang="zh" href="about:blank"><p>x</p>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_LINK)
def test_what_a_link_shows_and_stands_in_is_blanked(name: str) -> None:
    before, after = BY_LINK[name]
    assert redacted(html(before), forgotten()) == (None if after is None else html(after).encode())
