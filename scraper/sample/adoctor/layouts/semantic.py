"""One article with sections and headings, a paragraph for every line."""

from scraper.sample.adoctor.layouts.parts import anchors, each, essay
from scraper.sample.adoctor.view import CardView, ReplyView, View


def render(view: View) -> str:
    """The body of a page."""
    label = view.labels
    more = f"<section><h2>{label.more_info}</h2>{essay(view, 'h4')}</section>" if view.essay else ""
    return (
        f'<header class="bar"><strong>{label.site}</strong><nav><ul>{anchors(view.menu, "li")}</ul>'
        f"</nav></header>\n<nav>{anchors([view.department_link, view.other], 'span')}</nav>\n"
        f"<main><article><h1>{view.heading}</h1>\n{_ask(view)}"
        f"{''.join(_reply(reply) for reply in view.replies)}{more}</article>\n"
        f"{_similar(view)}{_tags(view)}</main>\n<footer>{each('p', view.footer)}</footer>"
    )


def _ask(view: View) -> str:
    return (
        f'<div class="share"><p>{view.labels.share}</p></div><section class="ask">'
        f"<h2>{view.headline}</h2>\n{each('p', view.lines)}"
        f'<p class="who">{view.asker}</p></section>\n'
    )


def _reply(reply: ReplyView) -> str:
    return (
        f'<section class="reply"><h3>{reply.doctor}</h3>\n{each("p", reply.lines)}'
        f'<p class="when">{reply.date}</p></section>\n'
    )


def _similar(view: View) -> str:
    cards = "".join(_card(card, view.labels.read_more) for card in view.cards)
    heading = f"<h2>{view.similar_label}</h2>"
    return f'<section class="similar">{heading}{cards}</section>\n' if cards else ""


def _card(card: CardView, read_more: str) -> str:
    answer = f"<h4>{card.doctor}</h4><p>{card.reply}</p>" if card.doctor else ""
    return (
        f'<article class="card"><h3>{card.title}</h3><p>{card.question}</p>{answer}'
        f'<a href="{card.href}">{read_more} {card.title}</a></article>\n'
    )


def _tags(view: View) -> str:
    items = "".join(
        f'<li><a href="{href}">{name}</a><p>{area}</p></li>\n' for name, area, href in view.tags
    )
    heading = f"<h2>{view.labels.related}</h2>"
    return f'<section class="tags">{heading}<ul>{items}</ul></section>\n' if items else ""
