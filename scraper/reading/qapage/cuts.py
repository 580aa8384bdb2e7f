"""Texts that end in dots in a page's data, where the page itself shows them in full."""

from collections.abc import Iterable
from itertools import accumulate

from scraper.reading.page import Page
from scraper.reading.sameness import folded, is_cut, is_distinctive, without_dots

_DOTS = (".", "…", "⋯", "。。", "[", "(")  # what a text that ends so on the page too goes on with


def has_cut_text(page: Page, texts: Iterable[str]) -> bool:
    """Whether the page goes on in the same line where the data cuts one of the texts."""
    beginnings = [folded(without_dots(text)) for text in texts if is_cut(text)]
    beginnings = list(filter(is_distinctive, beginnings))
    if not beginnings:
        return False
    lines = [folded(line.text) for line in page.lines]
    shown, ends = "".join(lines), set(accumulate(map(len, lines)))
    for beginning in beginnings:
        start = shown.find(beginning)
        end = start + len(beginning)
        if start >= 0 and end not in ends and not shown.startswith(_DOTS, end):
            return True
    return False
