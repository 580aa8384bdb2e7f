"""Counts which fields a run's question pages have, and which of them those that are held keep."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from scraper.items import Question

Counts = Mapping[str, tuple[int, int]]  # field -> pages that could have it, pages that had it

RECORD = "record"  # the page gave a sound record at all
KEPT = "kept "  # before a field's name: of the pages whose record had it
_FIELDS: dict[str, Callable[[Question], object]] = {
    "title": lambda question: question.title,
    "headline": lambda question: question.headline,
    "text": lambda question: question.text,
    "asker_name": lambda question: question.asker and question.asker.name,
    "asker_sex": lambda question: question.asker and question.asker.sex,
    "asker_age": lambda question: question.asker and question.asker.age_min is not None,
    "asked_on": lambda question: question.asked_on,
}
# Questions get these only later, so only those asked a while ago are counted.
_ADDED_LATER: dict[str, Callable[[Question], object]] = {
    name: attrgetter(name) for name in ("replies", "more_info", "similar", "faq_tags")
}
# Some sites name the department above the reply alone.
_OF_REPLIES: dict[str, Callable[[Question], object]] = {
    "department": lambda question: question.department,
    "reply_doctor": lambda question: any(reply.doctor for reply in question.replies),
    "reply_date": lambda question: any(reply.replied_on for reply in question.replies),
}
NAMES = (*_FIELDS, *_ADDED_LATER, *_OF_REPLIES)
_A_WHILE = timedelta(days=30)


class Former(NamedTuple):
    """An earlier version of a record."""

    run: int  # that replaced it
    record: Question


class Held(NamedTuple):
    """What the archive holds of a page."""

    record: Question
    former: Sequence[Former] = ()  # those that may count


class Coverage:
    """How many pages of one run could have and had each field.

    `open_falls`: as the function of that name.
    """

    def __init__(self, open_falls: Mapping[str, int] | None = None) -> None:
        self.open_falls = open_falls or {}
        kept = (f"{KEPT}{name}" for name in NAMES)
        self._counts = {name: [0, 0] for name in (RECORD, *NAMES, *kept)}

    def count(self, question: Question | None, today: date, before: Held | None = None) -> None:
        """Count a page that should hold a question; None when no sound one could be read.

        `before`: the page's record; None when it is new.
        """
        self._count_field(RECORD, question)
        if question is None:
            return
        if before is not None:
            self._count_kept(before, question)
            return
        for name, has in _FIELDS.items():
            self._count_field(name, has(question))
        if question.replies:
            for name, has in _OF_REPLIES.items():
                self._count_field(name, has(question))
        if question.asked_on is not None and today - question.asked_on >= _A_WHILE:
            for name, has in _ADDED_LATER.items():
                self._count_field(name, has(question))

    def _count_kept(self, before: Held, question: Question) -> None:
        fields = _FIELDS | _ADDED_LATER | (_OF_REPLIES if question.replies else {})
        for name, has in fields.items():
            kept = f"{KEPT}{name}"
            since = self.open_falls.get(kept, math.inf)
            former = (old.record for old in before.former if old.run >= since)
            if has(before.record) or any(map(has, former)):
                self._count_field(kept, has(question))

    def _count_field(self, name: str, value: object) -> None:
        counts = self._counts[name]
        counts[0] += 1
        if value:
            counts[1] += 1

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Fields that at least one page could have had."""
        return {name: (could, had) for name, (could, had) in self._counts.items() if could}
