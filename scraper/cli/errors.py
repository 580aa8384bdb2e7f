"""Errors as one line on standard error and an exit status."""

import os
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

import click

from pipelines.errors import sqlite_code
from scraper.cli.streams import warn
from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus

_NO_ROOM = {EDQUOT, EFBIG, ENOSPC}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_ROOM_FOR_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}  # which has no word for quotas


class RefusedError(click.ClickException):
    """The command is valid but cannot run on this machine, so no help text is pointed to."""

    exit_code = ExitStatus.USAGE


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """End the command on any error: with one line, and with the status for its kind."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        message = " ".join(error.format_message().split()).rstrip(".")
        warn(f"{message}{'' if message.endswith('?') else '.'}{_help_hint(error)}")
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(ExitStatus.INTERRUPTED)
    except ArchiveError as error:
        warn(str(error))
        sys.exit(error.exit_status)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        if is_out_of_space(error):
            warn(f"no room is left ({place}{reason(error)}): make room.")
            sys.exit(ExitStatus.STORAGE)
        warn(f"the system refused to go on ({place}{reason(error)}).")
        sys.exit(ExitStatus.INTERNAL)
    except MemoryError:
        warn("the machine or a limit (ulimit -v) leaves it too little memory.")
        sys.exit(ExitStatus.INTERNAL)
    except Exception as error:  # noqa: BLE001 -- a status of Python's own would mean "done"
        if sqlite_code(error) in _DAMAGED:
            warn(f"the database is damaged ({error}): `qarchive verify --repair` rebuilds it.")
            sys.exit(ExitStatus.STORAGE)
        warn(_internal_error(error))
        sys.exit(ExitStatus.INTERNAL)


def is_out_of_space(error: BaseException) -> bool:
    """Whether the disk is full, or a quota or limit is reached."""
    if isinstance(error, sqlite3.Error):
        return sqlite_code(error) in _NO_ROOM_FOR_SQLITE
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def reason(error: OSError) -> str:
    """The system's message for an error, without the address that Python adds."""
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return str(error.strerror).partition(" (while")[0]


def _internal_error(error: Exception) -> str:
    message = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"internal error, please report it: {message} ({Path(last.filename).name}:{last.lineno})"


def _help_hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f" See {context.command_path} --help." if context else ""
