"""Progress of long commands, on a terminal's standard error; elsewhere nothing is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, ProgressColumn
from rich.status import Status

if TYPE_CHECKING:
    from pipelines.progress import CommandProgress, ProgressCallback


def status_line(text: str) -> Status:
    """A context manager that shows one line as long as it lasts."""
    return Console(stderr=True).status(text)


def progress_bar(*columns: ProgressColumn) -> Progress:
    """A context manager whose bars are gone at its end; rich's own columns by default."""
    terminal = sys.stderr.isatty()
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not terminal)


@contextmanager
def rebuild_progress(first: str) -> Iterator[ProgressCallback]:
    """A status line that shows `first` until the callback is first called."""
    with status_line(first) as status:
        shown = first

        def show(progress: CommandProgress) -> None:
            nonlocal shown
            if (line := _rebuild_line(progress)) != shown:
                status.update(line)
                shown = line

        yield show


def _rebuild_line(progress: CommandProgress) -> str:
    if progress.step == "searching":
        total = f" of {progress.total / 1e6:,.0f}" if progress.total else ""
        return f"{progress.done / 1e6:,.0f}{total} MB of WARCs searched"
    if progress.step == "replaying":
        return f"{progress.done:,} visits replayed"
    return f"Writing {progress.step}"
