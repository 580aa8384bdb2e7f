"""When a page is worth another visit: pure functions, without a database.

Visits come at irregular intervals, and each shows only whether the page has changed since the one
before. Changes are taken to be a Poisson process (Cho and Garcia-Molina 2003) whose rate is one of
`RATES`. How common each rate is among the pages of a site and kind is learnt from the archive
(`learn_mixture`). The utility of a visit is its Whittle index (Avrachenkov and Borkar 2016),
averaged over the rates that the page's change history leaves likely: it is low for pages that
hardly change, and for pages that will change again before anybody reads them. See
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
_EVEN = (1 / len(RATES),) * len(RATES)
MIN_INTERVAL = 0.4  # days between two visits of a page: daily runs may start at odd hours
MEAN_INTERVAL, MEAN_INTERVAL_ON_BUDGET = 30.0, 7.0  # days between visits, over all questions
_FRESH_AGAIN = 30.0  # fresh page-days that a visit to a page known to be stale brings
_AGES = tuple(MIN_INTERVAL * 2 ** (step / 2) for step in range(29))  # days, up to 18 years
_HALF_LIFE = 730.0  # days after which a visit counts half
_PRIOR_WEIGHT = 20.0  # pages
_TILTS = {Kind.QUESTION: 0.7}  # the prior: each doubling of the rate is so much rarer
# A list's change is one that led to new pages: it is worth more than an edit of one page.
_WEIGHTS = {Kind.SITEMAP: 100.0, Kind.LIST: 10.0, Kind.FAQ: 5.0, Kind.QUESTION: 1.0}
_REPLY_WEIGHT = 10.0  # a question's first reply, in edits
_ROUNDS = 12  # of expectation maximisation
_CHANGES_BITS, _MEAN_BITS, _UNCHANGED_BITS = 4, 4, 5  # of a bucket
HINT, HAS_LASTMOD = 1, 2
"""Bits of a bucket: the sitemap's lastmod is newer than the last visit; it gives one at all."""
_AWAITED = 1 << 2 + _CHANGES_BITS + _MEAN_BITS + _UNCHANGED_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHistory:
    """What the visits to one page have shown; each sum gives older visits less weight."""

    weighted_changes: float = 0.0  # visits that found a change
    days_to_change: float = 0.0  # between these visits and the ones before them
    days_unchanged: float = 0.0  # before the visits that found none

    def after(self, days: float, *, changed: bool) -> "ChangeHistory":
        """The history with one more visit, `days` after the one before it."""
        days = max(days, MIN_INTERVAL / 10)
        decay = 2 ** (-days / _HALF_LIFE)
        return ChangeHistory(
            weighted_changes=self.weighted_changes * decay + changed,
            days_to_change=self.days_to_change * decay + days * changed,
            days_unchanged=self.days_unchanged * decay + days * (not changed),
        )


def history_bucket(
    history: ChangeHistory, *, has_lastmod: bool = False, awaits_reply: bool = False
) -> int:
    """The history, rounded to a few bits: pages of one bucket and kind are treated alike.

    `has_lastmod`: a sitemap gives the page one; `awaits_reply`: it is a young question without one.
    """
    changes, unchanged = history.weighted_changes, history.days_unchanged
    most = (1 << _CHANGES_BITS) - 1
    scale = min(1.0, most / (2 * changes)) if changes else 1.0  # the ratio tells the rate
    half_changes = round(2 * changes * scale)
    mean = round(log2(history.days_to_change / changes)) + 5 if half_changes else 0
    mean = min(max(mean, 0), (1 << _MEAN_BITS) - 1)
    unchanged_log = min(round(2 * log2(1 + unchanged * scale)), (1 << _UNCHANGED_BITS) - 1)
    packed = ((half_changes << _MEAN_BITS | mean) << _UNCHANGED_BITS) | unchanged_log
    return packed << 2 | has_lastmod * HAS_LASTMOD | awaits_reply * _AWAITED


def is_awaited(bucket: int | None) -> bool:
    """Whether the pages of the bucket are young questions without a reply."""
    return bool((bucket or 0) & _AWAITED)


def history_of(bucket: int) -> ChangeHistory:
    """The change history that a bucket stands for."""
    packed = (bucket & ~_AWAITED) >> 2
    days_unchanged = 2 ** ((packed & (1 << _UNCHANGED_BITS) - 1) / 2) - 1
    packed >>= _UNCHANGED_BITS
    changes = (packed >> _MEAN_BITS) / 2
    mean = 2.0 ** ((packed & (1 << _MEAN_BITS) - 1) - 5)
    return ChangeHistory(
        weighted_changes=changes, days_to_change=changes * mean, days_unchanged=days_unchanged
    )


def _likelihoods(history: ChangeHistory) -> list[float]:
    """How likely the history is under each of `RATES`, relative to the likeliest.

    Changed intervals are taken as equally long, which lets two sums stand for all of them.
    """
    changes, days_unchanged = history.weighted_changes, history.days_unchanged
    mean = history.days_to_change / changes if changes else 0.0
    logs = [
        (changes * log(-expm1(-rate * mean)) if changes else 0.0) - rate * days_unchanged
        for rate in RATES
    ]
    top = max(logs)
    return [exp(value - top) for value in logs]


