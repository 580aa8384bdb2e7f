"""The visible text of a page with the element that holds each of its characters.

Made when evidence is asked for, never in a crawl. Words are compared by their signs, which are
all characters but white space and invisible marks: that is what folding leaves alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple, SupportsIndex

from lxml import etree

from scraper.reading.adoctor.opened import walk_page
from scraper.reading.css.sheets import Rules
from scraper.reading.inner_links import restore_inner_links
from scraper.reading.visible.line import Line, holders
from scraper.reading.visible.lines import Walk
from scraper.reading.visible.signs import INVISIBLE, is_glyph

_NO_SIGNS = re.compile(f"[\\s\u200c\u200d{INVISIBLE}]+")


class Span(NamedTuple):
    """Signs start to end - 1 of a page."""

    start: int
    end: int


def signs_of(text: str) -> str:
    """`text` without white space and invisible marks."""
    return _NO_SIGNS.sub("", text)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """The visible text of a page."""

    text: str  # its visible lines, one newline between them
    signs: str  # that without white space
    offsets: tuple[int, ...]  # place in `text` of each sign
    owners: tuple[etree._Element, ...]  # the element that holds each sign
    lines: tuple[Span, ...]  # of each visible line

    def words(self, span: Span) -> str:
        """The visible text from a span's first sign to its last."""
        start, end = self.place(span)
        return self.text[start:end]

    def place(self, span: Span) -> tuple[int, int]:
        """The span as offsets into `text`; an empty one has none and raises ValueError."""
        if span.end <= span.start:
            raise ValueError("a span without signs")
        return self.offsets[span.start], self.offsets[span.end - 1] + 1

    def xpath(self, span: Span) -> str:
        """XPath of the innermost element that holds all of a span."""
        owners = list(dict.fromkeys(self.owners[span.start : span.end]))
        around = [*holders(owners[0])]
        for owner in owners[1:]:
            own = set(holders(owner))
            around = [element for element in around if element in own]
        return path_of(around[0])

    def inside(self, element: etree._Element) -> Span:
        """The span of an element's visible text; empty when it shows nothing."""
        return self._extents.get(element, Span(0, 0))

    @cached_property
    def _extents(self) -> dict[etree._Element, Span]:
        """The spans of all elements that show anything."""
        extents: dict[etree._Element, Span] = {}
        place = 0
        for owner, run in groupby(self.owners):
            end = place + len(list(run))
            for element in holders(owner):
                extents[element] = Span(extents.get(element, Span(place, end)).start, end)
            place = end
        return extents

    def finds(self, words: str, within: Span) -> Iterator[Span]:
        """Yield each place of the words in a span, but for parts of longer words or numbers."""
        signs, start = signs_of(words), within.start
        while signs and (start := self.signs.find(signs, start, within.end)) >= 0:
            span = Span(start, start + len(signs))
            if self._is_bounded(span):
                yield span
            start += 1

    def first(self, words: str, within: Span) -> Span | None:
        """The first place of the words in a span."""
        return next(self.finds(words, within), None)

    def beginning(self, words: str, within: Span) -> Span | None:
        """The first place of the words in a span, unless other words stand before it."""
        span = self.first(words, within)
        above = self.signs[within.start : span.start] if span else ""
        return None if any(map(str.isalnum, above)) else span

    def last(self, words: str, within: Span) -> Span | None:
        """The last place of the words in a span."""
        return next(reversed(list(self.finds(words, within))), None)

    def only(self, words: str, within: Span) -> Span | None:
        """The place of words that stand once in a span."""
        found = list(self.finds(words, within))
        return found[0] if len(found) == 1 else None

    def part(self, of: Span, text: str, start: int, end: int) -> Span | None:
        """Where characters start to end - 1 of `text` stand, of which `of` shows the same signs."""
        if signs_of(text) != self.signs[of.start : of.end]:
            return None
        first = of.start + len(signs_of(text[:start]))
        return Span(first, first + len(signs_of(text[start:end])))

    def anchor(self, within: Span, accepts: Callable[[str], bool]) -> etree._Element | None:
        """The first link in or around a span whose href is accepted."""
        seen = set()
        for owner in dict.fromkeys(self.owners[within.start : within.end]):
            for element in (owner, *owner.iterancestors("a")):
                href = element.get("href") if element.tag == "a" else None
                if element not in seen and href is not None and accepts(href):
                    return element
                seen.add(element)
        return None

    def _is_bounded(self, span: Span) -> bool:
        start, end = self.place(span)
        edges = self.text[start - 1 : start + 1], self.text[end - 1 : end + 1]
        return (start == 0 or not _is_word(edges[0])) and not (
            end < len(self.text) and _is_word(edges[1])
        )


