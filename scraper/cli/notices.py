"""Notifications about a crawl, by the channels that the environment configures."""

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

_START_TIMEOUT = 3.0  # seconds; a slower channel goes on beside the crawl


@contextmanager
def notifying(site: str, archive: Path) -> Iterator[list[str]]:
    """Notify of a crawl's start and of its end, whatever ends it.

    The block puts the messages for the last notification into the list. There is none for wrong
    options: who typed them reads the error, and a scheduler's units call `qarchive notify`.
    """
    if not dispatch.is_configured(os.environ):
        yield []
        return
    started_at = now().replace(microsecond=0)  # as in the archive
    notify(crawl_events.started(site), _START_TIMEOUT)
    exit_status, messages = 0, list[str]()
    try:
        yield messages
    except SystemExit as end:
        exit_status = end.code if isinstance(end.code, int) else int(end.code is not None)
        raise
    except ArchiveError as error:
        exit_status, messages = error.exit_status, [str(error)]
        raise
    except click.ClickException as error:
        exit_status = error.exit_code
        raise
    except KeyboardInterrupt:
        exit_status = ExitStatus.INTERRUPTED
        raise
    except BaseException as error:
        exit_status, messages = ExitStatus.INTERNAL, [f"{type(error).__name__}: internal error"]
        raise
    finally:
        if exit_status != ExitStatus.USAGE:
            try:
                notify(crawl_events.ended(site, archive, exit_status, *messages))
                _send_summary(archive, started_at)
            except Exception as error:  # noqa: BLE001 -- the crawl ends as it did, notified or not
                warn(f"notifying failed: {type(error).__name__}.")


def notify(event: Event, seconds: float = dispatch.SECONDS) -> dispatch.Results:
    """Notify all channels; each that failed is one line on standard error and changes nothing."""
    results = dispatch.send(event, os.environ, seconds)
    for channel, failure in results.items():
        if failure is not None:
            warn(f"notification by {channel} failed: {failure}.")
    return results


def _send_summary(archive: Path, started_at: datetime) -> None:
    every = os.environ.get(summary.EVERY)
    if not every:
        return
    try:
        due = summary.summary(archive, every, started_at)
    except ValueError as error:
        warn(f"{error}.")
        return
    if due is not None:
        notify(due)
