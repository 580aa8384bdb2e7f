"""Splits a style sheet into rules, without those whose conditions do not apply to the screen."""

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


class StyleRule(NamedTuple):
    """One rule: a selector list and its declarations, as written."""

    selectors: str
    declarations: str
    is_layered: bool  # in a @layer, which any rule outside overrules


@dataclass(kw_only=True, slots=True)
class _Block:
    """An open brace: what stands before it, and the declarations since."""

    selectors: str  # "" for declarations of no element, such as in `@font-face`
    applies: bool
    is_layered: bool
    declarations: list[str] = field(default_factory=list)


_SHEET = _Block(selectors="", applies=True, is_layered=False)


def style_rules(sheet: str) -> Iterator[StyleRule]:
    """Yield the rules that apply, in order; never raises."""
    blocks: list[_Block] = []
    pieces = _SIGN.split(_QUOTED.sub(_without_signs, _COMMENT.sub("", sheet)))
    for text, sign in zip(pieces[::2], (*pieces[1::2], "}"), strict=True):  # the last may be open
        if sign == "{":
            blocks.append(_block_after(text.strip(), blocks[-1] if blocks else _SHEET))
        elif blocks:
            block = blocks[-1]
            block.declarations.append(text)
            if sign == "}":
                blocks.pop()
                if block.selectors and block.applies:
                    declarations = ";".join(block.declarations)[:_LONGEST]
                    yield StyleRule(block.selectors, declarations, block.is_layered)


def _block_after(before: str, outer: _Block) -> _Block:
    if (rule := _AT_RULE.fullmatch(before)) is None:
        return _Block(
            selectors=_nested(outer.selectors, before),
            applies=outer.applies,
            is_layered=outer.is_layered,
        )
    name, condition = rule[1].lower(), rule[2]
    applies = (
        (name == "media" and on_screen(condition))
        or (name == "supports" and supported(condition))
        or name == "layer"
    )
    return _Block(
        selectors=outer.selectors,
        applies=outer.applies and applies,
        is_layered=outer.is_layered or name == "layer",
    )


def _nested(outer: str, selectors: str) -> str:
    """The selectors of a rule nested in another one, written out: `.a { &:b {} }` is `.a:b`."""
    if outer and ("," in outer or "," in selectors):
        return ""
    if outer:
        selectors = selectors.replace("&", outer) if "&" in selectors else f"{outer} {selectors}"
    return selectors if len(selectors) <= _LONGEST else ""


def _without_signs(quoted: re.Match[str]) -> str:
    return quoted[0] if {"{", "}", ";"}.isdisjoint(quoted[0]) else "''"
