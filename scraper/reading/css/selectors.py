"""Selectors of style sheets: `div.a > p.b[data-state=open]:not(.c)`.

Names, classes, ids, attributes and what must not be count, alone or below one another. Of
`input:checked ~ .panel` the panel is kept, however the box is set. What else asks for more
(siblings, places, states) is not understood.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree

_NAME = r"(?:[\w-]|\\.)+"
_PART = re.compile(
    rf"(?P<sign>[.#])(?P<name>{_NAME})|:not\((?P<without>[^()]*)\)"
    r"|\[(?P<attribute>[\w-]+)(?:(?P<how>[~|^$*]?)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w-]+)))?\]"
)
_TAG = re.compile(r"[a-z][a-z0-9-]*|\*|", re.IGNORECASE)
_EITHER = re.compile(r"(?P<before>\S?):(?:is|where)\((?P<each>[^()]*)\)")
_RESTING = re.compile(r":not\((?:\s*:(?:focus|active|hover)(?:-[a-z]+)?\s*,?)+\)")
_ROOT = re.compile(r":root\b")
_HAS = re.compile(r":has\([^()]*\)")
_CLICKED = re.compile(r":(?:checked|target)\b")
_BESIDE = re.compile(r"(?<![^\s>~+])[^\s>~+]+\s*[~+]\s*")  # `input ~ ` in `input ~ .panel`
_WAITING = re.compile(r"(?:.*-)?cloak|wow|elementor-invisible")
_UNSCRIPTED = re.compile(r"no-?js")  # of <html>, until a script has run
_TABBED = re.compile(r"tabs?-?(?:pane|panel|content)")
_COMMA = re.compile(r",(?![^(]*\))")  # not one within :not(.a,.b)
_ESCAPE = re.compile(r"\\(.)")
_MOST_ALTERNATIVES = 50  # that a selector stands for
_MOST_CLASSES = 20
_MOST_COMPOUNDS = 8
FARTHEST = 200  # levels up that an element is looked for


class Attribute(NamedTuple):
    """What an attribute must be: `[data-state^=open]`."""

    name: str
    how: str  # the sign before "=", if any
    value: str | None  # None for any

    def holds(self, own: str | None) -> bool:
        """Whether an attribute of this value is meant."""
        if own is None or self.value is None:
            return own is not None
        return (not self.how or self.value != "") and _HOLDS[self.how](own, self.value)


_HOLDS: dict[str, Callable[[str, str], bool]] = {
    "": str.__eq__,
    "^": str.startswith,
    "$": str.endswith,
    "*": str.__contains__,
    "~": lambda own, value: value in own.split(),
    "|": lambda own, value: f"{own}-".startswith(f"{value}-"),
}


class Compound(NamedTuple):
    """What one element must be: `p.a.b`."""

    tag: str  # "" for any
    classes: frozenset[str]
    identity: str  # "" for any
    attributes: "tuple[Attribute, ...]"
    others: "tuple[Compound, ...]"  # none of which it may be

    def fits(self, tag: str, classes: Sequence[str], identity: str) -> bool:
        """Whether an element is of this kind, as far as name, classes and id tell."""
        return (
            self.tag in ("", tag)
            and self.identity in ("", identity)
            and self.classes.issubset(classes)
        )

    def is_told(self, element: etree._Element) -> bool:
        """Whether the rest is true of an element as well."""
        if not all(asked.holds(element.get(asked.name)) for asked in self.attributes):
            return False
        return not any(other.is_of(element) for other in self.others)

    def is_of(self, element: etree._Element) -> bool:
        """Whether an element is of this kind."""
        classes = classes_in(element.get("class", ""))
        return self.fits(str(element.tag), classes, element.get("id", "")) and self.is_told(element)

    @property
    def anchor(self) -> str:
        """The one thing under which it is looked up: `#id`, `.class`, name or `[attribute`."""
        if self.identity:
            return f"#{self.identity}"
        if self.classes:
            return f".{min(self.classes)}"
        return self.tag or next((f"[{asked.name}" for asked in self.attributes), "")


class Selector(NamedTuple):
    """An element's kind, and the elements that must be around it."""

    last: Compound
    above: tuple[tuple[Compound, bool], ...]  # innermost first; whether it must be the parent
    opened: bool = False  # whether it is for what a click opens: a panel beside a checkbox

    @property
    def weight(self) -> tuple[int, int, int]:
        """How special it is: ids, classes and attributes, names."""
        kinds = self.kinds
        return (
            sum(bool(kind.identity) for kind in kinds),
            sum(len(kind.classes) + len(kind.attributes) + len(kind.others) for kind in kinds),
            sum(bool(kind.tag) for kind in kinds),
        )

    @property
    def kinds(self) -> tuple[Compound, ...]:
        """What its elements must be, the innermost first."""
        return (self.last, *(compound for compound, _ in self.above))

    @property
    def waits(self) -> bool:
        """Whether it is for what a script or a tab will show: `[v-cloak]`, `.tab-pane`."""
        if any(map(_TABBED.fullmatch, self.last.classes)) or any(
            _UNSCRIPTED.fullmatch(name) for kind, _ in self.above for name in kind.classes
        ):
            return True
        return any(
            _WAITING.fullmatch(name)
            for kind in self.kinds
            for name in (*kind.classes, *(asked.name for asked in kind.attributes))
        )

    @property
    def scope(self) -> str:
        """For `.menu li`: what the innermost telling element around it is."""
        anchors = (compound.anchor for compound, _ in self.above)
        return next((anchor for anchor in anchors if anchor.startswith((".", "#", "["))), "")

    def holds(self, element: etree._Element, path: Sequence[etree._Element]) -> bool:
        """Whether an element that fits, with `path` around it, is meant."""
        if not self.last.is_told(element):
            return False
        place = len(path)
        for compound, direct in self.above:
            lowest = place - 1 if direct else max(0, len(path) - FARTHEST)
            places = range(place - 1, lowest - 1, -1)
            place = next((at for at in places if at >= 0 and compound.is_of(path[at])), -1)
            if place < 0:
                return False
        return True


