"""Replaces quotations in a page's source, piece by piece."""

import re
from collections.abc import Iterable
from html import unescape

from scraper.reading.adoctor.words.labels import label_of, read_more
from scraper.reading.redaction.markup import Token
from scraper.reading.redaction.source import MARK, Attribute, Source

_LINE = re.compile(rb"[^\r\n]+")
_WORDED = ("title", "alt", "label", "summary", "content", "value", "placeholder")


class Blanking:
    """The edits of one source, and the words that were blanked, to look for them elsewhere."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.done: set[int] = set()  # pieces of text that are blank
        self.gone: list[str] = []  # titles and excerpts

    def text(self, number: int, new: bytes = MARK) -> None:
        """Blank a piece of text; labels stay, alone or at its beginning (`[Read More] ...`)."""
        token = self.source.tokens[number]
        self.done.add(number)
        shown = " ".join(self.source.shown(token).split())
        if not shown or label_of(shown) is not None:
            return
        rest = read_more(shown)
        if rest is None:
            self.source.put(token.start, token.end, new)
        elif rest and not self.source.put_within(token, rest, MARK):
            self.source.put(token.start, token.end, MARK)

    def line(self, text: str, tokens: Iterable[int], new: bytes = MARK) -> None:
        """Blank one visible line, and nothing else in pieces of text that hold several lines."""
        for number in tokens:
            token = self.source.tokens[number]
            shown = " ".join(self.source.shown(token).split())
            whole = shown in text or read_more(text) is not None
            if whole or not (
                self.source.put_within(token, text, new) or self._put_beyond(token, text, new)
            ):
                self.text(number, new)
            if read_more(shown) is None and label_of(shown) is None:
                new = b""  # the line's other pieces: one mark is enough

    def _put_beyond(self, token: Token, text: str, new: bytes) -> bool:
        """Blank the first or last line of a piece, where `text` continues in another piece."""
        body = self.source.body
        places = [line.span() for line in _LINE.finditer(body, token.start, token.end)]
        for (start, end), is_part in ((places[-1], text.startswith), (places[0], text.endswith)):
            words = " ".join(unescape(self.source.text(start, end)).split())
            if words and is_part(words):
                self.source.put(start, end, new)
                return True
        return False

    def attributes(self, number: int) -> None:
        """Blank the words in the attributes of a tag."""
        for attribute in self.source.attributes(self.source.tokens[number]):
            if _is_worded(attribute):
                self.source.put(attribute.start, attribute.end, MARK)


def _is_worded(attribute: Attribute) -> bool:
    """Whether an attribute's value may be words for a person."""
    name, value = attribute.name, attribute.value.strip()
    if not (name in _WORDED or name.startswith(("aria-", "data-"))):
        return False
    return " " in value or not value.isascii()
