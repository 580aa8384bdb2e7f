"""Answers by status 400 where Datasette would answer 500: to wrong URLs, and to slow queries.

And by 403 without a login.
"""

import sqlite3
import traceback
from collections.abc import Generator
from pathlib import Path
from typing import Any

from datasette import handle_exception as default
from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.views.base import DatasetteError

from exports.datasette import plugins

_SERVER_ERROR, _BAD_REQUEST, _FORBIDDEN = 500, 400, 403
_PARSING_ERRORS = (
    ValueError,
    KeyError,
    OverflowError,
    sqlite3.ProgrammingError,
    sqlite3.IntegrityError,
)
_PLUGINS = plugins.__path__[0]


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Any, exception: Exception
) -> Generator[None, Any, None]:
    """One line with status 400; without it Datasette would print a traceback and answer 500."""
    outcome = yield
    message = _message(exception)
    if message is not None:
        bad_request = DatasetteError(message, status=_BAD_REQUEST)
        outcome.force_result([default.handle_exception(datasette, request, bad_request)])


@hookimpl
def forbidden(datasette: Datasette, request: Any) -> Any:
    """Answer for what the public site leaves out; nobody can log in."""
    left_out = DatasetteError(
        "The public site leaves this out.", status=_FORBIDDEN, title="Not published"
    )
    return default.handle_exception(datasette, request, left_out)


def _message(exception: Exception) -> str | None:
    """What is wrong with the URL; None for a fault of the program."""
    if isinstance(exception, QueryInterrupted):
        return "This took too long: ask again later, or for less."
    if isinstance(exception, DatasetteError):
        return str(exception.message) if exception.status == _SERVER_ERROR else None
    files = [Path(frame.filename) for frame in traceback.extract_tb(exception.__traceback__)]
    if not isinstance(exception, _PARSING_ERRORS) or any(
        file.is_relative_to(_PLUGINS) for file in files
    ):
        return None
    return f"This address cannot be read: {exception}."
