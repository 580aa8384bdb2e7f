"""Where the fields of a schema.org question page stand.

The readers take them from JSON-LD or microdata. What the page shows is found by its words, helped
by `itemprop`: texts first; then author and day, near the text that they belong to. What is
nowhere to be seen has the XPath of the script or the attribute that says it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from lxml import etree

from scraper.items import Question
from scraper.reading.dates import read_date
from scraper.reading.evidence import Found, day_in, of_attribute
from scraper.reading.qapage.boxes import names_of
from scraper.reading.qapage.sources import in_data
from scraper.reading.sight import Sight, Span
from scraper.reading.visible.openers import is_pressed

_Some = TypeVar("_Some")
_TEXTS = frozenset(("text", "articleBody"))
_NAMES = frozenset(("name", "headline"))
_AUTHOR = frozenset(("author",))
_DAYS = frozenset(("dateCreated", "datePublished"))
_ASKED = "question.text"
_WRITTEN = ("datetime", "content", "title")  # attributes in which a day may stand


def locate_qa(root: etree._Element, question: Question, sight: Sight) -> Iterator[Found]:
    """Yield where each field stands; of several yielded for one field the first is the best."""
    shown = _Shown(root, question, sight)
    yield from shown.title(question.title or "")
    for path, span in shown.texts.items():
        yield Found(path, (span,))
    for byline in _bylines(question):
        yield from shown.beside(byline)
    yield from in_data(root, question)


class _Byline(NamedTuple):
    """Who wrote a text, and when: paths and values."""

    text: str
    author: tuple[str, str | None]
    day: tuple[str, date | None]


def _bylines(question: Question) -> Iterator[_Byline]:
    asker = question.asker.name if question.asker else None
    yield _Byline(_ASKED, ("asker.name", asker), ("asked_on", question.asked_on))
    for number, reply in enumerate(question.replies):
        path = f"replies[{number}]"
        author, day = (f"{path}.doctor", reply.doctor), (f"{path}.replied_on", reply.replied_on)
        yield _Byline(f"{path}.text", author, day)


class _Shown:
    """The texts of a page's question and answers, and what stands beside each."""

    def __init__(self, root: etree._Element, question: Question, sight: Sight) -> None:
        told = {_ASKED: question.text} if question.text else {}
        told |= {f"replies[{n}].text": reply.text for n, reply in enumerate(question.replies)}
        self.root = root
        self.sight = sight
        self._starts = {line.start for line in sight.lines}
        self._ends = {line.end for line in sight.lines}
        self.texts = self._texts(told)
        self.complete = len(self.texts) == len(told)

    def title(self, title: str) -> Iterator[Found]:
        """The title, where it stands once: as the main heading, or else anywhere."""
        whole = self._marked(self._whole(title), _NAMES)
        headings = [span for span in whole if self._has_around(span, "h1")]
        yield from (Found("title", (span,)) for span in _only(headings or whole))

    def beside(self, byline: _Byline) -> Iterator[Found]:
        """Author and day of a text, within the block that is the text's alone.

        Those of the question may also stand elsewhere, but in no answer's block.
        """
        if byline.text not in self.texts or not self.complete:
            return
        blocks = dict(self._blocks)
        own = [self.texts[byline.text]]
        yield from self._within(blocks.pop(byline.text), own, byline)
        if byline.text == _ASKED:
            others = [self.sight.inside(block) for block in blocks.values()]
            yield from self._within(self.root, own + others, byline)

    def _within(
        self, block: etree._Element, without: list[Span], byline: _Byline
    ) -> Iterator[Found]:
        (path, author), (_, day) = byline.author, byline.day
        found = self.sight.finds(author or "", self.sight.inside(block))
        names = [span for span in found if not _meets(span, without)]
        yield from (Found(path, (span,)) for span in _only(self._marked(names, _AUTHOR)))
        if day is not None:
            saying = [
                element
                for element in block.iter(etree.Element)
                if self._says(element, day) and not _meets(self.sight.inside(element), without)
            ]
            yield from self._day(byline.day[0], day, saying)

    def _texts(self, told: dict[str, str]) -> dict[str, Span]:
        """The place of each text; equal ones in order, when all of them are shown.

        The longest first: where a text is a line of another one, it is that.
        """
        places: dict[str, Span] = {}
        paths: dict[str, list[str]] = defaultdict(list)
        for path, text in told.items():
            paths[text].append(path)
        for words, equal in sorted(paths.items(), key=lambda one: -len(one[0])):
            found = [span for span in self._whole(words) if not _meets(span, [*places.values()])]
            whole = self._marked(found, _TEXTS)
            if len(whole) == len(equal):
                places |= dict(zip(equal, whole, strict=True))
        return places

    def _whole(self, words: str) -> list[Span]:
        """The places where words make up whole lines, but for buttons at their edges."""
        found = self.sight.finds(words, Span(0, len(self.sight.signs)))
        return [
            span
            for span in found
            if (span.start in self._starts or self._is_in_button(span.start - 1))
            and (span.end in self._ends or self._is_in_button(span.end))
        ]

    def _is_in_button(self, place: int) -> bool:
        owner = self.sight.owners[place]
        return any(map(is_pressed, (owner, *owner.iterancestors())))

    def _marked(self, spans: list[Span], names: frozenset[str]) -> list[Span]:
        """The spans that are within an element with such an `itemprop`; all, where none is."""
        marked = []
        for span in spans:
            owner = self.sight.owners[span.start]
            around = (owner, *owner.iterancestors())
            if any(names & _marks(one) and _holds(self.sight, one, span) for one in around):
                marked.append(span)
        return marked or spans

    def _has_around(self, span: Span, tag: str) -> bool:
        owner = self.sight.owners[span.start]
        return owner.tag == tag or next(owner.iterancestors(tag), None) is not None

    @cached_property
    def _blocks(self) -> dict[str, etree._Element]:
        """The widest element that shows a text and none of the others, for each text."""
        starts = sorted(span.start for span in self.texts.values())
        return {path: self._block(span, starts) for path, span in self.texts.items()}

    def _block(self, text: Span, starts: list[int]) -> etree._Element:
        block = owner = self.sight.owners[text.start]
        for element in owner.iterancestors():
            inside = self.sight.inside(element)
            if bisect_left(starts, inside.end) - bisect_left(starts, inside.start) > 1:
                break
            block = element
        return block

    def _day(self, path: str, day: date, saying: list[etree._Element]) -> Iterator[Found]:
        """The element that says the day: by its words, else by an attribute."""
        marked = [element for element in saying if _DAYS & _marks(element)]
        for element in marked[:1] or _only(saying):
            if (span := day_in(self.sight, self.sight.inside(element), day)) is not None:
                yield Found(path, (span,))
            for name in _written(element, day):
                yield Found(path, xpath=of_attribute(element, name))

    def _says(self, element: etree._Element, day: date) -> bool:
        if any(_written(element, day)):
            return True
        telling = element.tag == "time" or _DAYS & _marks(element)
        return bool(telling) and day_in(self.sight, self.sight.inside(element), day) is not None


def _only(found: Iterable[_Some]) -> list[_Some]:
    """The one that there is; none of several."""
    several = list(found)
    return several if len(several) == 1 else []


def _meets(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _marks(element: etree._Element) -> frozenset[str]:
    return frozenset(names_of(element))


def _holds(sight: Sight, element: etree._Element, span: Span) -> bool:
    inside = sight.inside(element)
    return inside.start <= span.start and span.end <= inside.end


def _written(element: etree._Element, day: date) -> Iterator[str]:
    """The attributes that name a day."""
    for name in _WRITTEN:
        value = element.get(name, "")
        if str(day.year) in value and read_date(value) == day:
            yield name
