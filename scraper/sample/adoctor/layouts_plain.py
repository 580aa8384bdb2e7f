"""Markups without much of a structure: line breaks, tables, preformatted text."""

from scraper.sample.adoctor.view import View


def _menu(view: View, between: str) -> str:
    links = [*view.menu, view.department_link, view.other]
    return between.join(f'<a href="{href}">{label}</a>' for label, href in links)


def _footer(view: View) -> str:
    return "<br>".join(view.footer)


def breaks(view: View) -> str:
    """Everything in one block, lines parted by <br>, labels bold: the web of 1999."""
    label = view.labels
    out = [
        f'<div class="top">{_menu(view, " | ")}</div><hr><div id="wrap"><font size="5"><b>'
        f"{view.heading}</b></font><br><br>\n{label.share} <button>f</button>"
        f'<button>X</button><br><br><font size="4"><b>{view.headline}</b></font><br><br>\n',
        "<br>\n".join(view.lines),
        f'<br><br>\n<font class="by">{view.asker}</font><br><br>\n',
    ]
    for reply in view.replies:
        out.append(f"<b>{reply.doctor}</b><br><br>\n" + "<br>\n".join(reply.lines))
        out.append(f"<br><br>\n<i>{reply.date}</i><br><br>\n")
    if view.essay:
        out.append(f"<b>{label.more_info}</b><br><br>\n")
        for kind, text in view.essay:
            out.append(f"<b>{text}</b><br>\n" if kind == "h" else f"{text}<br><br>\n")
    if view.cards:
        out.append(f"<br><b>{view.similar_label}</b><br><br>\n")
    for card in view.cards:
        out.append(f"<u>{card.title}</u><br>\n{card.question}<br><br>\n")
        if card.doctor:
            out.append(f"{card.doctor}<br>\n{card.reply}<br><br>\n")
        out.append(f'<a href="{card.href}">{label.read_more} {card.title}</a><br><br>\n')
    if view.tags:
        out.append(f"<b>{label.related}</b><br><br>\n")
    for name, area, href in view.tags:
        out.append(f'<a href="{href}">{name}</a><br>{area}<br><br>\n')
    out.append(f'</div><hr><footer class="end">{_footer(view)}</footer>')
    return "".join(out)


def _row(cells: str) -> str:
    return f'<tr valign="top">{cells}</tr>\n'


def table(view: View) -> str:
    """Nested tables with one row a part, as content systems of old wrote them."""
    label = view.labels

    def wide(inner: str, kind: str = "td") -> str:
        return _row(f'<{kind} colspan="2" align="left">{inner}</{kind}>')

    def lines(texts: list[str]) -> str:
        return "<table>" + "".join(_row(f"<td>{text}</td>") for text in texts) + "</table>"

    rows = [
        wide(f"<h1>{view.heading}</h1>"),
        wide(f"<small>{label.share}</small>"),
        wide(f"<h2>{view.headline}</h2>"),
        wide(lines(view.lines)),
        wide(f"<em>{view.asker}</em>"),
    ]
    for reply in view.replies:
        rows += [wide(reply.doctor, "th"), wide(lines(reply.lines)), wide(reply.date)]
    if view.essay:
        rows.append(wide(label.more_info, "th"))
        rows += [wide(f"<b>{text}</b>" if kind == "h" else text) for kind, text in view.essay]
    if view.cards:
        rows.append(wide(view.similar_label, "th"))
    for card in view.cards:
        rows += [wide(f"<b>{card.title}</b>"), wide(card.question)]
        if card.doctor:
            rows += [wide(f"<b>{card.doctor}</b>"), wide(card.reply or "")]
        rows.append(wide(f'<a href="{card.href}">{label.read_more} {card.title}</a>'))
    if view.tags:
        rows.append(wide(label.related, "th"))
    rows += [
        wide(f'<a href="{href}">{name}</a>') + wide(f"<small>{area}</small>")
        for name, area, href in view.tags
    ]
    return (
        f'<table class="frame"><tr><td class="menu"><nav>{_menu(view, "<br>")}</nav></td>'
        f'<td><table class="page">\n{"".join(rows)}</table></td></tr></table>'
        f"<footer>{_footer(view)}</footer>"
    )


def plain(view: View) -> str:
    """Texts as they were typed, in <pre>; headings and links around them."""
    label = view.labels
    out = [
        f"<header><nav>{_menu(view, ' &middot; ')}</nav></header><main>"
        f"<h1>{view.heading}</h1><p>{label.share}</p><h2>{view.headline}</h2>"
        f"<pre>{chr(10).join(view.lines)}</pre><p>{view.asker}</p>"
    ]
    for reply in view.replies:
        out.append(f"<h3>{reply.doctor}</h3><pre>{chr(10).join(reply.lines)}</pre>")
        out.append(f"<p>{reply.date}</p>")
    if view.essay:
        body = "\n\n".join(text for _, text in view.essay)
        out.append(f"<h2>{label.more_info}</h2><pre>{body}</pre>")
    if view.cards:
        out.append(f"<h2>{view.similar_label}</h2>")
    for card in view.cards:
        out.append(f"<h3>{card.title}</h3><pre>{card.question}</pre>")
        if card.doctor:
            out.append(f"<p>{card.doctor}</p><pre>{card.reply}</pre>")
        out.append(f'<p><a href="{card.href}">{label.read_more} {card.title}</a></p>')
    if view.tags:
        out.append(f"<h2>{label.related}</h2>")
    out += [f'<p><a href="{href}">{name}</a></p><p>{area}</p>' for name, area, href in view.tags]
    out.append(f"</main><footer><p>{_footer(view)}</p></footer>")
    return "".join(out)
