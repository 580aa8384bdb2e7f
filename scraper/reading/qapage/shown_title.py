"""The title of a question whose data has none."""

from lxml.html import HtmlElement

from scraper.reading.heads import read_head
from scraper.reading.qapage.main_question import question_pages
from scraper.reading.qapage.schema_org import Node, types_of
from scraper.reading.qapage.titles import is_same_title
from scraper.reading.sameness import is_distinctive
from scraper.reading.visible.blocks import block_text, fold

_OG_TITLE = "head/meta[@property='og:title']/@content"


def shown_title(root: HtmlElement, nodes: list[Node]) -> str | None:
    """The page's only `<h1>`, if the question's item holds it or the page is called so.

    Outside of the item what links anywhere or is as short as a name may be the site's.
    """
    headings = [(one, words) for one in root.iter("h1") if (words := fold(block_text(one)))]
    if len(headings) != 1:
        return None
    heading, words = headings[0]
    owner = next(iter(heading.xpath("ancestor::*[@itemprop or @itemscope][1]")), None)
    if owner is not None and "Question" in types_of(owner.get("itemtype", "").split()):
        return words
    pages = question_pages(nodes)
    names = [
        read_head(root, "").title,
        *root.xpath(_OG_TITLE),
        *(one.text("name") for one in pages),
    ]
    is_called_so = any(is_same_title(words, name) for name in names if name)
    is_linked = heading.xpath("boolean(ancestor::a | .//a)")
    return words if is_called_so and is_distinctive(words) and not is_linked else None
