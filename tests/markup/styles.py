"""Whole pages in styles of the last twenty years, written by hand, one function each."""

# ruff: noqa: E501 (markup reads best on one line)

from html import escape as e

from tests.markup.pages import Answer, Card, LogicalPage, Tag, shown


def _by(page: LogicalPage, doctor: str, department: str) -> str:
    if page.words.language == "en":
        return e(f"Dr. {doctor} reply {department}")
    return e(f"{doctor} 醫師回覆 {department}")


def _head(page: LogicalPage, more: str = "") -> str:
    return (
        f'<!doctype html><html lang="{page.words.language}"><head><meta charset="utf-8">'
        f"<title>{e(page.title)} - {e(page.department)}</title>{more}</head>"
    )


def _paren(page: LogicalPage, text: str) -> str:
    return f"（{e(text)}）" if page.words.language != "en" else f"({e(text)})"


def layout_tables(page: LogicalPage) -> str:
    """2003: nested tables, FONT and BR, upper case, nothing closed."""
    w = page.words
    out = [
        _head(page),
        "<BODY BGCOLOR=#ffffff><TABLE WIDTH=100% BORDER=0><TR><TD COLSPAN=2><FONT SIZE=5><B>",
    ]
    out.append(
        f"{e(page.title)} - {e(page.department)}</B></FONT><TR><TD>{e(w.share)}<TR><TD VALIGN=top>"
    )
    out.append(f"<FONT COLOR=navy><B>{e(page.headline)}</B></FONT><BR><BR>")
    out.append("<BR>\n".join(e(line) for line in page.question))
    out.append(f"<BR><HR><I>{e(page.asker_line())} {e(w.ask_date)} {e(page.asked)}</I>")
    for a in page.answers:
        out.append(f"<TR><TD BGCOLOR=#eeeeff><B>{_by(page, a.doctor, a.department)}</B><P>")
        out.append("<BR>\n".join(e(line) for line in a.lines))
        out.append(f"<P ALIGN=right>{e(w.reply_date)} {a.day}" if a.day else "")
    if page.essay:
        out.append(
            f"<TR><TD><CENTER><B>{e(w.more_info)}</B></CENTER>"
            + "<BR>".join(e(x) for x in page.essay)
        )
    if page.cards:
        out.append(f"<TR><TD><B>{e(w.similar)}</B><TABLE>")
        for c in page.cards:
            out.append(f"<TR><TD><B>{e(c.title)}</B><BR>{shown(c.question)}")
            if c.answer:
                out.append(f"<BR>{_by(page, c.doctor, c.department)}<BR>{shown(c.answer)}")
            out.append(f"<BR><A HREF={page.path(c.number)}>{e(w.read_more)} {e(c.title)}</A>")
        out.append("</TABLE>")
    if page.tags:
        out.append(f"<TR><TD><B>{e(w.related)}</B><TABLE><TR>")
        out += [
            f"<TD><A HREF={page.tag_path(t)}>{e(t.name)}</A><BR><FONT SIZE=1>{_paren(page, t.department)}</FONT>"
            for t in page.tags
        ]
        out.append("</TABLE>")
    return "".join(out) + "</TABLE>"


