"""`qarchive demo`."""

import os
import shlex
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from scraper.cli.errors import RefusedError, reason
from scraper.cli.streams import warn

_SITES = {"adoctor": 150, "taiwan-ehospital": 150, "qapage": 100}  # questions


@click.command(short_help="Crawl, read, archive and export the bundled sample sites.")
@click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="The folder to make.",
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65533),
    default=18701,
    show_default=True,
    help="The sites' first of three; a second demo meets the URLs of the first on the same ones.",
)
def command(archive: Path, port: int) -> None:
    """Crawl, read, archive and export the bundled sample sites; needs no network.

    Everything in the sample sites is made up. A second demo into the same folder adds no question.

    \b
    Example:
        qarchive demo --archive /tmp/demo
    """
    console = Console()
    started = time.monotonic()
    console.print("[bold]qarchive demo[/]: three made-up sites, served and crawled on this machine")
    with ExitStack() as stack:
        homes = [_served(stack, name, own) for own, name in enumerate(_SITES, start=port)]
        for name, home in zip(_SITES, homes, strict=True):
            _run("crawl", name, "--base-url", home, "--archive", str(archive))
    _run("export", "jsonl", "--archive", str(archive))
    _run("export", "csv", "--archive", str(archive))
    _run("status", "--archive", str(archive))
    console.print(f"Done in {time.monotonic() - started:.0f} s. Now search it in a browser:")
    command_line = shlex.join([_program(), "serve", "--archive", str(archive)])
    console.print(Text(f"  {command_line}", style="bold"), soft_wrap=True)


def _served(stack: ExitStack, name: str, port: int) -> str:
    """The URL of a sample site that is served until the stack is closed."""
    from scraper.sample.server import serve
    from scraper.sample.sites import build

    site = build(name, questions=_SITES[name])
    try:
        return stack.enter_context(serve(site, port)).url.rstrip("/")
    except OSError as error:
        raise RefusedError(
            f"port {port} cannot be used ({reason(error)}): is another demo running? If not, "
            "give another: `qarchive demo --port 8200`"
        ) from error


def _run(*arguments: str) -> None:
    """One command as a user would type it; its failure is the demo's."""
    # Nobody is told of a demo, whatever the environment says.
    quiet = {
        name: value for name, value in os.environ.items() if not name.startswith("QARCHIVE_NOTIFY_")
    }
    words = [sys.executable, "-m", "scraper.cli", *arguments]
    done = subprocess.run(words, env=quiet, check=False)  # noqa: S603
    if done.returncode != 0:
        warn(f"the demo's `{' '.join(arguments)}` failed.")
        sys.exit(done.returncode)


def _program() -> str:
    """How this program was called, so that the next command can be typed as shown."""
    called = Path(sys.argv[0]).absolute()
    inside = called.is_relative_to(Path.cwd())
    return str(called.relative_to(Path.cwd())) if inside else "qarchive"
