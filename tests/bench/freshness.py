"""Stale page-days of revisit policies under one budget: `python -m tests.bench.freshness`.

Each policy replays the same change histories from nothing known, a run a day with the same number
of requests, new pages first. Ours judges by `pipelines.revisit` alone, as a crawl does, and knows
only what its own visits have shown. The oracle is the optimal policy for known rates, which is the
Whittle index (Azar et al. 2018, Avrachenkov and Borkar 2016): it knows how often each page changes
over its whole life, not when. `tests.bench.spread` tells how far the figures hold for other
histories, seeds and budgets.
"""

import argparse
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from math import log
from pathlib import Path
from typing import Protocol

from pipelines.revisit import (
    RATES,
    ChangeHistory,
    Trust,
    UtilityCurve,
    by_utility,
    history_bucket,
    history_of,
    learn_mixture,
    rate_posterior,
    utility_curve,
    whittle_index,
)
from scraper.items import Kind
from tests.bench.histories import Page, of_archive, skewed

YEARS, LEARNING = 5, 365.0  # of which the first year, in days, teaches every policy
MARKS = {"fixed interval": -0.20, "proportional": -0.20, "oracle": 0.15}


class Policy(Protocol):
    """Chooses the pages to visit, and learns what each visit has shown."""

    def choose(self, day: float, most: int) -> Iterable[int]: ...
    def visited(self, page: int, day: float, *, changed: bool | None) -> None: ...


class Ours:
    """The policy of the crawl; pages of one bucket are queued in the order of their last visit."""

    def __init__(self) -> None:
        self._histories: dict[int, ChangeHistory] = {}
        self._seen: dict[int, float] = {}
        self._queues: dict[int, dict[int, float]] = {}  # bucket -> page -> day of the last visit

    def choose(self, day: float, most: int) -> list[int]:
        queues = {bucket: queue for bucket, queue in self._queues.items() if queue}
        mixture = self._mixture({bucket: len(queue) for bucket, queue in queues.items()})
        chosen = list(self._order(queues, mixture, day, most))
        for page in chosen:
            del self._queues[history_bucket(self._histories[page])][page]
        return chosen

    def _mixture(self, pages: dict[int, int]) -> list[float]:
        return learn_mixture(Kind.QUESTION, pages)

    def _order(
        self, queues: dict[int, dict[int, float]], mixture: list[float], day: float, most: int
    ) -> Iterable[int]:
        streams: list[tuple[UtilityCurve, Iterable[tuple[float, int]]]] = [
            (
                utility_curve(Kind.QUESTION, bucket, mixture, Trust()),
                ((seen, page) for page, seen in queue.items()),
            )
            for bucket, queue in queues.items()
        ]
        return [page for _, page in islice(by_utility(streams, day, 0.0), most)]

    def visited(self, page: int, day: float, *, changed: bool | None) -> None:
        history = self._histories.get(page, ChangeHistory())
        if changed is not None:
            history = history.after(day - self._seen[page], changed=changed)
        self._histories[page], self._seen[page] = history, day
        self._queues.setdefault(history_bucket(history), {})[page] = day


class KnowingTheMix(Ours):
    """Ours, but knows from the start how many pages have each rate, though not which pages.

    The rest of its distance to the oracle is what visits of each page can't show in the time.
    """

    def __init__(self, pages: list[Page]) -> None:
        super().__init__()
        counts = [1e-6] * len(RATES)
        for page in pages:
            near = [abs(log(page.mean or 1e-9) - log(rate)) for rate in RATES]
            counts[near.index(min(near))] += 1 / len(pages)
        self._mix = counts

    def _mixture(self, pages: dict[int, int]) -> list[float]:
        del pages
        return self._mix


class Proportional(Ours):
    """Visits a page in proportion to its estimated rate of change; the estimates are ours."""

    def _order(
        self, queues: dict[int, dict[int, float]], mixture: list[float], day: float, most: int
    ) -> Iterable[int]:
        ranked: list[tuple[float, int]] = []
        for bucket, queue in queues.items():
            posterior = rate_posterior(history_of(bucket), mixture)
            rate = sum(share * rate for share, rate in zip(posterior, RATES, strict=True))
            ranked += ((rate * (seen - day), page) for page, seen in queue.items())
        return [page for _, page in sorted(ranked)[:most]]


