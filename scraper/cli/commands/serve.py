"""`qarchive serve`: the archive as a web site."""

import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click
import uvicorn

from scraper.cli import options
from scraper.cli.errors import RefusedError, reason
from scraper.cli.progress import status_line

if TYPE_CHECKING:
    from datasette.app import Datasette


def _parse_host(text: str) -> str:
    if not text:  # as an unset variable is; to a socket it means all addresses
        raise ValueError("it is empty: 127.0.0.1 is this machine alone, 0.0.0.0 lets others in.")
    return text


_HOST = options.ParsedType("text", _parse_host)
_SHUTDOWN_TIMEOUT = 5  # seconds for open requests


@click.command(short_help="Show the archive in a browser.")
@options.archive
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@click.option(
    "--host", type=_HOST, default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option("--public", is_flag=True, help="For strangers: a snapshot, no SQL, short limits.")
@options.as_of
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def command(
    archive: Path,
    port: int,
    host: str,
    as_of: datetime | None,
    *,
    public: bool,
    open_browser: bool,
) -> None:
    """Show the archive in a browser: search, questions, tables.

    It shows the live database, so that a running crawl is seen. With --public it shows a copy
    made at the start, and gives strangers no means to overload it with SQL. With --as-of it shows
    a copy that is put back to what was known then. A copy is replaced when a page was taken down.

    \b
    Examples:
        qarchive serve --open
        qarchive serve --as-of 2026-11-22
    """
    _exit_on_signals()
    with _listen(host, port) as listener:
        address, listens_at = listener.getsockname()[:2]
        url = f"http://{f'[{host}]' if ':' in host else host}:{listens_at}/"
        own_name = host if ip_address(address).is_loopback and not public else None
        try:
            for turn in count():
                with _site(archive, as_of, own_name, public=public) as (site, is_outdated):
                    if turn == 0:
                        click.echo(f"{url}  (Ctrl-C ends it)")
                    if turn == 0 and open_browser:
                        webbrowser.open(url)
                    _serve(site, listener, is_outdated)
        except KeyboardInterrupt:
            click.echo()


@contextmanager
def _site(
    archive: Path, as_of: datetime | None, own_name: str | None, *, public: bool
) -> Iterator[tuple["Datasette", Callable[[], bool]]]:
    """The site, and a function that tells whether its copy of the database is outdated.

    Without a copy it never is: the site itself reopens a database that was replaced.
    """
    from exports.datasette.copies import snapshot
    from exports.datasette.site import build, close
    from pipelines.database import replaced
    from pipelines.takedown.known import refuse_returned_in

    refuse_returned_in(archive)
    with ExitStack() as stack:
        if public or as_of is not None:
            is_outdated = stack.enter_context(replaced(archive))
            with status_line("Copying the database"):
                folder = stack.enter_context(snapshot(archive, as_of))
        else:
            is_outdated, folder = (lambda: False), archive
        pages = None if public else archive
        site = build(folder, public=public, as_of=as_of, pages=pages, own_name=own_name)
        stack.callback(close, site)
        yield site, is_outdated


def _serve(site: "Datasette", listener: socket.socket, is_outdated: Callable[[], bool]) -> None:
    """Serve until a signal raises, or the copy is outdated; new requests then wait."""

    async def check() -> None:
        server.should_exit = server.should_exit or is_outdated()

    config = uvicorn.Config(
        site.app(), log_level="warning", lifespan="on", callback_notify=check, timeout_notify=0,
        timeout_graceful_shutdown=_SHUTDOWN_TIMEOUT,
    )  # fmt: skip
    server = uvicorn.Server(config)
    server.run(sockets=[listener.dup()])


def _exit_on_signals() -> None:
    """Exit on SIGTERM, and on SIGHUP unless `nohup` ignores it, so that the copy is removed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises it again at the end
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise RefusedError(
            f"cannot listen on {host} port {port} ({reason(error)}): choose another, as in"
            " `qarchive serve --port 8002`."
        ) from error
