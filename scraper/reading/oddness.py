"""Scores how unlike a text of one language a decoded text is, by its characters."""

import re
from collections import Counter
from contextlib import suppress
from functools import lru_cache

NON_ASCII = re.compile("[^\x00-\x7f]+")
_LATIN_RUN = re.compile("[\x80-\u024f]{2,}")
_ALPHABET_RUN = re.compile("[\u0250-\u1fff]{2,}")  # Greek to Khmer; mojibake has single letters
_WEIGHT_OF_REPLACEMENT = 3


def oddness(text: str) -> float:
    """The weighted share of odd non-ASCII characters: 0 for plain text, 1 or more for mojibake."""
    foreign = "".join(NON_ASCII.findall(text))
    if not foreign:
        return 0.0
    single = _ALPHABET_RUN.sub("", foreign)
    odd = sum(_weight(char) * count for char, count in Counter(single).items())
    odd += sum(map(len, _LATIN_RUN.findall(text)))
    return odd / len(foreign)


@lru_cache(maxsize=30_000)
def _weight(char: str) -> int:
    """0 for what common texts are made of, 1 for rare characters, 3 for U+FFFD."""
    if char == "\ufffd":
        return _WEIGHT_OF_REPLACEMENT
    if char <= "\u024f" or "\u2000" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":
        return int("\x80" <= char <= "\x9f")
    if "\uff00" <= char <= "\uffef":
        return 0
    return int(
        not (_is_frequent(char, "big5", 0xA4, 0xC6) or _is_frequent(char, "gb2312", 0xB0, 0xD7))
    )


def _is_frequent(char: str, codec: str, first: int, last: int) -> bool:
    """Whether a character is in the frequent part of a charset, by its leading byte."""
    with suppress(UnicodeEncodeError):
        return first <= char.encode(codec)[0] <= last
    return False
