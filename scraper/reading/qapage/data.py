"""The one question that a page's schema.org items are about, and its answers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from lxml.html import HtmlElement

from scraper.items import Problem, Reply
from scraper.reading.dates import read_date
from scraper.reading.qapage.schema_org import ANSWERS, Node
from scraper.reading.qapage.union import Answer, Told, together

_URL = re.compile(r"\s*[a-z][a-z0-9+.-]*://\S*\s*", re.IGNORECASE)


def told(nodes: list[Node]) -> Told | None:
    """Return what the items tell, or None when they are not about one question.

    Nothing is taken from FAQPage, Quiz and the like, nor from one of several questions.
    """
    question = _main_question(nodes)
    if question is None:
        return None
    asked_on, problems = _day(question, "asked_on")
    answers: list[Answer] = []
    for more in _answers(question, nodes):
        answers = together(answers, more)
    return Told(
        title=question.text("name", "headline"),
        text=question.text("text", "articleBody"),
        author=_author(question),
        asked_on=asked_on,
        answers=tuple(answers),
        stated=_count(question.text("answerCount")),
        of_page=any("QAPage" in node.types for node in nodes),
        addresses=tuple(filter(None, [question.address, *question.texts("url")])),
        problems=problems,
    )


def promises_question(nodes: list[Node]) -> bool:
    """Tell whether there is a QAPage, yet no question that says anything."""
    inner = [*nodes, *(member for node in nodes for member in _members(node))]
    if any("Question" in node.types and node.properties for node in inner):
        return False
    return any("QAPage" in node.types for node in inner)


def _main_question(nodes: list[Node]) -> Node | None:
    pages = [node for node in nodes if "QAPage" in node.types]
    loose = [node for node in nodes if "Question" in node.types]
    if not pages and any("FAQPage" in node.types for node in nodes):
        return None
    members = (member for page in pages for member in _members(page) if member.properties)
    held = _merged(member for member in members if "Question" in member.types)
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
        elif kept[place] is not question:
            kept[place] = _joined(kept[place], question)
    return kept


def _are_one(outer: Node, inner: Node) -> bool:
    if outer is inner:
        return True
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


def _answers(question: Node, nodes: list[Node]) -> Iterator[list[Answer]]:
    """Yield the answers: the question's own, the page's, and those that hang on nothing."""
    for holder in (question, *(node for node in nodes if "QAPage" in node.types)):
        for name in ANSWERS:
            yield _read(holder.nodes(name))
    others = [node for node in nodes if "Question" in node.types and not _are_one(question, node)]
    scopes = {node.element for node in others}
    loose = [node for node in nodes if "Answer" in node.types]
    yield _read(node for node in loose if not (others and _is_among(node, scopes)))


def _is_among(answer: Node, scopes: set[HtmlElement | None]) -> bool:
    """Tell whether an answer may belong to one of these; JSON-LD does not show where it stands."""
    if answer.element is None:
        return True
    return not scopes.isdisjoint(answer.element.iterancestors())


def _read(answers: Iterable[Node]) -> list[Answer]:
    read = [_answer(answer) for answer in answers]
    return [answer for answer in read if answer.reply.text]


def _answer(answer: Node) -> Answer:
    replied_on, problems = _day(answer, "replied_on")
    text = answer.text("text", "articleBody") or ""
    return Answer(Reply(doctor=_author(answer), text=text, replied_on=replied_on), problems)


def _author(node: Node) -> str | None:
    """Return the first author's name; a URL alone is none."""
    persons = [name for person in node.nodes("author") for name in person.texts("name")]
    names = [*persons, *node.texts("author")]
    return next((name for name in names if not _URL.fullmatch(name)), None)


def _day(node: Node, field: str) -> tuple[date | None, tuple[Problem, ...]]:
    """Return the first day that can be read, or what is written in the place of one."""
    written = node.texts("dateCreated", "datePublished")
    day = next(filter(None, map(read_date, written)), None)
    if day is not None or not written:
        return day, ()
    code = f"{field.replace('_', '-')}-unreadable"
    return None, (Problem(code=code, field=field, detail=written[0][:200]),)


def _count(stated: str | None) -> int:
    digits = re.sub(r"[,.\s]", "", stated or "")
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else 0
