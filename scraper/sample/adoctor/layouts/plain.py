"""Texts as they were typed, in <pre>; headings and links around them."""

from scraper.sample.adoctor.layouts.parts import menu
from scraper.sample.adoctor.view import CardView, ReplyView, View


def render(view: View) -> str:
    """The body of a page."""
    more = [f"<h2>{view.labels.more_info}</h2>", _pre(_essay_lines(view))] if view.essay else []
    parts = [
        f"<h1>{view.heading}</h1><p>{view.labels.share}</p><h2>{view.headline}</h2>",
        f"{_pre(view.lines)}<p>{view.asker}</p>",
        *(_reply(reply) for reply in view.replies),
        *more,
        *([f"<h2>{view.similar_label}</h2>"] if view.cards else []),
        *(_card(card, view.labels.read_more) for card in view.cards),
        *([f"<h2>{view.labels.related}</h2>"] if view.tags else []),
        *(f'<p><a href="{href}">{name}</a></p><p>{area}</p>' for name, area, href in view.tags),
    ]
    body = "\n".join(parts)
    return (
        f"<header><nav>{menu(view, ' &middot; ')}</nav></header>\n<main>{body}</main>\n"
        f"<footer><p>{'<br>'.join(view.footer)}</p></footer>"
    )


def _pre(lines: list[str]) -> str:
    return "<pre>" + "\n".join(lines) + "</pre>"


def _essay_lines(view: View) -> list[str]:
    """The essay with an empty line before each paragraph but no other."""
    return [f"{'' if kind == 'li' else chr(10)}{text}" for kind, text in view.essay]


def _reply(reply: ReplyView) -> str:
    return f"<h3>{reply.doctor}</h3>{_pre(reply.lines)}<p>{reply.date}</p>"


def _card(card: CardView, read_more: str) -> str:
    answer = f"<p>{card.doctor}</p><pre>{card.reply}</pre>" if card.doctor else ""
    return (
        f"<h3>{card.title}</h3><pre>{card.question}</pre>{answer}"
        f'<p><a href="{card.href}">{read_more} {card.title}</a></p>'
    )
