"""Runs Python modules in processes forked from one that has already imported Scrapy."""

import os
import runpy
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from typing import Self
from unittest.mock import patch

_SERVER = get_context("forkserver")
_SERVER.set_forkserver_preload([
    "exports.datasette.site", "extruct.jsonld", "pipelines.capture",
    "pipelines.reports.crawl_progress", "pipelines.robots", "pipelines.store",
    "scraper.cli.commands.crawl", "scraper.cli.notices", "scraper.cli.running", "scraper.loading",
    "scraper.sites.adoctor", "scraper.sites.qapage", "scraper.sites.taiwan_ehospital",
    "scrapy.core.downloader.handlers.http11", "scrapy.crawler",
])  # fmt: skip
_STREAMS = ("out", "err")


class Forked:
    """A running `python -m MODULE WORDS`, with part of the interface of Popen.

    It starts without the second that imports take.
    """

    def __init__(
        self,
        module: str,
        *words: object,
        environment: Mapping[str, str] = os.environ,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """`prepare` is called in the new process."""
        self._words = list(map(str, words))
        self._temporary = tempfile.TemporaryDirectory()
        self._folder = Path(self._temporary.name)
        for name in _STREAMS:
            (self._folder / name).touch()
        given = (module, self._words, self._folder, dict(environment), prepare)
        self._process = _SERVER.Process(target=_run, args=given)
        self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.send_signal(signal.SIGKILL)
        self._process.join()
        self._temporary.cleanup()

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired(self._words, timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            assert self._process.pid is not None
            os.kill(self._process.pid, number)

    def line(self, number: int = 1) -> str:
        """Wait until it has printed `number` lines; return the last of them."""
        while len(lines := (self._folder / "out").read_text("utf-8").split("\n")) <= number:
            assert self.poll() is None, self.ended(0)
            time.sleep(0.002)
        return lines[number - 1]

    def ended(self, timeout: float) -> CompletedProcess[str]:
        """Wait for its end; return its status and output."""
        status = self.wait(timeout)
        out, err = ((self._folder / name).read_text("utf-8") for name in _STREAMS)
        return CompletedProcess(self._words, status, out, err)


def _run(
    module: str,
    words: list[str],
    folder: Path,
    environment: dict[str, str],
    prepare: Callable[[], object] | None,
) -> None:
    for number, name in enumerate(_STREAMS, 1):
        with (folder / name).open("ab") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.modules.pop("scraper.settings", None)  # it was read with the server's environment
    tempfile.tempdir = None  # so was this
    sys.argv[1:] = words
    if prepare is not None:
        prepare()
    with patch("scraper.clock.STARTED", time.monotonic()):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


def python_m(
    module: str,
    *words: object,
    environment: Mapping[str, str] = os.environ,
    prepare: Callable[[], object] | None = None,
    seconds: float = 120,
) -> CompletedProcess[str]:
    """Run `python -m MODULE WORDS` to its end."""
    with Forked(module, *words, environment=environment, prepare=prepare) as process:
        return process.ended(seconds)
