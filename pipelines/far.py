"""How far a command is that goes over all that an archive holds."""

from collections.abc import Callable
from typing import NamedTuple


class Far(NamedTuple):
    """What is being done, and how much of it is done."""

    step: str  # a check; of a rebuild "searching", "replaying", or an export's name
    done: int = 0  # bytes of WARCs; of "replaying" visits
    total: int = 0  # 0: nobody knows


Tell = Callable[[Far], None]


def nobody(_: Far) -> None:
    """Nobody is told."""