def utility_divs(page: LogicalPage) -> str:
    """Today: div soup with utility classes, hydration data in a script, comments between texts."""
    w = page.words
    d = '<div class="flex flex-col gap-2 md:gap-4">'
    out = [
        _head(
            page,
            '<script>self.__next_f.push([1,"More Info Similar Q\\u0026A Ask Date: 1990/01/01"])</script>',
        )
    ]
    out.append(
        f'<body class="antialiased">{d}<div hidden=""><!--$--></div><div class="text-2xl font-bold">{e(page.title)}<!-- --> - <!-- -->{e(page.department)}</div>'
    )
    out.append(
        f'{d}<div class="text-sm">{e(w.share)}</div>'
        + "".join(
            f'<button type="button" aria-label="{b}"><svg><title>{b}</title></svg></button>'
            for b in w.buttons
        )
        + "</div>"
    )
    out.append(
        f"{d}<div>{e(page.headline)}</div>"
        + "".join(f'<div class="leading-7">{e(x)}</div>' for x in page.question)
    )
    out.append(
        f"<div><span>{e(page.asker_line())}</span> <span>{e(w.ask_date)}<!-- --> <!-- -->{e(page.asked)}</span></div></div>"
    )
    for a in page.answers:
        out.append(
            f"{d}<div class='flex'><div>{_by(page, a.doctor, a.department)}</div></div>"
            + "".join(f"<div>{e(x)}</div>" for x in a.lines)
        )
        out.append(
            (f"<div>{e(w.reply_date)}<!-- --> <!-- -->{a.day}</div>" if a.day else "") + "</div>"
        )
    if page.essay:
        out.append(
            f"{d}<div class='uppercase'>{e(w.more_info)}</div>"
            + "".join(f"<div>{e(x)}</div>" for x in page.essay)
            + "</div>"
        )
    if page.cards:
        out.append(f"{d}<div>{e(w.similar)}</div>")
        for c in page.cards:
            reply = (
                f"<div>{_by(page, c.doctor, c.department)}</div><div class='line-clamp-3'>{shown(c.answer)}</div>"
                if c.answer
                else ""
            )
            out.append(
                f'<a class="block" href="{page.path(c.number)}"><div>{e(c.title)}</div><div class="line-clamp-3">{shown(c.question)}</div>{reply}<div>{e(w.read_more)} {e(c.title)}</div></a>'
            )
        out.append("</div>")
    if page.tags:
        out.append(f"{d}<div>{e(w.related)}</div><div class='grid grid-cols-2'>")
        out += [
            f'<a href="{page.tag_path(t)}"><div>{e(t.name)}</div><div class="text-xs">{_paren(page, t.department)}</div></a>'
            for t in page.tags
        ]
        out.append("</div></div>")
    return "".join(out) + '</div><template id="B:0">More Info</template></body></html>'


def semantic(page: LogicalPage) -> str:
    """HTML5 by the book: header, main, article, section, aside, time, address, nav, footer."""
    w = page.words
    out = [_head(page, f'<link rel=canonical href="https://adoctor.tw{page.path()}">')]
    out.append(
        f"<body><header><nav><a href=/>Home</a> <a href=#i>{e(w.more_info)}</a> <a href=#s>{e(w.similar)}</a></nav></header><main><article>"
    )
    out.append(
        f"<header><h1>{e(page.title)} - {e(page.department)}</h1><p>{e(w.share)}</p><menu>"
        + "".join(
            f"<li><a href='https://x.example/{n}'>{b}</a></li>" for n, b in enumerate(w.buttons)
        )
        + "</menu></header>"
    )
    out.append(
        f"<section><h2>{e(page.headline)}</h2>" + "".join(f"<p>{e(x)}</p>" for x in page.question)
    )
    out.append(
        f"<address>{e(page.asker_line())} {e(w.ask_date)} <time datetime={page.asked_iso}>{page.asked}</time></address></section>"
    )
    for a in page.answers:
        out.append(
            f"<section><h2>{_by(page, a.doctor, a.department)}</h2><blockquote>"
            + "".join(f"<p>{e(x)}</p>" for x in a.lines)
            + "</blockquote>"
        )
        out.append(
            (f"<p><small>{e(w.reply_date)} <time>{a.day}</time></small></p>" if a.day else "")
            + "</section>"
        )
    if page.essay:
        out.append(
            f"<section id=i><h2>{e(w.more_info)}</h2>"
            + "".join(
                (f"<h3>{e(x)}</h3>" if x.endswith((":", "：")) else f"<p>{e(x)}</p>")
                for x in page.essay
            )
            + "</section>"
        )
    out.append("</article></main><aside>")
    if page.cards:
        out.append(f"<section id=s><h2>{e(w.similar)}</h2>")
        for c in page.cards:
            reply = (
                f"<h4>{_by(page, c.doctor, c.department)}</h4><p>{shown(c.answer)}</p>"
                if c.answer
                else ""
            )
            out.append(
                f'<article><h3>{e(c.title)}</h3><p>{shown(c.question)}</p>{reply}<p>{e(w.read_more)} <a href="{page.path(c.number)}">{e(c.title)}</a></p></article>'
            )
        out.append("</section>")
    if page.tags:
        out.append(
            f"<section><h2>{e(w.related)}</h2><ul>"
            + "".join(
                f'<li><a href="{page.tag_path(t)}">{e(t.name)}</a> <small>{_paren(page, t.department)}</small></li>'
                for t in page.tags
            )
            + "</ul></section>"
        )
    return (
        "".join(out)
        + f"</aside><footer><p>{e(w.related)}</p><p>Imprint (Nobody)</p></footer></body></html>"
    )