def classes_in(value: str) -> list[str]:
    """The names in a class attribute."""
    return value.split()[:_MOST_CLASSES]


def selectors_in(text: str) -> Iterator[Selector]:
    """The selectors of a list that are understood."""
    for each in _COMMA.split(text):
        opened = _CLICKED.search(each) is not None
        text = _CLICKED.sub("", _BESIDE.sub("", _HAS.sub("", each))) if opened else each
        text = _ROOT.sub("html", _RESTING.sub("", text))
        for alternative in islice(_alternatives(text), _MOST_ALTERNATIVES):
            if (selector := _selector(alternative)) is not None:
                yield selector._replace(opened=opened)


def _alternatives(text: str) -> Iterator[str]:
    """What a selector stands for: `:is(.a,.b) p` for `.a p` and `.b p`."""
    if (either := _EITHER.search(text)) is None:
        yield text
        return
    start, end = either.span()
    for each in map(str.strip, either["each"].split(",")):
        if either["before"] in ("", ">") or each[:1] in (".", "#", "["):  # else `pdiv`
            yield from _alternatives(f"{text[:start]}{either['before']}{each}{text[end:]}")


def _selector(text: str) -> Selector | None:
    compounds, direct, child = [], [], False
    for piece in text.replace(">", " > ").split():
        if piece == ">":
            child = True
        elif (compound := _compound(piece)) is None:
            return None
        else:
            compounds.append(compound)
            direct.append(child)
            child = False
    if not compounds or child or direct[0] or len(compounds) > _MOST_COMPOUNDS:
        return None
    return Selector(compounds[-1], tuple(zip(compounds[-2::-1], direct[:0:-1], strict=True)))


def _compound(text: str) -> Compound | None:
    name = _TAG.match(text)
    place = name.end() if name else 0
    names: dict[str, list[str]] = {".": [], "#": []}
    attributes, others = [], []
    while place < len(text):
        if (part := _PART.match(text, place)) is None:
            return None
        place = part.end()
        if part["sign"]:
            names[part["sign"]].append(_ESCAPE.sub(r"\1", part["name"]))
        elif part["attribute"]:
            values = (part["double"], part["single"], part["bare"])
            value = next((value for value in values if value is not None), None)
            attributes.append(Attribute(part["attribute"].lower(), part["how"] or "", value))
        else:
            for each in part["without"].split(","):
                if (other := _compound(each.strip())) is None:
                    return None
                others.append(other)
    tag = text[: name.end()].lower().removeprefix("*") if name else ""
    identity = names["#"][-1] if names["#"] else ""
    return Compound(tag, frozenset(names["."]), identity, tuple(attributes), tuple(others))
