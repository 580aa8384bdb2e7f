"""Text for people: counts, suggestions, and text from pages that can't move a terminal's cursor."""

import re
from collections.abc import Iterable

# Of control, of direction, line ends, and halves of characters.
_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """`1 question`, `2,000 questions`; with an irregular plural `2 replies`."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def printable(line: str) -> str:
    """The line with U+FFFD in the place of what could move the cursor or turn the text around."""
    return _UNSAFE.sub("\ufffd", line)


def printable_lines(text: str) -> str:
    """The text with U+FFFD likewise, its line ends kept."""
    return "\n".join(map(printable, text.split("\n")))


def suggestion(given: str, names: Iterable[str]) -> str:
    """` Did you mean ...?` with the names most like `given`; empty where none is."""
    from difflib import get_close_matches  # noqa: PLC0415 -- few commands need it

    near = get_close_matches(given, names)
    return f" Did you mean {' or '.join(near)}?" if near else ""