def definition_lists(page: LogicalPage) -> str:
    """Everything in definition lists, labels as terms."""
    w = page.words
    out = [
        _head(page),
        f"<body><dl><dt>{e(page.title)} - {e(page.department)}</dt><dd>{e(w.share)}</dd></dl><dl><dt>{e(page.headline)}</dt>",
    ]
    out += [f"<dd>{e(x)}" for x in page.question]
    out.append(f"<dt>{e(page.asker_line())}<dt>{e(w.ask_date)}<dd>{page.asked}</dl>")
    for a in page.answers:
        out.append(
            f"<dl><dt>{_by(page, a.doctor, a.department)}"
            + "".join(f"<dd>{e(x)}" for x in a.lines)
            + (f"<dt>{e(w.reply_date)}<dd>{a.day}" if a.day else "")
            + "</dl>"
        )
    if page.essay:
        out.append(
            f"<dl><dt>{e(w.more_info)}" + "".join(f"<dd>{e(x)}" for x in page.essay) + "</dl>"
        )
    if page.cards:
        out.append(f"<dl><dt>{e(w.similar)}")
        for c in page.cards:
            reply = (
                f"<dt>{_by(page, c.doctor, c.department)}<dd>{shown(c.answer)}" if c.answer else ""
            )
            out.append(
                f'<dd><dl><dt>{e(c.title)}<dd>{shown(c.question)}{reply}<dd>[<a href="{page.path(c.number)}">{e(w.read_more[1:-1])}</a>] {e(c.title)}</dl>'
            )
        out.append("</dl>")
    if page.tags:
        out.append(
            f"<dl><dt>{e(w.related)}"
            + "".join(
                f'<dt><a href="{page.tag_path(t)}">{e(t.name)}</a><dd>{_paren(page, t.department)}'
                for t in page.tags
            )
            + "</dl>"
        )
    return "".join(out)


def custom_elements(page: LogicalPage) -> str:
    """Web components: unknown elements inside a declarative shadow root."""
    w = page.words
    out = [
        _head(page),
        "<body><qa-app><template shadowrootmode=open><style>:host{display:block}</style><slot></slot>",
    ]
    out.append(
        f"<qa-title>{e(page.title)} - {e(page.department)}</qa-title><qa-share>{e(w.share)}</qa-share><qa-headline>{e(page.headline)}</qa-headline><qa-text>"
    )
    out += [f"<qa-line>{e(x)}</qa-line>\n" for x in page.question]
    out.append(
        f"</qa-text><qa-asker><qa-who>{e(page.asker_line())}</qa-who><qa-label>{e(w.ask_date)}</qa-label><qa-day>{page.asked}</qa-day></qa-asker>"
    )
    for a in page.answers:
        dr, reply = (
            (f"Dr. {e(a.doctor)}", "reply") if w.language == "en" else (e(a.doctor), "醫師回覆")
        )
        out.append(
            f"<qa-doctor><qa-name>{dr}</qa-name><qa-verb>{reply}</qa-verb><qa-dept>{e(a.department)}</qa-dept></qa-doctor>"
        )
        out += [f"<qa-line>{e(x)}</qa-line>" for x in a.lines]
        out.append(
            f"<qa-date><qa-label>{e(w.reply_date)}</qa-label><qa-day>{a.day}</qa-day></qa-date>"
            if a.day
            else ""
        )
    if page.essay:
        out.append(
            f"<qa-info><qa-h>{e(w.more_info)}</qa-h>"
            + "".join(f"<qa-line>{e(x)}</qa-line>" for x in page.essay)
            + "</qa-info>"
        )
    if page.cards:
        out.append(f"<qa-similar><qa-h>{e(w.similar)}</qa-h>")
        for c in page.cards:
            reply = (
                f"<qa-doctor>{_by(page, c.doctor, c.department)}</qa-doctor><qa-line>{shown(c.answer)}</qa-line>"
                if c.answer
                else ""
            )
            out.append(
                f'<qa-card><qa-h>{e(c.title)}</qa-h><qa-line>{shown(c.question)}</qa-line>{reply}<a href="{page.path(c.number)}">{e(w.read_more)} {e(c.title)}</a></qa-card>'
            )
        out.append("</qa-similar>")
    if page.tags:
        out.append(
            f"<qa-tags><qa-h>{e(w.related)}</qa-h>"
            + "".join(
                f'<qa-tag><a href="{page.tag_path(t)}">{e(t.name)}</a><qa-dept>{_paren(page, t.department)}</qa-dept></qa-tag>'
                for t in page.tags
            )
            + "</qa-tags>"
        )
    return "".join(out) + "</template></qa-app></body></html>"


