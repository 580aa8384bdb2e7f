"""Numbers with holes, and questions dealt out to groups, both by arithmetic alone.

Nothing here grows with the number of questions: any of 100,000 is found without the others.
"""

from dataclasses import dataclass
from functools import lru_cache

from scraper.sample.chance import Salt, dice

_BLOCK = 10  # numbers in a block
_HELD = 8  # of which so many exist


@lru_cache(maxsize=32768)
def _shuffled(seed: int, salt: int, block: int, size: int) -> tuple[int, ...]:
    order = list(range(size))
    dice(seed, salt, block, size).shuffle(order)
    return tuple(order)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A site's own numbers, from `first` up; of every ten, two were never given out."""

    seed: int
    first: int

    def number(self, index: int) -> int:
        """The number of the index-th question (from 0)."""
        block, place = divmod(index, _HELD)
        return self.first + block * _BLOCK + self._held(block)[place]

    def index(self, number: int) -> int | None:
        """The question's index, None for a hole; it may lie past the last question."""
        block, offset = divmod(number - self.first, _BLOCK)
        held = self._held(block)
        return block * _HELD + held.index(offset) if block >= 0 and offset in held else None

    def _held(self, block: int) -> list[int]:
        kept = list(_shuffled(self.seed, Salt.HOLE, block, _BLOCK)[:_HELD])
        if block == 0 and 0 not in kept:
            kept[0] = 0  # the first number always exists, so that a count may start from it
        return sorted(kept)


@dataclass(frozen=True, slots=True)
class Deal:
    """Indexes dealt to `groups` like cards, each round in another order."""

    seed: int
    salt: Salt
    groups: int

    def group(self, index: int) -> int:
        """The group that the index belongs to."""
        block, place = divmod(index, self.groups)
        return _shuffled(self.seed, self.salt, block, self.groups)[place]

    def member(self, group: int, rank: int) -> int:
        """The index of a group's rank-th member (from 0, in ascending order)."""
        order = _shuffled(self.seed, self.salt, rank, self.groups)
        return rank * self.groups + order.index(group)

    def size(self, group: int, total: int) -> int:
        """How many of the first `total` indexes belong to the group."""
        rounds, rest = divmod(total, self.groups)
        return rounds + (rest > 0 and self.member(group, rounds) < total)
