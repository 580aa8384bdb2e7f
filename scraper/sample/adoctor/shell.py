"""Head, styles and scripts around a page's body; as heavy as such pages are."""

import html

from scraper.sample.adoctor.labels import LABELS, LANGUAGES

_STYLE = """
:root{--ink:#223;--paper:#fffdf8;--line:#d9d3c3;--mark:#2b7a78;--soft:#f3efe4}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:0 18px;font:16px/1.6 "Noto Sans","WenQuanYi Micro Hei",
sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--mark)}nav ul,nav ol,.dashes,.tags ul,ul.tags{list-style:none;padding-left:0}
nav li,nav span,nav div,.navbar span,nav p{display:inline-block;margin-right:16px}
.bar{display:flex;gap:24px;align-items:center;border-bottom:2px solid var(--mark)}
h1,.h3{font-size:1.7em;line-height:1.25}h2,.h4{font-size:1.25em;margin:1.2em 0 .4em}
h3,.h5{font-size:1.05em;font-weight:700}
.who,.when,.meta,.by{color:#667;font-size:.92em}
.reply,.doctor{border-left:4px solid var(--mark);padding:4px 16px;background:var(--soft)}
.card,.panel{border:1px solid var(--line);border-radius:8px;padding:10px 16px;margin:12px 0}
.row{display:flex;gap:20px;flex-wrap:wrap}.col-8{flex:2 1 560px}.col-4{flex:1 1 280px}
.col-12{flex:1 0 100%}.badge,.chip,.css-tag{display:inline-block;border:1px solid var(--line);
border-radius:14px;padding:2px 12px;margin:3px;background:#fff}
.css-6p,.css-3e{background:#fff;border-radius:10px;padding:12px 18px;margin:14px 0;
box-shadow:0 1px 4px #0002}
pre{white-space:pre-wrap;font:15px/1.55 "DejaVu Sans Mono","WenQuanYi Micro Hei Mono",monospace;
background:var(--soft);padding:12px;border-radius:4px}
table.frame{width:100%}table.frame td.menu{width:150px;vertical-align:top;background:var(--soft)}
th{padding-top:14px}
details>summary{font-weight:700;font-size:1.2em;cursor:pointer}dt{font-weight:700;margin-top:1em}
footer,.footer,.end{margin-top:3em;border-top:1px solid var(--line);color:#778;font-size:.85em}
@media(max-width:700px){body{padding:0 8px}.bar{display:block}}
"""
_WIDE = "".join(
    f".m-{side}{size}{{{rule}:{size * 4}px!important}}"
    for side, rule in (
        ("t", "margin-top"), ("b", "margin-bottom"), ("s", "margin-left"), ("e", "margin-right"),
        ("pt", "padding-top"), ("pb", "padding-bottom"), ("ps", "padding-left"),
        ("pe", "padding-right"),
    )
    for size in range(20)
)  # fmt: skip
_SCRIPT = """
(function(){var w={en:["More Info","Similar Q&A","Related FAQ","[Read More]","Reply Date: "],
zh:["更多資訊","相似問答","相關問題","[閱讀更多]","回覆日期："]};
function ready(f){if(document.readyState!="loading"){f()}
else{document.addEventListener("DOMContentLoaded",f)}}
ready(function(){document.documentElement.setAttribute("data-words",w.en.length);
var b=document.querySelectorAll(".share,use");for(var i=0;i<b.length;i++){b[i].onclick=function(){
if(navigator.share){navigator.share({title:document.title,url:location.href})}}}
var t=document.querySelectorAll("table,pre");for(var j=0;j<t.length;j++){t[j].tabIndex=0}
var k="lantern-font";try{var s=localStorage.getItem(k);if(s){document.body.style.fontSize=s}
document.addEventListener("keydown",function(e){if(e.altKey&&(e.key=="+"||e.key=="-")){
var n=parseFloat(getComputedStyle(document.body).fontSize)+(e.key=="+"?1:-1);
document.body.style.fontSize=n+"px";localStorage.setItem(k,n+"px")}})}catch(x){}})})();
"""
_SPRITE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" aria-hidden="true">'
    + "".join(
        f'<symbol id="i{n}" viewBox="0 0 24 24"><path d="M{n} {24 - n}l{n + 3} -{n}c{n} 1 {n + 2} 4'
        f' 7 {n}s{n} 3 {24 - n} {n}z"/><circle cx="{n + 2}" cy="{n + 4}" r="{n % 5 + 1}"/></symbol>'
        for n in range(1, 15)
    )
    + "</svg>"
)


def page(
    *,
    lang: int,
    title: str,
    path: str,
    alternates: tuple[str, str],
    origin: str,
    body: str,
    note: str,
) -> str:
    """A whole document; `path` and `alternates` are paths, `title` is plain text."""
    labels = LABELS[lang]
    name = html.escape(title)
    others = "".join(
        f'<link rel="alternate" hreflang="{code}" href="{origin}{alternate}">\n'
        for code, alternate in zip(LANGUAGES, alternates, strict=True)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGES[lang]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{name} | {labels.site}</title>\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta property="og:title" content="{name}">\n'
        f'<link rel="canonical" href="{origin}{path}">\n{others}'
        f'<link rel="alternate" hreflang="x-default" href="{origin}{alternates[0]}">\n'
        f"<style>{_STYLE}{_WIDE}</style>\n<script>{_SCRIPT}</script>\n</head>\n<body>\n"
        f"<!-- {note} -->\n{_SPRITE}\n{body}\n</body>\n</html>\n"
    )
