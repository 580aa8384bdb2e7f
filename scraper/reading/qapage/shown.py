"""What a page shows or declares beside its schema.org data: a title, languages, whole texts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from scraper.reading.page import Page
from scraper.reading.qapage.teasers import ends_in
from scraper.reading.sameness import is_cut, is_distinctive, text_key, without_dots
from scraper.reading.visible.blocks import block_text, fold

_HTTP = (
    "/html/head/meta[translate(@http-equiv, 'CONTELAGU', 'contelagu')='content-language']/@content"
)
_END = 40  # characters of a text by which its end is looked for
_LATIN = re.compile("[A-Za-z]")
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


def has_cut_text(page: Page, texts: Sequence[str]) -> bool:
    """Whether the page goes on in the same line, or word, where the data cuts one of the texts."""
    return _has_dotted_cut(page, texts) or any(_is_cut_in_word(page, text) for text in texts)


def _is_cut_in_word(page: Page, text: str) -> bool:
    """Whether the page shows a text's last word only as the beginning of another.

    In the source too: words of an element of their own may be shown right behind a text.
    """
    end = text.rpartition("\n")[2][-_END:]
    if not (is_distinctive(end) and _LATIN.fullmatch(end[-1])):
        return False
    goes_on = re.compile(re.escape(end) + "[a-z]")
    if not goes_on.search(page.decoded.text):
        return False
    shown = [line.text for line in page.lines if end in line.text]
    whole = re.compile(re.escape(end) + "(?![a-z])")
    return any(map(goes_on.search, shown)) and not any(map(whole.search, shown))


def _has_dotted_cut(page: Page, texts: Iterable[str]) -> bool:
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
