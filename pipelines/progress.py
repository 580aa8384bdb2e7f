"""Progress of a command that walks the whole archive."""

from collections.abc import Callable
from typing import NamedTuple


class CommandProgress(NamedTuple):
    """What is being done, and how much of it is done."""

    step: str  # a check; of a rebuild "searching", "replaying", or an export's name
    done: int = 0  # bytes of WARCs; of "replaying" visits
    total: int = 0  # 0: unknown


ProgressCallback = Callable[[CommandProgress], None]


def silent(_: CommandProgress) -> None:
    """Report to nobody."""
