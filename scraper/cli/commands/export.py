"""`qarchive export`: what the archive holds, as files for other programs."""

import re
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from inspect import signature
from os.path import realpath
from pathlib import Path
from typing import Any

import click

from pipelines.database import NAME, open_reader
from scraper.cli import options
from scraper.cli.errors import meant
from scraper.cli.formats import export_name, formats
from scraper.cli.progress import status_line
from scraper.cli.streams import speak_utf_8
from scraper.record import timestamp
from scraper.wording import counted

_STDOUT = Path("-")
_EXPORTS = "exports"  # in the archive's folder


class _Format(click.Choice[str]):
    def get_invalid_choice_message(self, value: str, ctx: click.Context | None) -> str:
        return super().get_invalid_choice_message(value, ctx) + meant(value, self.choices)


class _Command(click.Command):
    """Its help lists the formats, each by the first line of its file."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Formats"):
            formatter.write_dl(list(formats().items()))


@click.command(cls=_Command)
@click.argument("format_", metavar="FORMAT", type=_Format(list(formats())))
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to; `-` is standard output (not csv, wacz).  [default: in ARCHIVE/exports]",
)
@options.archive
@options.as_of
def command(format_: str, out: Path | None, archive: Path, as_of: datetime | None) -> None:
    """Write what the archive holds as FORMAT.

    A crawl may go on meanwhile. The file or folder appears when it is whole; one that is there
    already is replaced then.

    \b
    Examples:
        qarchive export jsonl --out - | head -1
        qarchive export csv --as-of 2026-11-22
    """
    module = import_module(f"exports.{format_}")
    when = _when(module.write, as_of)
    if out == _STDOUT:
        _to_stdout(module, archive, when)
        return
    with open_reader(archive):  # before a folder is made for it
        place = out or archive / _EXPORTS / _name(export_name(module), as_of)
        _refuse_own(archive, place)
    with status_line(f"Writing {place}"):
        count = _written(archive, lambda: module.write(archive, place, **when))
    click.echo(f"{counted(count, getattr(module, 'COUNTED', 'question'))} in {place}")


def _refuse_own(archive: Path, out: Path) -> None:
    """An export takes the place of whatever is there: never of the archive's own files."""
    place = realpath(out)
    held = [archive, *(path for path in archive.iterdir() if path.name != _EXPORTS)]
    if not _is_in(place, archive / _EXPORTS) and any(_is_in(place, path) for path in held):
        raise click.UsageError(
            f"{out} is in the archive's own folder: leave out --out, or name another place."
        )


def _is_in(place: str, folder: Path) -> bool:
    return Path(place).is_relative_to(realpath(folder))


def _written(archive: Path, write: Callable[[], int]) -> int:
    """Written again if the archive was rebuilt meanwhile: it may have forgotten a page."""
    while True:
        read_from = (archive / NAME).stat().st_ino
        count = write()
        if (archive / NAME).stat().st_ino == read_from:
            return count


def _when(write: Callable[..., int], as_of: datetime | None) -> dict[str, datetime]:
    if as_of is None:
        return {}
    if "as_of" not in signature(write).parameters:
        raise click.UsageError("this format tells only what is known now: leave out --as-of.")
    return {"as_of": as_of}


def _name(name: str, as_of: datetime | None) -> str:
    """The export's name; one of another day does not take the place of today's."""
    if as_of is None:
        return name
    stem, dot, suffix = name.partition(".")
    return f"{stem}-as-of-{re.sub('[-:]', '', timestamp(as_of))}{dot}{suffix}"


def _to_stdout(module: Any, archive: Path, when: dict[str, datetime]) -> None:
    if not hasattr(module, "write_to"):
        raise click.UsageError("this format is no stream: name a place with --out.")
    speak_utf_8()
    module.write_to(archive, sys.stdout, **when)
    sys.stdout.flush()
