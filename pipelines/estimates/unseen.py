"""Estimates how many pages were seen in no way, from those seen in several. Pure functions."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.estimates.loglinear import Fit, averaged_fits

Z = 1.96  # 95 %
_FEWEST = 3  # pages that two ways must share before they say anything
# How far two ways may depend on each other beyond what the counts can show, as the standard
# deviation of the log odds ratio: nothing shows it of two ways alone, little of three.
_HIDDEN = {2: 0.7, 3: 0.4, 4: 0.4}


class Guess(NamedTuple):
    """A number of pages and its 95 % interval."""

    least: float
    likely: float
    most: float


def unseen(cells: Mapping[int, float], dispersion_floor: float) -> Guess | None:
    """Estimate the pages seen in none of the ways, from the living pages seen in some.

    A key of `cells` has a bit for each way; 0 stands for pages known otherwise. `dispersion_floor`
    is the least overdispersion of the counts, as pages are seen together. None when the ways
    hardly meet.
    """
    used = [
        place
        for place in range(max(cells, default=0).bit_length())
        if sum(count for pattern, count in cells.items() if pattern >> place & 1) >= _FEWEST
    ]
    folded: dict[int, float] = {}
    for pattern, count in cells.items():
        short = sum(1 << new for new, place in enumerate(used) if pattern >> place & 1)
        folded[short] = folded.get(short, 0.0) + count
    aside = folded.pop(0, 0.0)
    shared = sum(count for pattern, count in folded.items() if pattern.bit_count() > 1)
    if len(used) not in _HIDDEN or shared < _FEWEST:
        return None
    guess = _averaged(averaged_fits(folded, len(used)), len(used), dispersion_floor)
    return guess and Guess(*(max(0.0, value - aside) for value in guess))


def _averaged(fits: Sequence[Fit], ways: int, dispersion_floor: float) -> Guess | None:
    """Models weighed by QAIC; the interval counts how far they disagree (Buckland et al. 1997)."""
    if not fits:
        return None
    largest = max(fits, key=lambda fit: fit.parameters)
    free = (1 << ways) - 1 - largest.parameters
    dispersion = max(dispersion_floor, largest.misfit / free if free else 1.0)
    scores = [fit.qaic(dispersion) for fit in fits]
    weights = [math.exp(-(score - min(scores)) / 2) for score in scores]
    logs = [math.log(max(fit.unseen, 1e-9)) for fit in fits]
    middle = sum(map(float.__mul__, weights, logs)) / sum(weights)
    error = sum(
        weight * math.sqrt(fit.log_variance * dispersion + (value - middle) ** 2)
        for weight, value, fit in zip(weights, logs, fits, strict=True)
    ) / sum(weights)
    likely = math.exp(middle)
    # the unseen vary by themselves beside their mean, as Poisson's do
    spread = error**2 + dispersion / max(likely, 0.5)
    factor = math.exp(Z * math.hypot(_HIDDEN[ways], math.sqrt(math.log1p(spread))))
    return Guess(likely / factor, likely, likely * factor)
