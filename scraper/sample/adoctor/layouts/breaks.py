"""Everything in one block, lines parted by <br>, labels bold: the web of 1999."""

from scraper.sample.adoctor.layouts.parts import menu
from scraper.sample.adoctor.view import CardView, View

_ICONS = "".join(f'<svg width="16" height="16"><use href="#i{n}"/></svg> ' for n in (3, 7, 9))
_NEXT, _GAP = "<br>\n", "<br><br>\n"


def render(view: View) -> str:
    """The body of a page."""
    label = view.labels
    paragraphs = [
        f'<font size="5"><b>{view.heading}</b></font>',
        f"{label.share} {_ICONS}",
        f'<font size="4"><b>{view.headline}</b></font>',
        _NEXT.join(view.lines),
        f'<font class="by">{view.asker}</font>',
        *_replies(view),
        *_essay(view),
        *_similar(view),
        *_tags(view),
    ]
    footer = _NEXT.join(view.footer)
    return (
        f'<div class="top">{menu(view, " | ")}</div><hr><div id="wrap">\n{_GAP.join(paragraphs)}'
        f'</div><hr><footer class="end">{footer}</footer>'
    )


def _replies(view: View) -> list[str]:
    return [
        part
        for reply in view.replies
        for part in (f"<b>{reply.doctor}</b>", _NEXT.join(reply.lines), f"<i>{reply.date}</i>")
    ]


def _essay(view: View) -> list[str]:
    if not view.essay:
        return []
    lines = [f"<b>{text}</b>" if kind == "h" else text for kind, text in view.essay]
    return [f"<b>{view.labels.more_info}</b>", *lines]


def _similar(view: View) -> list[str]:
    if not view.cards:
        return []
    cards = [_card(card, view.labels.read_more) for card in view.cards]
    return [f"<b>{view.similar_label}</b>", *cards]


def _card(card: CardView, read_more: str) -> str:
    answer = f"{card.doctor}{_NEXT}{card.reply}{_GAP}" if card.doctor else ""
    link = f'<a href="{card.href}">{read_more} {card.title}</a>'
    return f"<u>{card.title}</u>{_GAP}{card.question}{_GAP}{answer}{link}"


def _tags(view: View) -> list[str]:
    if not view.tags:
        return []
    tags = [f'<a href="{href}">{name}</a>{_GAP}{area}' for name, area, href in view.tags]
    return [f"<b>{view.labels.related}</b>", *tags]
