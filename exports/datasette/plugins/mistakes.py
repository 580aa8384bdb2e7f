"""An address that asks for what there is not: Datasette calls some a fault, or wants a login."""

import sqlite3
import traceback
from collections.abc import Generator
from pathlib import Path
from typing import Any

from datasette import handle_exception as default
from datasette import hookimpl
from datasette.app import Datasette
from datasette.views.base import DatasetteError

from exports.datasette import plugins

_FAULT, _MISTAKE, _FORBIDDEN = 500, 400, 403
_READING = (ValueError, KeyError, OverflowError, sqlite3.ProgrammingError, sqlite3.IntegrityError)
_OURS = plugins.__path__[0]


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Any, exception: Exception
) -> Generator[None, Any, None]:
    """One line with status 400; without it Datasette would print a traceback and answer 500."""
    outcome = yield
    told = _told(exception)
    if told is not None:
        mistake = DatasetteError(told, status=_MISTAKE)
        outcome.force_result([default.handle_exception(datasette, request, mistake)])


@hookimpl
def forbidden(datasette: Datasette, request: Any) -> Any:
    """What the public site leaves out; nobody can log in."""
    left_out = DatasetteError(
        "The public site leaves this out.", status=_FORBIDDEN, title="Not published"
    )
    return default.handle_exception(datasette, request, left_out)


def _told(exception: Exception) -> str | None:
    """What was wrong with the address; None where it was something else."""
    if isinstance(exception, DatasetteError):
        return str(exception.message) if exception.status == _FAULT else None
    files = [Path(frame.filename) for frame in traceback.extract_tb(exception.__traceback__)]
    if not isinstance(exception, _READING) or any(file.is_relative_to(_OURS) for file in files):
        return None
    return f"This address cannot be read: {exception}."
