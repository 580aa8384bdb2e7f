"""How often intervals hold the true count: `python -m tests.bench.completeness [SEED]`.

Random partial crawls of the sample sites: random site, size, seed, order and budget.
"""

import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.estimates.completeness import Estimate
from pipelines.estimates.sightings import completeness
from tests.bench.partial import ORDERS, crawl, mirror
from tests.truth.sites import NAMES

TRIALS = 100
_CRAWLS = 4  # of each site


class Trial(NamedTuple):
    """One partial crawl, the true number of pages, and the estimate."""

    site: str
    order: str
    budget: int
    truth: int
    estimate: Estimate

    @property
    def is_covered(self) -> bool:
        """Whether the interval holds the truth."""
        low, high = self.estimate.low, self.estimate.high
        return high is not None and low <= self.truth <= high


def trials(seed: int, largest: int = 800) -> Iterator[Trial]:
    """Yield trials without end: sites of 60 to `largest` questions, 5 to 110 % of their pages."""
    rng = random.Random(seed)
    while True:
        site = mirror(rng.choice(NAMES), rng.randint(60, largest), rng.randint(1, 10**6))
        for _ in range(_CRAWLS):
            order, budget = rng.choice(ORDERS), int(site.pages * rng.uniform(0.05, 1.1))
            db = crawl(site, order, budget, rng.randint(1, 10**6))
            estimate = completeness(db, site.site.name)
            db.close()
            yield Trial(site.site.name, order, budget, site.pages, estimate)


def bounded(seed: int, wanted: int, largest: int = 800) -> tuple[list[Trial], int]:
    """Return `wanted` trials that stated an interval, and the number of those that did not."""
    bounded_trials: list[Trial] = []
    unbounded = 0
    for trial in trials(seed, largest):
        if trial.estimate.high is None:
            unbounded += 1
            continue
        bounded_trials.append(trial)
        if len(bounded_trials) == wanted:
            break
    return bounded_trials, unbounded


def main(seed: int = 1) -> None:
    """Print how many of 100 intervals held the truth, by site, and how wide they were."""
    started = time.monotonic()
    found, unbounded = bounded(seed, TRIALS)
    widths = sorted(
        ((trial.estimate.high or 0) - trial.estimate.low) / trial.truth for trial in found
    )
    off = statistics.median(
        abs(trial.estimate.about - trial.truth) / trial.truth for trial in found
    )
    covered: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for trial in found:
        total[trial.site] += 1
        covered[trial.site] += trial.is_covered
    print(f"seed {seed}: the truth lay in {sum(covered.values())} of {TRIALS} intervals of 95 %")
    for site in NAMES:
        print(f"  {site}: {covered[site]} of {total[site]}")
    print(
        f"  width: median {widths[TRIALS // 2]:.1%} of the truth, 9 of 10 below {widths[-10]:.0%}"
    )
    print(
        f"  estimate: off by {off:.1%} in the median; no interval stated in {unbounded} more crawls"
    )
    for trial in found:
        if not trial.is_covered:
            print(f"  missed: {trial}")
    print(f"  {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
