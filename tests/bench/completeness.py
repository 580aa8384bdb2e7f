"""How often the truth lies in the stated interval: `python -m tests.bench.completeness [SEED]`.

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
_CRAWLS = 4  # of each site made


class Trial(NamedTuple):
    """One partial crawl, the truth, and what was said."""

    site: str
    order: str
    budget: int
    truth: int
    said: Estimate

    @property
    def held(self) -> bool:
        return self.said.high is not None and self.said.low <= self.truth <= self.said.high


def trials(seed: int, largest: int = 800) -> Iterator[Trial]:
    """Yield without end; of sites of 60 to `largest` questions, 5 to 110 % of their pages."""
    rng = random.Random(seed)
    while True:
        site = mirror(rng.choice(NAMES), rng.randint(60, largest), rng.randint(1, 10**6))
        for _ in range(_CRAWLS):
            order, budget = rng.choice(ORDERS), int(site.pages * rng.uniform(0.05, 1.1))
            db = crawl(site, order, budget, rng.randint(1, 10**6))
            said = completeness(db, site.site.name)
            db.close()
            yield Trial(site.site.name, order, budget, site.pages, said)


def bounded(seed: int, wanted: int, largest: int = 800) -> tuple[list[Trial], int]:
    """So many trials in which an interval was stated, and the number in which none was."""
    found: list[Trial] = []
    unbounded = 0
    for trial in trials(seed, largest):
        if trial.said.high is None:
            unbounded += 1
            continue
        found.append(trial)
        if len(found) == wanted:
            break
    return found, unbounded


def main(seed: int = 1) -> None:
    """Print how many of 100 intervals held the truth, by site, and how wide they were."""
    started = time.monotonic()
    found, unbounded = bounded(seed, TRIALS)
    widths = sorted(((trial.said.high or 0) - trial.said.low) / trial.truth for trial in found)
    off = statistics.median(abs(trial.said.about - trial.truth) / trial.truth for trial in found)
    held: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for trial in found:
        told[trial.site] += 1
        held[trial.site] += trial.held
    print(f"seed {seed}: the truth lay in {sum(held.values())} of {TRIALS} intervals of 95 %")
    for site in NAMES:
        print(f"  {site}: {held[site]} of {told[site]}")
    print(
        f"  width: median {widths[TRIALS // 2]:.1%} of the truth, 9 of 10 below {widths[-10]:.0%}"
    )
    print(
        f"  estimate: off by {off:.1%} in the median; no interval stated in {unbounded} more crawls"
    )
    for trial in found:
        if not trial.held:
            print(f"  missed: {trial}")
    print(f"  {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