def text_lines(page: LogicalPage) -> list[str]:
    """The page's lines as a text browser shows them, markup only for links."""
    w = page.words
    out = [
        f"{e(page.title)} - {e(page.department)}",
        e(w.share),
        e(page.headline),
        *map(e, page.question),
    ]
    out.append(f"{e(page.asker_line())} {e(w.ask_date)} {page.asked}")
    for a in page.answers:
        out += [_by(page, a.doctor, a.department), *map(e, a.lines)]
        out += [f"{e(w.reply_date)} {a.day}"] if a.day else []
    out += [e(w.more_info), *map(e, page.essay)] if page.essay else []
    out += [e(w.similar)] if page.cards else []
    for c in page.cards:
        out += [e(c.title), shown(c.question)]
        out += [_by(page, c.doctor, c.department), shown(c.answer)] if c.answer else []
        out += [f'<a href="{page.path(c.number)}">{e(w.read_more)} {e(c.title)}</a>']
    out += [e(w.related)] if page.tags else []
    for t in page.tags:
        out += [f'<a href="{page.tag_path(t)}">{e(t.name)}</a>', _paren(page, t.department)]
    return out


def all_in_pre(page: LogicalPage) -> str:
    return _head(page) + "<body><pre>\n" + "\n\n".join(text_lines(page)) + "\n</pre></body></html>"


def only_breaks(page: LogicalPage) -> str:
    return _head(page) + "<body>" + "<br><br>\n".join(text_lines(page)) + "</body></html>"


def pre_line_styled(page: LogicalPage) -> str:
    style = "<style>@media print{.q{display:none}} .q, .z{white-space:pre-line} .gone{display:none}</style>"
    return (
        _head(page, style)
        + '<body><p class=gone>More Info</p><div class="q">'
        + "\n".join(text_lines(page))
        + "</div></body></html>"
    )


def spans_styled(page: LogicalPage) -> str:
    style = "<style>/* {x} */ span.row{display:block} #off{visibility:hidden}</style>"
    rows = "".join(f'<span class="row x">{line}</span>' for line in text_lines(page))
    return _head(page, style) + f"<body><p id=off>Reply Date: 1990/01/01</p>{rows}</body></html>"


def accordions(page: LogicalPage) -> str:
    """Bootstrap: cards, accordions, badges, a modal, lists of buttons."""
    w = page.words
    item = '<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button">{}</button></h2><div class="accordion-collapse collapse"><div class="accordion-body">{}</div></div></div>'
    out = [
        _head(page),
        f'<body><ul class="navbar-nav"><li class="nav-item"><a class="nav-link" href="/">Home</a></li><li><a href="#">{e(w.similar)}</a></li><li><a href="#">{e(w.more_info)}</a></li></ul>',
    ]
    out.append(
        '<div class="modal d-none"><h5>Reply Date: 1990/01/01</h5></div><ol class="breadcrumb"><li>Home</li><li>'
        + e(page.department)
        + "</li></ol>"
    )
    out.append(
        f'<div class="container"><h1 class="display-5">{e(page.title)} <small class="text-muted">- {e(page.department)}</small></h1><span class="me-2">{e(w.share)}</span>'
        + "".join(
            f'<a class="btn btn-sm" href="https://s.example/{n}">{b}</a>'
            for n, b in enumerate(w.buttons)
        )
    )
    out.append(
        f'<div class="card"><h5 class="card-header">{e(page.headline)}</h5><div class="card-body">'
        + "".join(f'<p class="card-text">{e(x)}</p>' for x in page.question)
        + f'</div><div class="card-footer">{e(page.asker_line())} <strong>{e(w.ask_date)}</strong> {page.asked}</div></div>'
    )
    for a in page.answers:
        dr, reply = (
            (f"Dr. {e(a.doctor)}", "reply") if w.language == "en" else (e(a.doctor), "醫師回覆")
        )
        out.append(
            f'<div class="card"><div class="card-header"><b>{dr}</b> {reply} <span class="badge">{e(a.department)}</span></div><ul class="list-group">'
            + "".join(f'<li class="list-group-item">{e(x)}</li>' for x in a.lines)
            + "</ul>"
            + (
                f'<div class="card-footer"><i class="bi"></i> {e(w.reply_date)} {a.day}</div>'
                if a.day
                else ""
            )
            + "</div>"
        )
    out.append('<div class="accordion">')
    if page.essay:
        out.append(item.format(e(w.more_info), "".join(f"<p>{e(x)}</p>" for x in page.essay)))
    if page.cards:
        cards = ""
        for c in page.cards:
            reply = (
                f"<h6>{_by(page, c.doctor, c.department)}</h6><p>{shown(c.answer)}</p>"
                if c.answer
                else ""
            )
            cards += f'<div class="card"><h5>{e(c.title)}</h5><p>{shown(c.question)}</p>{reply}<a class="stretched-link" href="{page.path(c.number)}">{e(w.read_more)}</a> {e(c.title)}</div>'
        out.append(item.format(e(w.similar), cards))
    if page.tags:
        out.append(
            item.format(
                e(w.related),
                "".join(
                    f'<a class="btn" href="{page.tag_path(t)}">{e(t.name)}<br><small>{_paren(page, t.department)}</small></a>'
                    for t in page.tags
                ),
            )
        )
    return "".join(out) + "</div></div></body></html>"


