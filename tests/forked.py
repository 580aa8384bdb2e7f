"""Programs in processes of their own, forked from one that has imported what crawls need."""

import os
import runpy
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory
from unittest.mock import patch

_SERVER = get_context("forkserver")
_SERVER.set_forkserver_preload([
    "extruct.jsonld", "pipelines.capture", "pipelines.progress", "pipelines.robots",
    "pipelines.store", "scraper.cli.crawl", "scraper.cli.notices", "scraper.cli.running",
    "scraper.loading", "scraper.sites.adoctor", "scraper.sites.qapage",
    "scraper.sites.taiwan_ehospital", "scrapy.core.downloader.handlers.http11", "scrapy.crawler",
])  # fmt: skip


def python_m(
    module: str, *words: str, environment: Mapping[str, str] = os.environ, seconds: float = 120
) -> CompletedProcess[str]:
    """As `python -m module words`, without the second that imports take."""
    with TemporaryDirectory() as folder:
        given = (module, words, folder, dict(environment))
        process = _SERVER.Process(target=_run, args=given)
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutExpired(words, seconds)
        out, err = ((Path(folder) / name).read_text("utf-8") for name in ("out", "err"))
        return CompletedProcess(words, process.exitcode, out, err)


def _run(module: str, words: Sequence[str], folder: str, environment: dict[str, str]) -> None:
    for number, name in ((1, "out"), (2, "err")):
        with (Path(folder) / name).open("wb") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = words
    with patch("scraper.clock._STARTED", time.monotonic()):
        runpy.run_module(module, run_name="__main__", alter_sys=True)
