"""Random draws that are the same on every machine: each follows from a seed and numbers."""

from collections.abc import Sequence
from enum import IntEnum, auto
from random import Random
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


class Salt(IntEnum):
    """What a draw is for, so that two draws about one question do not depend on each other."""

    HOLE = auto()
    DEAL = auto()
    TOPIC = auto()
    ODDITY = auto()
    EVENT = auto()
    PACE = auto()
    WHEN = auto()
    WORDS = auto()
    QUESTION = auto()
    REPLY = auto()
    EDIT = auto()
    ESSAY = auto()
    SIMILAR = auto()
    TAGS = auto()
    DOCTOR = auto()
    LAYOUT = auto()
    SITEMAP = auto()
    SPELLING = auto()


def mix(*parts: int) -> int:
    """Hash the parts to 64 bits (splitmix64's finaliser, folded over them)."""
    state = 0
    for part in parts:
        state = (state + part + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        state ^= state >> 31
    return state


def dice(*parts: int) -> Random:
    """A random generator seeded with the parts."""
    return Random(mix(*parts))  # noqa: S311 - for sample texts, no secret


def pick(rng: Random, items: Sequence[T]) -> T:
    """Draw one of the items; quicker than `Random.choice`."""
    return items[int(rng.random() * len(items))]


def several(rng: Random, items: Sequence[T], count: int) -> list[T]:
    """Draw `count` different items, in any order; quicker than `Random.sample`."""
    rest = list(items)
    drawn: list[T] = []
    for _ in range(count):
        at = int(rng.random() * len(rest))
        rest[at], rest[-1] = rest[-1], rest[at]
        drawn.append(rest.pop())
    return drawn
