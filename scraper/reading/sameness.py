"""Compares texts, and tells whether one is long enough to identify a page."""

import re
import unicodedata
from collections.abc import Iterator

from scraper.reading.visible.signs import INVISIBLE

_PIECE = 4  # characters
_MIN_LENGTH, _MIN_HAN = 16, 6  # characters; shorter texts stand on too many pages
_WORDED = re.compile(r"(?:[\W_]*+[^\W_]){8}")  # a rule of dashes is on many pages too
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = re.compile(f"[{INVISIBLE}\u200c\u200d]")
_SIGNS = re.compile(r"[\W_]+")
_ASCII_SIGNS = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_DOTS = re.compile(r"\s*(?:\.\.\.|…+|\[(?:\.\.\.|…)\])$")  # "[…]" in WordPress
_RAISED = re.compile("[\u2212⁰¹²³⁴-⁹⁺⁻]")
_UNEVEN = re.compile(f"{_RAISED.pattern}|{_INVISIBLE.pattern}")
_UNRAISED = re.compile("[^⁰¹²³⁴-⁹]+")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻\u2212", "0123456789+--")


def composed(text: str) -> str:
    """Text with each accent in its letter; some pages write accents as signs of their own.

    >>> composed("cafe\u0301") == "caf\u00e9"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    """Text with accents as signs of their own: an excerpt may be cut before one."""
    return text if text.isascii() else unicodedata.normalize("NFD", text)


def level(text: str) -> str:
    """Text composed, without invisible signs, raised digits as where no markup raises them."""
    if text.isascii():
        return text
    if _UNEVEN.search(text):
        text = _INVISIBLE.sub("", text).translate(_LOWERED)
    return composed(text)


def normal(text: str) -> str:
    """Text in one case, level, white space folded."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return " ".join(level(text).split()).casefold()


def squeezed(text: str) -> str:
    """The letters and digits of a text, in one case.

    >>> squeezed("It\u2019s \u201cso\u201d, I said...")
    'itssoisaid'
    """
    raw = level(text).casefold().encode("utf-8", "surrogatepass").translate(None, _ASCII_SIGNS)
    rest = raw.decode("utf-8", "surrogatepass")
    return rest if raw.isascii() else _SIGNS.sub("", rest)


def squeezings(text: str) -> Iterator[str]:
    """The text squeezed, and as it was squeezed before raised digits and accents were leveled.

    >>> list(squeezings("10⁹/L, m²"))
    ['109lm2', '10⁹lm²']
    >>> list(squeezings("cafe\u0301s")) == ["caf\u00e9s", "cafes"]
    True
    """
    yield squeezed(text)
    if _RAISED.search(text):
        yield _UNRAISED.sub(lambda part: squeezed(part[0]), text)
    if composed(text) != text:
        yield _SIGNS.sub("", text.casefold().translate(_LOWERED))


def is_distinctive(text: str) -> bool:
    """Whether a text is likely to stand on one page only: 16 characters, or 6 Chinese ones.

    Half of the 16 must be letters or digits.
    """
    is_ascii = text.isascii()
    if not is_ascii:
        text = composed(text)
    if len(text) >= _MIN_LENGTH and _WORDED.match(text):
        return True
    return not is_ascii and len(_HAN.findall(text)) >= _MIN_HAN


def without_dots(text: str) -> str:
    """An excerpt without the dots of its cut."""
    return _DOTS.sub("", text) if text.endswith(("...", "…", "...]", "…]")) else text


def shortened(text: str, length: int) -> str:
    """The text, or its first so many characters and the dots of a cut.

    >>> shortened("Cold feet", 9), shortened("Cold feet", 4)
    ('Cold feet', 'Cold…')
    """
    return text if len(text) <= length else f"{text[:length]}…"


def is_cut(text: str) -> bool:
    """Whether a text ends in the dots of an excerpt."""
    return without_dots(text) != text


def shared_part(text: str, other: str) -> float:
    """The share of the shorter text that is in the other, by their pieces of four letters."""
    return shared_pieces(pieces(text), pieces(other))


def shared_pieces(one: set[str], other: set[str]) -> float:
    """The share of the shorter text's pieces that are the other's too."""
    return len(one & other) / min(len(one), len(other))


def pieces(text: str) -> set[str]:
    """A text's pieces of four letters, in one case and without white space."""
    signs = text_key(text)
    return {signs[at : at + _PIECE] for at in range(max(len(signs) - _PIECE, 0) + 1)}


def text_key(text: str) -> str:
    """Text in one case and without white space: two may break their lines in different places."""
    return "".join(level(text).casefold().split())
