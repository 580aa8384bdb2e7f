"""Stale page-days of revisit policies under one budget: `python -m tests.bench.freshness`.

Each policy replays the same change histories, a run a day with the same number of requests, new
pages first. Ours judges by `pipelines.revisit` alone, as a crawl does, and knows only what its own
looks have shown; the oracle knows each page's true rate at that moment.
"""

import argparse
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Protocol

from pipelines.revisit import Curve, Past, Trust, by_worth, curve, learn, shape, worth
from scraper.items import Kind
from tests.bench.histories import Page, of_archive, skewed


class Policy(Protocol):
    """Which pages to look at, and what a look has shown."""

    def choose(self, day: float, most: int) -> Iterable[int]: ...
    def looked(self, page: int, day: float, *, changed: bool | None) -> None: ...


class Ours:
    """What the crawl does; pages of one shape lie in the order of their last look."""

    def __init__(self) -> None:
        self._pasts: dict[int, Past] = {}
        self._seen: dict[int, float] = {}
        self._queues: dict[int, deque[tuple[float, int]]] = {}

    def choose(self, day: float, most: int) -> list[int]:
        queues = {code: queue for code, queue in self._queues.items() if queue}
        common = learn(Kind.QUESTION, {code: len(queue) for code, queue in queues.items()})
        streams: list[tuple[Curve, Iterable[tuple[float, int]]]] = [
            (curve(Kind.QUESTION, code, common, Trust()), queue) for code, queue in queues.items()
        ]
        chosen = [page for _, page in islice(by_worth(streams, day, 0.0), most)]
        for page in chosen:
            self._queues[shape(self._pasts[page])].popleft()
        return chosen

    def looked(self, page: int, day: float, *, changed: bool | None) -> None:
        past = self._pasts.get(page, Past())
        if changed is not None:
            past = past.after(day - self._seen[page], changed=changed)
        self._pasts[page], self._seen[page] = past, day
        self._queues.setdefault(shape(past), deque()).append((day, page))


class Ranked:
    """The pages with the highest rank, a function of page, day of the last look, and today."""

    def __init__(self, rank: Callable[[int, float, float], float]) -> None:
        self._rank = rank
        self._seen: dict[int, float] = {}

    def choose(self, day: float, most: int) -> list[int]:
        ranked = ((-self._rank(page, seen, day), page) for page, seen in self._seen.items())
        return [page for _, page in sorted(ranked)[:most]]

    def looked(self, page: int, day: float, *, changed: bool | None) -> None:
        del changed
        self._seen[page] = day


class Proportional(Ranked):
    """Visits each page as often as it is seen to change: its estimated rate times its age."""

    def __init__(self) -> None:
        super().__init__(lambda page, seen, day: self._estimate(page) * (day - seen))
        self._counts: dict[int, list[float]] = {}

    def _estimate(self, page: int) -> float:
        """Cho and Garcia-Molina's bias-reduced rate for n looks of which x found a change."""
        looks, changes, days = self._counts.get(page, (0.0, 0.0, 0.0))
        return (changes + 0.5) / (days + 30.0) if looks else 0.5 / 30.0

    def looked(self, page: int, day: float, *, changed: bool | None) -> None:
        if changed is not None:
            counts = self._counts.setdefault(page, [0.0, 0.0, 0.0])
            counts[0] += 1
            counts[1] += changed
            counts[2] += day - self._seen[page]
        super().looked(page, day, changed=changed)


def replay(pages: list[Page], days: float, budget: int, policy: Policy, warm: float) -> float:
    """Stale page-days after the first `warm` days: from a change to the look that finds it."""
    seen: dict[int, float] = {}
    arrivals = deque(sorted(range(len(pages)), key=lambda page: pages[page].born))
    stale = 0.0

    def missed(page: int, day: float) -> tuple[bool, float]:
        changes = pages[page].changes
        place = bisect_right(changes, seen[page])
        if place == len(changes) or changes[place] > day:
            return False, 0.0
        return True, max(0.0, day - max(changes[place], warm))

    for day in range(1, int(days) + 1):
        left = budget
        while left and arrivals and pages[arrivals[0]].born < day:
            page, left = arrivals.popleft(), left - 1
            seen[page] = day
            policy.looked(page, day, changed=None)
        for page in policy.choose(day, left):
            changed, cost = missed(page, day)
            stale += cost
            seen[page] = day
            policy.looked(page, day, changed=changed)
    return stale + sum(missed(page, days)[1] for page in seen)


def policies(pages: list[Page], days: float) -> dict[str, Policy]:
    """All that are compared, by name."""

    def oracle(page: int, seen: float, day: float) -> float:
        rate = pages[page].rate(day)
        if not rate:
            return pages[page].expected(seen, day) * 30.0
        return worth(rate, pages[page].expected(seen, day) / rate)

    return {
        "ours": Ours(),
        "fixed interval": Ranked(lambda _, seen, day: day - seen),
        "proportional": Proportional(),
        "proportional, true rates": Ranked(
            lambda page, seen, day: pages[page].mean_rate(days) * (day - seen)
        ),
        "oracle, mean rates": Ranked(
            lambda page, seen, day: worth(pages[page].mean_rate(days) or 1e-9, day - seen)
        ),
        "oracle": Ranked(oracle),
    }


def table(pages: list[Page], days: float, budget: int, warm: float) -> dict[str, float]:
    """Stale page-days of each policy."""
    return {
        name: replay(pages, days, budget, policy, warm)
        for name, policy in policies(pages, days).items()
    }


def main() -> None:
    """Print the table for made-up histories, or for an archive's own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--pages", type=int, default=4000)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--share", type=float, default=0.03, help="budget a day, of the pages")
    parser.add_argument("--warm", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pages, days = skewed(given.pages, given.days, given.seed), float(given.days)
    if given.archive:
        pages, days = of_archive(given.archive, given.seed)
    budget = max(1, round(len(pages) * given.share))
    figures = table(pages, days, budget, given.warm)
    ours = figures["ours"]
    print(f"{len(pages)} pages, {days:.0f} days, {budget} requests a day: stale page-days")
    for name, stale in figures.items():
        print(f"  {name:26}{stale:12,.0f}   ours is {ours / stale - 1:+.1%}")


if __name__ == "__main__":
    main()
