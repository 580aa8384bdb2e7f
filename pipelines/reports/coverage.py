"""Which fields a run's question pages had, and whether fewer have them than before.

A reader that has lost its grip on a changed page often still finds something. So a run is held
against the last good ones of its site, field by field. Pure: counts in, falls out.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from pipelines.queue.days import SETTLED
from scraper.items import Question

Counts = Mapping[str, tuple[int, int]]  # field -> pages that could have it, pages that had it

RECORD = "record"  # the page gave a sound record at all
_FIELDS: Mapping[str, Callable[[Question], object]] = {
    "title": lambda question: question.title,
    "department": lambda question: question.department,
    "headline": lambda question: question.headline,
    "text": lambda question: question.text,
    "asker_name": lambda question: question.asker and question.asker.name,
    "asker_sex": lambda question: question.asker and question.asker.sex,
    "asker_age": lambda question: question.asker and question.asker.age_min is not None,
    "asked_on": lambda question: question.asked_on,
}
# A question may wait for these, so only those asked a while ago are counted.
_LATER: Mapping[str, Callable[[Question], object]] = {
    "replies": lambda question: question.replies,
    "more_info": lambda question: question.more_info,
    "similar": lambda question: question.similar,
    "faq_tags": lambda question: question.faq_tags,
}
_OF_REPLIES: Mapping[str, Callable[[Question], object]] = {
    "reply_doctor": lambda question: any(reply.doctor for reply in question.replies),
    "reply_date": lambda question: any(reply.replied_on for reply in question.replies),
}
_A_WHILE = timedelta(days=30)
_DRIFT = 0.05  # of the pages: a fall that small may be the questions' own
_CHANCE = 1e-4  # of a false alarm, for each field of each run
_Z = 2.33  # one-sided 99 %
_ENOUGH = 300  # question pages of good runs to hold a run against


@dataclass(frozen=True, slots=True)
class Fall:
    """A field that fewer pages have than before."""

    field: str
    before: float  # share of the pages that could have it, in the last good runs
    now: float
    pages: int  # that could have it, in this run
    settled: bool = False  # so for a month: told a last time, and the measure from now on

    def __str__(self) -> str:
        told = f"{self.field} {self.before:.0%} -> {self.now:.0%} of {self.pages:,} pages"
        return f"{told}, for a month: from now on accepted as normal" * self.settled or told


class Earlier(NamedTuple):
    """An earlier run of the site."""

    day: float  # of the archive's calendar
    counts: Counts
    is_good: bool  # it ended with exit status 0
    fell: Mapping[str, bool]  # the fields that fell in it, and whether that was settled


class Coverage:
    """Counts of one run."""

    def __init__(self) -> None:
        names = (RECORD, *_FIELDS, *_LATER, *_OF_REPLIES)
        self._counts = {name: [0, 0] for name in names}

    def count(self, question: Question | None, today: date) -> None:
        """Count a page that should hold a question; None when no sound one could be read."""
        self._note(RECORD, question)
        if question is None:
            return
        for name, has in _FIELDS.items():
            self._note(name, has(question))
        if question.replies:
            for name, has in _OF_REPLIES.items():
                self._note(name, has(question))
        if question.asked_on is None or today - question.asked_on >= _A_WHILE:
            for name, has in _LATER.items():
                self._note(name, has(question))

    def _note(self, name: str, value: object) -> None:
        counts = self._counts[name]
        counts[0] += 1
        if value:
            counts[1] += 1

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Fields that at least one page could have had."""
        return {name: (could, had) for name, (could, had) in self._counts.items() if could}


def fallen(now: Counts, day: float, runs: Sequence[Earlier]) -> Iterator[Fall]:
    """Yield the fields that fell in the run of that day; `runs` are those before, the last first.

    What has been low for a month is taken for how the site is. Pages without a record are judged
    elsewhere: a run asks for those again and again.
    """
    before = _measure(runs)
    fields = {field: counts for field, counts in now.items() if field != RECORD}
    for fall in falls(fields, before):
        began = _began(fall, before, day, runs)
        yield replace(fall, settled=day - began >= SETTLED)


def _measure(runs: Iterable[Earlier]) -> Counts:
    """The counts of the last good runs, enough to compare with; none from before a settled fall."""
    counts: Counts = {}
    settled: set[str] = set()
    for run in runs:
        told = {
            field: pages
            for field, pages in run.counts.items()
            if field not in settled and (run.is_good or run.fell.get(field))
        }
        counts = merged(counts, told)
        settled.update(field for field, is_settled in run.fell.items() if is_settled)
        if counts.get(RECORD, (0, 0))[0] >= _ENOUGH:
            break
    return counts


def _began(fall: Fall, before: Counts, day: float, runs: Iterable[Earlier]) -> float:
    """The day of the run that first told of the fall, no run having shown the field well since."""
    for run in runs:
        could, _ = run.counts.get(fall.field, (0, 0))
        still = {fall.field: (could, round(could * fall.now))}
        if fall.field in run.fell:
            if run.fell[fall.field]:
                break
            day = run.day
        elif run.is_good and any(falls(still, before)):
            break
    return day


def falls(now: Counts, before: Counts) -> Iterator[Fall]:
    """Yield the fields that fell by more than chance and drift explain."""
    for field, (could, had) in now.items():
        could_before, had_before = before.get(field, (0, 0))
        expected = _at_least(had_before, could_before) - _DRIFT
        if expected > 0 and at_most(had, could, expected) < _CHANCE:
            yield Fall(field, had_before / could_before, had / could, could)


def _at_least(had: int, could: int) -> float:
    """The share that so many pages speak for at the least: Wilson (1927), one-sided 99 %."""
    if not could:
        return 0.0
    share, weight = had / could, _Z * _Z / could
    spread = _Z * math.sqrt((share * (1 - share) + weight / 4) / could)
    return (share + weight / 2 - spread) / (1 + weight)


def at_most(had: int, could: int, share: float) -> float:
    """Chance that of `could` pages no more than `had` have what each has with chance `share`."""
    if had >= could * share:
        return 1.0  # at least a half or so: far from any alarm
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


def merged(one: Counts, other: Counts) -> dict[str, tuple[int, int]]:
    """The counts of both."""
    both = {**dict.fromkeys(one, (0, 0)), **other}
    return {
        name: (could + one.get(name, (0, 0))[0], had + one.get(name, (0, 0))[1])
        for name, (could, had) in both.items()
    }


def as_rows(found: list[Fall]) -> list[dict[str, Any]]:
    """The falls as they stand in `runs.fell`."""
    return [asdict(fall) for fall in found]
