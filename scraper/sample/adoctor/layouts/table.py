"""Nested tables with one row a part, as content systems of old wrote them."""

from scraper.sample.adoctor.layouts.parts import menu
from scraper.sample.adoctor.view import CardView, View


def render(view: View) -> str:
    """The body of a page."""
    rows = [
        _row(f"<h1>{view.heading}</h1>"),
        _row(f"<small>{view.labels.share}</small>"),
        _row(f"<h2>{view.headline}</h2>"),
        _row(_inner(view.lines)),
        _row(f"<em>{view.asker}</em>"),
    ]
    for reply in view.replies:
        rows += [_label(reply.doctor), _row(_inner(reply.lines)), _row(reply.date)]
    rows += [*_essay(view), *_similar(view), *_tags(view)]
    return (
        f'<table class="frame"><tr><td class="menu"><nav>{menu(view, "<br>")}</nav></td>'
        f'<td><table class="page">\n{"".join(rows)}</table></td></tr></table>'
        f"<footer>{'<br>'.join(view.footer)}</footer>"
    )


def _row(inner: str) -> str:
    return f'<tr valign="top"><td align="left">{inner}</td></tr>\n'


def _label(inner: str) -> str:
    return f'<tr><th align="left">{inner}</th></tr>\n'


def _inner(lines: list[str]) -> str:
    return "<table>" + "".join(_row(line) for line in lines) + "</table>"


def _essay(view: View) -> list[str]:
    rows = [_row(f"<b>{text}</b>" if kind == "h" else text) for kind, text in view.essay]
    return [_label(view.labels.more_info), *rows] if rows else []


def _similar(view: View) -> list[str]:
    rows = [row for card in view.cards for row in _card(card, view.labels.read_more)]
    return [_label(view.similar_label), *rows] if rows else []


def _card(card: CardView, read_more: str) -> list[str]:
    rows = [_row(f"<b>{card.title}</b>"), _row(card.question)]
    if card.doctor:
        rows += [_row(f"<b>{card.doctor}</b>"), _row(card.reply or "")]
    return [*rows, _row(f'<a href="{card.href}">{read_more} {card.title}</a>')]


def _tags(view: View) -> list[str]:
    rows = [
        row
        for name, area, href in view.tags
        for row in (_row(f'<a href="{href}">{name}</a>'), _row(f"<small>{area}</small>"))
    ]
    return [_label(view.labels.related), *rows] if rows else []
