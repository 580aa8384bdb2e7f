"""`qarchive status --watch`: a crawl seen from beside it."""

import time
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from pipelines.reports.last_runs import Progress, progress
from scraper.cli.printing import printable

EACH = 2.0  # seconds
_WINDOW = 30  # looks that the rate is taken over: a minute


class Rates:
    """Pages a second of each site's run over the last minute."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], deque[tuple[float, int]]] = {}

    def note(self, one: Progress, moment: float) -> float | None:
        """The rate; None at the first look."""
        seen = self._seen.setdefault((one.site, one.run), deque(maxlen=_WINDOW))
        seen.append((moment, one.taken))
        passed = moment - seen[0][0]
        return (one.taken - seen[0][1]) / passed if passed else None


def told(one: Progress, rate: float | None) -> Iterator[str]:
    """Yield a site's lines."""
    if one.ended_why is not None:
        yield f"{one.site}: run {one.run} ended, {one.ended_why}; {_counts(one.outcomes)}"
    elif not rate:
        yield f"{one.site}: run {one.run}, {one.taken:,} taken; {one.to_do:,} to do"
    else:
        left = timedelta(seconds=round(one.to_do / rate))
        yield (
            f"{one.site}: run {one.run}, {one.taken:,} taken, {rate:.1f}/s;"
            f" {one.to_do:,} to do, {left} left"
        )
    if one.ended_why is None and one.outcomes:
        yield f"  this run: {_counts(one.outcomes)}"
    yield f"  all URLs: {_counts(one.states)}"


def watch(archive: Path, console: Console) -> None:
    """Show how the crawls of an archive go until Ctrl-C. Raises as `progress`."""
    rates = Rates()

    def look() -> Text:
        now = time.monotonic()
        lines = [line for one in progress(archive) for line in told(one, rates.note(one, now))]
        return Text("\n".join(map(printable, lines)))

    try:
        if not console.is_terminal:
            while True:
                console.print(look(), soft_wrap=True)
                time.sleep(EACH)
        with Live(look(), console=console, auto_refresh=False) as live:
            while True:
                time.sleep(EACH)
                live.update(look(), refresh=True)
    except KeyboardInterrupt:
        return


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "nothing yet"
