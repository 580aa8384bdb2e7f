"""The one question that a page's schema.org items are about, and its answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import islice

from lxml.html import HtmlElement

from scraper.items import Reply
from scraper.reading.qapage.answers import Answer, in_page_order, merge_answers
from scraper.reading.qapage.boxes import is_answer
from scraper.reading.qapage.item_values import (
    DAYS,
    addresses,
    author_of,
    count_of,
    day_of,
    language_of,
    own_text,
    written_days,
)
from scraper.reading.qapage.main_question import (
    Candidate,
    main_question,
    nested_items,
    question_pages,
)
from scraper.reading.qapage.schema_org import ANSWERS, HIDES, TEXTS, Node
from scraper.reading.qapage.signs import are_disjoint
from scraper.reading.qapage.teasers import links_by_title, places_of
from scraper.reading.qapage.union import QuestionData, is_question, merge_items
from scraper.reading.qapage.urls import numbers

_CONTENT = frozenset({"name", "author", "url", "image", "video", *DAYS, *TEXTS})
_MOST_LINKS = 9  # of an item by its title, which has one and perhaps views of the same
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_ANSWER_PATH = re.compile(r"/(?:a|answers?|posts?)/\d", re.IGNORECASE)  # with a number of its own


def read_items(nodes: list[Node], url: str) -> QuestionData | None:
    """What the items of the page at `url` say of its question; None if that is not exactly one.

    FAQPage, Quiz and the like are not read.
    """
    found = main_question(nodes, url)
    if not found:
        return None
    main, items = found[0], [question.node for question in found]
    asked = (Candidate(node) for node in nodes if "Question" in node.types)
    others = [question.node for question in asked if not main.is_same_as(question)]
    pages = question_pages(nodes)
    seen: set[Node] = set()
    question = reduce(merge_items, [_question_data(item, seen) for item in items])
    attached: Sequence[Answer] = question.answers
    for name in ANSWERS:
        of_pages = [answer for page in pages for answer in page.nodes(name)]
        attached = merge_answers(attached, _answers_with_text(of_pages, seen))
    loose = _answers_with_text(_loose_answers(items[0], others, pages, nodes, url), seen)
    every = merge_answers(attached, loose)
    counts = [count for item in items if (count := count_of(item)) is not None]
    has_all = bool(counts) and len(attached) >= max(counts)
    answers = [
        answer for answer in (attached if has_all else every) if not is_question(answer, question)
    ]
    known = len(answers) + (len(every) - len(attached) if has_all else 0)
    strays = [] if others else _stray_answers(nodes, main.node, seen)
    without_text = len(_answers_without_text(seen)) + len(strays)
    return replace(
        question,
        answers=in_page_order(answers),
        answer_count=max(known, *(counts or [known + without_text])),
        is_of_qapage=bool(pages),
        hides_text=any(HIDES in node.properties for node in (*items, *seen)),
        language=next(filter(None, map(language_of, (*items, *pages))), None),
    )


def _question_data(question: Node, seen: set[Node]) -> QuestionData:
    """What one item says of its question, with the answers that are not yet among those seen."""
    asked_on, warnings = day_of(question, "asked-on")
    return QuestionData(
        title=question.text("name", "headline"),
        text=own_text(question),
        author=author_of(question),
        asked_on=asked_on,
        answers=tuple(_answers(question, seen)),
        answer_count=0,
        is_of_qapage=False,
        hides_text=False,
        language=None,
        addresses=addresses(question),
        links=(*places_of(question), *islice(links_by_title(question), _MOST_LINKS)),
        warnings=warnings,
    )


def _answers(question: Node, seen: set[Node]) -> Sequence[Answer]:
    """The question's answers, copies left out unless the page counts them as answers."""
    accepted, suggested = (_answers_with_text(question.nodes(name), seen) for name in ANSWERS)
    answers = merge_answers(merge_answers((), accepted), suggested)
    answers = merge_answers(answers, _answers_with_text(_otherwise_named(question), seen))
    counted = count_of(question)
    if counted is None or counted <= len(answers):
        return answers
    every = merge_answers(accepted, suggested, copies=True)
    return every if len(every) == counted else answers


def _otherwise_named(question: Node) -> list[Node]:
    """The answers under a name such as `answer`, which schema.org does not have."""
    names = (name for name in question.properties if "answer" in name.lower())
    found = question.nodes(*(name for name in names if name not in ANSWERS))
    return [node for node in found if "Answer" in node.types]


