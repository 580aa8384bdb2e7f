"""`qarchive export`: what the archive holds, as files for other programs."""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import exports
from pipelines.database import open_reader
from scraper.cli import options

_STDOUT = Path("-")


def _formats() -> list[str]:
    """Every file of exports/ that can `write` is a format of its name."""
    writes = re.compile(r"^def write\(", re.MULTILINE)
    files = Path(exports.__path__[0]).glob("*.py")
    return sorted(file.stem for file in files if writes.search(file.read_text("utf-8")))


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(_formats()))
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to; `-` is standard output (jsonl).  [default: in ARCHIVE/exports]",
)
@options.archive
def command(format_: str, out: Path | None, archive: Path) -> None:
    """Write all questions as FORMAT.

    jsonl is one record a line, csv a folder of tables, wacz the captured pages, to replay. A crawl
    may go on meanwhile. The file or folder appears when it is whole; one that is there already is
    replaced then.

    \b
    Example:
        qarchive export jsonl --out - | head -1
    """
    module = import_module(f"exports.{format_}")
    if out == _STDOUT:
        _to_stdout(module, archive)
        return
    with open_reader(archive):  # before a folder is made for it
        place = out or archive / "exports" / module.NAME
    count = module.write(archive, place)
    counted = getattr(module, "COUNTED", "question")
    click.echo(f"{count:,} {counted}{'' if count == 1 else 's'} in {place}")


def _to_stdout(module: Any, archive: Path) -> None:
    if not hasattr(module, "write_to"):
        raise click.UsageError("this format is no stream: name a place with --out.")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # the record is UTF-8 whatever the terminal's language
        reconfigure(encoding="utf-8", newline="")
    module.write_to(archive, sys.stdout)
    sys.stdout.flush()
