"""Estimates how many question pages a site has, by capture-recapture.

The more often independent ways (sitemap, lists, citations) lead to the same pages, the fewer there
are that none has led to. Pure functions: counts in, an estimate out. docs/decisions/completeness.md
explains each step, and how often the interval held.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.estimates.unseen import Guess, Z, unseen
from pipelines.queue.ways import BITS
from scraper.items import Via

_RANGE = BITS[Via.RANGE]
_LISTED = BITS[Via.SITEMAP] | BITS[Via.LIST] | BITS[Via.FAQ]
# Ways that are distinguished. An alternate depends on its other language, a redirect on its source,
# and a start link is our own choice: they show that a page exists, and nothing about the others.
_WAYS = (
    BITS[Via.SITEMAP],
    BITS[Via.LIST],
    BITS[Via.FAQ],
    BITS[Via.SIMILAR] | BITS[Via.MENTION],
)
_CORRELATION = 0.1  # intraclass, of pages on the same page of a list
_ENOUGH_VISITED = 3  # stretches visited from end to end
_LOOSE_ENDS = 0.1  # share of them that may be open all the same
_MOST_WEIGHT = 100  # visits; more are no more evidence, since missing numbers come in runs


class Sighted(NamedTuple):
    """Question URLs that were seen in the same ways."""

    ways: int  # bits of pipelines.queue.ways.BITS
    alive: int  # read, and not found missing since
    dead: int  # gone, or moved to another URL
    open: int  # never read: not visited, put off, denied or a problem


class Stretch(NamedTuple):
    """Counts of neighbouring numbers in a range."""

    lone: int  # living, and known by the range alone
    named: int  # living, and seen in another way too
    dead: int
    open_named: int  # not visited, but seen in another way too
    open: int  # not visited, and known by the range alone

    @property
    def alive(self) -> int:
        return self.lone + self.named


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many question pages there are; `low` to `high` is the 95 % interval."""

    low: int
    about: int
    high: int | None  # None: nothing bounds it yet, for no two ways meet in enough pages


def estimate(
    known: Sequence[Sighted], clusters: float = 1.0, stretches: Sequence[Stretch] = ()
) -> Estimate:
    """The number of question pages that exist now.

    `clusters` is how many pages one page of a list names, on average; `stretches` are those of
    the range, where there is one.
    """
    held = sum(cell.alive for cell in known)
    shares = {kind: _share(known, kind) for kind in ("listed", "cited", "range")}
    parts = [_living(known, kind, share) for kind, share in shares.items() if kind != "range"]
    parts.append(_in_range(stretches) if stretches else _living(known, "range", shares["range"]))
    missing = _beyond_range(known) if stretches else _elsewhere(known, shares, clusters)
    least = held + sum(part.least for part in parts)
    if missing is None:
        return Estimate(math.floor(least), held + round(sum(part.likely for part in parts)), None)
    return _total(held, [*parts, missing])


def _total(held: int, parts: Sequence[Guess]) -> Estimate:
    """Sum the parts, whose errors are independent."""
    likely = held + sum(part.likely for part in parts)
    below = math.hypot(*(part.likely - part.least for part in parts))
    above = math.hypot(*(part.most - part.likely for part in parts))
    return Estimate(
        low=max(held, math.floor(likely - below)),
        about=round(likely),
        high=math.ceil(likely + above),
    )


# What is known but was not found, or not looked for


def _kind(ways: int) -> str:
    if ways & _LISTED:
        return "listed"
    return "range" if ways & _RANGE and not ways & ~_RANGE else "cited"


_PRIORS = {"listed": (9.9, 0.1), "cited": (1.0, 1.0), "range": (0.5, 0.5)}  # Beta priors


def _share(known: Iterable[Sighted], kind: str) -> tuple[float, float]:
    """The share of unvisited URLs that exist, and its error, judged by the visited ones."""
    cells = [cell for cell in known if _kind(cell.ways) == kind]
    return _rate(sum(cell.alive for cell in cells), sum(cell.dead for cell in cells), _PRIORS[kind])


def _rate(alive: int, dead: int, prior: tuple[float, float]) -> tuple[float, float]:
    """Mean and standard error of the share alive."""
    weight = min(1.0, _MOST_WEIGHT / max(1, alive + dead))
    a, b = prior[0] + alive * weight, prior[1] + dead * weight
    return a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b)


def _living(known: Iterable[Sighted], kind: str, share: tuple[float, float]) -> Guess:
    return _of_open(sum(cell.open for cell in known if _kind(cell.ways) == kind), share)


