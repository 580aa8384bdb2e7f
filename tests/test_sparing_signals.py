"""Signals reach whoever listens, however they connected; no search is made for nobody."""

import asyncio
from typing import Any

import pytest
from pydispatch import dispatcher
from scrapy.signalmanager import SignalManager

from scraper.sparing import SparingSignals


class _Crawler:
    """Stands for the sender."""


class _Listener:
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def hear(self, page: str) -> str:
        self.heard.append(page)
        return f"heard {page}"


@pytest.fixture
def signal() -> object:
    return object()


@pytest.fixture
def signals() -> SparingSignals:
    return SparingSignals(_Crawler())


def _sent(signals: SignalManager, signal: object) -> list[Any]:
    """What the receivers of both kinds of sending return."""
    at_once = signals.send_catch_log(signal, page="a")
    awaited = asyncio.run(signals.send_catch_log_async(signal, page="b"))
    return [result for _, result in (*at_once, *awaited)]


def test_a_signal_that_nobody_hears_returns_nothing(
    signals: SparingSignals, signal: object
) -> None:
    assert _sent(signals, signal) == []


def test_a_listener_hears_until_it_is_disconnected(signals: SparingSignals, signal: object) -> None:
    listener = _Listener()
    signals.connect(listener.hear, signal)
    assert _sent(signals, signal) == ["heard a", "heard b"]
    assert _sent(signals, object()) == []
    assert _sent(SparingSignals(_Crawler()), signal) == []
    signals.disconnect(listener.hear, signal)
    assert _sent(signals, signal) == []
    assert listener.heard == ["a", "b"]


def test_a_listener_of_scrapys_own_manager_hears_too(
    signals: SparingSignals, signal: object
) -> None:
    listener = _Listener()
    SignalManager(signals.sender).connect(listener.hear, signal)
    assert _sent(signals, signal) == ["heard a", "heard b"]


@pytest.mark.parametrize("every", ["sender", "signal", "sender and signal"])
def test_a_listener_to_all_senders_or_signals_hears(
    signals: SparingSignals, signal: object, every: str
) -> None:
    listener = _Listener()
    heard = dispatcher.Any if "signal" in every else signal
    sender = dispatcher.Any if "sender" in every else signals.sender
    dispatcher.connect(listener.hear, signal=heard, sender=sender)
    assert _sent(signals, signal) == ["heard a", "heard b"]
    dispatcher.disconnect(listener.hear, signal=heard, sender=sender)
    assert _sent(signals, signal) == []


def test_a_signal_sent_for_another_sender_is_heard(signals: SparingSignals, signal: object) -> None:
    listener, sender = _Listener(), _Crawler()
    SignalManager(sender).connect(listener.hear, signal)
    sent = signals.send_catch_log(signal, sender=sender, page="a")
    assert [result for _, result in sent] == ["heard a"]
