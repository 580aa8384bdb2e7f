"""One visible line of a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from scraper.reading.css.elements import TAGS

_NO_BOXES = TAGS["inline"] | {"p", "center"}


@dataclass(slots=True, eq=False)  # no tuple: fields of slots are read in a tenth of the time
class Line:
    """One visible line: white space folded, never empty."""

    text: str
    links: tuple[tuple[str, str], ...]  # (anchor text, href as written) of links in the line
    landmark: str | None  # nav (dialogs too) or footer when inside one, else the innermost of five
    heading: int | None  # 1 to 6 when the line itself is (in) a heading element
    first: etree._Element  # the element that holds the line's first piece of text
    last: etree._Element  # and the one that holds its last
    behind: etree._Element | None = None  # unseen words in or behind it, which may go on with it
    unmarked: bool = field(default=False, init=False)  # no rule for one line bears on it

    @property
    def element(self) -> etree._Element:
        """The innermost element that holds the whole line."""
        return self.first if self.first is self.last else common(self.last, self.first)


def hand_up(line: Line, kept: list[Line]) -> None:
    """Let the last of the lines kept hide what a line hides that is not."""
    if line.behind is not None and kept:
        kept[-1] = replace(kept[-1], behind=line.behind)


class Head(NamedTuple):
    """Words that are read elsewhere than they stand."""

    words: str
    holder: etree._Element


def holders(element: etree._Element) -> Iterator[etree._Element]:
    """An element and those around it, from the inside out."""
    yield element
    yield from element.iterancestors()


def are_alike(line: Line, other: Line) -> bool:
    """Whether lines stand in one block, or in elements of one kind, as those of a text do."""
    box = common(line.first, other.first)
    return _kinds(line, box) == _kinds(other, box)


def _kinds(line: Line, box: etree._Element) -> list[tuple[str, str | None]]:
    within = takewhile(lambda element: element is not box, holders(line.first))
    return [kind_of(e) for e in within if e.tag not in TAGS["inline"]]


def kind_of(element: etree._Element) -> tuple[str, str | None]:
    """Name and class, by which designers tell elements apart."""
    return element.tag, element.get("class")


def common(element: etree._Element, other: etree._Element) -> etree._Element:
    """The innermost element that holds both."""
    around = set(holders(other))
    return next(each for each in holders(element) if each in around)


def box_around(element: etree._Element, *others: etree._Element) -> etree._Element:
    """The innermost box that holds all of them; at last the body."""
    around = set.intersection(*(set(holders(other)) for other in others))
    return next(e for e in holders(element) if e.tag not in _NO_BOXES and e in around)


def link_around(element: etree._Element) -> etree._Element | None:
    """The link that an element is, or stands in."""
    return next((e for e in holders(element) if e.tag == "a"), None)


def without_links(text: str, links: Iterable[tuple[str, str]]) -> str:
    """The text of a line without the words of some of its links."""
    for words, _ in links:
        text = text.replace(words, "", 1)
    return text
