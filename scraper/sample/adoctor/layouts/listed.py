"""Definition lists and ordered lists; the essay folds open."""

from scraper.sample.adoctor.layouts.parts import anchors, each, essay
from scraper.sample.adoctor.view import CardView, ReplyView, View


def render(view: View) -> str:
    """The body of a page."""
    summary = f"<summary>{view.labels.more_info}</summary>"
    more = f"<details open>{summary}{essay(view, 'h5')}</details>\n" if view.essay else ""
    return (
        f'<nav><ol class="menu">{anchors([*view.menu, view.other], "li")}</ol></nav>\n'
        f'<div id="content"><h1>{view.heading}</h1><ul class="share"><li>{view.labels.share}</li>'
        f'</ul>\n<dl class="qa">{_ask(view)}{"".join(_reply(reply) for reply in view.replies)}</dl>'
        f"\n{more}{_similar(view)}{_tags(view)}</div>\n"
        f"<footer>{each('p', view.footer)}{anchors([view.department_link], 'p')}</footer>"
    )


def _ask(view: View) -> str:
    return (
        f"<dt>{view.headline}</dt>\n{each('dd', view.lines)}"
        f'<dd class="who"><address>{view.asker}</address></dd>\n'
    )


def _reply(reply: ReplyView) -> str:
    lines = each("dd", reply.lines)
    return f'<dt>{reply.doctor}</dt>\n{lines}<dd class="when">{reply.date}</dd>\n'


def _similar(view: View) -> str:
    cards = "".join(_card(card, view.labels.read_more) for card in view.cards)
    return f'<h2>{view.similar_label}</h2><ol class="cards">{cards}</ol>\n' if cards else ""


def _card(card: CardView, read_more: str) -> str:
    answer = f"<dt>{card.doctor}</dt><dd>{card.reply}</dd>" if card.doctor else ""
    return (
        f"<li><dl><dt>{card.title}</dt><dd>{card.question}</dd>{answer}</dl>"
        f'<a href="{card.href}">{read_more} {card.title}</a></li>\n'
    )


def _tags(view: View) -> str:
    items = "".join(
        f'<li><div><a href="{href}">{name}</a></div><div>{area}</div></li>\n'
        for name, area, href in view.tags
    )
    return f'<h2>{view.labels.related}</h2><ul class="tags">{items}</ul>\n' if items else ""
