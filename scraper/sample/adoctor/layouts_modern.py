"""Markups of today: landmarks, frameworks, definition lists, hydrated components."""

from scraper.sample.adoctor.view import CardView, View


def _items(links: list[tuple[str, str]], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="{href}">{label}</a></{tag}>' for label, href in links)


def _paragraphs(lines: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{line}</{tag}>\n" for line in lines)


def _essay(view: View, heading: str, listed: str = "li") -> str:
    """The essay with its items in a real list where `listed` is li."""
    out: list[str] = []
    inside = False
    for kind, text in view.essay:
        if (kind == "li") != inside:
            out.append("</ul>" if inside else '<ul class="dashes">')
            inside = not inside
        tag = {"h": heading, "li": listed, "p": "p"}[kind]
        out.append(f"<{tag}>{text}</{tag}>\n")
    return "".join(out) + ("</ul>" if inside else "")


def semantic(view: View) -> str:
    """One article with sections and headings, a paragraph for every line."""
    label = view.labels
    out = [
        f'<header class="bar"><strong>{label.site}</strong><nav><ul>{_items(view.menu)}</ul></nav>'
        f'</header><nav class="trail">{_items([view.department_link, view.other], "span")}</nav>'
        f'<main><article><h1>{view.heading}</h1><div class="share"><p>{label.share}</p></div>'
        f'<section class="ask"><h2>{view.headline}</h2>{_paragraphs(view.lines)}'
        f'<p class="who">{view.asker}</p></section>'
    ]
    for reply in view.replies:
        out.append(
            f'<section class="reply"><h3>{reply.doctor}</h3>{_paragraphs(reply.lines)}'
            f'<p class="when">{reply.date}</p></section>'
        )
    if view.essay:
        out.append(f"<section><h2>{label.more_info}</h2>{_essay(view, 'h4')}</section>")
    out.append("</article>")
    if view.cards:
        out.append(f'<section class="similar"><h2>{view.similar_label}</h2>')
        for card in view.cards:
            out.append(f'<article class="card"><h3>{card.title}</h3><p>{card.question}</p>')
            if card.doctor:
                out.append(f"<h4>{card.doctor}</h4><p>{card.reply}</p>")
            out.append(f'<a href="{card.href}">{label.read_more} {card.title}</a></article>')
        out.append("</section>")
    if view.tags:
        out.append(f'<section class="tags"><h2>{label.related}</h2><ul>')
        for name, area, href in view.tags:
            out.append(f'<li><a href="{href}">{name}</a><p>{area}</p></li>')
        out.append("</ul></section>")
    out.append(f"</main><footer>{_paragraphs(view.footer)}</footer>")
    return "".join(out)


def spans(view: View) -> str:
    """Blocks within blocks, class names of a framework, lines put together from spans."""
    label = view.labels
    asker = (
        f'<span class="fw-bold">{view.name}</span><span>{view.band}</span> '
        f'<span class="text-muted"><time>{view.ask_date}</time></span>'
    )
    out = [
        f'<div class="navbar" role="navigation"><div class="container">'
        f"{_items([*view.menu, view.other], 'span')}</div></div>"
        f'<div class="container"><div class="row"><div class="col-12"><div class="h3">{view.title}'
        f' <span>-</span> <span class="badge">{view.department}</span></div>'
        f'<div class="share"><span>{label.share}</span></div></div></div><div class="row">'
        f'<div class="col-8"><div class="panel"><div class="h4">{view.headline}</div>'
        f'<div class="body">{_paragraphs(view.lines, "div")}</div><div class="meta">{asker}</div>'
        f"</div>"
    ]
    for reply in view.replies:
        out.append(
            f'<div class="panel doctor"><div class="meta"><span>{reply.doctor}</span></div><div'
            f' class="body">{_paragraphs(reply.lines, "div")}</div><div><time>{reply.date}</time>'
            "</div></div>"
        )
    if view.essay:
        out.append(f'<div class="panel"><div class="h4">{label.more_info}</div><div class="body">')
        out += [f'<div class="e-{kind}">{text}</div>' for kind, text in view.essay]
        out.append("</div></div>")
    out.append('</div><aside class="col-4">')
    if view.cards:
        out.append(f'<div class="h4">{view.similar_label}</div>')
    out += [_span_card(card, label.read_more) for card in view.cards]
    if view.tags:
        out.append(f'<div class="h4">{label.related}</div><div class="chips">')
        out += [
            f'<div class="chip"><div><a href="{href}">{name}</a></div><div>{area}</div></div>'
            for name, area, href in view.tags
        ]
        out.append("</div>")
    out.append(
        f'</aside></div></div><div class="footer" role="contentinfo">'
        f"{_paragraphs(view.footer, 'div')}{_items([view.department_link], 'div')}</div>"
    )
    return "".join(out)


def _span_card(card: CardView, read_more: str) -> str:
    answer = ""
    if card.doctor:
        answer = f'<div class="meta">{card.doctor}</div><div>{card.reply}</div>'
    return (
        f'<div class="panel card"><div class="h5">{card.title}</div><div>{card.question}</div>'
        f'{answer}<div class="more"><a href="{card.href}"><span>{read_more}</span> '
        f"<span>{card.title}</span></a></div></div>\n"
    )


def lists(view: View) -> str:
    """Definition lists and ordered lists; the essay folds open."""
    label = view.labels
    out = [
        f'<nav><ol class="menu">{_items([*view.menu, view.other])}</ol></nav>'
        f'<div id="content"><h1>{view.heading}</h1><ul class="share"><li>{label.share}</li></ul>'
        f'<dl class="qa"><dt>{view.headline}</dt>{_paragraphs(view.lines, "dd")}'
        f'<dd class="who"><address>{view.asker}</address></dd>'
    ]
    for reply in view.replies:
        out.append(f"<dt>{reply.doctor}</dt>{_paragraphs(reply.lines, 'dd')}")
        out.append(f'<dd class="when">{reply.date}</dd>')
    out.append("</dl>")
    if view.essay:
        out.append(
            f"<details open><summary>{label.more_info}</summary>{_essay(view, 'h5')}</details>"
        )
    if view.cards:
        out.append(f'<h2>{view.similar_label}</h2><ol class="cards">')
        for card in view.cards:
            answer = f"<dt>{card.doctor}</dt><dd>{card.reply}</dd>" if card.doctor else ""
            out.append(
                f"<li><dl><dt>{card.title}</dt><dd>{card.question}</dd>{answer}</dl>"
                f'<a href="{card.href}">{label.read_more} {card.title}</a></li>\n'
            )
        out.append("</ol>")
    if view.tags:
        out.append(f'<h2>{label.related}</h2><ul class="tags">')
        for name, area, href in view.tags:
            out.append(f'<li><div><a href="{href}">{name}</a></div><div>{area}</div></li>')
        out.append("</ul>")
    out.append(
        f"</div><footer>{_paragraphs(view.footer)}{_items([view.department_link], 'p')}</footer>"
    )
    return "".join(out)


def hydrated(view: View) -> str:
    """What a JavaScript framework leaves on the server: comments in text, state in a script."""
    label = view.labels
    state = f'{{"labels":["{label.more_info}","{label.related}","Reply Date: 1999/01/01"]}}'
    out = [
        '<div id="__root"><div class="css-1q"><div class="css-9m"><header class="css-0k">'
        f'<nav>{_items([*view.menu, view.other], "div")}</nav></header><main class="css-7d">'
        f'<div class="css-2x"><h1>{view.title}<!-- --> - <!-- -->{view.department}</h1></div>'
        f'<div class="css-4s"><div>{label.share}</div></div><div class="css-6p">'
        f"<h2>{view.headline}</h2>{_paragraphs(view.lines)}<div>{view.name}<!-- -->{view.band}"
        f"<!-- --> <!-- -->{view.ask_date}</div></div>"
    ]
    for reply in view.replies:
        out.append(
            f'<div class="css-6p"><div><div><strong>{reply.doctor}</strong></div></div>'
            f"{_paragraphs(reply.lines)}<div><!-- -->{reply.date}<!-- --></div></div>"
        )
    if view.essay:
        out.append(f'<div class="css-6p"><h2>{label.more_info}</h2>{_essay(view, "h3")}</div>')
    out.append(f'<template><p>{label.related}</p></template><div hidden="">{label.more_info}</div>')
    if view.cards:
        out.append(f'<div class="css-8c"><h2>{view.similar_label}</h2>')
        for card in view.cards:
            answer = (
                f"<div><b>{card.doctor}</b></div><div>{card.reply}</div>" if card.doctor else ""
            )
            out.append(
                f'<div class="css-3e"><h3><a href="{card.href}">{card.title}</a></h3>'
                f'<div>{card.question}</div>{answer}<div><a href="{card.href}">'
                f"{label.read_more}<!-- --> <!-- -->{card.title}</a></div></div>"
            )
        out.append("</div>")
    if view.tags:
        out.append(f'<div class="css-5t"><h2>{label.related}</h2>')
        for name, area, href in view.tags:
            out.append(f'<a class="css-tag" href="{href}"><div>{name}</div><div>{area}</div></a>')
        out.append("</div>")
    out.append(
        f'</main><footer class="css-ft">{_paragraphs(view.footer)}'
        f"{_items([view.department_link], 'p')}</footer></div></div></div>"
        f'<script id="__STATE" type="application/json">{state}</script>'
    )
    return "".join(out)


def changed(view: View) -> str:
    """A redesign that shows no label: what readers of labels must report, not guess."""
    out = [f"<nav>{_items([*view.menu, view.other], 'p')}</nav><main><h1>{view.title}</h1>"]
    out.append(f"<h2>{view.headline}</h2>{_paragraphs(view.lines)}<p>{view.name}</p>")
    out += [_paragraphs(reply.lines) for reply in view.replies]
    out += [f"<p>{text}</p>" for _, text in view.essay]
    out += [f'<p><a href="{card.href}">{card.title}</a></p>' for card in view.cards]
    out += [f'<p><a href="{href}">{name}</a></p>' for name, _, href in view.tags]
    out.append(f"</main><footer>{_paragraphs(view.footer)}</footer>")
    return "".join(out)