def amp(page: LogicalPage) -> str:
    """AMP-like: boilerplate styles, amp- elements, a sidebar with labels in a nav."""
    w = page.words
    boiler = "<style amp-boilerplate>body{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}@keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}</style><noscript><style amp-boilerplate>body{animation:none}</style></noscript>"
    out = [
        _head(page, boiler),
        f"<body><amp-sidebar hidden><ul><li>{e(w.more_info)}</li><li>{e(w.related)}</li></ul></amp-sidebar><amp-analytics><script type=application/json>{{}}</script></amp-analytics>",
    ]
    out.append(
        f"<h1>{e(page.title)} - {e(page.department)}</h1><p>{e(w.share)}</p><amp-social-share type=line></amp-social-share><h2>{e(page.headline)}</h2>"
    )
    out += [f"<p>{e(x)}</p><amp-ad width=1></amp-ad>" for x in page.question]
    out.append(f"<p class=meta>{e(page.asker_line())} {e(w.ask_date)} {page.asked}</p>")
    for a in page.answers:
        out.append(
            f"<p>{_by(page, a.doctor, a.department)}</p>"
            + "".join(f"<p>{e(x)}</p>" for x in a.lines)
            + (f"<p>{e(w.reply_date)} {a.day}</p>" if a.day else "")
        )
    out.append("<amp-accordion>")
    if page.essay:
        out.append(
            f"<section expanded><h4>{e(w.more_info)}</h4><div>"
            + "".join(f"<p>{e(x)}</p>" for x in page.essay)
            + "</div></section>"
        )
    out.append("</amp-accordion>")
    if page.cards:
        out.append(f"<h3>{e(w.similar)}</h3><amp-carousel>")
        out += [_amp_card(page, c) for c in page.cards]
        out.append("</amp-carousel>")
    if page.tags:
        out.append(f"<h3>{e(w.related)}</h3>" + "".join(_amp_tag(page, t) for t in page.tags))
    return "".join(out) + "</body></html>"


def _amp_card(page: LogicalPage, c: Card) -> str:
    reply = (
        f"<div>{_by(page, c.doctor, c.department)}</div><div>{shown(c.answer)}</div>"
        if c.answer
        else ""
    )
    return f'<div role=listitem><h4><a href="{page.path(c.number)}">{e(c.title)}</a></h4><div>{shown(c.question)}</div>{reply}<div>{e(page.words.read_more)} {e(c.title)}</div></div>'


def _amp_tag(page: LogicalPage, t: Tag) -> str:
    return f'<p><a href="{page.tag_path(t)}">{e(t.name)}</a> {_paren(page, t.department)}</p>'


STYLES = (
    layout_tables, utility_divs, semantic, definition_lists, custom_elements, all_in_pre,
    only_breaks, pre_line_styled, spans_styled, accordions, amp,
)  # fmt: skip
__all__ = ["STYLES", "Answer"]
