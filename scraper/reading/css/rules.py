"""A style sheet's rules, those under conditions that do not hold on the screen left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scraper.reading.css.media import on_screen, supported

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_SIGN = re.compile("([{};])")
_AT_RULE = re.compile(r"@([\w-]+)(.*)", re.DOTALL)
_LONGEST = 2_000  # characters of a selector list or of a block


class Declared(NamedTuple):
    """One rule as it is written."""

    selectors: str
    declarations: str
    layered: bool  # in a @layer, which any rule outside overrules


@dataclass(kw_only=True, slots=True)
class _Block:
    """What stands before an open brace, and the declarations since."""

    selectors: str  # "" where declarations are of no element
    holds: bool
    layered: bool
    declarations: list[str] = field(default_factory=list)


_SHEET = _Block(selectors="", holds=True, layered=False)


def style_rules(sheet: str) -> Iterator[Declared]:
    """The rules that hold, in order; never raises."""
    blocks: list[_Block] = []
    pieces = _SIGN.split(_QUOTED.sub(_without_signs, _COMMENT.sub("", sheet)))
    for text, sign in zip(pieces[::2], (*pieces[1::2], "}"), strict=True):  # the last may be open
        if sign == "{":
            blocks.append(_opened(text.strip(), blocks[-1] if blocks else _SHEET))
        elif blocks:
            block = blocks[-1]
            block.declarations.append(text)
            if sign == "}":
                blocks.pop()
                if block.selectors and block.holds:
                    declarations = ";".join(block.declarations)[:_LONGEST]
                    yield Declared(block.selectors, declarations, block.layered)


def _opened(before: str, outer: _Block) -> _Block:
    if (rule := _AT_RULE.fullmatch(before)) is None:
        return _Block(
            selectors=_within(outer.selectors, before), holds=outer.holds, layered=outer.layered
        )
    name, condition = rule[1].lower(), rule[2]
    holds = (
        (name == "media" and on_screen(condition))
        or (name == "supports" and supported(condition))
        or name == "layer"
    )
    return _Block(
        selectors=outer.selectors,
        holds=outer.holds and holds,
        layered=outer.layered or name == "layer",
    )


def _within(outer: str, selectors: str) -> str:
    """The selectors of a rule, written out where it stands in another one's braces."""
    if outer and ("," in outer or "," in selectors):
        return ""
    if outer:
        selectors = selectors.replace("&", outer) if "&" in selectors else f"{outer} {selectors}"
    return selectors if len(selectors) <= _LONGEST else ""


def _without_signs(quoted: re.Match[str]) -> str:
    return quoted[0] if {"{", "}", ";"}.isdisjoint(quoted[0]) else "''"
