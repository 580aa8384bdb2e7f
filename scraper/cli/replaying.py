"""Progress of rebuilding an archive, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from pipelines.progress import Progress, Report


@contextmanager
def replaying(first: str) -> Iterator[Report]:
    """What is to be told of each step; `first` stands there until then. Elsewhere nothing."""
    with Console(stderr=True).status(first) as status:
        shown = first

        def tell(progress: Progress) -> None:
            nonlocal shown
            if (now := _shown(progress)) != shown:
                status.update(now)
                shown = now

        yield tell


def _shown(progress: Progress) -> str:
    if progress.step == "searching":
        of = f" of {progress.total / 1e6:,.0f}" if progress.total else ""
        return f"{progress.done / 1e6:,.0f}{of} MB of WARCs searched"
    if progress.step == "replaying":
        return f"{progress.done:,} visits replayed"
    return f"Writing {progress.step}"
