"""`qarchive crawl`."""

import mimetypes
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote
from threading import Thread
from typing import IO, Any, NoReturn

import click

from pipelines.errors import StorageError
from scraper.cli import options
from scraper.cli.errors import is_out_of_space
from scraper.cli.streams import say, warn
from scraper.exit_status import ExitStatus
from scraper.memory import collect_garbage_seldom
from scraper.record import timestamp
from scraper.wording import counted, printable

_GO_ON = "stopped before the end: run the same command again to go on."


@click.command()
@click.argument("site")
@options.archive
@click.option("--base-url", help="Crawl this copy of the site, such as http://127.0.0.1:8000.")
@click.option("--start-url", help="Start from this page instead of the site's start pages.")
@click.option("--max-pages", type=options.PAGES, help="Stop after this many requests.")
@click.option(
    "--revisit",
    type=click.Choice(["due", "all", "none"]),
    default="due",
    show_default=True,
    help="Which of the known pages to fetch again.",
)
@options.contact
@click.option(
    "--progress/--no-progress",
    default=True,
    help="A bar on a terminal, a line a minute elsewhere; or nothing.",
)
def command(site: str, archive: Path, **arguments: Any) -> None:
    """Fetch what is new and due at SITE into the archive.

    Start it again at any time: what is held is not fetched twice, and what was in flight when a
    crawl ended is still due.

    \b
    Examples:
        qarchive crawl adoctor --contact you@example.org --max-pages 500
        qarchive crawl qapage --start-url https://forum.example.org/questions
    """
    _exit_on_signals()
    collect_garbage_seldom()  # what is imported now stays
    mimetypes.init([])  # Scrapy would read the system's list, which says nothing here
    from scraper.cli.notices import notifying

    with notifying(site, archive) as messages:
        status, complaints = _crawl(site, archive, **arguments)
        messages.extend(complaints)
        sys.exit(status)


def _exit_on_signals() -> None:
    """Exit with status STOPPED on SIGTERM and Ctrl-C, until Scrapy installs its own handler.

    SIGHUP (the terminal is closed; not under `nohup`) and SIGXCPU (`ulimit -t`) act as SIGTERM.
    """
    for number, default in (
        (signal.SIGTERM, signal.SIG_DFL),
        (signal.SIGINT, signal.default_int_handler),
    ):
        if signal.getsignal(number) == default:
            signal.signal(number, _stop)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    signal.signal(signal.SIGXCPU, _stop_once)


def _stop_once(number: int, _: object) -> None:
    """Act on the first SIGXCPU only: it comes each second, and a second SIGTERM kills."""
    signal.signal(number, signal.SIG_IGN)
    signal.raise_signal(signal.SIGTERM)


def _stop(*_: object) -> NoReturn:
    warn(_GO_ON)
    sys.exit(ExitStatus.STOPPED)


def _crawl(site: str, archive: Path, **arguments: Any) -> tuple[ExitStatus, list[str]]:
    """Crawl and print what the run did; its exit status, and what was wrong with it."""
    claimed = _claim_in_background(archive)
    import scraper.spider  # noqa: F401 -- first: nested deeper, Python 3.11 maps memory for each call
    from pipelines.archive import is_of_storage
    from pipelines.reports import runs
    from pipelines.reports.end_reason import EndReason
    from scraper.cli.running import crawl, spider_class
    from scraper.items import Outcome

    end_reason, run = crawl(spider_class(site), archive, claimed=claimed, **arguments)
    if run.failure is not None:
        is_storage = is_of_storage(run.failure)
        raise _storage_failed(run.failure, archive) if is_storage else run.failure
    counts = ", ".join(f"{count} {outcome}" for outcome, count in run.counts.items() if count)
    if end_reason is EndReason.FINISHED and run.taken == run.counts[Outcome.DENIED]:
        nothing = f"{counts}; nothing else" if counts else "nothing"
        counts = f"{nothing} was due{_rest_note(run.rest_until)}"
    processed = f"{counted(run.taken, 'URL')} processed ({counts or 'none so far'})"
    ending = "--max-pages reached" if end_reason is EndReason.BUDGET else end_reason
    say(f"{site}: {processed}; {ending}.")
    status = runs.exit_status(end_reason, run)
    complaints = list(runs.complaints(run)) if status == ExitStatus.FAULTS else []
    if status:
        advice = _TRAPPED if end_reason is EndReason.TRAP else _ADVICE[status]
        gave_nothing = status is ExitStatus.UNREACHABLE
        why = _reason(end_reason, archive, run.id) if gave_nothing else "; ".join(complaints)
        warn(advice.format(archive=quote(str(archive)), why=why))
    return status, complaints


def _reason(end_reason: str, archive: Path, run_id: int) -> str:
    """Why a site gave nothing, with the last problem that the run met."""
    from pipelines.database import open_reader

    with open_reader(archive) as db:
        query = "SELECT detail FROM problems WHERE run_id=? ORDER BY id DESC LIMIT 1"
        details = [printable(detail).rstrip(".") for (detail,) in db.execute(query, (run_id,))]
    return ": ".join([_REASONS.get(end_reason, end_reason), *details])


def _storage_failed(failure: BaseException, archive: Path) -> StorageError:
    first = f"make room in {quote(str(archive))}" if is_out_of_space(failure) else "mend that"
    again = "run the same command again: what it has not kept is still due"
    cause = str(failure) or type(failure).__name__
    return StorageError(f"storage failed ({cause}): {first} and {again}.")


def _claim_in_background(archive: Path) -> Callable[[], IO[str]] | None:
    """Claim an existing archive while Scrapy is imported; the function returned waits for it."""
    from pipelines.database import is_there
    from pipelines.lock import claim

    if not is_there(archive):
        return None
    claiming: Future[IO[str]] = Future()

    def begin() -> None:
        try:
            claiming.set_result(claim(archive))
        except BaseException as error:  # noqa: BLE001 -- raised again by the function returned
            claiming.set_exception(error)

    Thread(target=begin, daemon=True).start()
    return lambda: _wait_for(claiming)


def _wait_for(claiming: Future[IO[str]]) -> IO[str]:
    with suppress(TimeoutError):
        return claiming.result(_SILENT_WAIT)
    from scraper.cli.progress import status_line

    with status_line("Looking through the database"):
        return claiming.result()


def _rest_note(until: datetime | None) -> str:
    if until is None:
        return ""
    minute = (until + timedelta(minutes=1)).replace(second=0)
    return f"; start pages rest until {timestamp(minute)}"


_SILENT_WAIT = 1.0  # seconds before a status line is shown
_REASONS = {
    "unreachable": "the site can't be reached",
    "turned away": "the site puts off all that is requested",
    "forbidden": "the site forbids where it begins",
}
_ADVICE = {
    ExitStatus.FAULTS: "{why}: `qarchive status --archive {archive}` tells what to do.",
    ExitStatus.UNREACHABLE: "{why}; what is known stays due for the next run:"
    " `qarchive status --archive {archive}` tells what to do.",
    ExitStatus.STOPPED: _GO_ON,
}
_TRAPPED = (
    "all was fetched but what seems endless and is left alone"
    " (`qarchive status --archive {archive}` shows it): nothing is left to do."
)
