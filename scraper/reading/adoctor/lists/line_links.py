"""Finds where the links of a line stand in its text, by their words alone.

Als (Neurology), Neuro (Urology)        the link `Neuro` is none of `Neurology`
"""

import re
from collections.abc import Callable, Iterator

from scraper.reading.visible.line import Line

Resolve = Callable[[str], str | None]  # an href as written -> a canonical URL in scope, or None

_FAQ = re.compile(r"(?:^|/)faq[/?].")


def links_to_tag(line: Line) -> bool:
    """Whether a link of a line leads to the page of a FAQ tag."""
    return any(leads_to_tag(href) for _, href in line.links)


def leads_to_tag(href: str) -> bool:
    """Whether an address is that of a FAQ tag's page."""
    return _FAQ.search(href) is not None


def link_places(line: Line) -> Iterator[tuple[int, int, str]]:
    """Where each link of a line begins and ends in its text, and its href."""
    end = 0
    for text, href in filter(all, line.links):
        start = _find_words(line.text, text, end)
        if start < 0:
            return
        end = start + len(text)
        yield start, end, href


def _find_words(text: str, words: str, start: int) -> int:
    """Where words stand in a text from `start` on, rather between signs than in other words."""
    place = first = text.find(words, start)
    while place >= 0 and _is_within_words(text[start:place].rstrip(), text[place + len(words) :]):
        place = text.find(words, place + 1)
    return first if place < 0 else place


def _is_within_words(before: str, behind: str) -> bool:
    """Whether what stands between two texts is part of a name, or a department of its own."""
    if before[-1:].isalnum() or behind[:1].isalnum():
        return True
    return before.endswith(("(", "（")) and behind.startswith((")", "）"))
