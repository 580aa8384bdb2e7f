"""What a JavaScript framework leaves on the server: comments in text, state in a script."""

import json

from scraper.sample.adoctor.layouts.parts import anchors, each, essay
from scraper.sample.adoctor.view import CardView, ReplyView, View

_CUT = "<!-- -->"  # between two text nodes of one line


def render(view: View) -> str:
    """The body of a page."""
    more = f'<div class="css-6p"><h2>{view.labels.more_info}</h2>{essay(view, "h3")}</div>\n'
    footer = f"{each('p', view.footer)}{anchors([view.department_link], 'p')}"
    return (
        '<div id="__root"><div class="css-1q"><div class="css-9m"><header class="css-0k">'
        f'<nav>{anchors([*view.menu, view.other], "div")}</nav></header>\n<main class="css-7d">'
        f"{_ask(view)}{''.join(_reply(reply) for reply in view.replies)}"
        f"{more if view.essay else ''}{_unseen(view)}{_similar(view)}{_tags(view)}</main>\n"
        f'<footer class="css-ft">{footer}</footer></div></div></div>\n{_state(view)}'
    )


def _state(view: View) -> str:
    label = view.labels
    words = [label.more_info, label.related, label.reply_date.format(day="1999/01/01")]
    data = json.dumps({"labels": words}, ensure_ascii=False)
    return f'<script id="__STATE" type="application/json">{data}</script>'


def _unseen(view: View) -> str:
    """Labels that nobody sees."""
    label = view.labels
    hidden = f'<div hidden="">{label.more_info}</div>'
    return f"<template><p>{label.related}</p></template>{hidden}\n"


def _ask(view: View) -> str:
    return (
        f'<div class="css-2x"><h1>{view.title}{_CUT} - {_CUT}{view.department}</h1></div>\n'
        f'<div class="css-4s"><div>{view.labels.share}</div></div><div class="css-6p">'
        f"<h2>{view.headline}</h2>\n{each('p', view.lines)}"
        f"<div>{view.name}{_CUT}{view.band}{_CUT} {_CUT}{view.ask_date}</div></div>\n"
    )


def _reply(reply: ReplyView) -> str:
    return (
        f'<div class="css-6p"><div><div><strong>{reply.doctor}</strong></div></div>\n'
        f"{each('p', reply.lines)}<div>{_CUT}{reply.date}{_CUT}</div></div>\n"
    )


def _similar(view: View) -> str:
    cards = "".join(_card(card, view.labels.read_more) for card in view.cards)
    return f'<div class="css-8c"><h2>{view.similar_label}</h2>{cards}</div>\n' if cards else ""


def _card(card: CardView, read_more: str) -> str:
    answer = f"<div><b>{card.doctor}</b></div><div>{card.reply}</div>" if card.doctor else ""
    return (
        f'<div class="css-3e"><h3><a href="{card.href}">{card.title}</a></h3>'
        f"<div>{card.question}</div>{answer}"
        f'<div><a href="{card.href}">{read_more}{_CUT} {_CUT}{card.title}</a></div></div>\n'
    )


def _tags(view: View) -> str:
    tags = "".join(
        f'<a class="css-tag" href="{href}"><div>{name}</div><div>{area}</div></a>\n'
        for name, area, href in view.tags
    )
    return f'<div class="css-5t"><h2>{view.labels.related}</h2>{tags}</div>\n' if tags else ""
