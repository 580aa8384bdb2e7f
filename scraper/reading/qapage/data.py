"""The one question that a page's schema.org items are about, and its answers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from lxml.html import HtmlElement

from scraper.items import Reply
from scraper.reading.dates import read_date
from scraper.reading.qapage.answers import Answer, in_page_order, together
from scraper.reading.qapage.counts import read_count
from scraper.reading.qapage.main_question import (
    addresses,
    are_one,
    main_question,
    members,
    pages_of,
    text_of,
)
from scraper.reading.qapage.owners import is_answer
from scraper.reading.qapage.schema_org import ANSWERS, HIDES, TEXTS, Node, is_unfilled
from scraper.reading.qapage.teasers import places_of
from scraper.reading.qapage.union import QuestionData, is_question, one_of
from scraper.reading.qapage.urls import numbers

_DAYS = ("dateCreated", "datePublished")
_SAYING = frozenset({"name", "author", "url", "image", "video", *_DAYS, *TEXTS})
_NO_DAY = re.compile(r"-?000[01]-\d\d-\d\d(?!\d).*")  # as databases write it
_NO_DAYS = (date(1969, 12, 31), date(1970, 1, 1))  # the time 0, east and west of Greenwich
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_OF_ANSWER = re.compile(r"/(?:a|answers?|posts?)/\d", re.IGNORECASE)  # with a number of its own
_URL = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|urn):|www\.|#?/)\S*\s*", re.IGNORECASE)


def told(nodes: list[Node], url: str) -> QuestionData | None:
    """Return what the items of the page at `url` tell, or None without one question.

    Nothing is taken from FAQPage, Quiz and the like, nor from one of several questions.
    """
    tellings = main_question(nodes, url)
    if not tellings:
        return None
    pages = pages_of(nodes)
    seen: set[Node] = set()
    whole = reduce(one_of, [_told(question, seen) for question in tellings])
    of_pages = [[one for page in pages for one in page.nodes(name)] for name in ANSWERS]
    attached = reduce(together, [whole.answers, *(_worded(more, seen) for more in of_pages)])
    every = together(attached, _worded(_loose_answers(tellings[0], pages, nodes, url), seen))
    counts = [count for one in tellings if (count := _count(one)) is not None]
    has_all = bool(counts) and len(attached) >= max(counts)
    answers = [one for one in (attached if has_all else every) if not is_question(one, whole)]
    known = len(answers) + (len(every) - len(attached) if has_all else 0)
    found = known + len(_wordless(seen)) + len(_outside(tellings[0], nodes, seen))
    return replace(
        whole,
        answers=in_page_order(answers),
        stated=max(known, *(counts or [found])),
        of_page=bool(pages),
        hides=any(HIDES in one.properties for one in (*tellings, *seen)),
        language=next(filter(None, map(_language, (*tellings, *pages))), None),
    )


def _told(question: Node, seen: set[Node]) -> QuestionData:
    """What one item tells of its question, with the answers that no other has told of."""
    asked_on, warnings = _day(question, "asked-on")
    return QuestionData(
        title=question.text("name", "headline"),
        text=text_of(question),
        author=_author(question),
        asked_on=asked_on,
        answers=tuple(_answers(question, seen)),
        stated=0,
        of_page=False,
        hides=False,
        language=None,
        addresses=addresses(question),
        links=tuple(places_of(question)),
        warnings=warnings,
    )


def _answers(question: Node, seen: set[Node]) -> Sequence[Answer]:
    """The question's answers, copies left out unless the page counts them as answers."""
    accepted, suggested = (_worded(question.nodes(name), seen) for name in ANSWERS)
    answers = together(together((), accepted), suggested)
    counted = _count(question)
    if counted is None or counted <= len(answers):
        return answers
    every = together(accepted, suggested, copies=True)
    return every if len(every) == counted else answers


def _worded(nodes: list[Node], seen: set[Node]) -> list[Answer]:
    return [_answer(node) for node in _with_replies(nodes, seen) if text_of(node)]


def promises_question(nodes: list[Node]) -> bool:
    """Tell whether there is a QAPage, yet no question that says anything."""
    inner = [*nodes, *(member for node in nodes for member in members(node))]
    if any("Question" in node.types and node.properties for node in inner):
        return False
    return any("QAPage" in node.types for node in inner)


def _loose_answers(question: Node, pages: list[Node], nodes: list[Node], url: str) -> list[Node]:
    """The answers that hang on nothing and may be the question's."""
    others = [node for node in nodes if "Question" in node.types and not are_one(question, node)]
    foreign = {node.element for node in others}
    home = {page.element for page in pages} - {None}
    if home or any(node.nodes(*ANSWERS) for node in (question, *pages)):
        home.add(question.element)
    return [
        node
        for node in nodes
        if "Answer" in node.types
        and not (others and _is_among(node, foreign))
        and (not home or _is_among(node, home))
        and not _is_of_another(node, question, url)
    ]


