"""Pieces of text by which a page is recognised where another one quotes it."""

import re
from collections.abc import Iterator

from scraper.items import Question
from scraper.reading.sameness import without_dots

_SENTENCE = re.compile(r"(?<=[.!?。！？])(?:\s+|(?<=[。！？]))")


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
