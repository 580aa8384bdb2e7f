"""Detects fields that fewer of a run's question pages have than those of earlier runs.

A reader that no longer understands a changed page often still finds something. So a page that is
held is compared with its record: the fields that it had should still be there. New pages are
compared with those of the last good runs. Pure functions: counts in, falls out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipelines.chance import at_least, at_most
from pipelines.queue.days import SETTLED
from pipelines.reports.counting import KEPT, RECORD, Counts

_DRIFT = 0.05  # of the pages; so small a fall may be one of the questions themselves
_FALSE_ALARM = 1e-4  # its chance, for each field of each run
_ENOUGH = 300  # pages of good runs, for each field, to compare a run with
_FEW = 30  # pages at most, of several small runs that are judged as one


@dataclass(frozen=True, slots=True)
class Fall:
    """A field that fewer pages have than before."""

    field: str
    before: float  # share of the pages that could have it, in the last good runs
    now: float
    pages: int  # that could have it, in this run and small ones right before it
    settled: bool = False  # low for a month: reported a last time, and normal from now on

    def __str__(self) -> str:
        if self.field.startswith(KEPT):
            name, had = self.field.removeprefix(KEPT), round(self.now * self.pages)
            fall = f"of {self.pages:,} pages that had {name}, {had:,} still do"
        else:
            shares = f"{self.before:.0%} -> {self.now:.0%}"
            fall = f"fewer new pages have {self.field}, {shares} of {self.pages:,}"
        if self.settled:
            return f"{fall}, for a month: from now on accepted as normal"
        return fall


class Earlier(NamedTuple):
    """An earlier run of the site."""

    id: int
    day: float  # of the archive's calendar
    counts: Counts
    is_good: bool  # it ended with exit status 0
    fell: Mapping[str, Fall]  # by field


def fallen(now: Counts, day: float, runs: Sequence[Earlier]) -> Iterator[Fall]:
    """Yield the fields that fell in the run of that day; `runs` are those before, the last first.

    A share that has been low for a month is taken for normal. Pages without a record are judged
    elsewhere, since every run fetches them again.
    """
    for field, pages in now.items():
        if field != RECORD:
            yield from _fall(field, pages, day, runs)


def _fall(
    field: str, pages: tuple[int, int], day: float, runs: Sequence[Earlier]
) -> Iterator[Fall]:
    """Yield the field's fall in the run alone, or else together with small runs before it."""
    for together, earlier in _with_small_runs(field, pages, day, runs):
        before = {field: _to_compare(field, earlier)}
        for fall in falls({field: together}, before):
            began = _first_day(fall, before, day, earlier)
            yield replace(fall, settled=day - began >= SETTLED)
            return


def _with_small_runs(
    field: str, pages: tuple[int, int], day: float, runs: Sequence[Earlier]
) -> Iterator[tuple[tuple[int, int], Sequence[Earlier]]]:
    """Yield the run's pages, alone and with those of more and more runs, and the runs before these.

    A field of pages that are held is looked for in up to 30 pages of a month, of no run that told
    its fall: a loss of two pages a night is one of four in two nights.
    """
    yield pages, runs
    could, had = pages
    for number, run in enumerate(runs, 1):
        more_could, more_had = run.counts.get(field, (0, 0))
        could, had = could + more_could, had + more_had
        is_told = field in run.fell or not field.startswith(KEPT)
        if is_told or could > _FEW or day - run.day >= SETTLED:
            break
        if more_could:
            yield (could, had), runs[number:]


def _to_compare(field: str, runs: Iterable[Earlier]) -> tuple[int, int]:
    """The field's counts in enough of the last good runs; in none from before a settled fall.

    Where they are too few, pages are expected to keep what they have, unless a fall has settled.
    """
    could = had = fallen_pages = 0
    for run in runs:
        fall, pages = run.fell.get(field), run.counts.get(field, (0, 0))
        if fall is not None:
            fallen_pages = 0 if fall.settled else fall.pages
        if fallen_pages > 0:  # it fell in this run, or in a later one together with it
            fallen_pages -= pages[0]
        elif could < _ENOUGH and (run.is_good or fall is not None):
            could, had = could + pages[0], had + pages[1]
        if fall is not None and fall.settled:
            return could, had
    lacking = max(0, _ENOUGH - could) if field.startswith(KEPT) else 0
    return could + lacking, had + lacking


def open_falls(runs: Iterable[Earlier]) -> dict[str, int]:
    """The fields whose fall lasts, and the runs that told it first; `runs`: the last first.

    A fall ends with a run of enough pages to tell it anew that does not, or when it is settled.
    """
    found: dict[str, tuple[int, Fall]] = {}
    for run in reversed(list(runs)):
        ended = [
            field for field, (_, fall) in found.items()
            if field not in run.fell and _would_tell(fall, run.counts.get(field, (0, 0))[0])
        ]  # fmt: skip
        ended += [field for field, fall in run.fell.items() if fall.settled]
        for field, fall in run.fell.items():
            found.setdefault(field, (run.id, fall))
        for field in ended:
            del found[field]
    return {field: run_id for field, (run_id, _) in found.items()}


def _would_tell(fall: Fall, pages: int) -> bool:
    """Whether a run of so many pages, as few of which had the field, would have told the fall."""
    now = {fall.field: (pages, round(pages * fall.now))}
    return any(falls(now, {fall.field: (_ENOUGH, round(_ENOUGH * fall.before))}))


def _first_day(fall: Fall, before: Counts, day: float, runs: Iterable[Earlier]) -> float:
    """The day of the run that first reported the fall, without a good run in between."""
    for run in runs:
        could, _ = run.counts.get(fall.field, (0, 0))
        as_low_as_now = {fall.field: (could, round(could * fall.now))}
        if fall.field in run.fell:
            if run.fell[fall.field].settled:
                break
            day = run.day
        elif run.is_good and any(falls(as_low_as_now, before)):
            break
    return day


def falls(now: Counts, before: Counts) -> Iterator[Fall]:
    """Yield the fields that fell by more than chance and drift explain."""
    for field, (could, had) in now.items():
        could_before, had_before = before.get(field, (0, 0))
        expected = at_least(had_before, could_before) - _DRIFT
        if expected > 0 and at_most(had, could, expected) < _FALSE_ALARM:
            yield Fall(field, had_before / could_before, had / could, could)
