"""A redesign that shows no label: what a reader of labels must report and not guess."""

from scraper.sample.adoctor.layouts.parts import anchors, each
from scraper.sample.adoctor.view import View


def render(view: View) -> str:
    """The body of a page."""
    replies = "".join(each("p", reply.lines) for reply in view.replies)
    links = [(card.title, card.href) for card in view.cards]
    links += [(name, href) for name, _, href in view.tags]
    return (
        f"<nav>{anchors([*view.menu, view.other], 'p')}</nav>\n<main><h1>{view.title}</h1>"
        f"<h2>{view.headline}</h2>\n{each('p', view.lines)}<p>{view.name}</p>\n{replies}"
        f"{each('p', (text for _, text in view.essay))}{anchors(links, 'p')}</main>\n"
        f"<footer>{each('p', view.footer)}</footer>"
    )
