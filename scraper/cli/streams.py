"""Standard streams that are closed, full, or read by nobody any more."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

import click


def open_missing() -> None:
    """Put /dev/null in the place of each stream that is closed.

    Else the next file, which may be the database, would get its number and what is written to it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003
            setattr(sys, name, stream)


def show_what_they_cannot() -> None:
    """What a stream's charset lacks is escaped, on standard output as on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def speak_utf_8() -> None:
    """Standard output for programs: UTF-8 and line ends as given, whatever the terminal has."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def say(line: str, *, err: bool = False) -> None:
    """Print a line if it can be printed: how a crawl ended does not depend on who reads it."""
    try:
        click.echo(line, err=err)
    except OSError:
        forsake(sys.stderr if err else sys.stdout)


def warn(message: str) -> None:
    """Print `qarchive: message` on standard error, as `say` does."""
    say(f"qarchive: {message}", err=True)


def forsake(stream: TextIO) -> None:
    """What the stream still holds cannot be written, now or at the end: /dev/null takes it."""
    with suppress(OSError):  # it is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def drain() -> None:
    """Write what the streams still hold, or forsake it: else Python ends with its own status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            forsake(stream)
