"""`qarchive status --watch`: follows running crawls from beside them."""

import time
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from pipelines.status import RunProgress, run_progress
from scraper.wording import printable

_INTERVAL = 2.0  # seconds
_WINDOW = 30  # samples that the rate is taken over: a minute


class Rates:
    """Pages a second of each site's run over the last minute."""

    def __init__(self) -> None:
        self._samples: dict[tuple[str, int], deque[tuple[float, int]]] = {}

    def note(self, run: RunProgress, moment: float) -> float | None:
        """Add a sample, taken at `moment` in seconds, and return the rate; None for the first."""
        samples = self._samples.setdefault((run.site, run.run), deque(maxlen=_WINDOW))
        samples.append((moment, run.taken))
        first_moment, first_taken = samples[0]
        seconds = moment - first_moment
        return (run.taken - first_taken) / seconds if seconds else None


def progress_lines(run: RunProgress, rate: float | None) -> Iterator[str]:
    """Yield the lines that show a site's last run."""
    if run.ended_why is not None:
        yield f"{run.site}: run {run.run} ended, {run.ended_why}; {_counts(run.outcomes)}"
    elif not rate:
        yield f"{run.site}: run {run.run}, {run.taken:,} taken; {run.to_do:,} to do"
    else:
        left = timedelta(seconds=round(run.to_do / rate))
        yield (
            f"{run.site}: run {run.run}, {run.taken:,} taken, {rate:.1f}/s;"
            f" {run.to_do:,} to do, {left} left"
        )
    if run.ended_why is None and run.outcomes:
        yield f"  this run: {_counts(run.outcomes)}"
    yield f"  all URLs: {_counts(run.states)}"


def watch(archive: Path, console: Console) -> None:
    """Show the progress of an archive's crawls until Ctrl-C. Raises as `run_progress`."""
    rates = Rates()

    def snapshot() -> Text:
        now = time.monotonic()
        lines: list[str] = []
        for run in run_progress(archive):
            lines += progress_lines(run, rates.note(run, now))
        return Text("\n".join(map(printable, lines)))

    try:
        if not console.is_terminal:
            while True:
                console.print(snapshot(), soft_wrap=True)
                time.sleep(_INTERVAL)
        with Live(snapshot(), console=console, auto_refresh=False) as live:
            while True:
                time.sleep(_INTERVAL)
                live.update(snapshot(), refresh=True)
    except KeyboardInterrupt:
        return


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "nothing yet"
