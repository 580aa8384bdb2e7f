"""For every page: invisible characters made visible, and the moment of a site of the past."""

import re
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode
from markupsafe import Markup

# Bidi embeddings, overrides, isolates and marks; controls but tab, newline and carriage return.
_INVISIBLE = re.compile(
    "[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.finalize = _visible
    env.filters["tilde_encode"] = tilde_encode


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """`as_of`; and no CREATE statements, which Datasette would show below tables."""
    hidden = {"table_definition": None, "view_definition": None}
    return hidden | {"as_of": datasette.qarchive_as_of}


def _visible(value: Any) -> Any:
    """The value with such characters as code points, `[U+202E]`; other types unchanged."""
    if not isinstance(value, str):
        return value
    shown = _INVISIBLE.sub(lambda match: f"[U+{ord(match[0]):04X}]", value)
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 -- it was Markup before
