"""Signs that hide or turn text around, made visible."""

import re

# Bidi embeddings, overrides and isolates (they reorder what a reader sees), line and paragraph
# separators aside; controls but tab and newline; marks of no width that split a word unseen.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """The text with each such sign replaced by its code point: `[U+202E]`."""
    return _UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)