def look(root: etree._Element, url: str) -> Sight:
    """The sight of a page: the walk that makes `Page.lines`, noting where each sign comes from."""
    walk, _ = walk_page(root, url, _Traced)
    restore_inner_links(root)
    lines = walk.lines
    text = "\n".join(line.text for line in lines)
    ends = accumulate((len(signs_of(line.text)) for line in lines), initial=0)
    return Sight(
        text=text,
        signs=signs_of(text),
        offsets=tuple(place for place, sign in enumerate(text) if signs_of(sign)),
        owners=tuple(walk.owners),
        lines=tuple(Span(start, end) for start, end in pairwise(ends)),
    )


def path_of(element: etree._Element) -> str:
    """XPath of an element."""
    path: str = element.getroottree().getpath(element)
    return path


def hull(spans: Sequence[Span]) -> Span:
    """From the first span's beginning to the last one's end; empty for none."""
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


def _is_word(pair: str) -> bool:
    """Whether two neighbours belong to one word or number; Chinese has no such bounds."""
    return pair.isascii() and pair.isalnum()


class _Parts(list[str]):
    """The pieces of a line being put together, and the element that holds each sign of them."""

    def __init__(self, path: list[etree._Element]) -> None:
        super().__init__()
        self.path = path
        self.owners: list[etree._Element] = []

    def append(self, text: str) -> None:
        super().append(text)
        if not is_glyph(text) and (signs := signs_of(text)):
            self.owners += [self.path[-1]] * len(signs)

    def pop(self, index: SupportsIndex = -1) -> str:
        text = super().pop(index)
        del self.owners[len(self.owners) - len(signs_of(text)) :]
        return text

    def clear(self) -> None:
        super().clear()
        self.owners = []


class _Traced(Walk):
    """The walk that makes the visible lines, remembering where their signs come from."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.parts: _Parts = _Parts(self.path)
        self.owners: list[etree._Element] = []

    def end_line(self) -> None:
        owners, line_count = self.parts.owners, len(self.lines)
        super().end_line()
        if len(self.lines) > line_count:
            self.owners += owners

    def take_back(self, start: int) -> None:
        signs = sum(len(signs_of(line.text)) for line in self.lines[start:])
        del self.owners[len(self.owners) - signs :]
        super().take_back(start)


def spans_of_content(
    sight: Sight, lines: Sequence[Line], content: Sequence[Line]
) -> list[tuple[Span, ...]]:
    """Where each content line stands: in a visible line, in part of one, or in several."""
    found: list[tuple[Span, ...]] = []
    place, end = 0, 0  # the visible line that is looked at, and what is taken of it
    for line in content:
        signs, around = signs_of(line.text), set(holders(line.first))
        spans: tuple[Span, ...] = ()
        while not spans:
            if lines[place].element in around:
                within = Span(max(end, sight.lines[place].start), sight.lines[place].end)
                spans = _spans_from(sight, place, within, signs)
            place += not spans
        found.append(spans)
        end = spans[-1].end
    return found


def _spans_from(sight: Sight, place: int, within: Span, signs: str) -> tuple[Span, ...]:
    """The spans of signs that stand within a visible line, or begin with all of it; else none."""
    start = sight.signs.find(signs, *within)
    if start >= 0:
        return (Span(start, start + len(signs)),)
    spans: list[Span] = []
    for span in (within, *sight.lines[place + 1 :]):
        shown = sight.signs[span.start : span.end]
        if shown and signs.startswith(shown):
            spans.append(span)
            signs = signs.removeprefix(shown)
        elif spans and shown.startswith(signs):
            spans.append(Span(span.start, span.start + len(signs)))
            signs = ""
        else:
            return ()
        if not signs:
            break
    return tuple(spans)
