"""Which of the questions in a page's schema.org items is the page's own."""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from lxml.html import HtmlElement

from scraper.reading.qapage.item_values import addresses, author_of, day_of, own_text
from scraper.reading.qapage.schema_org import ANSWERS, Node
from scraper.reading.qapage.signs import Signs, Words, are_disjoint, is_beginning, may_be_same
from scraper.reading.qapage.teasers import places_of
from scraper.reading.qapage.urls import numbers, numbers_of

_WITHIN = ("mainEntity", "mainContentOfPage")  # what holds a page's question in its place
_MAX_ITEMS = 100  # about one question; real pages have few


class Candidate:
    """An item that may be the page's question. What is derived from it is computed once."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.name = node.text("name")

    @cached_property
    def text(self) -> Words | None:
        text = own_text(self.node)
        return Words(text) if text else None

    @cached_property
    def is_answered(self) -> bool:
        return bool(self.node.nodes(*ANSWERS))

    @cached_property
    def has_content(self) -> bool:
        return self.is_answered or self.node.text("text", "articleBody") is not None

    @cached_property
    def own_numbers(self) -> set[str]:
        """The numbers that its own addresses promise."""
        return numbers(addresses(self.node))

    @cached_property
    def numbers(self) -> set[str]:
        """Its own numbers or, failing that, those of the pages it leads to."""
        return numbers_of(addresses(self.node), places_of(self.node))

    @cached_property
    def signs(self) -> Signs:
        return Signs(
            title=Words(self.name) if self.name else None,
            text=self.text,
            author=author_of(self.node),
            asked_on=day_of(self.node, "asked-on")[0],
            addresses=addresses(self.node),
            numbers=self.numbers,
        )

    def is_same_as(self, other: "Candidate") -> bool:
        """Whether two items are about one question, also if the other is nested in this one.

        They have one name, and neither different numbers nor, side by side, other signs of being
        two.
        """
        if self.node is other.node:
            return True
        names, is_around = {self.name, other.name}, self.is_around(other)
        if len(names - {None} if is_around else names) > 1 or not (is_around or all(names)):
            return False
        if are_disjoint(self.numbers, other.numbers):
            return False
        return is_around or may_be_same(self.signs, other.signs)

    def is_around(self, other: "Candidate") -> bool:
        """Whether the other's element is within this one's; JSON-LD has none."""
        element = self.node.element
        return element is not None and _is_below(other.node, {element})

    def may_be_repeated_by(self, other: "Candidate") -> bool:
        """Whether what another item says of the same name may be said of this one."""
        if self.is_around(other):
            return True
        if self.text and other.text:
            return is_beginning(self.text, other.text)
        return self.text is None and other.has_content


def main_question(nodes: list[Node], url: str) -> list[Candidate]:
    """The items about the one question of the page at `url`; empty if there is not exactly one.

    Candidates are the main entities of pages, or else the questions in them and the outermost
    others; not those of a FAQ or a product. Beside one with the number of `url` those with other
    numbers are out; beside one without, only what can be a teaser: neither a main entity nor
    answered, or without the text that the one has. On a QAPage those with more than a name go
    first. Of several questions it is the one with the number of `url`.
    """
    pages, here = question_pages(nodes), numbers_of([url], [url])
    candidate = cache(Candidate)
    entities = _main_entities(pages)
    offered = [*map(candidate, entities or (*_nested_questions(pages), *_outermost(nodes)))]
    at_home = _at_home(offered, here, are_entities=bool(entities))
    worded = [question for question in at_home if question.has_content]
    numbered = (question for question in worded if here & question.own_numbers)
    found = _single((pages and worded) or at_home) or _single(numbered)
    if not found or any("eduQuestionType" in question.node.properties for question in found):
        return []  # none, several, or one of a quiz
    main, known = found[0], {*at_home}
    others = (*at_home, *(candidate(node) for node in nodes if "Question" in node.types))
    repeated = (
        question
        for question in others
        if main.is_same_as(question) and (question in known or main.may_be_repeated_by(question))
    )
    return list(dict.fromkeys((*found, *repeated)))[:_MAX_ITEMS]


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


def _outermost(nodes: list[Node]) -> list[Node]:
    """The questions that are nested in none of the others, nor in a FAQ or a product."""
    entries = {one for node in nodes if is_faq(node) for one in nested_items(node)}
    foreign = {node.element for node in nodes if is_faq(node) or "Product" in node.types}
    questions = [node for node in nodes if "Question" in node.types and node not in entries]
    own = [node for node in questions if not _is_below(node, foreign)]
    elements = {node.element for node in own} - {None}
    return [node for node in own if not _is_below(node, elements)]


def _is_below(node: Node, elements: set[HtmlElement | None]) -> bool:
    return node.element is not None and not elements.isdisjoint(node.element.iterancestors())


def _at_home(offered: list[Candidate], here: set[str], *, are_entities: bool) -> list[Candidate]:
    """The questions without those that name another page's number, where these may be teasers."""
    away = {question for question in offered if are_disjoint(question.numbers, here)}
    others = [question for question in offered if question not in away]
    if any(here & question.numbers for question in others):
        return others
    has_text = any(question.text for question in others if question.is_answered)
    may_be_own = (one for one in away if one.is_answered and (one.text or not has_text))
    return offered if are_entities or any(may_be_own) else others or offered


def _single(questions: Iterable[Candidate]) -> list[Candidate]:
    """The items if all are about one question, else none."""
    items: list[Candidate] = []
    for question in questions:
        if items and not any(item.is_same_as(question) for item in items):
            return []
        items.append(question)
    return items
