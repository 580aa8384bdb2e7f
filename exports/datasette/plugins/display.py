"""Every value that any page shows goes through `visible`."""

# mypy: disable-error-code="untyped-decorator"
# Datasette has no types.

from typing import Any

from datasette import hookimpl
from datasette.utils import tilde_encode

from exports.datasette.visible import visible


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    env.finalize = visible
    env.filters["tilde_encode"] = tilde_encode
