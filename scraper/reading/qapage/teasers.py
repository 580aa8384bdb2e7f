"""Where a question links to: another page, if it is a teaser in a list."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from scraper.reading.qapage.path_numbers import segments_of
from scraper.reading.qapage.schema_org import ANSWERS, Node
from scraper.reading.qapage.urls import question_at, source_id
from scraper.reading.qapage.views import is_view
from scraper.reading.sameness import is_distinctive, squeezed
from scraper.reading.visible.blocks import block_text

_QUERY = re.compile("[?#].*", re.DOTALL)
_MIN_TITLE = 0.8  # of its letters
_FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W_]+")
_SLUG_NUMBER = re.compile(r"(?<=[^\W_])[-_]\d{1,2}$", re.ASCII)


def places_of(question: Node) -> Iterator[str]:
    """Yield the question's URLs and, in microdata, the links that hold its name, as written."""
    yield from question.texts("url")
    for name in question.names:
        words = block_text(name)
        links = name.xpath("(ancestor-or-self::a | .//a)[@href]")
        yield from (link.get("href") for link in links if words and words in block_text(link))


def links_by_title(question: Node) -> Iterator[str]:
    """Yield the links in an unanswered question that end in its title's words, as written."""
    title = question.text("name")
    if question.element is None or not title or question.nodes(*ANSWERS):
        return
    for href in question.element.xpath(".//a/@href"):
        if ends_in(href, title):
            yield href


def ends_in(url: str, title: str) -> bool:
    """Whether a URL ends in most of the title's words."""
    slug, words = _slug_of(url), squeezed(title)
    letters = squeezed(slug)
    is_most = len(letters) >= _MIN_TITLE * len(words)  # a tag's name may begin a title
    return is_most and is_distinctive(slug) and words.startswith(letters)


def is_named_after(url: str, title: str) -> bool:
    """Whether a URL ends in the title's words: the first ones, or three of them in their order.

    Sites leave out small words, cut a slug within a word, and number those of equal titles.

    >>> is_named_after("/ask/knee-creaks-night-2", "Why the knee creaks at night?")
    True
    """
    if ends_in(url, title):
        return True
    slug = _slug_of(url)
    parts = _WORD.findall(_SLUG_NUMBER.sub("", slug.casefold()))
    words = iter(_WORD.findall(title.casefold()))
    *whole, last = parts or [""]
    return (
        len(whole) >= _FEWEST_WORDS - 1
        and is_distinctive(slug)
        and all(part in words for part in whole)
        and any(word.startswith(last) for word in words)
    )


def _slug_of(url: str) -> str:
    return unquote("".join(segments_of(_QUERY.sub("", url))[-1:]))


def is_at(url: str, target: str) -> bool:
    """Whether the page at `url` is the one at `target`, or below it, as its second page is.

    A page without a number can only be a numbered question's if their slugs are equal.
    """
    above = urlsplit(target).path.rstrip("/")
    if f"{urlsplit(url).path}/".startswith(f"{above}/") or _slug(url) == _slug(target):
        return True
    if question_at(target) and not source_id(url).isdecimal():
        return False
    return is_view(url, target) or is_view(target, url)


def _slug(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
