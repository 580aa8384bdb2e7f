"""`qarchive export`: what the archive holds, as files for other programs."""

import re
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from importlib import import_module
from inspect import signature
from os.path import realpath
from pathlib import Path
from typing import Any

import click

from pipelines.database import refuse_missing, replaced
from pipelines.errors import StorageError
from pipelines.layout import EXPORTS
from pipelines.lock import exporting
from pipelines.rebuilding.staging import refuse_half_replaced
from pipelines.takedown.known import refuse_returned_in
from scraper.cli import options
from scraper.cli.formats import export_name, formats
from scraper.cli.progress import status_line
from scraper.cli.streams import use_utf_8
from scraper.record import timestamp
from scraper.wording import counted, suggestion

_STDOUT = "-"


class _Format(click.Choice[str]):
    def get_invalid_choice_message(self, value: str, ctx: click.Context | None) -> str:
        return super().get_invalid_choice_message(value, ctx) + suggestion(value, self.choices)


class _Command(click.Command):
    """A command whose help lists the formats, each by its docstring's first line."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Formats"):
            formatter.write_dl(list(formats().items()))


@click.command(cls=_Command)
@click.argument("format_", metavar="FORMAT", type=_Format(list(formats())))
@click.option(
    "--out",
    type=options.NamedPath(allow_dash=True),
    help="Where to; `-` is standard output (not csv, wacz).  [default: in ARCHIVE/exports]",
)
@options.archive
@options.as_of
def command(format_: str, out: str | None, archive: Path, as_of: datetime | None) -> None:
    """Write what the archive holds as FORMAT.

    A crawl may go on meanwhile, but no takedown if this goes into ARCHIVE/exports. The file or
    folder appears when it is whole; one that is there already is replaced then.

    \b
    Examples:
        qarchive export jsonl --out - | head -1
        qarchive export csv --as-of 2026-11-22
    """
    module = import_module(f"exports.{format_}")
    refuse_returned_in(archive)
    if out == _STDOUT:
        _write_to_stdout(module, archive, as_of)
        return
    arguments = _as_of_argument(module.write, as_of)
    refuse_missing(archive)  # before a folder is made
    name = _dated(export_name(module), as_of)
    place = Path(out) if out else archive / EXPORTS / name
    _refuse_own_files(archive, place)
    if out and Path(name).suffix and (out.endswith("/") or place.is_dir()):
        raise click.UsageError(f"{place} is a folder: name a file such as {place / name}.")
    is_inside = out is None or _is_in(realpath(out), archive / EXPORTS)
    with exporting(archive) if is_inside else nullcontext(), status_line(f"Writing {place}"):
        count = _write(archive, lambda: module.write(archive, place, **arguments))
    click.echo(f"{counted(count, getattr(module, 'COUNTED', 'question'))} in {place}")


def _refuse_own_files(archive: Path, out: Path) -> None:
    """Raise click.UsageError for a place where the export would replace the archive's files."""
    place = realpath(out)
    own = [archive, *(path for path in archive.iterdir() if path.name != EXPORTS)]
    if not _is_in(place, archive / EXPORTS) and any(_is_in(place, path) for path in own):
        raise click.UsageError(
            f"{out} is in the archive's own folder: leave out --out, or name another place."
        )


def _is_in(place: str, folder: Path) -> bool:
    return Path(place).is_relative_to(realpath(folder))


def _write(archive: Path, write: Callable[[], int]) -> int:
    """Write, and again if the archive was replaced meanwhile: a page may have been taken down."""
    while True:
        with replaced(archive) as is_replaced:
            try:
                count = write()
            except StorageError:  # perhaps of a WARC that was replaced
                refuse_half_replaced(archive)
                if not is_replaced():
                    raise
            else:
                if not is_replaced():
                    return count


def _as_of_argument(write: Callable[..., int], as_of: datetime | None) -> dict[str, datetime]:
    if as_of is None:
        return {}
    if "as_of" not in signature(write).parameters:
        raise click.UsageError("this format tells only what is known now: leave out --as-of.")
    return {"as_of": as_of}


def _dated(name: str, as_of: datetime | None) -> str:
    """The export's name with its moment: `csv-as-of-20261122T235959Z`; without one, the name."""
    if as_of is None:
        return name
    stem, dot, suffix = name.partition(".")
    return f"{stem}-as-of-{re.sub('[-:]', '', timestamp(as_of))}{dot}{suffix}"


def _write_to_stdout(module: Any, archive: Path, as_of: datetime | None) -> None:
    if not hasattr(module, "write_to"):
        raise click.UsageError("this format is no stream: name a place with --out.")
    arguments = _as_of_argument(module.write_to, as_of)
    use_utf_8()
    module.write_to(archive, sys.stdout, **arguments)
    sys.stdout.flush()
