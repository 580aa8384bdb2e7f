"""Where a question links to: another page, if it is a teaser in a list."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from scraper.reading.qapage.schema_org import Node
from scraper.reading.qapage.urls import is_view, question_at, source_id
from scraper.reading.visible.blocks import block_text


def places_of(question: Node) -> Iterator[str]:
    """Yield the question's URLs and, in microdata, the links that hold its name, as written."""
    yield from question.texts("url")
    for name in question.names:
        words = block_text(name)
        links = name.xpath("(ancestor-or-self::a | .//a)[@href]")
        yield from (link.get("href") for link in links if words and words in block_text(link))


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