class Ranked:
    """Visits the pages of the highest rank, a function of page, last visit and today."""

    def __init__(self, rank: Callable[[int, float, float], float]) -> None:
        self._rank = rank
        self._seen: dict[int, float] = {}

    def choose(self, day: float, most: int) -> list[int]:
        ranked = ((-self._rank(page, seen, day), page) for page, seen in self._seen.items())
        return [page for _, page in sorted(ranked)[:most]]

    def visited(self, page: int, day: float, *, changed: bool | None) -> None:
        del changed
        self._seen[page] = day


def policies(pages: list[Page]) -> dict[str, Policy]:
    """The policies that are compared, by name."""

    def knows_bursts(page: int, seen: float, day: float) -> float:
        rate = pages[page].rate(day)
        return whittle_index(rate, pages[page].expected(seen, day) / rate) if rate else 0.0

    return {
        "ours": Ours(),
        "ours, told the mix of rates": KnowingTheMix(pages),
        "fixed interval": Ranked(lambda _, seen, day: day - seen),
        "proportional": Proportional(),
        "proportional, true rates": Ranked(lambda page, seen, day: pages[page].mean * (day - seen)),
        "oracle": Ranked(
            lambda page, seen, day: whittle_index(pages[page].mean or 1e-9, day - seen)
        ),
        "oracle that sees bursts begin": Ranked(knows_bursts),
    }


def replay(
    pages: list[Page], days: float, budget: int, policy: Policy, *, every: int = 1
) -> tuple[float, float]:
    """Stale page-days, in all and after the first year, with `budget` requests `every` few days.

    A page is stale from its first change after a visit to the visit that finds it.
    """
    seen: dict[int, float] = {}
    arrivals = deque(sorted(range(len(pages)), key=lambda page: pages[page].born))
    whole = later = 0.0

    def stale_since(page: int, day: float) -> float | None:
        changes = pages[page].changes
        place = bisect_right(changes, seen[page])
        return changes[place] if place < len(changes) and changes[place] <= day else None

    def count(since: float | None, day: float) -> None:
        nonlocal whole, later
        if since is not None:
            whole += day - since
            later += max(0.0, day - max(since, LEARNING))

    for day in range(1, int(days) + 1, every):
        left = budget
        while left and arrivals and pages[arrivals[0]].born < day:
            page, left = arrivals.popleft(), left - 1
            seen[page] = day
            policy.visited(page, day, changed=None)
        for page in policy.choose(day, left):
            since = stale_since(page, day)
            count(since, day)
            seen[page] = day
            policy.visited(page, day, changed=since is not None)
    for page in seen:
        count(stale_since(page, days), days)
    return whole, later


def main(words: Sequence[str]) -> None:
    """Print the table for made-up histories, or for an archive's own; `words` as in a shell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, help="replay what this archive has seen")
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--share", type=float, default=0.04, help="requests a day for each page")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(words)
    pages, days = skewed(given.pages, YEARS * 365.0, given.seed), YEARS * 365.0
    if given.archive:
        pages, days = of_archive(given.archive, given.seed)
    if not pages:
        sys.exit(f"{given.archive} holds no question pages: crawl it first.")
    budget = max(1, round(len(pages) * given.share))
    never, quiet = (
        sum(not page.changes or page.changes[0] > page.born + most for page in pages) / len(pages)
        for most in (days, 365.0)
    )
    print(f"{len(pages)} pages over {days:.0f} days: {never:.0%} do not change in that time,")
    print(f"{quiet:.0%} not in their first year; {budget} requests a day. Stale page-days:")
    ours: tuple[float, float] | None = None
    print(f"  {'':30}{'in all':>10}{'ours':>8}{'after a year':>14}{'ours':>8}")
    for name, policy in policies(pages).items():
        stale = replay(pages, days, budget, policy)
        ours = ours or stale
        shares = [f"{a / b - 1:+.1%}" if b else "" for a, b in zip(ours, stale, strict=True)]
        mark = f"   mark {MARKS[name]:+.0%}" if name in MARKS else ""
        print(
            f"  {name:30}{stale[0]:10,.0f}{shares[0]:>8}{stale[1]:14,.0f}{shares[1]:>8}{mark}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
