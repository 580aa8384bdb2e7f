"""The one question that a page's schema.org items are about, and its answers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml.html import HtmlElement

from scraper.items import Problem, Reply
from scraper.reading.dates import read_date
from scraper.reading.schema_org import Node

_ANSWERS = ("acceptedAnswer", "suggestedAnswer")
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one syntax tells about the page's question."""

    title: str | None
    text: str | None
    author: str | None
    asked_on: date | None
    replies: tuple[Reply, ...]
    stated: int  # how many answers there are, by the page's own count
    problems: tuple[Problem, ...]


def told(nodes: list[Node]) -> Told | None:
    """Return what the items tell, or None when they are not about one question.

    Nothing is taken from FAQPage, Quiz and the like, nor from one of several questions.
    """
    question = _main_question(nodes)
    if question is None:
        return None
    asked_on, problems = _day(question, "asked_on")
    read = [_reply(answer) for answer in _answers(question, nodes)]
    replies = dict(entry for entry in read if entry[0].text)
    return Told(
        title=question.text("name", "headline"),
        text=question.text("text", "articleBody"),
        author=_author(question),
        asked_on=asked_on,
        replies=tuple(replies),
        stated=_count(question.text("answerCount")),
        problems=(*problems, *(problem for found in replies.values() for problem in found)),
    )


def promises_question(nodes: list[Node]) -> bool:
    """Tell whether there is a QAPage, yet no question anywhere."""
    inner = [*nodes, *(member for node in nodes for member in _members(node))]
    kinds = {kind for node in inner for kind in node.types}
    return "QAPage" in kinds and "Question" not in kinds


def fuller(first: Told | None, second: Told | None) -> Told | None:
    """Return the one with more answers, or else more words; the other fills what it lacks."""
    if first is None or second is None:
        return first or second
    rich, poor = sorted((first, second), key=_fullness, reverse=True)
    text = rich.text or poor.text
    if text and poor.text and len(poor.text) > len(text) and poor.text.startswith(_uncut(text)):
        text = poor.text
    return replace(
        rich,
        title=rich.title or poor.title,
        text=text,
        author=rich.author or poor.author,
        asked_on=rich.asked_on or poor.asked_on,
        stated=max(rich.stated, poor.stated),
        problems=rich.problems if rich.asked_on or not poor.asked_on else (),
    )


def _fullness(side: Told) -> tuple[int, int]:
    words = [side.text or "", *(reply.text for reply in side.replies)]
    return len(side.replies), sum(map(len, words))


def _uncut(text: str) -> str:
    return _CUT.sub("", text)


def _main_question(nodes: list[Node]) -> Node | None:
    pages = [node for node in nodes if "QAPage" in node.types]
    loose = [node for node in nodes if "Question" in node.types]
    if not pages and any("FAQPage" in node.types for node in nodes):
        return None
    held = _merged(node for page in pages for node in _members(page) if "Question" in node.types)
    if len(held) > 1:
        return None
    inner = [node for node in loose if not held or _is_inside(node, held[0])]
    questions = _merged([*held, *inner])
    return questions[0] if len(questions) == 1 else None


def _members(node: Node) -> Iterator[Node]:
    return (value for name in node.properties for value in node.nodes(name))


def _is_inside(inner: Node, outer: Node) -> bool:
    if inner.element is None or outer.element is None:
        return False
    return any(element is outer.element for element in inner.element.iterancestors())


def _merged(questions: Iterable[Node]) -> list[Node]:
    """Fold each question that repeats the first, or is nested in it, into that one.

    Two that differ are enough to tell a list.
    """
    kept: list[Node] = []
    for question in questions:
        if len(kept) > 1:
            break
        place = next((i for i, one in enumerate(kept) if _are_one(one, question)), None)
        if place is None:
            kept.append(question)
        else:
            kept[place] = _joined(kept[place], question)
    return kept


def _are_one(outer: Node, inner: Node) -> bool:
    names = {outer.text("name"), inner.text("name")} - {None}
    if _is_inside(inner, outer):
        return len(names) <= 1
    return len(names) == 1 and outer.text("name") == inner.text("name")


def _joined(first: Node, second: Node) -> Node:
    names = dict.fromkeys([*first.properties, *second.properties])
    properties = {
        name: [*first.properties.get(name, ()), *second.properties.get(name, ())] for name in names
    }
    return replace(first, properties=properties)


def _answers(question: Node, nodes: list[Node]) -> Iterator[Node]:
    """Yield the answers: the question's own, the page's, and those that hang on nothing."""
    for name in _ANSWERS:
        yield from question.nodes(name)
    for page in nodes:
        if "QAPage" in page.types:
            yield from page.nodes(*_ANSWERS)
    others = [node for node in nodes if "Question" in node.types and not _are_one(question, node)]
    scopes = {node.element for node in others}
    for node in nodes:
        if "Answer" in node.types and not (others and _is_among(node, scopes)):
            yield node


def _is_among(answer: Node, scopes: set[HtmlElement | None]) -> bool:
    """Tell whether an answer may belong to one of these; JSON-LD does not show where it stands."""
    if answer.element is None:
        return True
    return not scopes.isdisjoint(answer.element.iterancestors())


def _reply(answer: Node) -> tuple[Reply, tuple[Problem, ...]]:
    replied_on, problems = _day(answer, "replied_on")
    text = answer.text("text", "articleBody") or ""
    return Reply(doctor=_author(answer), text=text, replied_on=replied_on), problems


def _author(node: Node) -> str | None:
    names = [person.text("name") for person in node.nodes("author")]
    name = next(filter(None, names), None) or node.text("author")
    return None if name is None or "://" in name else name


def _day(node: Node, field: str) -> tuple[date | None, tuple[Problem, ...]]:
    written = node.text("dateCreated", "datePublished")
    day = read_date(written) if written else None
    if day is not None or not written:
        return day, ()
    code = f"{field.replace('_', '-')}-unreadable"
    return None, (Problem(code=code, field=field, detail=written[:200]),)


def _count(stated: str | None) -> int:
    digits = re.sub(r"[,.\s]", "", stated or "")
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else 0