def _answers_with_text(nodes: list[Node], seen: set[Node]) -> list[Answer]:
    """The answers not yet seen that have a text, and the answers to them."""
    return [_answer(node) for node in _with_replies(nodes, seen) if own_text(node)]


def promises_question(nodes: list[Node]) -> bool:
    """Whether there is a QAPage, but no question with any property besides answers."""
    inner = [*nodes, *(member for node in nodes for member in nested_items(node))]
    if any("Question" in node.types and node.properties.keys() - {*ANSWERS} for node in inner):
        return False
    return any("QAPage" in node.types for node in inner)


def _loose_answers(
    question: Node, others: list[Node], pages: list[Node], nodes: list[Node], url: str
) -> list[Node]:
    """The answers that are no item's property and may be the question's."""
    foreign = {node.element for node in others}
    home = {page.element for page in pages} - {None}
    if home or any(node.nodes(*ANSWERS) for node in (question, *pages)):
        home.add(question.element)
    answers = [node for node in nodes if "Answer" in node.types]
    parents = {parent for answer in answers for parent in answer.nodes("parentItem")}
    title, own = question.text("name"), numbers([url, *addresses(question)])
    other_parents = {parent for parent in parents if _is_another(parent, title, own)}
    return [
        answer
        for answer in answers
        if not (others and _is_within(answer, foreign))
        and (not home or _is_within(answer, home))
        and not are_disjoint(own, _numbers_of_its_question(answer))
        and other_parents.isdisjoint(answer.nodes("parentItem"))
    ]


def _stray_answers(nodes: list[Node], question: Node, seen: set[Node]) -> list[Node]:
    """Answers by their itemprop, and by type in other items of the question, that are not seen.

    In microdata: what JSON-LD has in other items is said to be no answer of the question.
    """
    placed = [node for node in nodes if node.element is not None]
    marked = [node for node in placed if is_answer(node.element)]
    within = (node for node in placed if _is_within(node, {question.element}))
    nested = (node for node in nested_items(question) if node.element is not None)
    holders = (one for one in (*within, *nested) if "Question" not in one.types)
    inner = (member for one in holders if one not in seen for member in nested_items(one))
    marked += (member for member in inner if "Answer" in member.types)
    return [node for node in dict.fromkeys(marked) if node not in seen]


def _is_within(answer: Node, scopes: set[HtmlElement | None]) -> bool:
    """Whether an answer is in one of these elements; true of JSON-LD, which has no place."""
    if answer.element is None:
        return True
    return not scopes.isdisjoint(answer.element.iterancestors())


def _is_another(parent: Node, title: str | None, own: set[str]) -> bool:
    """Whether what an answer is to has another number than `own`, or another name."""
    if are_disjoint(own, numbers(addresses(parent))):
        return True
    return "Question" in parent.types and parent.text("name") not in (None, title)


def _numbers_of_its_question(answer: Node) -> set[str]:
    return numbers(place for place in addresses(answer) if not _ANSWER_PATH.search(place))


def _with_replies(answers: Iterable[Node], seen: set[Node]) -> list[Node]:
    """The answers not yet seen, each followed by the answers to it; JSON-LD may nest in rings."""
    found: list[Node] = []
    waiting = [*answers][::-1]
    while waiting:
        answer = waiting.pop()
        if answer not in seen:
            seen.add(answer)
            listed = _list_entries(answer)
            found += () if listed else (answer,)
            waiting += (listed or answer.nodes(*ANSWERS))[::-1]
    return found


def _list_entries(answer: Node) -> list[Node]:
    """The answers of an ItemList in their place, or of a PHP array that lacks some numbers."""
    if answer.properties and not answer.types and all(map(str.isdecimal, answer.properties)):
        return answer.nodes(*answer.properties)
    return answer.nodes("itemListElement", "item")


def _answers_without_text(answers: set[Node]) -> list[Node]:
    """Those without words in the data: a picture, or only a reference to an answer."""
    worded = {place for answer in answers if own_text(answer) for place in addresses(answer)}
    return [
        answer
        for answer in answers
        if (answer.address or not _CONTENT.isdisjoint(answer.properties))
        and not (own_text(answer) or _list_entries(answer))
        and worded.isdisjoint(addresses(answer))
    ]


def _answer(answer: Node) -> Answer:
    replied_on, warnings = day_of(answer, "replied-on")
    reply = Reply(doctor=author_of(answer), text=own_text(answer) or "", replied_on=replied_on)
    clock = next(filter(None, map(_CLOCK.search, written_days(answer))), None)
    address = next(iter(addresses(answer)), None)
    return Answer(reply, warnings, clock and clock[0], address, answer.place)
