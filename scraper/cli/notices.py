"""Notifies others of how a command went, by the channels that the environment names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from pipelines.notify import crawl_events, dispatch, summary
from pipelines.notify.event import Event
from scraper.cli.streams import warn
from scraper.clock import now
from scraper.errors import ArchiveError
from scraper.exit_status import ExitStatus

_PATIENCE_AT_START = 3.0  # seconds; what is still being told then is told beside the crawl


@contextmanager
def notifying(site: str, archive: Path) -> Iterator[list[str]]:
    """Notify of a crawl's beginning, and of how it ended, whatever ends it.

    What it says at its end is put into the list.

    Wrong options are told to nobody: whoever gave them reads the message, and a scheduler's units
    call `qarchive notify` for it.
    """
    if not dispatch.is_configured(os.environ):
        yield []
        return
    begun = now().replace(microsecond=0)  # as the archive tells time
    notify(crawl_events.started(site), _PATIENCE_AT_START)
    exit_status, said = 0, list[str]()
    try:
        yield said
    except SystemExit as end:
        exit_status = end.code if isinstance(end.code, int) else int(end.code is not None)
        raise
    except ArchiveError as error:
        exit_status, said = error.exit_status, [str(error)]
        raise
    except click.ClickException as error:
        exit_status = error.exit_code
        raise
    except KeyboardInterrupt:
        exit_status = ExitStatus.INTERRUPTED
        raise
    except BaseException as error:
        exit_status, said = ExitStatus.INTERNAL, [f"{type(error).__name__}: internal error"]
        raise
    finally:
        if exit_status != ExitStatus.USAGE:
            try:
                notify(crawl_events.ended(site, archive, exit_status, *said))
                _notify_of_summary(archive, begun)
            except Exception as error:  # noqa: BLE001 -- the crawl ends as it did, told or not
                warn(f"notifying failed: {type(error).__name__}.")


def notify(event: Event, seconds: float = dispatch.SECONDS) -> dispatch.Results:
    """Notify all channels; each that failed is one line on standard error and changes nothing."""
    results = dispatch.send(event, os.environ, seconds)
    for channel, failure in results.items():
        if failure is not None:
            warn(f"notification by {channel} failed: {failure}.")
    return results


def _notify_of_summary(archive: Path, begun: datetime) -> None:
    every = os.environ.get(summary.EVERY)
    if not every:
        return
    try:
        due = summary.summary(archive, every, begun)
    except ValueError as error:
        warn(f"{error}.")
        return
    if due is not None:
        notify(due)
