"""The JSON of a page's JSON-LD scripts, whatever their writers put around it."""

import json
import re
from collections import defaultdict
from contextlib import suppress
from html import unescape
from typing import Any

from lxml.html import HtmlElement

_JSON_LD = "application/ld+json"
# Comments, and what hides a script from old browsers and parsers of XML: `//<![CDATA[`, `-->`.
_COMMENT = r"//[^\n{]{0,200}\n|/\*[^{]{0,200}?\*/|<!--[^{]{0,200}?-->"
_OPENING = re.compile(rf"(?:[\s\ufeff]++|{_COMMENT}|//|/\*|\*/|<!--|-->|<!\[CDATA\[|>){{0,40}}+")
_CLOSING = re.compile(rf"(?:[\s;]++|{_COMMENT}|//[^\n{{]*+\Z|//|/\*|\*/|-->|(?:<!)?\]\]>){{0,40}}+")
_BETWEEN = re.compile(r"[\s,;]*+(?=[{\[])")  # two values in one script
_APOSTROPHE = re.compile(r"(?<!\\)((?:\\\\)*+)\\'")  # JavaScript's escape, which JSON lacks
_UNWANTED = re.compile(  # comments and commas that belong into JavaScript, and strings to keep
    r"""("(?:[^"\\]|\\.)*+(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*+[}\]])""", re.DOTALL
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_KEYWORDS = {name: f"@{name}" for name in ("graph", "id", "type")}  # in schema.org's own context
_KIND = re.compile(r"""["'/:;](QAPage|Question|FAQPage|Quiz)["'/&\\]""")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; what a loop writes under one name time and again is a list.

    Beside an `@type`, an `id` without `#` is the site's own, as of its database, and no `@id`.
    """
    last = dict(pairs)
    names = last.keys()
    if names.isdisjoint(_KEYWORDS.values()) and not names.isdisjoint(_KEYWORDS):
        pairs = [(_KEYWORDS.get(name, name), value) for name, value in pairs]
        last = dict(pairs)
    elif "@id" not in last and isinstance(own := last.get("id"), str) and "#" in own:
        last = dict(pairs := [*pairs, ("@id", own)])
    if len(last) == len(pairs):
        return last
    every = defaultdict(list)
    for name, value in pairs:
        every[name].append(value)
    return {key: every[key] if isinstance(last[key], dict | list) else last[key] for key in last}


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_object)


def scripts_of(root: HtmlElement) -> list[str]:
    """Return the page's JSON-LD scripts, without those of a template."""
    kinds = ((script, script.get("type", "").partition(";")[0]) for script in root.iter("script"))
    found = [script for script, kind in kinds if kind.strip().lower() == _JSON_LD]
    used = (script for script in found if next(script.iterancestors("template"), None) is None)
    return [_as_meant(script.text or "") for script in used]


def _as_meant(script: str) -> str:
    """The script, but what is escaped as HTML, or is JSON's string of JSON, as a whole."""
    if '"' not in script:
        return unescape(script)
    if script.lstrip().startswith('"'):
        with suppress(ValueError):
            within = json.loads(script, strict=False)
            return within if isinstance(within, str) else script
    return script


def parsed(script: str) -> Any:
    """Return what a script says, or None when it is no JSON."""
    with suppress(ValueError, RecursionError):
        return _plain(script)
    with suppress(ValueError, RecursionError):
        return _plain(_APOSTROPHE.sub(r"\1'", script))
    with suppress(ValueError, RecursionError):
        return _with_comments(script)
    return None


def holds_broken_question(root: HtmlElement) -> bool:
    """Tell whether a script that is no JSON was to hold one question, and no list or FAQ."""
    return any(_was_question(script) and parsed(script) is None for script in scripts_of(root))


def _was_question(script: str) -> bool:
    kinds = _KIND.findall(script)
    return "QAPage" in kinds or kinds == ["Question"]


def _plain(script: str) -> Any:
    """JSON with comments before and behind it; raises ValueError for anything else.

    Of several values, one behind the other, a list.
    """
    opening = _OPENING.match(script)
    begin = opening.end() if opening else 0
    value, end = _DECODER.raw_decode(script, begin)
    values = [value]
    while between := _BETWEEN.match(script, end):
        value, end = _DECODER.raw_decode(script, between.end())
        values.append(value)
    if not isinstance(values[0], dict | list) or not _CLOSING.fullmatch(script, end):
        raise ValueError(script[end : end + 20])
    return values


def _with_comments(script: str) -> Any:
    """JSON with comments and commas that belong into JavaScript."""
    opening = _OPENING.match(script)
    plain = _CONTROL.sub(" ", script[opening.end() if opening else 0 :])
    for _ in range(2):  # a comma may stand before a comment
        plain = _UNWANTED.sub(r"\1", plain)
    return _plain(plain)
