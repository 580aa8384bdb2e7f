"""Which signs of a line's text a person sees."""

import re
from collections.abc import Sequence
from itertools import filterfalse

NOTE = re.compile("\ufdd0(\\d+)\ufdd1")  # of its place, in the pieces of a page that is redacted
# Soft hyphen, zero-width space, word joiner, and marks of direction.
INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_JOINED = "!-~\u3000-\u9fff\uff00-\uffef"  # Latin, Han and their full-width signs
# Joiners that join nothing.
_IDLE_JOINER = re.compile(f"(?<=[{_JOINED}\\s])[\u200c\u200d]+|[\u200c\u200d]+(?=[{_JOINED}\\s])")
# Of which empty paragraphs are made: joiners, fillers, variation selectors, the sign of an object.
_BLANKS = " \t\n\r\f\xa0\u3000\u034f\u115f\u1160\u200c\u200d\u2800\u3164\ufe0e\ufe0f\uffa0\ufffc"
# Icons of fonts such as Font Awesome. Among other signs they are rare characters of names.
_GLYPH = re.compile(
    "\\s*[\ue000-\uf8ff\U000f0000-\U0010fffd][\\s\ue000-\uf8ff\U000f0000-\U0010fffd]*"
)


def folded(parts: Sequence[str]) -> str:
    """A line made of pieces of text: white space folded, without what shows nothing."""
    text = "".join(parts)
    if text.isprintable() and "  " not in text:  # white space but for blanks is not printable
        text = text.strip(" ")
        return text if text[:1] not in _BLANKS or text.strip(_BLANKS) else ""
    shown = " ".join(without_marks(text).split())
    if shown.isprintable():
        return shown
    return " ".join(without_marks("".join(filterfalse(is_glyph, parts))).split())


def is_glyph(text: str) -> bool:
    """Whether a piece of text is signs of an icon font and nothing else."""
    return _GLYPH.fullmatch(text) is not None


def without_marks(text: str) -> str:
    """`text` without characters that show nothing; "" if there are no others."""
    if not text.strip(_BLANKS):
        return ""
    if "\u200c" in text or "\u200d" in text:
        text = _IDLE_JOINER.sub("", text)
    return _INVISIBLE.sub("", text)
