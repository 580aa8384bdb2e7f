"""`qarchive notify`."""

import os
import signal
import sys
from pathlib import Path

import click

from pipelines.notify.dispatch import PREFIX
from pipelines.notify.event import Event, EventKind
from scraper.cli import options
from scraper.exit_status import ExitStatus

# Of these `qarchive crawl` notifies itself.
_NOTIFIED_BY_CRAWL = frozenset(ExitStatus) - {ExitStatus.USAGE, ExitStatus.INTERRUPTED}
_SIGNALLED = 128  # a shell's exit status for a program that died of signal N is this + N


def _exit_status(word: str) -> int:
    """The status of `6`, or of a signal's name, as systemd has it: `KILL` is 137."""
    if word.isdecimal() and word.isascii():
        return int(word)
    try:
        return _SIGNALLED + signal.Signals[f"SIG{word.removeprefix('SIG')}"]
    except KeyError as error:
        raise ValueError(f"{word} is no exit status and no signal.") from error


@click.command(short_help="Tell someone how a crawl ended; --test tries it.")
@click.option("--test", is_flag=True, help="Tell every channel that this is a test.")
@click.option("--ended", metavar="SITE", help="Tell how a crawl of SITE ended, if it could not.")
@click.option(
    "--status",
    type=options.ParsedType("STATUS", _exit_status),
    help="With --ended: the crawl's exit status.",
)
@options.archive
def command(test: bool, ended: str | None, status: int | None, archive: Path) -> None:
    """Tell someone: by e-mail, a webhook, or a ping to a watchdog.

    `qarchive crawl` does so by itself at its start and end. What was killed cannot: the units of
    `qarchive schedule` call this command with --ended. The environment names who is to be told:

    \b
        QARCHIVE_NOTIFY_MAIL_TO    addresses; by the machine's sendmail, or else by
        QARCHIVE_NOTIFY_SMTP       smtp://user:password@host:587 or smtps://...
        QARCHIVE_NOTIFY_MAIL_FROM  the sender, if the server asks for a certain one
        QARCHIVE_NOTIFY_WEBHOOK    a URL that takes JSON
        QARCHIVE_NOTIFY_PING       a URL of a dead man's switch, such as Healthchecks
        QARCHIVE_NOTIFY_SUMMARY    daily, weekly or monthly

    \b
    Example:
        QARCHIVE_NOTIFY_MAIL_TO=you@example.org qarchive notify --test
    """
    if test == (ended is not None) or (ended is None) != (status is None):
        raise click.UsageError("give --test, or --ended SITE with --status STATUS.")
    from pipelines.notify import crawl_events
    from scraper.cli.notices import notify
    from scraper.cli.running import spider_class

    if ended is None or status is None:
        _notify_test()
        return
    if status not in _NOTIFIED_BY_CRAWL:
        notify(crawl_events.ended(ended, archive, status))
    spider_class(ended)  # raises at last: who gave a unit a wrong SITE has to be told all the same


def _notify_test() -> None:
    from pipelines.notify.summary import EVERY, PERIODS
    from scraper.cli.notices import notify

    every = os.environ.get(EVERY)
    if every and every not in PERIODS:
        raise click.UsageError(f"{EVERY} is {every!r}: it is daily, weekly or monthly.")
    text = "This is a test. Whoever reads it will be told when a crawl fails.\n"
    results = notify(Event(kind=EventKind.TEST, subject="qarchive: test", text=text))
    if not results:
        raise click.UsageError(
            f"no notification channel is configured: set {PREFIX}MAIL_TO, {PREFIX}WEBHOOK"
            f" or {PREFIX}PING."
        )
    for channel, failure in results.items():
        if failure is None:
            click.echo(f"{channel}: notified")
    sys.exit(ExitStatus.FAULTS if any(results.values()) else ExitStatus.DONE)
