"""Parses CSS selectors and matches them: `div.a > p.b[data-state=open]:not(.c)`.

Supported: type, class, id, attribute and `:not()`, `:is()` and `:where()`, combined by descendant
and child. `input:checked ~ .panel` is read as `.panel`, however the box is set. Selectors that ask
for siblings, places or states are left out.
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
_EITHER = re.compile(r"(?P<before>\S?):(?:is|where)\((?P<choices>[^()]*)\)")
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
_MAX_ALTERNATIVES = 50  # that a selector stands for
_MAX_CLASSES = 20
_MAX_COMPOUNDS = 8
MAX_LEVELS = 200  # up that an ancestor is looked for


class Attribute(NamedTuple):
    """An attribute selector: `[data-state^=open]`."""

    name: str
    operator: str  # the sign before "=", if any
    value: str | None  # None for any

    def matches(self, actual: str | None) -> bool:
        """Whether it selects an element whose attribute has this value; None: has no such one."""
        if actual is None or self.value is None:
            return actual is not None
        if self.operator and not self.value:
            return False
        return _OPERATORS[self.operator](actual, self.value)


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "": str.__eq__,
    "^": str.startswith,
    "$": str.endswith,
    "*": str.__contains__,
    "~": lambda actual, value: value in actual.split(),
    "|": lambda actual, value: f"{actual}-".startswith(f"{value}-"),
}


class Compound(NamedTuple):
    """A compound selector, which says what one element must be: `p.a.b`."""

    tag: str  # "" for any
    classes: frozenset[str]
    identity: str  # "" for any
    attributes: "tuple[Attribute, ...]"
    excluded: "tuple[Compound, ...]"  # by `:not()`

    def may_match(self, tag: str, classes: Sequence[str], identity: str) -> bool:
        """Whether an element of this name, classes and id matches, its attributes aside."""
        return (
            self.tag in ("", tag)
            and self.identity in ("", identity)
            and self.classes.issubset(classes)
        )

    def matches_rest(self, element: etree._Element) -> bool:
        """Whether an element that `may_match` has the attributes and is none of the excluded."""
        if not all(wanted.matches(element.get(wanted.name)) for wanted in self.attributes):
            return False
        return not any(excluded.matches(element) for excluded in self.excluded)

    def matches(self, element: etree._Element) -> bool:
        """Whether it selects an element."""
        tag, classes = str(element.tag), classes_in(element.get("class", ""))
        return self.may_match(tag, classes, element.get("id", "")) and self.matches_rest(element)

    @property
    def anchor(self) -> str:
        """The key under which rules for it are indexed: `#id`, `.class`, name or `[attribute`."""
        if self.identity:
            return f"#{self.identity}"
        if self.classes:
            return f".{min(self.classes)}"
        return self.tag or next((f"[{wanted.name}" for wanted in self.attributes), "")


class Selector(NamedTuple):
    """A complex selector: what an element must be, and what its ancestors."""

    subject: Compound
    ancestors: tuple[tuple[Compound, bool], ...]  # innermost first; whether it must be the parent
    is_toggled: bool = False  # whether it is for what a click opens: a panel beside a checkbox

    @property
    def specificity(self) -> tuple[int, int, int]:
        """The counts of ids, of classes and attributes, and of names."""
        compounds = self.compounds
        return (
            sum(bool(compound.identity) for compound in compounds),
            sum(len(one.classes) + len(one.attributes) + len(one.excluded) for one in compounds),
            sum(bool(compound.tag) for compound in compounds),
        )

    @property
    def compounds(self) -> tuple[Compound, ...]:
        """The subject and the ancestors, innermost first."""
        return (self.subject, *(compound for compound, _ in self.ancestors))

    @property
    def awaits_script(self) -> bool:
        """Whether it is for what a script or a tab will show: `[v-cloak]`, `.tab-pane`."""
        if any(map(_TABBED.fullmatch, self.subject.classes)) or any(
            _UNSCRIPTED.fullmatch(name) for outer, _ in self.ancestors for name in outer.classes
        ):
            return True
        return any(
            _WAITING.fullmatch(name)
            for compound in self.compounds
            for name in (*compound.classes, *(wanted.name for wanted in compound.attributes))
        )

    @property
    def scope(self) -> str:
        """The anchor of the innermost ancestor that has more than a name: `.menu` of `.menu li`."""
        anchors = (compound.anchor for compound, _ in self.ancestors)
        return next((anchor for anchor in anchors if anchor.startswith((".", "#", "["))), "")

    def matches(self, element: etree._Element, path: Sequence[etree._Element]) -> bool:
        """Whether it selects an element that its subject `may_match`; `path` is its ancestors."""
        if not self.subject.matches_rest(element):
            return False
        place = len(path)
        for compound, is_parent in self.ancestors:
            lowest = place - 1 if is_parent else max(0, len(path) - MAX_LEVELS)
            places = range(place - 1, lowest - 1, -1)
            place = next((at for at in places if at >= 0 and compound.matches(path[at])), -1)
            if place < 0:
                return False
        return True


def classes_in(value: str) -> list[str]:
    """The names in a class attribute."""
    return value.split()[:_MAX_CLASSES]


def selectors_in(text: str) -> Iterator[Selector]:
    """Yield the selectors of a list `.a, .b p` that are supported."""
    for item in _COMMA.split(text):
        is_toggled = _CLICKED.search(item) is not None
        plain = _CLICKED.sub("", _BESIDE.sub("", _HAS.sub("", item))) if is_toggled else item
        plain = _ROOT.sub("html", _RESTING.sub("", plain))
        for alternative in islice(_alternatives(plain), _MAX_ALTERNATIVES):
            if (selector := _selector(alternative)) is not None:
                yield selector._replace(is_toggled=is_toggled)


def _alternatives(text: str) -> Iterator[str]:
    """Yield a selector without `:is()` and `:where()`: `:is(.a,.b) p` gives `.a p` and `.b p`."""
    if (either := _EITHER.search(text)) is None:
        yield text
        return
    start, end = either.span()
    for choice in map(str.strip, either["choices"].split(",")):
        if either["before"] in ("", ">") or choice[:1] in (".", "#", "["):  # else `pdiv`
            yield from _alternatives(f"{text[:start]}{either['before']}{choice}{text[end:]}")


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
    if not compounds or child or direct[0] or len(compounds) > _MAX_COMPOUNDS:
        return None
    return Selector(compounds[-1], tuple(zip(compounds[-2::-1], direct[:0:-1], strict=True)))


def _compound(text: str) -> Compound | None:
    name = _TAG.match(text)
    place = name.end() if name else 0
    names: dict[str, list[str]] = {".": [], "#": []}
    attributes, excluded = [], []
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
            for negated in part["without"].split(","):
                if (compound := _compound(negated.strip())) is None:
                    return None
                excluded.append(compound)
    tag = text[: name.end()].lower().removeprefix("*") if name else ""
    identity = names["#"][-1] if names["#"] else ""
    return Compound(tag, frozenset(names["."]), identity, tuple(attributes), tuple(excluded))
