"""When a page is worth another visit: pure functions, without a database.

Of a page's past it is only known whether it had changed, at visits in irregular intervals. Changes
are taken to be a Poisson process (Cho and Garcia-Molina 2003); its rate is one of `RATES`, each as
likely as it is among the pages of the same site and kind, which is learnt from the archive
(`learn`). The worth of a look (a visit) is its Whittle index (Avrachenkov and Borkar 2016),
averaged over the rates that the page's own past leaves likely: it is low for pages that hardly
change and for pages that have changed again before they could be of use. See
`docs/decisions/revisits.md`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from math import exp, expm1, log, log2
from typing import TypeVar

from scraper.items import Kind

T = TypeVar("T")

RATES = tuple(2.0**power for power in range(-13, 2))
"""Changes a day: from once in 22 years to twice a day."""
SOONEST = 0.4  # days between two looks, at the least: daily runs may start at odd hours
EVERY, EVERY_ON_BUDGET = 30.0, 7.0  # days between two looks at a question, on average over all
_FRESH_AGAIN = 30.0  # fresh page-days that a look at a page known to be stale brings
_AGES = tuple(SOONEST * 2 ** (step / 2) for step in range(29))  # days, up to 18 years
_HALF_LIFE = 730.0  # days after which a look counts half
_PRIOR_WEIGHT = 20.0  # pages
_TILTS = {Kind.QUESTION: 0.7}  # the prior: each doubling of the rate is so much rarer
# A list's change is one that led to new pages: it is worth more than an edit of one page.
_WEIGHTS = {Kind.SITEMAP: 100.0, Kind.LIST: 10.0, Kind.FAQ: 5.0, Kind.QUESTION: 1.0}
_ROUNDS = 12  # of expectation maximisation
_STIRS_BITS, _MEAN_BITS, _QUIET_BITS = 4, 4, 5  # of a shape
HINT, HAS_LASTMOD = 1, 2
"""Bits of a shape: the sitemap has a newer lastmod than the last look; it has a lastmod at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the looks at one page have shown, older ones with less weight."""

    stirs: float = 0.0  # looks that found a change
    stirred: float = 0.0  # days between those looks and the ones before them
    quiet: float = 0.0  # days over which nothing changed

    def after(self, days: float, *, changed: bool) -> "Past":
        """The past with one more look, `days` after the one before it."""
        days = max(days, SOONEST / 10)
        kept = 2 ** (-days / _HALF_LIFE)
        return Past(
            stirs=self.stirs * kept + changed,
            stirred=self.stirred * kept + days * changed,
            quiet=self.quiet * kept + days * (not changed),
        )


def shape(past: Past, *, has_lastmod: bool = False) -> int:
    """The past, rounded to a few bits: pages of one shape and kind are treated alike.

    `has_lastmod`: a sitemap gives the page one.
    """
    most = (1 << _STIRS_BITS) - 1
    scale = min(1.0, most / (2 * past.stirs)) if past.stirs else 1.0  # the ratio tells the rate
    stirs = round(2 * past.stirs * scale)
    mean = round(log2(past.stirred / past.stirs)) + 5 if stirs else 0
    mean = min(max(mean, 0), (1 << _MEAN_BITS) - 1)
    quiet = min(round(2 * log2(1 + past.quiet * scale)), (1 << _QUIET_BITS) - 1)
    whole = ((stirs << _MEAN_BITS | mean) << _QUIET_BITS) | quiet
    return whole << 2 | has_lastmod * HAS_LASTMOD


def past_of(shape: int) -> Past:
    """The past that a shape stands for."""
    whole = shape >> 2
    quiet = 2 ** ((whole & (1 << _QUIET_BITS) - 1) / 2) - 1
    whole >>= _QUIET_BITS
    stirs = (whole >> _MEAN_BITS) / 2
    mean = 2.0 ** ((whole & (1 << _MEAN_BITS) - 1) - 5)
    return Past(stirs=stirs, stirred=stirs * mean, quiet=quiet)


def _likelihoods(past: Past) -> list[float]:
    """How likely the past is under each of `RATES`.

    Changed intervals are taken as equally long, which lets two sums stand for all of them.
    """
    mean = past.stirred / past.stirs if past.stirs else 0.0
    logs = [
        (past.stirs * log(-expm1(-rate * mean)) if past.stirs else 0.0) - rate * past.quiet
        for rate in RATES
    ]
    top = max(logs)
    return [exp(value - top) for value in logs]


def worth(rate: float, age: float) -> float:
    """Fresh page-days that a look brings `age` days after the last, at `rate` changes a day.

    (1 - (1 + x) exp(-x)) / rate, with x = rate * age.
    """
    x = rate * age
    return (-expm1(-x) - x * exp(-x)) / rate


_WORTHS = tuple(tuple(worth(rate, age) for rate in RATES) for age in _AGES)


def learn(kind: Kind, pages: Mapping[int, int]) -> list[float]:
    """How common each of `RATES` is, from how many pages there are of each shape.

    Expectation maximisation, with a prior that weighs as much as 20 pages.
    """
    tilt = _TILTS.get(kind, 1.0)
    prior = _normal([tilt**step for step in range(len(RATES))])
    pasts: dict[int, int] = {}
    for code, count in pages.items():
        pasts[code >> 2] = pasts.get(code >> 2, 0) + count
    known = [(count, _likelihoods(past_of(whole << 2))) for whole, count in pasts.items()]
    common = prior
    for _ in range(_ROUNDS):
        totals = [_PRIOR_WEIGHT * share for share in prior]
        for count, likely in known:
            joint = [a * b for a, b in zip(common, likely, strict=True)]
            scale = count / sum(joint)
            totals = [total + part * scale for total, part in zip(totals, joint, strict=True)]
        common = _normal(totals)
    return common


def rates_of(past: Past, common: Sequence[float]) -> list[float]:
    """The probability of each of `RATES` for a page, given its past and the prior `common`."""
    return _normal([a * b for a, b in zip(common, _likelihoods(past), strict=True)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How often a host's lastmods were right, older looks with less weight."""

    right: float = 0.0  # a newer lastmod, and the page had changed
    wrong: float = 0.0  # a newer lastmod, and it had not
    missed: float = 0.0  # the page had changed, and its lastmod had not

    @property
    def precision(self) -> float:
        """The chance that a newer lastmod means a change."""
        return self.right / (self.right + self.wrong + 1)

    @property
    def recall(self) -> float:
        """The chance that a change shows in lastmod; low until it is proved."""
        return self.right / (self.right + self.missed + 10)

    @property
    def tried(self) -> bool:
        """Whether it was tested often enough to be judged."""
        return self.right + self.wrong >= 10  # noqa: PLR2004

    @property
    def proved(self) -> bool:
        """Whether it was right more often than not."""
        return self.tried and self.right >= self.wrong


