"""`qarchive demo`."""

import os
import shlex
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.text import Text

from scraper.cli import options
from scraper.cli.errors import RefusedError, reason
from scraper.cli.streams import warn

_SITES = {"adoctor": 150, "taiwan-ehospital": 150, "qapage": 100}  # questions


@click.command(short_help="Crawl, read, archive and export the bundled sample sites.")
@click.option(
    "--archive",
    type=options.NamedPath(file_okay=False, path_type=Path),
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
    _refuse_another_use(archive)
    console = Console()
    started = time.monotonic()
    console.print("[bold]qarchive demo[/]: three made-up sites, served and crawled on this machine")
    with ExitStack() as stack:
        homes = {name: _serve(stack, name, port + n) for n, name in enumerate(_SITES)}
        for name, home in homes.items():
            _run("crawl", name, "--base-url", home, "--archive", str(archive))
    _run("export", "jsonl", "--archive", str(archive))
    _run("export", "csv", "--archive", str(archive))
    _run("status", "--archive", str(archive))
    console.print(f"Done in {time.monotonic() - started:.0f} s. Now search it in a browser:")
    command_line = shlex.join([_program(), "serve", "--archive", str(archive)])
    console.print(Text(f"  {command_line}", style="bold"), soft_wrap=True)


def _refuse_another_use(archive: Path) -> None:
    """Raise RefusedError for a folder of other files, or an archive of real sites."""
    from pipelines.database import is_there, open_reader
    from pipelines.layout import foreign_file
    from scraper.politeness.addresses import is_loopback_host

    if not is_there(archive):
        if path := foreign_file(archive):
            raise RefusedError(f"{path} is no archive's: name a new folder with --archive.")
        return
    with open_reader(archive) as db:
        hosts = [urlsplit(home).hostname or "" for (home,) in db.execute("SELECT home FROM runs")]
    if not all(map(is_loopback_host, hosts)):
        raise RefusedError(f"{archive} holds a real site: name a new folder with --archive.")


def _serve(stack: ExitStack, name: str, port: int) -> str:
    """Serve a sample site until the stack is closed; its URL."""
    from scraper.sample.server import serve
    from scraper.sample.sites import build

    site = build(name, questions=_SITES[name])
    try:
        return stack.enter_context(serve(site, port)).rstrip("/")
    except OSError as error:
        raise RefusedError(
            f"port {port} cannot be used ({reason(error)}): is another demo running? If not, "
            "give another: `qarchive demo --port 8200`"
        ) from error


def _run(*arguments: str) -> None:
    """Run a command as a user would type it, without notifications; exit where it fails."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("QARCHIVE_NOTIFY_")
    }
    words = [sys.executable, "-m", "scraper.cli", *arguments]
    done = subprocess.run(words, env=environment, check=False)  # noqa: S603
    if done.returncode != 0:
        warn(f"the demo's `{' '.join(arguments)}` failed.")
        sys.exit(done.returncode)


def _program() -> str:
    """How this program was called, so that the next command can be typed as shown."""
    called = Path(sys.argv[0]).absolute()
    is_below = called.is_relative_to(Path.cwd())
    return str(called.relative_to(Path.cwd())) if is_below else "qarchive"
