"""Matches CSS selectors: `div.a > p.b[data-state=open]:not(.c)`."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

_WAITING = re.compile(r"(?:.*-)?cloak|wow|elementor-invisible")
_UNSCRIPTED = re.compile(r"no-?js")  # of <html>, until a script has run
_TABBED = re.compile(r"tabs?-?(?:pane|panel|content)")
_LONGEST = 2_000  # characters of an attribute that are looked at
_MAX_CLASSES = 20
MAX_LEVELS = 200  # up that an ancestor is looked for

Specificity = tuple[int, int, int]  # the counts of ids, of classes and attributes, and of names


class Tries:
    """How many elements may still be compared with a selector on a page."""

    def __init__(self, left: int) -> None:
        self.left = left


class Attribute(NamedTuple):
    """An attribute selector: `[data-state^=open]`."""

    name: str
    operator: str = ""  # the sign before "=", if any
    value: str | None = None  # None for any
    is_folded: bool = False  # whether upper case is the same as lower case

    def matches(self, actual: str | None) -> bool:
        """Whether it selects an element whose attribute has this value; None: has no such one."""
        if actual is None or self.value is None:
            return actual is not None
        if self.operator and not self.value:
            return False
        actual = actual[:_LONGEST].lower() if self.is_folded else actual[:_LONGEST]
        return _OPERATORS[self.operator](actual, self.value)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "": str.__eq__,
    "^": str.startswith,
    "$": str.endswith,
    "*": str.__contains__,
    "~": lambda actual, value: value in actual.split(),
    "|": lambda actual, value: f"{actual}-".startswith(f"{value}-"),
}


@dataclass(eq=False)
class Compound:
    """A compound selector, which says what one element must be: `p.a.b`."""

    tag: str = ""  # "" for any
    classes: set[str] = field(default_factory=set)
    identity: str = ""  # "" for any
    attributes: list[Attribute] = field(default_factory=list)
    choices: "list[Selectors]" = field(default_factory=list)  # of each `:is()`; one must match
    excluded: "list[Selector]" = field(default_factory=list)  # by `:not()`

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The keys under which rules for it are indexed: an element that it selects has one.

        The id, else a class, else those of an `:is()` of ids and classes, else the name, else an
        attribute: `#id`, `.class`, `p`, `[data-state`; `*` for all elements.
        """
        if self.identity:
            return frozenset((f"#{self.identity}",))
        if self.classes:
            return frozenset((f".{min(self.classes)}",))
        chosen = [
            frozenset[str]().union(*(choice.subject.anchors for choice in choices))
            for choices in self.choices
        ]
        named = (keys for keys in chosen if all(key[0] in ".#" for key in keys))
        if (keys := next(named, None)) is not None:
            return keys
        if self.tag:
            return frozenset((self.tag,))
        if self.attributes:
            return frozenset((f"[{self.attributes[0].name}",))
        return chosen[0] if chosen else frozenset("*")

    @property
    def is_plain(self) -> bool:
        """Whether name, classes and id decide."""
        return not (self.attributes or self.choices or self.excluded)

    def may_match(self, tag: str, classes: Sequence[str], identity: str) -> bool:
        """Whether an element of this name, classes and id may match."""
        return (
            self.tag in ("", tag)
            and self.identity in ("", identity)
            and self.classes.issubset(classes)
        )

    def matches_rest(
        self, element: etree._Element, path: Sequence[etree._Element], tries: Tries
    ) -> bool:
        """Whether an element that `may_match` is what else it must be."""
        if not all(wanted.matches(element.get(wanted.name)) for wanted in self.attributes):
            return False
        return all(
            any(choice.matches(element, path, tries) for choice in choices)
            for choices in self.choices
        ) and not any(excluded.matches(element, path, tries) for excluded in self.excluded)

    def matches(
        self, element: etree._Element, path: Sequence[etree._Element], tries: Tries
    ) -> bool:
        """Whether it selects an element; `path` is its ancestors. False when tries have run out."""
        tries.left -= 1 + len(self.attributes)
        tag, classes = str(element.tag), classes_in(element.get("class", ""))
        return (
            tries.left >= 0
            and self.may_match(tag, classes, element.get("id", ""))
            and (self.is_plain or self.matches_rest(element, path, tries))
        )


class Selector(NamedTuple):
    """A complex selector: what an element must be, and what its ancestors."""

    subject: Compound
    ancestors: tuple[tuple[Compound, bool], ...]  # innermost first; whether it must be the parent
    specificity: Specificity
    size: int  # the number of compounds in it
    is_toggled: bool  # whether it is for what a click opens: a panel beside a checkbox
    pseudo_element: str = ""

    @property
    def awaits_script(self) -> bool:
        """Whether a script or a tab will show what it is for: `[v-cloak]`, `.no-js p`."""
        outer = [compound for compound, _ in self.ancestors]
        if any(map(_TABBED.fullmatch, self.subject.classes)) or any(
            _UNSCRIPTED.fullmatch(name) for compound in outer for name in compound.classes
        ):
            return True
        return any(
            _WAITING.fullmatch(name)
            for compound in (self.subject, *outer)
            for name in (*compound.classes, *(wanted.name for wanted in compound.attributes))
        )

    @property
    def scopes(self) -> frozenset[str]:
        """Anchors of the innermost ancestor that has more than a name: `.menu` of `.menu li`."""
        anchors = (compound.anchors for compound, _ in self.ancestors)
        return next((keys for keys in anchors if all(key[0] in ".#[" for key in keys)), frozenset())

    def matches(
        self, element: etree._Element, path: Sequence[etree._Element], tries: Tries
    ) -> bool:
        """Whether it selects an element; `path` is its ancestors."""
        if not self.subject.matches(element, path, tries):
            return False
        places: Iterator[int] = iter((len(path),))  # where the compounds so far match
        for compound, is_parent in self.ancestors:
            places = _above(compound, places, path, tries, is_parent=is_parent)
        return next(places, None) is not None


Selectors = tuple[Selector, ...]


def _above(
    compound: Compound,
    places: Iterator[int],
    path: Sequence[etree._Element],
    tries: Tries,
    *,
    is_parent: bool,
) -> Iterator[int]:
    """Yield where a compound matches above one of the places, innermost first."""
    if is_parent:
        above: Iterable[int] = (place - 1 for place in places if place)
    else:
        above = range(next(places, 0) - 1, max(0, len(path) - MAX_LEVELS) - 1, -1)
    # A plain one asks for no more than the element.
    around = () if compound.is_plain else path
    return (at for at in above if compound.matches(path[at], around[:at], tries))


def classes_in(value: str) -> list[str]:
    """The names in a class attribute."""
    return value[:_LONGEST].split()[:_MAX_CLASSES]
