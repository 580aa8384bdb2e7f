"""By what a question is told from another one; what is compared is made once for each."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scraper.reading.sameness import (
    is_cut,
    is_distinctive,
    pieces,
    shared_pieces,
    text_key,
    without_dots,
)

MIN_SHARED = 0.5  # of the shorter text


class Words:
    """A text, and what it is compared by."""

    def __init__(self, text: str) -> None:
        self.written = text

    @cached_property
    def key(self) -> str:
        return text_key(self.written)

    @cached_property
    def beginning(self) -> str:
        """The key without the dots of a cut."""
        return text_key(without_dots(self.written))

    @cached_property
    def may_begin(self) -> bool:
        """Whether these are enough words to tell by them what they begin."""
        return is_distinctive(without_dots(self.written))

    @cached_property
    def is_cut(self) -> bool:
        return is_cut(self.written)

    @cached_property
    def pieces(self) -> set[str]:
        return pieces(self.written)


def is_beginning(one: Words, other: Words, *, cut: bool = False) -> bool:
    """Whether one text is the beginning of the other; `cut`: and ends in the dots of a cut."""
    return one.key == other.key or any(
        short.may_begin and (short.is_cut or not cut) and long.key.startswith(short.beginning)
        for short, long in ((one, other), (other, one))
    )


@dataclass(frozen=True, eq=False)
class Signs:
    """What is said of a question besides its answers."""

    title: Words | None
    text: Words | None
    author: str | None
    asked_on: date | None
    addresses: tuple[str, ...]
    numbers: set[str]

    def are_at_the_place_of(self, other: "Signs") -> bool:
        """Whether both name one URL or number as their own."""
        if not self.numbers.isdisjoint(other.numbers):
            return True
        return not set(self.addresses).isdisjoint(other.addresses)

    @cached_property
    def tell_more(self) -> bool:
        """Whether a text is long enough to compare, besides the title that it may begin with."""
        if self.text is None:
            return False
        text, title = self.text.beginning, self.title.key if self.title else ""
        return not title.startswith(text) and is_distinctive(text.removeprefix(title))


def are_disjoint(here: set[str], there: set[str]) -> bool:
    """Whether two are numbered, and have no number in common."""
    return bool(here and there) and here.isdisjoint(there)


def may_be_same(one: Signs, other: Signs) -> bool:
    """Whether two questions of one title may be the same by what else is said of them.

    A text that only repeats the title says nothing.
    """
    if one.are_at_the_place_of(other):
        return True
    if one.author and one.asked_on and (one.author, one.asked_on) == (other.author, other.asked_on):
        return True
    if not (one.text and other.text and one.tell_more and other.tell_more):
        return True
    return shared_pieces(one.text.pieces, other.text.pieces) >= MIN_SHARED
