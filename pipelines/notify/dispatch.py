"""Sends an event to every channel set in the environment, within a time limit; never raises."""

import pkgutil
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPException, RemoteDisconnected
from importlib import import_module
from smtplib import SMTPResponseException, SMTPServerDisconnected
from subprocess import CalledProcessError
from threading import Thread
from urllib.error import HTTPError, URLError

from pipelines.notify import channels
from pipelines.notify.event import Channel, ChannelError, Event

PREFIX = "QARCHIVE_NOTIFY_"
SECONDS = 30.0  # for all channels together

Results = dict[str, str | None]
"""By channel: None when it is done, else what failed, in one line."""


def is_configured(environment: Mapping[str, str]) -> bool:
    return any(name.startswith(PREFIX) and value for name, value in environment.items())


def send(event: Event, environment: Mapping[str, str], seconds: float = SECONDS) -> Results:
    """Send it to every channel at once; one that hangs is left behind after `seconds`.

    Failures are described in our own words: those of an exception may contain a secret address.
    """
    results: Results = {}
    threads = []
    for name, channel in _channels(environment, results):
        results[name] = f"no end within {seconds:g} s"
        threads.append(Thread(target=_pass, args=(results, name, channel, event), daemon=True))
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(end - time.monotonic(), 0))
    return dict(results)


def _channels(environment: Mapping[str, str], results: Results) -> Iterator[tuple[str, Channel]]:
    """Each channel that is set; one that is set wrongly goes into the results at once."""
    for found in pkgutil.iter_modules(channels.__path__):
        module = import_module(f"{channels.__name__}.{found.name}")
        try:
            channel = module.from_environment(environment)
        except ChannelError as error:
            results[found.name] = str(error)
            continue
        if channel is not None:
            yield found.name, channel


def _pass(results: Results, name: str, channel: Channel, event: Event) -> None:
    try:
        channel(event)
    except ChannelError as error:
        results[name] = str(error)
    except Exception as error:  # noqa: BLE001 -- nothing here may end a crawl otherwise than it did
        results[name] = _description(error)
    else:
        results[name] = None


def _description(error: BaseException) -> str:
    match error:
        case HTTPError():
            return f"HTTP status {error.code}"
        case SMTPResponseException():
            return f"SMTP status {error.smtp_code}"
        case CalledProcessError():
            return f"exit status {error.returncode}"
        case (
            URLError(reason=BaseException() as cause)
            | SMTPServerDisconnected(__context__=TimeoutError() as cause)
        ):
            return _description(cause)
        case OSError(strerror=str(words)) if words:
            return words
    return next(
        (words for kinds, words in _WORDS if isinstance(error, kinds)), type(error).__name__
    )


_WORDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (TimeoutError, "no answer in time"),
    ((RemoteDisconnected, SMTPServerDisconnected), "the server ended the connection early"),
    (HTTPException, "the answer is no HTTP"),
)
