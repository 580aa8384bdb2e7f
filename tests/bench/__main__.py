"""`make bench`: every benchmark in turn; `python -m tests.bench whole` runs one."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import (
    completeness,
    flat,
    freshness,
    million,
    reextract,
    stages,
    unchanged,
    whole,
)


def main(chosen: list[str]) -> None:
    """Run the chosen benchmarks, or all; exits before the first if a name is unknown."""
    benchmarks: dict[str, Callable[[Path], None]] = {
        "stages": stages.main,
        "whole": lambda folder: whole.main(folder, pages=5_000),
        "unchanged": lambda folder: unchanged.main(folder, pages=5_000),
        "reextract": lambda folder: reextract.main(folder, pages=40_000),
        "million": million.main,
        "freshness": lambda _: freshness.main([]),
        "completeness": lambda _: completeness.main(),
        "flat": lambda folder: flat.main(folder, small=5_000),
    }
    if unknown := [name for name in chosen if name not in benchmarks]:
        sys.exit(f"no benchmark {', '.join(unknown)}: there are {', '.join(benchmarks)}.")
    for name in chosen or benchmarks:
        with tempfile.TemporaryDirectory() as folder:
            benchmarks[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
