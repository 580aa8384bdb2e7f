"""What every page has: values made visible, and the day that the site shows, if not today."""

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
    """Without the statements that made a table, which Datasette shows below it."""
    unsaid = {"table_definition": None, "view_definition": None}
    return unsaid | {"as_of": datasette.qarchive_as_of}
