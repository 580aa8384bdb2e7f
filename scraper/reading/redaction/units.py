"""Splits texts into units, by which a page is recognised where another one quotes it."""

import re
from collections.abc import Iterator

from scraper.items import Question

_SENTENCE = re.compile(r"(?<=[.!?。！？])(?:\s+|(?<=[。！？]))")
_JOINT = re.compile(r"\s[-–—|·•»]\s|：|:\s|\]")
_EDGE = re.compile(rf"[\"'`]|{_JOINT.pattern}")
_MAX_JOINTS = 4  # a line with more of them is data
_MAX_TAILS = 8


def pieces(text: str) -> Iterator[str]:
    """Yield what may be a unit in a line: all of it, its sentences, both without labels around.

    >>> list(pieces("Cold Feet - Neurology"))
    ['Cold Feet', 'Cold Feet - Neurology', 'Neurology']
    """
    sentences = _SENTENCE.split(text)
    for piece in filter(None, [text, *(sentences if len(sentences) > 1 else ())]):
        joints = [match.span() for match in _JOINT.finditer(piece)]
        if len(joints) > _MAX_JOINTS:
            joints = []
        ends = [*(start for start, _ in joints), None]
        for number, start in enumerate([0, *(end for _, end in joints)]):
            yield from (piece[start:end] for end in ends[number:])


def tails(text: str) -> Iterator[str]:
    """Yield what stands behind the last labels and quotation marks of a text that was cut.

    >>> list(tails("Q: it's numb"))
    ["it's numb", 's numb']
    """
    starts = [match.end() for match in _EDGE.finditer(text)]
    yield from (text[start:] for start in starts[-_MAX_TAILS:])


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
