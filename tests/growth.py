"""How work grows with what it is given, counted in calls: they are the same on any machine."""

import sys
from collections.abc import Callable
from functools import partial


def growth(work: Callable[[int], object], size: int) -> float:
    """By what the calls multiply when the size doubles: 2 if they grow with it, 4 by its square."""
    work(1)  # what is made once
    return _calls(partial(work, 2 * size)) / _calls(partial(work, size))


def _calls(work: Callable[[], object]) -> int:
    count = 0

    def add_one(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(add_one)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
