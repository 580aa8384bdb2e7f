"""The title of a question whose data has none."""

from lxml.html import HtmlElement

from scraper.reading.qapage.teasers import ends_in
from scraper.reading.visible.blocks import block_text, fold


def shown_title(root: HtmlElement, url: str) -> str | None:
    """The page's only `<h1>`, if the page's URL ends in its words: else it may be the site's."""
    headings = [words for one in root.iter("h1") if (words := fold(block_text(one)))]
    return headings[0] if len(headings) == 1 and ends_in(url, headings[0]) else None
