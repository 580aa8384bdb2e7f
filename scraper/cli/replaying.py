"""How far an archive has been made anew, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from pipelines.rebuild import Tell


@contextmanager
def replaying(first: str) -> Iterator[Tell]:
    """What is to be told of each visit; `first` stands there until then. Elsewhere nothing."""
    with Console(stderr=True).status(first) as status:
        yield lambda so_far: status.update(f"{so_far.visits:,} visits replayed")
