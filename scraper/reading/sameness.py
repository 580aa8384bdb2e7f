"""How texts are compared, and whether one is long enough to be told from others by it."""

import re

_LEAST, _LEAST_HAN = 16, 6  # characters; shorter ones stand on too many pages
_WORDED = re.compile(r"(?:[\W_]*+[^\W_]){8}")  # a rule of dashes is on many pages too
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SIGNS = re.compile(r"[\W_]+")
_ASCII_SIGNS = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_DOTS = re.compile(r"\s*(?:\.\.\.|…+|\[(?:\.\.\.|…)\])$")  # "[…]" in WordPress


def normal(text: str) -> str:
    """`text` as texts are compared: one case, white space folded, no invisible signs."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return " ".join(_INVISIBLE.sub("", text).split()).casefold()


def squeezed(text: str) -> str:
    """Letters and digits only, in one case.

    >>> squeezed("It\u2019s \u201cso\u201d, I said...")
    'itssoisaid'
    """
    raw = text.casefold().encode("utf-8", "surrogatepass").translate(None, _ASCII_SIGNS)
    rest = raw.decode("utf-8", "surrogatepass")
    return rest if raw.isascii() else _SIGNS.sub("", rest)


def long_enough(text: str) -> bool:
    """Whether a text tells one page from another: about 16 characters, or 6 Chinese ones.

    Half of the 16 are letters or digits.
    """
    if len(text) >= _LEAST and _WORDED.match(text):
        return True
    return not text.isascii() and len(_HAN.findall(text)) >= _LEAST_HAN


def without_dots(text: str) -> str:
    """An excerpt without the dots of its cut."""
    return _DOTS.sub("", text) if text.endswith(("...", "…", "...]", "…]")) else text


def is_cut(text: str) -> bool:
    """Whether a text is the beginning of a longer one, and says so by its dots."""
    return without_dots(text) != text
