"""Exit statuses, and how an error reaches the user."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from pipelines.errors import ArchiveError


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """An archive that cannot be used ends the command with one line and its own status."""
    try:
        yield
    except ArchiveError as error:
        click.echo(f"qarchive: {error}", err=True)
        sys.exit(error.exit_status)
