"""Blocks within blocks, class names of a framework, lines put together from spans."""

from scraper.sample.adoctor.layouts.parts import anchors, each
from scraper.sample.adoctor.view import CardView, ReplyView, View


def render(view: View) -> str:
    """The body of a page."""
    links = anchors([view.department_link], "div")
    return (
        '<div class="navbar" role="navigation"><div class="container">'
        f'{anchors([*view.menu, view.other], "span")}</div></div>\n<div class="container">'
        f'<div class="row"><div class="col-12">{_top(view)}</div></div><div class="row">'
        f'<div class="col-8">{_ask(view)}{"".join(_reply(reply) for reply in view.replies)}'
        f'{_essay(view)}</div>\n<aside class="col-4">{_similar(view)}{_tags(view)}</aside></div>'
        f'</div>\n<div class="footer" role="contentinfo">{each("div", view.footer)}{links}</div>'
    )


def _top(view: View) -> str:
    return (
        f'<div class="h3">{view.title} <span>-</span> <span class="badge">{view.department}</span>'
        f'</div><div class="share"><span>{view.labels.share}</span></div>'
    )


def _ask(view: View) -> str:
    return (
        f'<div class="panel"><div class="h4">{view.headline}</div>\n<div class="body">'
        f'{each("div", view.lines)}</div><div class="meta"><span class="fw-bold">{view.name}</span>'
        f'<span>{view.band}</span> <span class="text-muted"><time>{view.ask_date}</time></span>'
        "</div></div>\n"
    )


def _reply(reply: ReplyView) -> str:
    return (
        f'<div class="panel doctor"><div class="meta"><span>{reply.doctor}</span></div>'
        f'<div class="body">{each("div", reply.lines)}</div>'
        f"<div><time>{reply.date}</time></div></div>\n"
    )


def _essay(view: View) -> str:
    lines = "".join(f'<div class="e-{kind}">{text}</div>\n' for kind, text in view.essay)
    heading = f'<div class="h4">{view.labels.more_info}</div>'
    return f'<div class="panel">{heading}<div class="body">{lines}</div></div>' if lines else ""


def _similar(view: View) -> str:
    cards = "".join(_card(card, view.labels.read_more) for card in view.cards)
    return f'<div class="h4">{view.similar_label}</div>{cards}' if cards else ""


def _card(card: CardView, read_more: str) -> str:
    answer = f'<div class="meta">{card.doctor}</div><div>{card.reply}</div>' if card.doctor else ""
    return (
        f'<div class="panel card"><div class="h5">{card.title}</div><div>{card.question}</div>'
        f'{answer}<div class="more"><a href="{card.href}"><span>{read_more}</span> '
        f"<span>{card.title}</span></a></div></div>\n"
    )


def _tags(view: View) -> str:
    chips = "".join(
        f'<div class="chip"><div><a href="{href}">{name}</a></div><div>{area}</div></div>\n'
        for name, area, href in view.tags
    )
    heading = f'<div class="h4">{view.labels.related}</div>'
    return f'{heading}<div class="chips">{chips}</div>' if chips else ""
