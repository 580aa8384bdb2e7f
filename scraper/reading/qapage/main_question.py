"""Which of the questions in a page's schema.org items is the page's own."""

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from scraper.reading.qapage.item_values import author_of, day_of
from scraper.reading.qapage.schema_org import ANSWERS, Node
from scraper.reading.qapage.schema_text import without_read_more
from scraper.reading.qapage.teasers import places_of
from scraper.reading.qapage.union import Signs, is_beginning, may_be_same
from scraper.reading.qapage.urls import numbers, numbers_of

_WITHIN = ("mainEntity", "mainContentOfPage")  # what holds a page's question in its place
_MAX_ITEMS = 100  # about one question; real pages have few


def main_question(nodes: list[Node], url: str) -> list[Node]:
    """The items about the one question of the page at `url`; empty if there is not exactly one.

    Candidates are the main entities of pages, or else the questions in them and the outermost
    others; not those of a FAQ or a product. Beside one with the number of `url` those with other
    numbers are out; beside one without, only what can be a teaser: neither a main entity nor
    answered, or without the text that the one has. On a QAPage those with more than a name go
    first. Of several questions it is the one with the number of `url`.
    """
    pages = question_pages(nodes)
    loose = [node for node in nodes if "Question" in node.types]
    foreign = {node.element for node in nodes if is_faq(node) or "Product" in node.types}
    entries = {one for node in nodes if is_faq(node) for one in nested_items(node)}
    own = [one for one in loose if not (one in entries or _is_below(one, foreign))]
    entities = _main_entities(pages)
    candidates = entities or [*_nested_questions(pages), *_outermost(own)]
    here = numbers_of([url], [url])
    is_sure = any(here & _numbers_of(one) for one in candidates)
    elsewhere = {one for one in candidates if _is_elsewhere(one, here)}
    others = [one for one in candidates if one not in elsewhere]
    if is_sure or not (entities or any(_is_as_full(one, others) for one in elsewhere)):
        candidates = others or candidates
    with_content = [one for one in candidates if _has_content(one)]
    numbered = (one for one in with_content if here & numbers(addresses(one)))
    found = _single((pages and with_content) or candidates) or _single(numbered)
    if not found or any("eduQuestionType" in one.properties for one in found):  # of a quiz
        return []
    main = found[0]
    told_again = [*candidates, *(one for one in loose if _repeats(main, one))]
    items = dict.fromkeys([*found, *(one for one in told_again if is_same_question(main, one))])
    return list(items)[:_MAX_ITEMS]


def addresses(node: Node) -> tuple[str, ...]:
    """The item's own URLs and identifiers, as written."""
    return tuple(filter(None, [node.address, *node.texts("url")]))


def question_pages(nodes: list[Node]) -> list[Node]:
    """The items for the page itself that say that it is about one question."""
    inner = (one for node in nodes if not is_faq(node) for one in node.nodes(*_WITHIN))
    return [node for node in (*nodes, *inner) if "QAPage" in node.types or _is_about(node)]


def has_qapage(nodes: list[Node]) -> bool:
    """Whether one of the pages is a QAPage by its type."""
    return any("QAPage" in page.types for page in question_pages(nodes))


def is_faq(node: Node) -> bool:
    """Whether an item is a FAQPage: a list of questions with their answers."""
    return "FAQPage" in node.types


def _is_about(node: Node) -> bool:
    """Whether it is a page of any type but FAQPage whose main entity is a question."""
    is_page = any(kind.endswith(("Page", "PageElement")) for kind in node.types)
    if not is_page or is_faq(node):
        return False
    return any("Question" in entity.types for entity in node.nodes("mainEntity"))


def nested_items(node: Node) -> Iterator[Node]:
    """Yield the items under all properties."""
    return (value for name in node.properties for value in node.nodes(name))


def _main_entities(pages: list[Node]) -> list[Node]:
    """The questions that are pages' main entities; that of a QAPage needs no type."""
    found = ((page, one) for page in pages for one in page.nodes("mainEntity") if one.properties)
    return [
        one
        for page, one in found
        if "Question" in one.types or ("QAPage" in page.types and not one.types)
    ]


def _nested_questions(pages: list[Node]) -> list[Node]:
    found = (one for page in pages for one in nested_items(page))
    return [one for one in found if one.properties and "Question" in one.types]


def _outermost(questions: list[Node]) -> list[Node]:
    """The questions that are nested in none of the others."""
    elements = {one.element for one in questions} - {None}
    return [one for one in questions if not _is_below(one, elements)]


def _is_below(node: Node, elements: set[HtmlElement | None]) -> bool:
    return node.element is not None and not elements.isdisjoint(node.element.iterancestors())


def _repeats(main: Node, loose: Node) -> bool:
    """Whether a question of the same name outside the page's item may be the page's own."""
    if is_inside(loose, main):
        return True
    text, other = own_text(main), own_text(loose)
    if text and other:
        return is_beginning(text, other)
    return not text and _has_content(loose)


def own_text(node: Node) -> str | None:
    """The item's text, without a link to its rest."""
    text = node.text("text", "articleBody", "description")
    return text and without_read_more(text)


def _has_content(question: Node) -> bool:
    return bool(question.text("text", "articleBody") or question.nodes(*ANSWERS))


def _is_as_full(question: Node, others: list[Node]) -> bool:
    """Whether a question has answers and, as far as another one with answers has, a text."""
    if not question.nodes(*ANSWERS):
        return False
    answered = (one for one in others if one.nodes(*ANSWERS))
    return own_text(question) is not None or not any(map(own_text, answered))


def _single(questions: Iterable[Node]) -> list[Node]:
    """The items if all are about one question, else none."""
    items: list[Node] = []
    for question in questions:
        if items and not any(is_same_question(item, question) for item in items):
            return []
        items.append(question)
    return items


def is_same_question(outer: Node, inner: Node) -> bool:
    """Whether two items are about one question, also if one is nested in the other.

    They have one name, and neither different numbers nor, side by side, other signs of being two.
    """
    if outer is inner:
        return True
    names = {outer.text("name"), inner.text("name")}
    inside = is_inside(inner, outer)
    if len(names - {None} if inside else names) > 1 or not (inside or all(names)):
        return False
    here, there = _numbers_of(outer), _numbers_of(inner)
    if here and there and here.isdisjoint(there):
        return False
    return inside or may_be_same(_signs_of(outer), _signs_of(inner))


def _signs_of(question: Node) -> Signs:
    return Signs(
        question.text("name"),
        own_text(question),
        author_of(question),
        day_of(question, "asked-on")[0],
        addresses(question),
        _numbers_of(question),
    )


def _numbers_of(question: Node) -> set[str]:
    return numbers_of(addresses(question), places_of(question))


def _is_elsewhere(question: Node, here: set[str]) -> bool:
    """Whether an item names another number than its page's as its own."""
    named = _numbers_of(question) if here else set()
    return bool(named) and named.isdisjoint(here)


def is_inside(inner: Node, outer: Node) -> bool:
    """Whether an item's element is within the other's; JSON-LD has none."""
    if inner.element is None or outer.element is None:
        return False
    return any(element is outer.element for element in inner.element.iterancestors())
