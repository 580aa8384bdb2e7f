"""Where a question leads: to another page, if it is a list's only entry."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from scraper.reading.qapage.schema_org import ANSWERS, TEXTS, Node
from scraper.reading.qapage.urls import is_view, question_at, source_id
from scraper.reading.sameness import is_cut, normal
from scraper.reading.visible.blocks import block_text

_OTHERS = TEXTS.union(ANSWERS, ("author", "comment"))  # whose links are no way to the question
_OPENING = 20  # letters of a name, which a page's title may cut


def places_of(question: Node) -> Iterator[str]:
    """Yield the question's `url` and, in microdata, the link that is its name, as written."""
    yield from question.texts("url")
    for name in _names(question.element) if question.element is not None else ():
        words = block_text(name)
        links = name.xpath("(ancestor-or-self::a | .//a)[@href]")
        yield from (link.get("href") for link in links if words and words in block_text(link))


def leads_of(question: Node) -> Iterator[str]:
    """Yield where a question in microdata leads beside its name, if it may be a card.

    Its text is cut, or the page has another title: then a question's number is another page's.
    Where both is so, any link is.
    """
    item, name = question.element, question.text("name")
    if item is None or name is None:
        return
    cut = is_cut(question.text(*TEXTS) or "")
    foreign = not _is_title(name, item)
    for link in _links(item) if cut or foreign else ():
        if (cut and foreign) or question_at(link):
            yield link


def _is_title(name: str, item: HtmlElement) -> bool:
    """Whether the page has this title, or none."""
    titles = [_key(block_text(one)) for one in item.getroottree().iter("title", "h1")]
    return not titles or any(_key(name)[:_OPENING] in title for title in titles)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, normal(text)))


def _links(item: HtmlElement) -> Iterator[str]:
    """Yield the targets of the item's links that stand in nobody's words."""
    walker = iterwalk(item, events=("start",))
    for _, element in walker:
        if not _OTHERS.isdisjoint(element.get("itemprop", "").split()) and element is not item:
            walker.skip_subtree()
        elif element.tag == "a" and element.get("href"):
            yield element.get("href")


def _names(item: HtmlElement) -> Iterator[HtmlElement]:
    for element in item.xpath(".//*[contains(@itemprop, 'name')]"):
        if _owner(element) is item:
            yield element


def _owner(element: HtmlElement) -> HtmlElement | None:
    return next((one for one in element.iterancestors() if "itemscope" in one.attrib), None)


def is_at(url: str, target: str) -> bool:
    """Whether the page at `url` is the one at `target`, or stands below it as its second page.

    A page without a number may be that of a numbered question only where their slugs are one.
    """
    above = urlsplit(target).path.rstrip("/")
    if f"{urlsplit(url).path}/".startswith(f"{above}/") or _slug(url) == _slug(target):
        return True
    if question_at(target) and not source_id(url).isdecimal():
        return False
    return is_view(url, target) or is_view(target, url)


def _slug(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