def _of_open(count: int, share: tuple[float, float]) -> Guess:
    """How many of `count` URLs not visited exist."""
    mean, error = share
    spread = Z * math.hypot(math.sqrt(count * mean * (1 - mean)), count * error)
    return Guess(
        max(0.0, count * mean - spread), count * mean, min(float(count), count * mean + spread)
    )


def _in_range(stretches: Sequence[Stretch]) -> Guess:
    """How many numbers known by the range alone exist.

    Where a stretch was visited from end to end its density is known, and stands for the others.
    Before that the same visits can be read in two ways: that they went by number, or that they
    went first to what other pages name. The truth lies between.
    """
    visited = [
        stretch
        for stretch in stretches
        if stretch.open + stretch.open_named <= _LOOSE_ENDS * sum(stretch)
    ]
    rest = [stretch for stretch in stretches if stretch.open]
    if len(visited) >= _ENOUGH_VISITED:
        return _by_density(rest, visited)
    by_density, by_visits = _by_density(rest, stretches), _by_lone_visits(stretches)
    return Guess(
        min(by_density.least, by_visits.least),
        (by_density.likely + by_visits.likely) / 2,
        max(by_density.most, by_visits.most),
    )


def _by_density(rest: Sequence[Stretch], visited: Sequence[Stretch]) -> Guess:
    """Assume that the visited numbers are like all others, whatever linked to them."""
    alive = sum(stretch.alive for stretch in visited)
    dead = sum(stretch.dead for stretch in visited)
    mean, error = _rate(alive, dead, _PRIORS["range"])
    lone, size = sum(stretch.open for stretch in rest), sum(map(sum, rest))
    living = sum(stretch.alive + stretch.open_named for stretch in rest)
    likely = min(max(size * mean - living, 0.0), float(lone))
    spread = Z * math.hypot(math.sqrt(lone * mean * (1 - mean)), size * error)
    return Guess(max(0.0, likely - spread), likely, min(float(lone), likely + spread))


def _by_lone_visits(stretches: Sequence[Stretch]) -> Guess:
    """Assume that the numbers without a link are like the visited ones among them."""
    alive = sum(stretch.lone for stretch in stretches)
    dead = sum(stretch.dead for stretch in stretches)
    count = sum(stretch.open for stretch in stretches)
    return _of_open(count, _rate(alive, dead, _PRIORS["range"]))


# What is not known


def _beyond_range(known: Iterable[Sighted]) -> Guess:
    """Pages outside the range that no other way has shown: Lincoln and Petersen, Chapman 1951."""
    inside = sum(
        cell.alive + cell.open for cell in known if cell.ways & _RANGE and cell.ways & ~_RANGE
    )
    outside = sum(cell.alive for cell in known if not cell.ways & _RANGE)
    only = sum(cell.alive for cell in known if cell.ways == _RANGE)
    likely = outside * only / (inside + 1)
    return Guess(0.0, likely, likely + Z * math.sqrt((outside + 0.5) * (only + 1) / (inside + 1)))


def _elsewhere(
    known: Sequence[Sighted], shares: Mapping[str, tuple[float, float]], clusters: float
) -> Guess | None:
    """Pages seen in none of the ways; None when the ways hardly meet.

    Whether pages that are cited only are gone decides it more than any model: a page that the
    lists have dropped looks like one that they have missed.
    """
    languages = 2.0 if any(cell.ways & BITS[Via.ALTERNATE] for cell in known) else 1.0
    dispersion_floor = max(languages, 1 + _CORRELATION * (clusters - 1))
    mean, error = shares["cited"]
    fewest, likely, most = (
        unseen(_cells(known, {**shares, "cited": (share, 0.0)}), dispersion_floor)
        for share in (max(0.0, mean - error), mean, min(1.0, mean + error))
    )
    if fewest is None or likely is None or most is None:
        return likely
    return Guess(fewest.least, likely.likely, most.most)


def _cells(known: Iterable[Sighted], shares: Mapping[str, tuple[float, float]]) -> dict[int, float]:
    """Living pages by the ways they were seen in, as bits by index in `_WAYS`."""
    cells: dict[int, float] = {}
    for cell in known:
        pattern = sum(1 << place for place, bits in enumerate(_WAYS) if cell.ways & bits)
        living = cell.alive + cell.open * shares[_kind(cell.ways)][0]
        cells[pattern] = cells.get(pattern, 0.0) + living
    return cells
