"""Eight markups of the same content."""

from scraper.sample.adoctor.layout import Layout

_READ_MORE = '<a href="{c.href}">{v.labels.read_more} {c.title}</a>'
_DEPARTMENT = '<a href="{v.department_link[1]}">{v.department_link[0]}</a>'
_OTHER = '<a href="{v.other[1]}">{v.other[0]}</a>'
_FOOTER = "<p>{v.footer[0]}</p>\n<p>{v.footer[1]}</p>\n"

_SEMANTIC = Layout(  # one article with sections and headings, a paragraph for every line
    page='<header class="bar"><strong>{v.labels.site}</strong><nav><ul>{menu}</ul></nav></header>\n'
    f"<nav><span>{_DEPARTMENT}</span>\n<span>{_OTHER}</span>\n</nav>\n"
    "<main><article><h1>{v.heading}</h1>\n"
    '<div class="share"><p>{v.labels.share}</p></div><section class="ask"><h2>{v.headline}</h2>\n'
    '{lines}<p class="who">{v.asker}</p></section>\n'
    f"{{replies}}{{essay}}</article>\n{{similar}}{{tags}}</main>\n<footer>{_FOOTER}</footer>",
    link='<li><a href="{link[1]}">{link[0]}</a></li>\n',
    reply='<section class="reply"><h3>{r.doctor}</h3>\n'
    '{lines}<p class="when">{r.date}</p></section>\n',
    essay="<section><h2>{v.labels.more_info}</h2>{items}</section>",
    heading="<h4>{text}</h4>\n",
    bullet="<li>{text}</li>\n",
    similar='<section class="similar"><h2>{v.similar_label}</h2>{cards}</section>\n',
    card='<article class="card"><h3>{c.title}</h3><p>{c.question}</p>{answer}'
    f"{_READ_MORE}</article>\n",
    answer="<h4>{c.doctor}</h4><p>{c.reply}</p>",
    tags='<section class="tags"><h2>{v.labels.related}</h2><ul>{chips}</ul></section>\n',
    chip='<li><a href="{href}">{name}</a><p>{area}</p></li>\n',
)

_ICONS = "".join(f'<svg width="16" height="16"><use href="#i{n}"/></svg> ' for n in (3, 7, 9))
_GAP = "<br><br>\n"
_BREAKS = Layout(  # everything in one block, lines parted by <br>, labels bold: the web of 1999
    page=f'<div class="top">{{menu}} | {_DEPARTMENT} | {_OTHER}</div><hr><div id="wrap">\n'
    f'<font size="5"><b>{{v.heading}}</b></font>{_GAP}{{v.labels.share}} {_ICONS}{_GAP}'
    f'<font size="4"><b>{{v.headline}}</b></font>{_GAP}{{lines}}{_GAP}'
    '<font class="by">{v.asker}</font>{replies}{essay}{similar}{tags}</div><hr>'
    '<footer class="end">{v.footer[0]}<br>\n{v.footer[1]}</footer>',
    line="{text}",
    reply=f"{_GAP}<b>{{r.doctor}}</b>{_GAP}{{lines}}{_GAP}<i>{{r.date}}</i>",
    essay=f"{_GAP}<b>{{v.labels.more_info}}</b>{{items}}",
    item=_GAP + "{text}",
    heading=_GAP + "<b>{text}</b>",
    similar=_GAP + "<b>{v.similar_label}</b>{cards}",
    card=f"{_GAP}<u>{{c.title}}</u>{_GAP}{{c.question}}{_GAP}{{answer}}{_READ_MORE}",
    answer=f"{{c.doctor}}<br>\n{{c.reply}}{_GAP}",
    tags=_GAP + "<b>{v.labels.related}</b>{chips}",
    chip=f'{_GAP}<a href="{{href}}">{{name}}</a>{_GAP}{{area}}',
    between_links=" | ",
    between_lines="<br>\n",
)


def _row(inner: str) -> str:
    return f'<tr valign="top"><td align="left">{inner}</td></tr>\n'


def _label(inner: str) -> str:
    return f'<tr><th align="left">{inner}</th></tr>\n'


