"""The figures of `freshness` for other histories, seeds and budgets.

`python -m tests.bench.spread SEEDS PAGES`; five seeds of 300 pages take some ten minutes.
"""

import sys
from collections.abc import Iterable
from statistics import mean

from tests.bench.freshness import YEARS, policies, replay
from tests.bench.histories import HISTORIES


def spread(pages: int, seeds: Iterable[int]) -> None:
    """Print how many more stale page-days ours has than others, by history and budget."""
    others = ("fixed interval", "proportional", "oracle", "ours, told the mix of rates")
    print("Stale page-days of ours against others', a run a week: mean (least to most) of seeds.")
    print(f"  {'history, requests a day':27}{''.join(f'{name:>29}' for name in others)}")
    days = YEARS * 365.0
    for history, share in [
        *((name, 0.04) for name in HISTORIES),
        ("skewed", 0.01),
        ("skewed", 0.08),
    ]:
        ratios: dict[str, list[float]] = {name: [] for name in others}
        for seed in seeds:
            lives = HISTORIES[history](pages, days, seed)
            budget = max(1, round(len(lives) * share * 7))
            known = policies(lives)
            ours, _ = replay(lives, days, budget, known["ours"], every=7)
            for name in others:
                stale, _ = replay(lives, days, budget, known[name], every=7)
                ratios[name].append(ours / stale - 1)
        cells = (
            f"{mean(values):+.1%} ({min(values):+.1%} to {max(values):+.1%})"
            for values in ratios.values()
        )
        print(f"  {history:21}{share:6}{''.join(f'{cell:>29}' for cell in cells)}", flush=True)


if __name__ == "__main__":
    spread(int(sys.argv[2]), range(1, int(sys.argv[1]) + 1))