@dataclass(frozen=True, slots=True)
class Curve:
    """The worth of a look at the pages of one shape, by their age."""

    worths: tuple[float, ...]  # at _AGES, rising

    def worth(self, age: float) -> float:
        """Fresh page-days of a look at a page last looked at `age` days ago."""
        if age < SOONEST:
            return 0.0
        place = bisect_right(_AGES, age)
        if place == len(_AGES):
            return self.worths[-1]
        before, after = _AGES[place - 1], _AGES[place]
        share = (age - before) / (after - before)
        return self.worths[place - 1] * (1 - share) + self.worths[place] * share

    def age(self, worth: float) -> float | None:
        """The age at which a look is worth that much; None: never."""
        place = bisect_left(self.worths, worth)
        if place == len(_AGES):
            return None
        if place == 0:
            return SOONEST
        before, after = self.worths[place - 1], self.worths[place]
        share = (worth - before) / (after - before)
        return _AGES[place - 1] + share * (_AGES[place] - _AGES[place - 1])


def curve(kind: Kind, shape: int, common: Sequence[float], trust: Trust) -> Curve:
    """How a look's worth rises with the age, for the pages of a kind and shape."""
    likely = rates_of(past_of(shape), common)
    weight, known = _WEIGHTS[kind], 0.0
    if shape & HINT and trust.tried:
        known = trust.precision * _FRESH_AGAIN * weight
        weight *= 1 - trust.precision
    elif shape & HAS_LASTMOD:
        weight *= 1 - trust.recall
    return Curve(
        tuple(
            known + weight * sum(a * b for a, b in zip(likely, at, strict=True)) for at in _WORTHS
        )
    )


def price(curves: Sequence[tuple[Curve, int]], every: float) -> float:
    """The least worth of a look for which pages get one each `every` days, on average.

    `curves` are those of all shapes, with the number of pages of each.
    """
    looks = sum(count for _, count in curves) / every
    low, high = 1e-6, 1e4
    for _ in range(40):
        middle = (low * high) ** 0.5
        if _looks(curves, middle) > looks:
            low = middle
        else:
            high = middle
    return high


def _looks(curves: Sequence[tuple[Curve, int]], worth: float) -> float:
    """Looks a day when each page gets one as soon as it is worth that much."""
    ages = ((curve.age(worth), count) for curve, count in curves)
    return sum(count / age for age, count in ages if age is not None)


def _normal(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights]


def by_worth(
    streams: Iterable[tuple[Curve, Iterable[tuple[float, T]]]], day: float, least: float
) -> Iterator[tuple[float, T]]:
    """Pages worth at least `least`, best first, with their worth.

    Each stream holds the pages of one curve, as (day of the last look, page) from the oldest on;
    it is read no further than asked for.
    """

    def with_worth(curve: Curve, pages: Iterable[tuple[float, T]]) -> Iterator[tuple[float, T]]:
        for seen, page in pages:
            value = curve.worth(day - seen)
            if value < least or value <= 0:
                return
            yield value, page

    return merge(*(with_worth(*stream) for stream in streams), key=lambda page: -page[0])
