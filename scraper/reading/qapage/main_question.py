"""Which of a page's schema.org questions is its own: the others are teasers, or it is a list."""

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from scraper.reading.qapage.schema_org import ANSWERS, Node
from scraper.reading.qapage.schema_text import without_read_more
from scraper.reading.qapage.teasers import places_of
from scraper.reading.qapage.union import are_of_one_text, begin_alike
from scraper.reading.qapage.urls import numbers, numbers_of

_WITHIN = ("mainEntity", "mainContentOfPage")  # what holds a page's question in its place
_MOST_TOLD = 100  # items about one question; a page has few


def main_question(nodes: list[Node], url: str) -> list[Node]:
    """Return each telling of the one question that the items are about; none of several.

    The page's main entity, or else what it names or holds otherwise; what names the number of
    another page only if nothing else is there. A QAPage is about one question: of several it is the
    one that says more than its name, or that has the number of the page at `url`, as is it of
    several on no QAPage. Those nested in it or beside it that have other names are foreign, as are
    those of a FAQ and of what is sold.
    """
    pages = pages_of(nodes)
    loose = [node for node in nodes if "Question" in node.types]
    foreign = {node.element for node in nodes if is_faq(node) or "Product" in node.types}
    entries = {one for node in nodes if is_faq(node) for one in members(node)}
    own = [one for one in loose if not (one in entries or _is_below(one, foreign))]
    candidates = _main_entities(pages) or [*_members(pages), *_outermost(own)]
    here = numbers_of([url], [url])
    held = [one for one in candidates if not _is_elsewhere(one, here)] or candidates
    spoken = [one for one in held if _says_more(one)]
    of_here = (one for one in spoken if here & numbers(addresses(one)))
    told = _only((pages and spoken) or held) or _only(of_here)
    if not told or any("eduQuestionType" in one.properties for one in told):  # of a quiz
        return []
    main = told[0]
    others = [*held, *(one for one in loose if _is_retold(main, one))]
    every = dict.fromkeys([*told, *(one for one in others if are_one(main, one))])
    return list(every)[:_MOST_TOLD]


def addresses(node: Node) -> tuple[str, ...]:
    """Return the item's own URL and identifiers, as written."""
    return tuple(filter(None, [node.address, *node.texts("url")]))


def pages_of(nodes: list[Node]) -> list[Node]:
    """Return the items that say of the page that it is about one question."""
    inner = (one for node in nodes if not is_faq(node) for one in node.nodes(*_WITHIN))
    return [node for node in (*nodes, *inner) if "QAPage" in node.types or _is_about(node)]


def has_qapage(nodes: list[Node]) -> bool:
    """Whether one of the pages is a QAPage by its type."""
    return any("QAPage" in page.types for page in pages_of(nodes))


def is_faq(node: Node) -> bool:
    """Whether an item is a list of questions with their answers."""
    return "FAQPage" in node.types


def _is_about(node: Node) -> bool:
    """Whether it is some other page whose main entity is a question, and no list of them."""
    kinds = [kind for kind in node.types if kind.endswith(("Page", "PageElement"))]
    if not kinds or is_faq(node):
        return False
    return any("Question" in one.types for one in node.nodes("mainEntity"))


def members(node: Node) -> Iterator[Node]:
    """Yield the items under all properties."""
    return (value for name in node.properties for value in node.nodes(name))


def _main_entities(pages: list[Node]) -> list[Node]:
    """The questions that pages name as theirs; what a QAPage names so needs no type."""
    found = ((page, one) for page in pages for one in page.nodes("mainEntity") if one.properties)
    return [
        one
        for page, one in found
        if "Question" in one.types or ("QAPage" in page.types and not one.types)
    ]


def _members(pages: list[Node]) -> list[Node]:
    found = (one for page in pages for one in members(page))
    return [one for one in found if one.properties and "Question" in one.types]


def _outermost(questions: list[Node]) -> list[Node]:
    """Those that are nested in none of the others."""
    elements = {one.element for one in questions} - {None}
    return [one for one in questions if not _is_below(one, elements)]


def _is_below(node: Node, elements: set[HtmlElement | None]) -> bool:
    return node.element is not None and not elements.isdisjoint(node.element.iterancestors())


def _is_retold(main: Node, loose: Node) -> bool:
    """Whether an item is the page's question, and not another one of the same name."""
    if is_inside(loose, main):
        return True
    text, other = text_of(main), text_of(loose)
    return begin_alike(text, other) if text and other else not text and _says_more(loose)


def text_of(node: Node) -> str | None:
    """What an item says in its own words."""
    text = node.text("text", "articleBody", "description")
    return text and without_read_more(text)


def _says_more(question: Node) -> bool:
    return bool(question.text("text", "articleBody") or question.nodes(*ANSWERS))


def _only(questions: Iterable[Node]) -> list[Node]:
    """The tellings of one question; none when there are two questions."""
    told: list[Node] = []
    for question in questions:
        if told and not any(are_one(one, question) for one in told):
            return []
        told.append(question)
    return told


def are_one(outer: Node, inner: Node) -> bool:
    """Whether two items are the same question, told twice or one in the other.

    Those of one name may be two: by their numbers, or by their texts.
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
    return inside or are_of_one_text(text_of(outer), text_of(inner))


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