def whittle_index(rate: float, age: float) -> float:
    """Fresh page-days that a visit brings `age` days after the last, at `rate` changes a day.

    (1 - (1 + x) exp(-x)) / rate, with x = rate * age.
    """
    x = rate * age
    return (-expm1(-x) - x * exp(-x)) / rate


_INDICES = tuple(tuple(whittle_index(rate, age) for rate in RATES) for age in _AGES)


def learn_mixture(kind: Kind, pages: Mapping[int, int]) -> list[float]:
    """How common each of `RATES` is, from how many pages there are in each history bucket.

    Expectation maximisation, with a prior that weighs as much as 20 pages.
    """
    tilt = _TILTS.get(kind, 1.0)
    prior = _normal([tilt**step for step in range(len(RATES))])
    by_history: dict[int, int] = {}  # whatever their lastmod
    for bucket, count in pages.items():
        packed = (bucket & ~_AWAITED) >> 2
        by_history[packed] = by_history.get(packed, 0) + count
    known = [(count, _likelihoods(history_of(packed << 2))) for packed, count in by_history.items()]
    mixture = prior
    for _ in range(_ROUNDS):
        totals = [_PRIOR_WEIGHT * share for share in prior]
        for count, likelihoods in known:
            joint = [a * b for a, b in zip(mixture, likelihoods, strict=True)]
            scale = count / sum(joint)
            totals = [total + part * scale for total, part in zip(totals, joint, strict=True)]
        mixture = _normal(totals)
    return mixture


def rate_posterior(history: ChangeHistory, mixture: Sequence[float]) -> list[float]:
    """The probability of each of `RATES` for a page, given its history and how common each is."""
    return _normal([a * b for a, b in zip(mixture, _likelihoods(history), strict=True)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How often a host's lastmods were right, older visits with less weight."""

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
class UtilityCurve:
    """The utility of a visit to the pages of one bucket, by the days since the last visit."""

    utilities: tuple[float, ...]  # at _AGES, rising

    def utility(self, age: float) -> float:
        """Fresh page-days that a visit brings, `age` days after the last."""
        if age < MIN_INTERVAL:
            return 0.0
        place = bisect_right(_AGES, age)
        if place == len(_AGES):
            return self.utilities[-1]
        before, after = _AGES[place - 1], _AGES[place]
        share = (age - before) / (after - before)
        return self.utilities[place - 1] * (1 - share) + self.utilities[place] * share

    def age_at(self, utility: float) -> float | None:
        """The age at which a visit has that utility; None: never."""
        place = bisect_left(self.utilities, utility)
        if place == len(_AGES):
            return None
        if place == 0:
            return MIN_INTERVAL
        before, after = self.utilities[place - 1], self.utilities[place]
        share = (utility - before) / (after - before)
        return _AGES[place - 1] + share * (_AGES[place] - _AGES[place - 1])


def utility_curve(kind: Kind, bucket: int, mixture: Sequence[float], trust: Trust) -> UtilityCurve:
    """How a visit's utility rises with the age, for the pages of a kind and history bucket.

    When a reply comes is not to be learnt from pages that have theirs: all rates are as likely.
    """
    weight, known = _WEIGHTS[kind], 0.0
    if is_awaited(bucket):
        mixture, weight = _EVEN, weight * _REPLY_WEIGHT
    posterior = rate_posterior(history_of(bucket), mixture)
    if bucket & HINT and trust.tried:
        known = trust.precision * _FRESH_AGAIN * weight
        weight *= 1 - trust.precision
    elif bucket & HAS_LASTMOD:
        weight *= 1 - trust.recall
    return UtilityCurve(
        tuple(
            known + weight * sum(a * b for a, b in zip(posterior, indices, strict=True))
            for indices in _INDICES
        )
    )


def utility_threshold(curves: Sequence[tuple[UtilityCurve, int]], interval: float) -> float:
    """The least utility of a visit for which pages get one each `interval` days, on average.

    `curves` are those of all buckets, with the number of pages of each.
    """
    visits = sum(count for _, count in curves) / interval
    low, high = 1e-6, 1e4
    for _ in range(40):
        middle = (low * high) ** 0.5
        if _visits_a_day(curves, middle) > visits:
            low = middle
        else:
            high = middle
    return high


def _visits_a_day(curves: Sequence[tuple[UtilityCurve, int]], threshold: float) -> float:
    """Visits a day when each page gets one as soon as it has that utility."""
    ages = ((curve.age_at(threshold), count) for curve, count in curves)
    return sum(count / age for age, count in ages if age is not None)


def _normal(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights]


def by_utility(
    streams: Iterable[tuple[UtilityCurve, Iterable[tuple[float, T]]]], day: float, threshold: float
) -> Iterator[tuple[float, T]]:
    """Pages whose visit has the utility `threshold` or more, best first, with it.

    Each stream holds the pages of one curve, as (day of the last visit, page) from the oldest on;
    it is read no further than asked for.
    """

    def scored(curve: UtilityCurve, pages: Iterable[tuple[float, T]]) -> Iterator[tuple[float, T]]:
        for seen_day, page in pages:
            utility = curve.utility(day - seen_day)
            if utility < threshold or utility <= 0:
                return
            yield utility, page

    return merge(*(scored(*stream) for stream in streams), key=lambda page: -page[0])
