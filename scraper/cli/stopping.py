"""Signals that end a crawl."""

import signal
import sys
from typing import NoReturn

from scraper.exit_status import ExitStatus


def stop_when_told() -> None:
    """SIGTERM ends the command by its exit status until Scrapy's handler takes over.

    A terminal that is closed ends it as SIGTERM does, but for one under `nohup`; so does the soft
    limit of `ulimit -t`.
    """
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    signal.signal(signal.SIGXCPU, _stop_once)


def _stop_once(number: int, _: object) -> None:
    """The system says it again each second, and a second SIGTERM leaves no time."""
    signal.signal(number, signal.SIG_IGN)
    signal.raise_signal(signal.SIGTERM)


def _stop(*_: object) -> NoReturn:
    sys.exit(ExitStatus.STOPPED)
