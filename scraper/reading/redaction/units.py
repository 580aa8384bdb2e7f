"""Pieces of text by which a page is recognised where another one quotes it."""

import re
from collections.abc import Iterator

from scraper.items import Question

_LEAST, _LEAST_HAN = 16, 6  # characters; shorter ones stand on too many pages
_WORDED = re.compile(r"(?:[\W_]*+[^\W_]){8}")  # a rule of dashes is on many pages too
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SENTENCE = re.compile(r"(?<=[.!?。！？])(?:\s+|(?<=[。！？]))")
_DOTS = re.compile(r"\s*(?:\.\.\.|…+)$")


def normal(text: str) -> str:
    """`text` as units are compared: one case, white space folded, no invisible signs."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return " ".join(_INVISIBLE.sub("", text).split()).casefold()


def long_enough(text: str) -> bool:
    """Whether a unit tells one page from another: about 16 characters, or 6 Chinese ones.

    Half of the 16 are letters or digits.
    """
    if len(text) >= _LEAST and _WORDED.match(text):
        return True
    return not text.isascii() and len(_HAN.findall(text)) >= _LEAST_HAN


def without_dots(text: str) -> str:
    """An excerpt without the dots of its cut."""
    return _DOTS.sub("", text) if text.endswith(("...", "…")) else text


def is_cut(text: str) -> bool:
    """Whether a text is the beginning of a longer one, and says so by its dots."""
    return without_dots(text) != text


def pieces(text: str) -> Iterator[str]:
    """What of a line may be a unit: all of it, each sentence, both also without a cut's dots."""
    sentences = _SENTENCE.split(text)
    for piece in [text, *(sentences if len(sentences) > 1 else ())]:
        if piece:
            yield piece
            if (whole := without_dots(piece)) != piece:
                yield whole


def units_of(question: Question) -> tuple[str, ...]:
    """A record's own words: title, headline, and each line of question, replies and essay.

    Question and replies come once more in one piece, of which excerpts elsewhere are the beginning.
    The asker's name is none: others go by the same, or will.
    """
    texts = [question.text, *(reply.text for reply in question.replies)]
    lines = [line for text in (*texts, question.more_info) if text for line in text.split("\n")]
    whole = [" ".join(text.split()) for text in texts if text]
    named = (question.title, question.headline)
    return tuple(dict.fromkeys(unit for unit in (*named, *lines, *whole) if unit))