_TABLE = Layout(  # nested tables with one row a part, as content systems of old wrote them
    page='<table class="frame"><tr><td class="menu"><nav>'
    f'{{menu}}<br>{_DEPARTMENT}<br>{_OTHER}</nav></td><td><table class="page">\n'
    + _row("<h1>{v.heading}</h1>")
    + _row("<small>{v.labels.share}</small>")
    + _row("<h2>{v.headline}</h2>")
    + _row("<table>{lines}</table>")
    + _row("<em>{v.asker}</em>")
    + "{replies}{essay}{similar}{tags}</table></td></tr></table>"
    "<footer>{v.footer[0]}<br>{v.footer[1]}</footer>",
    line=_row("{text}"),
    reply=_label("{r.doctor}") + _row("<table>{lines}</table>") + _row("{r.date}"),
    essay=_label("{v.labels.more_info}") + "{items}",
    item=_row("{text}"),
    heading=_row("<b>{text}</b>"),
    similar=_label("{v.similar_label}") + "{cards}",
    card=_row("<b>{c.title}</b>") + _row("{c.question}") + "{answer}" + _row(_READ_MORE),
    answer=_row("<b>{c.doctor}</b>") + _row("{c.reply}"),
    tags=_label("{v.labels.related}") + "{chips}",
    chip=_row('<a href="{href}">{name}</a>') + _row("<small>{area}</small>"),
    between_links="<br>",
)

_SPANS = Layout(  # blocks within blocks, class names of a framework, lines put together from spans
    page='<div class="navbar" role="navigation"><div class="container">'
    f'{{menu}}<span>{_OTHER}</span>\n</div></div>\n<div class="container">'
    '<div class="row"><div class="col-12">'
    '<div class="h3">{v.title} <span>-</span> <span class="badge">{v.department}</span></div>'
    '<div class="share"><span>{v.labels.share}</span></div></div></div>'
    '<div class="row"><div class="col-8">'
    '<div class="panel"><div class="h4">{v.headline}</div>\n<div class="body">{lines}</div>'
    '<div class="meta"><span class="fw-bold">{v.name}</span><span>{v.band}</span> '
    '<span class="text-muted"><time>{v.ask_date}</time></span></div></div>\n'
    '{replies}{essay}</div>\n<aside class="col-4">{similar}{tags}</aside></div></div>\n'
    '<div class="footer" role="contentinfo"><div>{v.footer[0]}</div>\n<div>{v.footer[1]}</div>\n'
    f"<div>{_DEPARTMENT}</div>\n</div>",
    link='<span><a href="{link[1]}">{link[0]}</a></span>\n',
    line="<div>{text}</div>\n",
    reply='<div class="panel doctor"><div class="meta"><span>{r.doctor}</span></div>'
    '<div class="body">{lines}</div><div><time>{r.date}</time></div></div>\n',
    essay='<div class="panel"><div class="h4">{v.labels.more_info}</div>'
    '<div class="body">{items}</div></div>',
    item='<div class="e-{kind}">{text}</div>\n',
    similar='<div class="h4">{v.similar_label}</div>{cards}',
    card='<div class="panel card"><div class="h5">{c.title}</div><div>{c.question}</div>{answer}'
    '<div class="more"><a href="{c.href}"><span>{v.labels.read_more}</span> '
    "<span>{c.title}</span></a></div></div>\n",
    answer='<div class="meta">{c.doctor}</div><div>{c.reply}</div>',
    tags='<div class="h4">{v.labels.related}</div><div class="chips">{chips}</div>',
    chip='<div class="chip"><div><a href="{href}">{name}</a></div><div>{area}</div></div>\n',
)

_LISTED = Layout(  # definition lists and ordered lists; the essay folds open
    page=f'<nav><ol class="menu">{{menu}}<li>{_OTHER}</li>\n</ol></nav>\n'
    '<div id="content"><h1>{v.heading}</h1><ul class="share"><li>{v.labels.share}</li></ul>\n'
    '<dl class="qa"><dt>{v.headline}</dt>\n'
    '{lines}<dd class="who"><address>{v.asker}</address></dd>\n{replies}</dl>\n'
    f"{{essay}}{{similar}}{{tags}}</div>\n<footer>{_FOOTER}<p>{_DEPARTMENT}</p>\n</footer>",
    link='<li><a href="{link[1]}">{link[0]}</a></li>\n',
    line="<dd>{text}</dd>\n",
    reply='<dt>{r.doctor}</dt>\n{lines}<dd class="when">{r.date}</dd>\n',
    essay="<details open><summary>{v.labels.more_info}</summary>{items}</details>\n",
    heading="<h5>{text}</h5>\n",
    bullet="<li>{text}</li>\n",
    similar='<h2>{v.similar_label}</h2><ol class="cards">{cards}</ol>\n',
    card=f"<li><dl><dt>{{c.title}}</dt><dd>{{c.question}}</dd>{{answer}}</dl>{_READ_MORE}</li>\n",
    answer="<dt>{c.doctor}</dt><dd>{c.reply}</dd>",
    tags='<h2>{v.labels.related}</h2><ul class="tags">{chips}</ul>\n',
    chip='<li><div><a href="{href}">{name}</a></div><div>{area}</div></li>\n',
)

