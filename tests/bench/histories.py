"""Change histories to judge revisit policies by: modelled on real ones, or an archive's own."""

import random
import sqlite3
from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from math import log
from pathlib import Path

DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class Page:
    """One page's true life, in days."""

    born: float
    changes: tuple[float, ...]  # moments, ascending
    starts: tuple[float, ...]  # of its phases
    rates: tuple[float, ...]  # changes a day in each phase
    mean: float  # rate over its whole life

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


def skewed(pages: int, days: float, seed: int) -> list[Page]:
    """Most pages never change, few often, with a heavy tail, bursts, and new pages arriving.

    Rates are log-normal around once in eleven years: half of the pages do not change in five
    years, one in 40 changes each fortnight or more. One page in seven has bursts of a fortnight,
    each half year or so. New pages arrive at 7 % of the site a year and are edited more often in
    their first fortnight.
    """
    draw = random.Random(seed)
    arriving = round(pages * 0.07 * days / 365)
    born = [0.0] * pages + sorted(draw.uniform(0, days) for _ in range(arriving))
    return [_page(draw, at, days) for at in born]


def _page(draw: random.Random, born: float, days: float) -> Page:
    base = min(draw.lognormvariate(log(1 / 4000), 2.8), 8.0)
    phases = [(born, base + 0.03), (born + 14, base)] if born else [(born, base)]
    at = phases[-1][0]
    bursts = draw.random() < 1 / 7
    while bursts and (at := at + draw.expovariate(1 / 180)) < days:
        phases.append((at, max(base, min(20 * base, 2.0))))
        phases.append((at := at + draw.expovariate(1 / 14), base))
    return _lived(draw, born, phases, days)


def settled(pages: int, days: float, seed: int) -> list[Page]:
    """Log-normal rates around once in three years that stay what they are, as theory has it."""
    draw = random.Random(seed)
    return [_lived(draw, 0.0, [(0.0, _any_rate(draw))], days) for _ in range(pages)]


def two_kinds(pages: int, days: float, seed: int) -> list[Page]:
    """One page in 20 changes each week, the others once in 55 years; new ones arrive."""
    draw = random.Random(seed)
    born = [0.0] * pages + sorted(draw.uniform(0, days) for _ in range(round(pages * 0.35)))
    rates = (1 / 7 if draw.random() < 1 / 20 else 1 / 20_000 for _ in born)
    return [_lived(draw, at, [(at, rate)], days) for at, rate in zip(born, rates, strict=True)]


def turning(pages: int, days: float, seed: int) -> list[Page]:
    """Each page gets another rate, unlike its last, each 500 days or so."""
    draw = random.Random(seed)
    found = []
    for _ in range(pages):
        phases, at = [(0.0, _any_rate(draw))], 0.0
        while (at := at + draw.expovariate(1 / 500)) < days:
            phases.append((at, _any_rate(draw)))
        found.append(_lived(draw, 0.0, phases, days))
    return found


def ageing(pages: int, days: float, seed: int) -> list[Page]:
    """Pages that change less the older they are, a rate in proportion to one over their age."""
    draw = random.Random(seed)
    born = [-draw.uniform(0, 3000) for _ in range(pages)]
    born += sorted(draw.uniform(0, days) for _ in range(round(pages * 0.75)))
    ages = (0, 3, 7, 14, 30, 60, 120, 240, 500, 1000, 2000, 4000)
    found = []
    for at in born:
        liveliness = draw.gammavariate(0.5, 1.0)
        phases_of_age = [(at + age, liveliness / (age + 3)) for age in ages if at + age < days]
        known = max(
            place for place, (start, _) in enumerate(phases_of_age) if start <= max(at, 0.0)
        )
        phases = [(max(at, 0.0), phases_of_age[known][1]), *phases_of_age[known + 1 :]]
        found.append(_lived(draw, phases[0][0], phases, days))
    return found


def _any_rate(draw: random.Random) -> float:
    return min(draw.lognormvariate(log(1 / 1000), 2.0), 8.0)


def _lived(
    draw: random.Random, born: float, phases: list[tuple[float, float]], days: float
) -> Page:
    """A page whose changes are drawn from its phases: the start and rate of each."""
    starts, rates = zip(*phases, strict=True)
    changes: list[float] = []
    for (start, rate), (end, _) in pairwise([*phases, (days, 0.0)]):
        at = start
        while (at := at + draw.expovariate(rate)) < min(end, days):
            changes.append(at)
    page = Page(born, tuple(changes), starts, rates, mean=0.0)
    mean = max(page.expected(born, days), 1e-9) / max(days - born, 1.0)
    return replace(page, mean=mean)


HISTORIES = {
    "skewed": skewed,
    "settled": settled,
    "two kinds": two_kinds,
    "turning": turning,
    "ageing": ageing,
}


def of_archive(folder: Path, seed: int) -> tuple[list[Page], float]:
    """The histories that an archive has seen, and the days they span.

    Between two captures that differ one change is put at a random moment, and its rate is the
    number of changes over the page's time: what lies between two visits nobody knows.
    """
    draw = random.Random(seed)
    visits: dict[int, list[tuple[float, bool]]] = {}
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
            visits.setdefault(url_id, []).append((day, changed))
    if not visits:
        return [], 0.0
    first = min(seen[0][0] for seen in visits.values())
    last = max(seen[-1][0] for seen in visits.values())
    pages = []
    for seen in visits.values():
        born = seen[0][0] - first
        pairs = pairwise(seen)
        found = [draw.uniform(a, b) - first for (a, _), (b, changed) in pairs if changed]
        rate = len(found) / max(last - seen[0][0], 1.0)
        pages.append(Page(born, tuple(sorted(found)), (born,), (rate,), rate))
    return pages, last - first
