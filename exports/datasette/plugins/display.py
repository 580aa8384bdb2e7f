"""For every page: invisible characters made visible, and the moment of a site of the past."""

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_encode

from exports.datasette.visible import visible


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.finalize = visible
    env.filters["tilde_encode"] = tilde_encode


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """`as_of`; and no CREATE statements, which Datasette would show below tables."""
    hidden = {"table_definition": None, "view_definition": None}
    return hidden | {"as_of": datasette.qarchive_as_of}