_CUT = "<!-- -->"  # between two text nodes of one line
_HYDRATED = Layout(  # what a JavaScript framework leaves: comments in text, state in a script
    page='<div id="__root"><div class="css-1q"><div class="css-9m"><header class="css-0k">'
    f'<nav>{{menu}}<div>{_OTHER}</div>\n</nav></header>\n<main class="css-7d">'
    f'<div class="css-2x"><h1>{{v.title}}{_CUT} - {_CUT}{{v.department}}</h1></div>\n'
    '<div class="css-4s"><div>{v.labels.share}</div></div>'
    '<div class="css-6p"><h2>{v.headline}</h2>\n{lines}'
    f"<div>{{v.name}}{_CUT}{{v.band}}{_CUT} {_CUT}{{v.ask_date}}</div></div>\n{{replies}}{{essay}}"
    "<template><p>{v.labels.related}</p></template>"  # labels that nobody sees
    '<div hidden="">{v.labels.more_info}</div>\n'
    f'{{similar}}{{tags}}</main>\n<footer class="css-ft">{_FOOTER}<p>{_DEPARTMENT}</p>\n</footer>'
    "</div></div></div>\n"
    '<script id="__STATE" type="application/json">{{"labels": '
    '["{v.labels.more_info}", "{v.labels.related}", "{v.old_date}"]}}</script>',
    link='<div><a href="{link[1]}">{link[0]}</a></div>\n',
    reply='<div class="css-6p"><div><div><strong>{r.doctor}</strong></div></div>\n'
    f"{{lines}}<div>{_CUT}{{r.date}}{_CUT}</div></div>\n",
    essay='<div class="css-6p"><h2>{v.labels.more_info}</h2>{items}</div>\n',
    heading="<h3>{text}</h3>\n",
    bullet="<li>{text}</li>\n",
    similar='<div class="css-8c"><h2>{v.similar_label}</h2>{cards}</div>\n',
    card='<div class="css-3e"><h3><a href="{c.href}">{c.title}</a></h3>'
    '<div>{c.question}</div>{answer}<div><a href="{c.href}">'
    f"{{v.labels.read_more}}{_CUT} {_CUT}{{c.title}}</a></div></div>\n",
    answer="<div><b>{c.doctor}</b></div><div>{c.reply}</div>",
    tags='<div class="css-5t"><h2>{v.labels.related}</h2>{chips}</div>\n',
    chip='<a class="css-tag" href="{href}"><div>{name}</div><div>{area}</div></a>\n',
)

_PLAIN = Layout(  # texts as they were typed, in <pre>; headings and links around them
    page=f"<header><nav>{{menu}} &middot; {_DEPARTMENT} &middot; {_OTHER}</nav></header>\n"
    "<main><h1>{v.heading}</h1><p>{v.labels.share}</p><h2>{v.headline}</h2>\n"
    "<pre>{lines}</pre><p>{v.asker}</p>{replies}{essay}{similar}{tags}</main>\n"
    "<footer><p>{v.footer[0]}<br>{v.footer[1]}</p></footer>",
    line="{text}",
    reply="\n<h3>{r.doctor}</h3><pre>{lines}</pre><p>{r.date}</p>",
    essay="\n<h2>{v.labels.more_info}</h2>\n<pre>{items}</pre>",
    item="\n{text}",
    bullet="{text}",
    similar="\n<h2>{v.similar_label}</h2>{cards}",
    card=f"\n<h3>{{c.title}}</h3><pre>{{c.question}}</pre>{{answer}}<p>{_READ_MORE}</p>",
    answer="<p>{c.doctor}</p><pre>{c.reply}</pre>",
    tags="\n<h2>{v.labels.related}</h2>{chips}",
    chip='\n<p><a href="{href}">{name}</a></p><p>{area}</p>',
    between_links=" &middot; ",
    between_lines="\n",
    between_items="\n",
)

_CHANGED = Layout(  # a redesign without labels: what a reader of them must report and not guess
    page=f"<nav>{{menu}}<p>{_OTHER}</p>\n</nav>\n<main><h1>{{v.title}}</h1><h2>{{v.headline}}</h2>\n"
    "{lines}<p>{v.name}</p>\n{replies}{essay}{similar}{tags}</main>\n"
    f"<footer>{_FOOTER}</footer>",
    link='<p><a href="{link[1]}">{link[0]}</a></p>\n',
    reply="{lines}",
    card='<p><a href="{c.href}">{c.title}</a></p>\n',
    chip='<p><a href="{href}">{name}</a></p>\n',
)

LAYOUTS = {
    "semantic": _SEMANTIC,
    "breaks": _BREAKS,
    "table": _TABLE,
    "spans": _SPANS,
    "listed": _LISTED,
    "hydrated": _HYDRATED,
    "plain": _PLAIN,
}
"""The markups that pages have side by side."""

ALL_LAYOUTS = {**LAYOUTS, "changed": _CHANGED}
"""These and a redesign whose pages show no label."""
