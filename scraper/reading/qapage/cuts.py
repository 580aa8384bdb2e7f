"""Texts that a page's data cuts, where the page itself shows them in full."""

from collections.abc import Iterable
from itertools import accumulate

from scraper.reading.page import Page
from scraper.reading.sameness import folded, is_cut, is_distinctive, without_dots

_TAIL = 60  # characters by which the end of a text is known; a short one is hardly cut
_DOTS = (".", "…", "⋯", "。。", "[", "(")  # what a text that ends so on the page too goes on with


def is_cut_within_a_word(page: Page, texts: Iterable[str]) -> bool:
    """Whether the page goes on in the very word in which the data ends one of the texts."""
    tails = [text.rpartition("\n")[2][-_TAIL:] for text in texts if text[-1:].isalnum()]
    tails = [tail for tail in tails if tail[-1].isascii() and len(tail) == _TAIL]
    shown = "\n".join(line.text for line in page.lines) if tails else ""
    behind = ([rest[:1] for rest in shown.split(tail)[1:]] for tail in tails)
    return any(signs and all(map(str.isalnum, signs)) for signs in behind)


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
