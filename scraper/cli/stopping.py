"""Signals that end a crawl."""

import signal
import sys
from typing import NoReturn

from scraper.cli.streams import warn
from scraper.exit_status import ExitStatus

ADVICE = "stopped before the end: run the same command again to go on."


def exit_on_signals() -> None:
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
    warn(ADVICE)
    sys.exit(ExitStatus.STOPPED)
