"""Recognizes lines that say that they are advertising: `Sponsored`, `廣告`."""

import re

from scraper.reading.visible.line import Line, without_links

_AROUND = r"(?:[^\w.!?。！？\"'“”‘’「」『』«»]|_)*"  # not what makes a sentence or quotation of it
_ADVERTISING = re.compile(
    rf"{_AROUND}(?:(?:(?:story|article) continues (?:below|after) )?advertisements?"
    r"(?:[\W_]+(?:scroll to )?continue reading(?: below)?\.?)?"
    r"|sponsored(?: (?:content|links?))?|ads by google"
    rf"|(?:google ?)?廣告(?:[\W_]*請繼續往下閱讀)?|贊助商連結){_AROUND}",
    re.IGNORECASE,
)
_FIRST_SIGNS = frozenset("AaSsGg廣贊")


def may_advertise(text: str) -> bool:
    """Whether a line begins as one that says that it is advertising; cheap, for every line."""
    is_likely = text[0] in _FIRST_SIGNS or not text[0].isalnum()
    return is_likely and _ADVERTISING.match(text) is not None


def advertises(line: Line) -> bool:
    """Whether a line says that it is advertising, with the advertisement's links perhaps."""
    if not may_advertise(line.text):
        return False
    texts = (line.text, without_links(line.text, line.links))
    return any(map(_ADVERTISING.fullmatch, texts))