def _outside(question: Node, nodes: list[Node], seen: set[Node]) -> list[Node]:
    """Answers to a question, by their itemprop, in no item and far from the page's only one."""
    if any("Question" in node.types and not are_one(question, node) for node in nodes):
        return []
    marked = [one for one in nodes if one.element is not None and is_answer(one.element)]
    return [one for one in marked if one not in seen]


def _is_among(answer: Node, scopes: set[HtmlElement | None]) -> bool:
    """Tell whether an answer may belong to one of these; JSON-LD does not show where it stands."""
    if answer.element is None:
        return True
    return not scopes.isdisjoint(answer.element.iterancestors())


def _is_of_another(answer: Node, question: Node, url: str) -> bool:
    """Whether an answer names a question of another name, or of another number, as its own."""
    own = numbers([url, *addresses(question)])
    named = numbers(one for one in addresses(answer) if not _OF_ANSWER.search(one))
    if own and named and own.isdisjoint(named):
        return True
    for parent in answer.nodes("parentItem"):
        named = numbers(addresses(parent))
        if own and named and own.isdisjoint(named):
            return True
        if "Question" in parent.types and parent.text("name") not in (None, question.text("name")):
            return True
    return False


def _with_replies(answers: Iterable[Node], seen: set[Node]) -> list[Node]:
    """The answers, each followed by the answers to it; JSON-LD may nest them in rings."""
    found: list[Node] = []
    waiting = [*answers][::-1]
    while waiting:
        answer = waiting.pop()
        if answer not in seen:
            seen.add(answer)
            listed = _listed(answer)
            found += () if listed else (answer,)
            waiting += (listed or answer.nodes(*ANSWERS))[::-1]
    return found


def _listed(answer: Node) -> list[Node]:
    """The answers of an ItemList in their place, or of a PHP array that lacks some numbers."""
    if answer.properties and not answer.types and all(map(str.isdecimal, answer.properties)):
        return answer.nodes(*answer.properties)
    return answer.nodes("itemListElement", "item")


def _wordless(answers: set[Node]) -> list[Node]:
    """Those of which the data lacks the words: of a picture, or of what is only pointed at."""
    worded = {one for answer in answers if text_of(answer) for one in addresses(answer)}
    return [
        answer
        for answer in answers
        if (answer.address or not _SAYING.isdisjoint(answer.properties))
        and not (text_of(answer) or _listed(answer))
        and worded.isdisjoint(addresses(answer))
    ]


def _answer(answer: Node) -> Answer:
    replied_on, warnings = _day(answer, "replied-on")
    reply = Reply(doctor=_author(answer), text=text_of(answer) or "", replied_on=replied_on)
    clock = next(filter(None, map(_CLOCK.search, _times(answer))), None)
    address = next(iter(addresses(answer)), None)
    return Answer(reply, warnings, clock and clock[0], address, answer.place)


def _author(node: Node) -> str | None:
    """Return the first author's name; a URL or an id alone is none."""
    authors = node.properties.get("author", ())
    names = [name for author in authors for name in _names(author)]
    found = (name for name in names if not (_URL.fullmatch(name) or is_unfilled(name)))
    return next(filter(None, found), None)


def _names(person: Node | str) -> list[str]:
    if isinstance(person, str):
        return [person]
    whole = " ".join(filter(None, map(person.text, ("givenName", "familyName"))))
    return person.texts("name") or [whole or person.text("alternateName") or ""]


def _times(node: Node) -> list[str]:
    """Return its day as written, in parts (PHP's DateTime), or on its author's element."""
    days = node.nodes(*_DAYS)
    parts = [text for day in days for name in day.properties for text in day.texts(name)]
    authors = [one for one in node.nodes("author") if one.element is not None]
    return node.texts(*_DAYS) or parts or [text for one in authors for text in one.texts(*_DAYS)]


def _day(node: Node, name: str) -> tuple[date | None, tuple[str, ...]]:
    """Return the first day that can be read, and a warning where none of those written can."""
    written = [text for text in _times(node) if not _NO_DAY.fullmatch(text.strip())]
    days = [day for day in map(read_date, written) if day not in _NO_DAYS]
    day = next(filter(None, days), None)
    return day, (f"{name}-unreadable",) if days and day is None else ()


def _language(node: Node) -> str | None:
    """Return the language as written; of a Language item it is the other name."""
    coded = (one.text("alternateName") for one in node.nodes("inLanguage"))
    return node.text("inLanguage") or next(filter(None, coded), None)


def _count(question: Node) -> int | None:
    """How many answers a question says that it has."""
    return read_count(question.text("answerCount") or "")
