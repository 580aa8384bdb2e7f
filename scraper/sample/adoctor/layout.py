"""A markup of the sample adoctor's pages: templates for the page and for each of its parts."""

from dataclasses import dataclass

from scraper.sample.adoctor.view import View


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Templates of `str.format`, in which `{v}` is the View.

    A part that a page has not, such as an essay, leaves nothing, not even its heading.
    """

    page: str  # {menu} {lines} {replies} {essay} {similar} {tags}
    link: str = '<a href="{link[1]}">{link[0]}</a>'  # of the menu
    line: str = "<p>{text}</p>\n"  # of the question or a reply
    reply: str  # {r}: the ReplyView; {lines}
    essay: str = "{items}"
    item: str = "<p>{text}</p>\n"  # a line of the essay
    heading: str = ""  # likewise, where it is not as other lines are
    bullet: str = ""  # likewise; what is in <li> is put into a <ul>
    similar: str = "{cards}"
    card: str  # {c}: the CardView; {answer}
    answer: str = ""  # {c}
    tags: str = "{chips}"
    chip: str  # {name} {area} {href}
    between_links: str = ""
    between_lines: str = ""
    between_items: str = ""

    def render(self, view: View) -> str:
        """The body of a page."""
        replies = [self.reply.format(r=one, lines=self._lines(one.lines)) for one in view.replies]
        cards = [
            self.card.format(c=card, v=view, answer=self.answer.format(c=card) * bool(card.doctor))
            for card in view.cards
        ]
        chips = [
            self.chip.format(name=name, area=area, href=href) for name, area, href in view.tags
        ]
        return self.page.format(
            v=view,
            menu=self.between_links.join(self.link.format(link=link) for link in view.menu),
            lines=self._lines(view.lines),
            replies="".join(replies),
            essay=self.essay.format(v=view, items=self._items(view.essay)) if view.essay else "",
            similar=self.similar.format(v=view, cards="".join(cards)) if cards else "",
            tags=self.tags.format(v=view, chips="".join(chips)) if chips else "",
        )

    def _lines(self, lines: list[str]) -> str:
        return self.between_lines.join(self.line.format(text=line) for line in lines)

    def _items(self, essay: list[tuple[str, str]]) -> str:
        items = []
        is_list = False
        for kind, text in essay:
            template = {"h": self.heading, "li": self.bullet}.get(kind) or self.item
            if template.startswith("<li>") != is_list:
                is_list = not is_list
                items.append('<ul class="dashes">\n' if is_list else "</ul>\n")
            items.append(template.format(text=text, kind=kind))
        return self.between_items.join(items) + "</ul>\n" * is_list
