"""Signs that hide or turn text around, made visible."""

import re
from typing import Any

from markupsafe import Markup

# Bidi embeddings, overrides, isolates and marks, which reorder what a reader sees; controls, but
# not tab, newline and carriage return.
_UNSEEN = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


def visible(value: Any) -> Any:
    """The value as a page shows it: in a text, each such sign is its code point, `[U+202E]`."""
    if not isinstance(value, str):
        return value
    shown = _UNSEEN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", value)
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 -- as it came
