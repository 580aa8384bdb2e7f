"""Writes out end tags that browsers imply, for boxes in boxes and tables in links.

    <nav><div>Home</nav><p>    <a href="/5"><table>...</table></a>

The parser lets no end tag but a table's close an open <div>, and a <table> close a link.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

_PARTS = ("article", "aside", "details", "dialog", "footer", "header", "main", "nav", "section")
_BOXES = "blockquote button center dd dl dt fieldset figure h1 h2 h3 h4 h5 h6 li ol ul"
_AROUND = frozenset((*_PARTS, *_BOXES.split()))
_TABLES = frozenset(("table", "fieldset"))
_NAMES = "|".join(sorted({*_AROUND, *_TABLES, "div", "a"}, key=len, reverse=True))
# Comments, and elements whose content is no markup.
NO_TAGS = rb"<!--.*?(?:--!?>|\Z)|<(script|style|title|textarea|xmp)\b.*?(?:</\1|\Z)"
_TAG = re.compile(
    NO_TAGS
    + rb"|<(?P<end>/?)(?P<name>%b)(?=[\s/>])(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+>" % _NAMES.encode(),
    re.IGNORECASE | re.DOTALL,
)
_ENDED_BY_NEXT = frozenset(("a", "li", "dd", "dt"))
_MAX_LEVELS = 100  # up that an open element is looked for
_MISMATCH = re.compile("Opening and ending tag mismatch: ([a-z0-9]+) and")


def is_astray(messages: AbstractSet[str]) -> bool:
    """Whether the parser complains of end tags that browsers treat differently."""
    return "Unexpected end tag : a" in messages or any(
        match[1] in _AROUND for message in messages if (match := _MISMATCH.match(message))
    )


class _Open(NamedTuple):
    """A tag that is not closed yet."""

    name: str
    closing: bytes  # what closes it where its own end tag is missing
    after: bytes = b""  # what is written behind its end tag


def nested(html: bytes) -> bytes:
    """The document with end tags where browsers close boxes and links."""
    return b"".join(_pieces(html))


def _pieces(html: bytes) -> Iterator[bytes]:
    opened: list[_Open] = []
    done = 0
    for tag in _TAG.finditer(html):
        name = (tag["name"] or b"").lower().decode()
        if tag["end"]:
            if (place := _place(name, opened)) is not None:
                yield html[done : tag.start()]
                yield from (inner.closing for inner in reversed(opened[place + 1 :]))
                yield tag[0] + opened[place].after
                done = tag.end()
                del opened[place:]
        elif name in _TABLES and _place("a", opened) is not None:
            yield html[done : tag.start()] + b"<div>"
            done = tag.start()
            opened.append(_Open(name, f"</{name}></div>".encode(), b"</div>"))
        elif name != "a" or b"href" in tag[0].lower():
            if name in _ENDED_BY_NEXT and (place := _place(name, opened)) is not None:
                if place == len(opened) - 1 and name != "a":
                    yield html[done : tag.start()] + b"</%b>" % tag["name"]
                    done = tag.start()
                del opened[place]
            opened.append(_Open(name, b"</%b>" % tag["name"] if name in ("div", "table") else b""))
    yield html[done:]


def _place(name: str, opened: Sequence[_Open]) -> int | None:
    """The index of the open element that an end tag closes.

    Only the end tags of sections (`_PARTS`) close elements outside a table.
    """
    for place in range(len(opened) - 1, max(-1, len(opened) - _MAX_LEVELS), -1):
        if opened[place].name == name:
            return place
        if opened[place].name == "table" and name not in _PARTS:
            return None
    return None
