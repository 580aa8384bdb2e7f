"""Change histories to judge revisit policies by: made up as real ones are, or an archive's own."""

import random
import sqlite3
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class Page:
    """One page's true life, in days."""

    born: float
    changes: tuple[float, ...]  # moments, ascending
    starts: tuple[float, ...]  # of its phases
    rates: tuple[float, ...]  # changes a day in each phase

    def rate(self, day: float) -> float:
        """Its rate at a moment."""
        return self.rates[max(0, bisect_right(self.starts, day) - 1)]

    def expected(self, since: float, until: float) -> float:
        """Changes to be expected between two moments."""
        total = 0.0
        for place, (start, rate) in enumerate(zip(self.starts, self.rates, strict=True)):
            end = self.starts[place + 1] if place + 1 < len(self.starts) else until
            total += rate * max(0.0, min(end, until) - max(start, since))
        return total

    def mean_rate(self, until: float) -> float:
        """Its rate over its whole life."""
        return self.expected(self.born, until) / max(until - self.born, 1e-9)


def skewed(pages: int, days: float, seed: int) -> list[Page]:
    """Most pages never change, few often, with a heavy tail, bursts, and new pages arriving.

    Every page can be edited while it is new; new ones arrive at 0.1 % of the site a day.
    """
    draw = random.Random(seed)
    born = [0.0] * pages
    born += sorted(draw.uniform(0, days) for _ in range(round(pages * 0.001 * days)))
    return [_page(draw, at, days) for at in born]


def _page(draw: random.Random, born: float, days: float) -> Page:
    base = _base(draw)
    phases = [(born, base)]
    if born:
        phases = [(born, base + 0.1), (born + 14, base)]
    if base and draw.random() < 0.15:
        at = phases[-1][0]
        while (at := at + draw.expovariate(1 / 150)) < days:
            phases.append((at, min(20 * base, 2.0)))
            phases.append((at := at + draw.expovariate(1 / 15), base))
    starts, rates = zip(*phases, strict=True)
    changes: list[float] = []
    for (start, rate), (end, _) in pairwise([*phases, (days, 0.0)]):
        at = start
        while rate and (at := at + draw.expovariate(rate)) < end:
            changes.append(at)
    return Page(born, tuple(changes), starts, rates)


def _base(draw: random.Random) -> float:
    """Changes a day: none for 60 %, else log-normal around one in 200 days, or a Pareto tail."""
    kind = draw.random()
    if kind < 0.6:
        return 0.0
    if kind < 0.95:
        return min(draw.lognormvariate(-5.3, 1.2), 3.0)
    return min(draw.paretovariate(1.1) / 40, 6.0)


def of_archive(folder: Path, seed: int) -> tuple[list[Page], float]:
    """The histories that an archive has seen, and the days they span.

    Between two captures that differ one change is put at a random moment, and its rate is the
    number of changes over the page's time: what lies between two looks nobody knows.
    """
    draw = random.Random(seed)
    looks: dict[int, list[tuple[float, bool]]] = {}
    with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT c.url_id, c.fetched_at, c.status, c.sha256 FROM captures c"
            " JOIN urls u ON u.id=c.url_id WHERE u.kind='question' AND c.status IN (200, 304)"
            " ORDER BY c.id"
        )
        held: dict[int, str] = {}
        for url_id, at, status, sha256 in rows:
            changed = status == 200 and held.get(url_id, sha256) != sha256
            if status == 200:
                held[url_id] = sha256
            day = datetime.fromisoformat(at).timestamp() / DAY
            looks.setdefault(url_id, []).append((day, changed))
    if not looks:
        return [], 0.0
    first = min(seen[0][0] for seen in looks.values())
    last = max(seen[-1][0] for seen in looks.values())
    pages = []
    for seen in looks.values():
        born = seen[0][0] - first
        pairs = pairwise(seen)
        found = [draw.uniform(a, b) - first for (a, _), (b, changed) in pairs if changed]
        rate = len(found) / max(last - seen[0][0], 1.0)
        pages.append(Page(born, tuple(sorted(found)), (born,), (rate,)))
    return pages, last - first
