"""Standard streams that are closed, full, or read by nobody any more."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

import click

from scraper.wording import printable


def open_closed_streams() -> None:
    """Open /dev/null in the place of each standard stream that is closed.

    Else the next file opened, perhaps the database, would get the stream's number and its output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003
            setattr(sys, name, stream)


def escape_unencodable() -> None:
    """Escape characters that the charset of standard output lacks, as standard error does."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def use_utf_8() -> None:
    """Make standard output UTF-8 with unchanged line ends, for a program that reads it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def say(line: str, *, err: bool = False) -> None:
    """Print a line, or nothing where that fails: a crawl's exit status does not depend on it.

    On standard error, which no program parses, what could move a terminal's cursor becomes U+FFFD.
    """
    try:
        click.echo(printable(line) if err else line, err=err)
    except OSError:
        discard(sys.stderr if err else sys.stdout)


def warn(message: str) -> None:
    """Print `qarchive: message` on standard error, as `say` does."""
    say(f"qarchive: {message}", err=True)


def discard(stream: TextIO) -> None:
    """Send what the stream has buffered, and what follows, to /dev/null."""
    with suppress(OSError):  # the stream has no file descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def flush_streams() -> None:
    """Flush the streams, or discard what they hold: else Python would set the exit status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            discard(stream)
