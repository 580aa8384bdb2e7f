"""How far a share may be chance: a lower bound of it, and the probability of a lower one."""

import math

_Z = 2.33  # standard deviations: one-sided 99 %


def at_least(had: int, could: int) -> float:
    """The lower bound of the share, by Wilson (1927), one-sided 99 %."""
    if not could:
        return 0.0
    share, weight = had / could, _Z * _Z / could
    spread = _Z * math.sqrt((share * (1 - share) + weight / 4) / could)
    return (share + weight / 2 - spread) / (1 + weight)


def at_most(had: int, could: int, share: float) -> float:
    """The binomial chance of at most `had` successes in `could` trials of success rate `share`."""
    if had >= could * share:
        return 1.0  # it is a half or more: no need to be exact
    log_term = (
        math.lgamma(could + 1) - math.lgamma(had + 1) - math.lgamma(could - had + 1)
        + had * math.log(share) + (could - had) * math.log1p(-share)
    )  # fmt: skip
    term = total = math.exp(log_term)
    for k in range(had, 0, -1):  # below the mean each term is smaller than the one before
        term *= k / (could - k + 1) * (1 - share) / share
        total += term
        if term < total * 1e-12:
            break
    return total
