"""Cuts a page's bytes into tokens with offsets, so that one can be replaced byte-exactly.

ASCII signs of markup are no second byte of any charset that a page is in (UTF-16 is transcoded
before), therefore the bytes can be cut at them before anything is decoded.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import NamedTuple

from scraper.reading.big5 import CODEC as BIG5
from scraper.reading.big5 import decode_big5
from scraper.reading.charset import decode

MARK = b"[removed]"
NOWHERE = b"about:blank"

_MARKUP = re.compile(
    r"<!--(?P<comment>.*?)(?:--!?>|\Z)"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|<(?P<tag>[a-zA-Z][^\s/>]*+)(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+>"
    r"|<(?:[!?]|/[^\s/>]*+)(?P<rest>[^>]*)>",  # which browsers take for a comment, or drop
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=/>\"'][^\s=/>]*)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*))"
)
_CLOSINGS = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp")
}
_RAW = ("script", "style")
_KINDS = (("comment", "comment"), ("cdata", "text"), ("rest", "comment"))


def spare_nothing(_: str) -> bool:
    """Spare no text."""
    return False


class Token(NamedTuple):
    """One piece; `start` and `end` are byte offsets of its content."""

    kind: str  # text, tag, raw (the inside of script or style), comment
    start: int
    end: int
    name: str = ""  # of the tag, or of the element a raw piece is in


class Attribute(NamedTuple):
    """An attribute with a value, and the value's place."""

    name: str
    value: str  # decoded, entities undone
    start: int
    end: int


def scan(body: bytes) -> Iterator[Token]:
    """Cut a document into its pieces, in order; what stands between them is markup's own."""
    text, place = body.decode("latin-1"), 0
    while match := _MARKUP.search(text, place):
        if match.start() > place:
            yield Token("text", place, match.start())
        place = match.end()
        for group, kind in _KINDS:
            if match[group]:
                yield Token(kind, *match.span(group))
        if match["tag"] is None:
            continue
        name = match["tag"].lower()
        yield Token("tag", match.start(), match.end(), name)
        if (closing := _CLOSINGS.get(name)) is not None:
            found = closing.search(text, place)
            end = found.start() if found else len(text)
            if end > place:
                yield Token("raw" if name in _RAW else "text", place, end, name)
            place = end
    if place < len(text):
        yield Token("text", place, len(text))


@dataclass
class Source:
    """A body that is being blanked: its pieces, and the edits so far."""

    body: bytes
    codec: str  # Python's, ASCII compatible
    edits: dict[tuple[int, int], bytes] = field(default_factory=dict)
    spares: Callable[[str], bool] = spare_nothing  # (text) -> whether it stays

    @cached_property
    def tokens(self) -> list[Token]:
        """All pieces."""
        return list(scan(self.body))

    def text(self, start: int, end: int) -> str:
        """The text between byte offsets, decoded; entities as they are."""
        raw = self.body[start:end]
        if raw.isascii():
            return raw.decode("ascii")
        big5 = self.codec == BIG5
        text = decode_big5(raw, "replace") if big5 else raw.decode(self.codec, "replace")
        return decode(raw, None, self.codec).text if "\ufffd" in text else text

    def shown(self, token: Token) -> str:
        """A piece of text as a reader sees it: entities undone, white space as it is."""
        return unescape(self.text(token.start, token.end))

    def attributes(self, token: Token) -> Iterator[Attribute]:
        """The attributes of a tag that have a value."""
        tag = self.body[token.start : token.end].decode("latin-1")
        for match in _ATTRIBUTE.finditer(tag, 1 + len(token.name)):
            kind = match.lastgroup or "bare"
            start, end = (token.start + at for at in match.span(kind))
            value = unescape(self.text(start, end))
            yield Attribute(match["name"].lower(), value, start, end)

    def put(self, start: int, end: int, new: bytes) -> None:
        """Replace the bytes between offsets, but for white space at their edges."""
        old = self.body[start:end]
        start += len(old) - len(old.lstrip())
        end -= len(old) - len(old.rstrip())
        if start < end and self.body[start:end] not in {new, MARK, NOWHERE}:
            if new != NOWHERE and self.spares(self.text(start, end)):
                return
            self.edits.setdefault((start, end), new)

    def put_within(self, token: Token, text: str, new: bytes) -> bool:
        """Replace the first occurrence of `text`, white space folded, in a piece; False if none."""
        for start, end in self.places(token, text):
            self.put(start, end, new)
            return True
        return False

    def places(self, token: Token, text: str) -> Iterator[tuple[int, int]]:
        """Yield the byte offsets of `text`, white space folded, inside a piece of text."""
        shown, places = located(self.body[token.start : token.end], self.codec)
        pattern = r"\s+".join(map(re.escape, text.split()))
        for match in re.finditer(pattern, shown) if pattern else ():
            yield token.start + places[match.start()], token.start + places[match.end()]

    def result(self) -> bytes:
        """The body with the edits applied; of nested edits the outer one."""
        parts, place = [], 0
        for start, end in sorted(self.edits, key=lambda span: (span[0], -span[1])):
            if start >= place:
                parts += [self.body[place:start], self.edits[start, end]]
                place = end
        return b"".join([*parts, self.body[place:]])


_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);?")


def located(raw: bytes, codec: str) -> tuple[str, list[int]]:
    """Bytes decoded with entities undone, and the byte offset of each character and of the end."""
    plain, at = offsets(raw, codec)
    shown, places, done = [], [], 0
    for match in _ENTITY.finditer(plain):
        shown.append(plain[done : match.start()])
        places += at[done : match.start()]
        text = unescape(match[0])
        shown.append(text)
        places += [at[match.start()]] * len(text)
        done = match.end()
    return "".join([*shown, plain[done:]]), [*places, *at[done:]]


def offsets(raw: bytes, codec: str) -> tuple[str, list[int]]:
    """Bytes decoded, and the byte offset of each character and of the end."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    chars, places, start = [], [], 0
    for place in range(len(raw)):
        for char in decoder.decode(raw[place : place + 1]):
            chars.append(char)
            places.append(start)
            start = place + 1
    rest = decoder.decode(b"", final=True)
    places += [start] * len(rest)
    return "".join([*chars, rest]), [*places, len(raw)]
