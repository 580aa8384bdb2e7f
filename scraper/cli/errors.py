"""Exit statuses, and how an error reaches the user."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pipelines.errors import ArchiveError

_INTERRUPTED = 130  # as a shell says of a program that Ctrl-C ended


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Wrong options and an archive that cannot be used end the command with one line."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        told = " ".join(error.format_message().split()).rstrip(".")
        click.echo(f"qarchive: {told}.{_where_help(error)}", err=True)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(_INTERRUPTED)
    except ArchiveError as error:
        click.echo(f"qarchive: {error}", err=True)
        sys.exit(error.exit_status)


def why(error: OSError) -> str:
    """What the system says went wrong, without the address that Python adds."""
    if error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return str(error.strerror).partition(" (while")[0]


def _where_help(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f" See {context.command_path} --help." if context else ""
