"""What a page shows or declares beside its schema.org data: a title, languages, whole texts."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from lxml.html import HtmlElement

from scraper.reading.page import Page
from scraper.reading.qapage.teasers import ends_in
from scraper.reading.sameness import is_cut, is_distinctive, text_key, without_dots
from scraper.reading.visible.blocks import block_text, fold

_HTTP = (
    "/html/head/meta[translate(@http-equiv, 'CONTELAGU', 'contelagu')='content-language']/@content"
)
_DOTS = (".", "…", "⋯", "。。", "[", "(")  # what a text that ends so on the page too goes on with


def shown_title(root: HtmlElement, url: str) -> str | None:
    """The page's only `<h1>`, if the page's URL ends in its words: else it may be the site's.

    A QAPage too may be called as the site is.
    """
    headings = [words for one in root.iter("h1") if (words := fold(block_text(one)))]
    return headings[0] if len(headings) == 1 and ends_in(url, headings[0]) else None


def declared_languages(root: HtmlElement, in_data: str | None) -> Iterator[str]:
    """Yield the page's language as written, the surest first; `in_data`: as its data has it."""
    yield from filter(None, (root.get("lang"), root.get("xml:lang"), in_data))
    yield from root.xpath(_HTTP)


def has_cut_text(page: Page, texts: Iterable[str]) -> bool:
    """Whether the page goes on in the same line where the data cuts one of the texts."""
    beginnings = [text_key(without_dots(text)) for text in texts if is_cut(text)]
    beginnings = list(filter(is_distinctive, beginnings))
    if not beginnings:
        return False
    lines = [text_key(line.text) for line in page.lines]
    shown, ends = "".join(lines), set(accumulate(map(len, lines)))
    for beginning in beginnings:
        start = shown.find(beginning)
        end = start + len(beginning)
        if start >= 0 and end not in ends and not shown.startswith(_DOTS, end):
            return True
    return False
