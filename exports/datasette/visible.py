"""Makes characters visible that hide or reorder text."""

import re
from typing import Any

from markupsafe import Markup

# Bidi embeddings, overrides, isolates and marks; controls but tab, newline and carriage return.
_INVISIBLE = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


def visible(value: Any) -> Any:
    """The value with such characters as code points, `[U+202E]`; other types unchanged."""
    if not isinstance(value, str):
        return value
    shown = _INVISIBLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", value)
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 -- it was Markup before
