"""Which of a page's schema.org questions is its own: the others are teasers, or it is a list."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from scraper.reading.qapage.schema_org import ANSWERS, Node


def main_question(nodes: list[Node]) -> Node | None:
    """Return the one question that the items are about, or None.

    The page's main entity, or else what it names or holds otherwise. A QAPage is about one
    question: of several it is the one that says more than its name. Those nested in it or beside
    it that have other names are foreign.
    """
    pages = pages_of(nodes)
    if not pages and any("FAQPage" in node.types for node in nodes):
        return None
    loose = [node for node in nodes if "Question" in node.types]
    held = _questions(pages, "mainEntity") or [*_questions(pages), *_outermost(loose)]
    main = _only(held, one_page=bool(pages))
    if main is None:
        return None
    inner = (node for node in loose if is_inside(node, main) and are_one(main, node))
    return _folded(main, inner)


def pages_of(nodes: list[Node]) -> list[Node]:
    """Return the items that say of the page that it is about one question."""
    return [node for node in nodes if "QAPage" in node.types or _is_about_question(node)]


def _is_about_question(node: Node) -> bool:
    """Whether it is some other page whose main entity is a question, and no list of them."""
    kinds = [kind for kind in node.types if kind.endswith("Page")]
    if not kinds or "FAQPage" in kinds:
        return False
    return any("Question" in one.types for one in node.nodes("mainEntity"))


def members(node: Node) -> Iterator[Node]:
    """Yield the items under all properties."""
    return (value for name in node.properties for value in node.nodes(name))


def _questions(pages: list[Node], *names: str) -> list[Node]:
    found = (one for page in pages for one in (page.nodes(*names) if names else members(page)))
    return [one for one in found if one.properties and "Question" in one.types]


def _outermost(questions: list[Node]) -> list[Node]:
    """Those that are nested in none of the others."""
    elements = {one.element for one in questions} - {None}
    return [one for one in questions if not _is_below(one, elements)]


def _is_below(node: Node, elements: set[HtmlElement | None]) -> bool:
    return node.element is not None and not elements.isdisjoint(node.element.iterancestors())


def _only(questions: list[Node], *, one_page: bool) -> Node | None:
    spoken = [one for one in questions if _says_more(one)] if one_page else []
    found = _merged(spoken or questions)
    if len(found) != 1:
        return None
    return _folded(found[0], (one for one in questions if spoken and one not in spoken))


def _says_more(question: Node) -> bool:
    return bool(question.text("text", "articleBody") or question.nodes(*ANSWERS))


def _merged(questions: Iterable[Node]) -> list[Node]:
    """Fold each question that repeats the first into it; two that differ are enough to tell."""
    kept: list[Node] = []
    for question in questions:
        if len(kept) > 1:
            break
        place = next((i for i, one in enumerate(kept) if are_one(one, question)), None)
        if place is None:
            kept.append(question)
        elif kept[place] is not question:
            kept[place] = _joined(kept[place], question)
    return kept


def _folded(main: Node, others: Iterable[Node]) -> Node:
    for other in others:
        if other is not main and are_one(main, other):
            main = _joined(main, other)
    return main


def are_one(outer: Node, inner: Node) -> bool:
    """Whether two items are the same question, told twice or one in the other."""
    if outer is inner:
        return True
    names = {outer.text("name"), inner.text("name")} - {None}
    if is_inside(inner, outer):
        return len(names) <= 1
    return len(names) == 1 and outer.text("name") == inner.text("name")


def is_inside(inner: Node, outer: Node) -> bool:
    """Whether an item's element is within the other's; JSON-LD has none."""
    if inner.element is None or outer.element is None:
        return False
    return any(element is outer.element for element in inner.element.iterancestors())


def _joined(first: Node, second: Node) -> Node:
    names = dict.fromkeys([*first.properties, *second.properties])
    properties = {
        name: [*first.properties.get(name, ()), *second.properties.get(name, ())] for name in names
    }
    return replace(first, properties=properties)
