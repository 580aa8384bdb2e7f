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

        def tell(far: Progress) -> None:
            nonlocal shown
            if (now := _shown(far)) != shown:
                status.update(now)
                shown = now

        yield tell


def _shown(far: Progress) -> str:
    if far.step == "searching":
        of = f" of {far.total / 1e6:,.0f}" if far.total else ""
        return f"{far.done / 1e6:,.0f}{of} MB of WARCs searched"
    if far.step == "replaying":
        return f"{far.done:,} visits replayed"
    return f"Writing {far.step}"
