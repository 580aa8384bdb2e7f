"""A page's bytes as tokens with offsets, so that one can be replaced byte-exactly.

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
from scraper.reading.redaction.markup import Token, attributes_in, scan
from scraper.reading.sameness import is_distinctive

MARK = b"[removed]"
NOWHERE = b"about:blank"


def spare_nothing(_: str) -> bool:
    """Spare no text."""
    return False


class Attribute(NamedTuple):
    """An attribute with a value, and the value's place."""

    name: str
    value: str  # decoded, entities undone
    start: int
    end: int


@dataclass
class Source:
    """A body that is being blanked: its pieces, and the edits so far."""

    body: bytes
    codec: str  # Python's, ASCII compatible
    is_json: bool = False  # and so one script
    edits: dict[tuple[int, int], bytes] = field(default_factory=dict)
    spares: Callable[[str], bool] = spare_nothing  # (text) -> whether it stays

    @cached_property
    def tokens(self) -> list[Token]:
        """All pieces."""
        if self.is_json:
            return [Token("raw", 0, len(self.body))]
        return list(scan(self._chars))

    @cached_property
    def _chars(self) -> str:
        """A character for each byte."""
        return self.body.decode("latin-1")

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
        for name, start, end in attributes_in(self._chars, token):
            yield Attribute(name, unescape(self.text(start, end)), start, end)

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
        """Replace `text`, white space folded, in a piece; False if it is not there.

        Of a text that other pages say as well only the first occurrence goes.
        """
        places = list(self.places(token, text))
        for start, end in places if is_distinctive(text) else places[:1]:
            self.put(start, end, new)
        return bool(places)

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
