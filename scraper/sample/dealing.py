"""Question numbers with gaps, and questions dealt to groups, both computed from the index.

Memory does not grow with the number of questions, and none needs the others.
"""

from dataclasses import dataclass
from functools import lru_cache

from scraper.sample.chance import Salt, dice

_BLOCK = 10  # numbers in a block
_USED = 8  # of them in use


@lru_cache(maxsize=32768)
def _shuffled(seed: int, salt: int, block: int, size: int) -> tuple[int, ...]:
    """0 to size - 1 in an order of the block's own."""
    order = list(range(size))
    dice(seed, salt, block, size).shuffle(order)
    return tuple(order)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a site's questions, from `first` up; two of every ten are never used."""

    seed: int
    first: int

    def number(self, index: int) -> int:
        """The number of the index-th question (from 0)."""
        block, place = divmod(index, _USED)
        return self.first + block * _BLOCK + self._used_offsets(block)[place]

    def index(self, number: int) -> int | None:
        """The question's index, None for an unused number; it may lie past the last question."""
        block, offset = divmod(number - self.first, _BLOCK)
        used = self._used_offsets(block)
        return block * _USED + used.index(offset) if block >= 0 and offset in used else None

    def _used_offsets(self, block: int) -> list[int]:
        used = list(_shuffled(self.seed, Salt.HOLE, block, _BLOCK)[:_USED])
        if block == 0 and 0 not in used:
            used[0] = 0  # the first number always exists, so that a count may start from it
        return sorted(used)


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
