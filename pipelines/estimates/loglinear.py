"""Log-linear models of pages by the ways they were seen in, and of those seen in none.

Bishop, Fienberg and Holland (1975), chapter 6; Cormack (1989). The number of unseen pages is e to
the constant term, whatever interactions of two ways a model has.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

Pair = tuple[int, int]
# Of Newton's method: iterations, the change of the likelihood at which it ends, halvings of a step.
_ROUNDS = 60
_CLOSE = 1e-9
_HALVINGS = 30
_LARGEST_LOG = 50.0  # of a count
_RIDGE = 1e-6  # keeps the system solvable where the data determine no parameter


class Fit(NamedTuple):
    """The fit of one model."""

    pairs: tuple[Pair, ...]  # ways that it lets depend on each other
    unseen: float
    log_variance: float  # of log(unseen), if the pages were independent
    log_likelihood: float
    misfit: float  # Pearson's X squared
    parameters: int

    def qaic(self, dispersion: float) -> float:
        """Akaike's criterion for counts that vary more than Poisson's (Lebreton et al. 1992)."""
        return -2 * self.log_likelihood / dispersion + 2 * self.parameters


def averaged_fits(cells: Mapping[int, float], ways: int) -> list[Fit]:
    """Fit independence, then in each round one pair more, added to the likeliest fit so far."""
    fits: list[Fit] = []
    best = fit(cells, ways, ())
    pairs = list(combinations(range(ways), 2))
    most_pairs = min(len(pairs), (1 << ways) - 2 - ways)  # cells left over for interactions
    while best is not None:
        fits.append(best)
        if len(best.pairs) >= most_pairs:
            break
        candidates = []
        for pair in pairs:
            if pair not in best.pairs:
                candidate = fit(cells, ways, (*best.pairs, pair))
                if candidate is not None:
                    candidates.append(candidate)
        best = max(candidates, key=lambda candidate: candidate.log_likelihood, default=None)
        fits += [candidate for candidate in candidates if candidate is not best]
    return fits


def fit(cells: Mapping[int, float], ways: int, pairs: Sequence[Pair]) -> Fit | None:
    """The Poisson fit to counts by bit pattern, without 0; None when it does not converge.

    Evans and Bonett (1994): a share of one page is added to every cell, against empty ones.
    """
    extra = 0.5 ** (ways - 1)
    rows = [_row(pattern, ways, pairs) for pattern in range(1, 1 << ways)]
    counts = [cells.get(pattern, 0.0) + extra for pattern in range(1, 1 << ways)]
    solution = _newton(rows, counts)
    if solution is None:
        return None
    beta, variance = solution
    means = [math.exp(_dot(row, beta)) for row in rows]
    return Fit(
        pairs=tuple(pairs),
        unseen=math.exp(min(beta[0], 700.0)),
        log_variance=variance,
        log_likelihood=sum(
            count * math.log(mean) - mean for count, mean in zip(counts, means, strict=True)
        ),
        misfit=sum((count - mean) ** 2 / mean for count, mean in zip(counts, means, strict=True)),
        parameters=len(beta),
    )


def _row(pattern: int, ways: int, pairs: Sequence[Pair]) -> list[float]:
    seen = [float(pattern >> way & 1) for way in range(ways)]
    return [1.0, *seen, *(seen[first] * seen[second] for first, second in pairs)]


def _newton(
    rows: Sequence[Sequence[float]], counts: Sequence[float]
) -> tuple[list[float], float] | None:
    """The maximum-likelihood parameters, and the variance of the first one.

    Newton's method, with steps halved until the likelihood does not fall.
    """
    size = len(rows[0])
    beta = [0.0] * size
    beta[0] = math.log(sum(counts) / len(counts))
    level = _log_likelihood(rows, counts, beta)
    for _ in range(_ROUNDS):
        means = [math.exp(_dot(row, beta)) for row in rows]
        slope = [
            sum(
                (count - mean) * row[i]
                for row, count, mean in zip(rows, counts, means, strict=True)
            )
            - _RIDGE * beta[i]
            for i in range(size)
        ]
        factor = _cholesky(_information(rows, means))
        if factor is None:
            return None
        step = _solve(factor, slope)
        for _ in range(_HALVINGS):
            tried = [now + move for now, move in zip(beta, step, strict=True)]
            reached = _log_likelihood(rows, counts, tried)
            if reached >= level - _CLOSE:
                break
            step = [move / 2 for move in step]
        else:
            return None
        has_converged = abs(reached - level) < _CLOSE * (1 + abs(level))
        beta, level = tried, reached
        if has_converged:
            first = [1.0] + [0.0] * (size - 1)
            return beta, _solve(factor, first)[0]
    return None


def _log_likelihood(
    rows: Sequence[Sequence[float]], counts: Sequence[float], beta: Sequence[float]
) -> float:
    total = -_RIDGE / 2 * sum(value * value for value in beta)
    for row, count in zip(rows, counts, strict=True):
        log_mean = _dot(row, beta)
        if log_mean > _LARGEST_LOG:
            return -math.inf
        total += count * log_mean - math.exp(log_mean)
    return total


def _information(rows: Sequence[Sequence[float]], means: Sequence[float]) -> list[list[float]]:
    size = len(rows[0])
    matrix = [[0.0] * size for _ in range(size)]
    for row, mean in zip(rows, means, strict=True):
        nonzero = [i for i, value in enumerate(row) if value]
        for i in nonzero:
            for j in nonzero:
                matrix[i][j] += mean
    for i in range(size):
        matrix[i][i] += _RIDGE
    return matrix


def _cholesky(matrix: Sequence[Sequence[float]]) -> list[list[float]] | None:
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - _dot(factor[i][:j], factor[j][:j])
            if i == j:
                if rest <= 0:
                    return None
                factor[i][i] = math.sqrt(rest)
            else:
                factor[i][j] = rest / factor[j][j]
    return factor


def _solve(factor: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve A x = right, A being the factor times its transpose."""
    size = len(right)
    forward: list[float] = []
    for i in range(size):
        forward.append((right[i] - _dot(factor[i][:i], forward)) / factor[i][i])
    back = [0.0] * size
    for i in reversed(range(size)):
        rest = sum(factor[k][i] * back[k] for k in range(i + 1, size))
        back[i] = (forward[i] - rest) / factor[i][i]
    return back


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(map(float.__mul__, left, right))
