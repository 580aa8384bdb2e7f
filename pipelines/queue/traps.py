"""Detects crawler traps (calendars, session ids, growing paths) by their lack of questions.

A trap feeds itself: its pages are found on pages of the same URL pattern, or of one that was held
back or cut off, and name new URLs; but none of them is or links to a question that was not seen
before. After so many in a row the pattern is cut off. Lists that lead to questions, however long,
overlapping tags, and questions that have several URLs are no traps.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

from pipelines.queue.hosts import Scope
from pipelines.queue.idle_parameters import IdleParameters
from pipelines.queue.order import DOUBTFUL
from pipelines.queue.url_shapes import identity, odd, url_patterns
from pipelines.queue.ways import VIEW
from pipelines.statements import insert_row
from scraper.clock import now
from scraper.items import SOUND, Kind, Link, Via, Visit
from scraper.reading.urls import MAX_LENGTH
from scraper.record import timestamp

CODE, ODD = "trap", "odd-url"
LIMIT = 100  # fruitless pages in a row; a pattern with a new question starts anew
_SUSPECT = 5  # after so many, pages of the pattern are fetched after all others
_VARIETY = 64  # narrower patterns within a pattern; with more of them the wider one is taken
_BITS = 1 << 18  # of a pattern's hash table of the questions that its pages linked to: 32 KiB
_MOST_TABLES = 256  # such tables
_MOST_ODD = 100  # odd URLs on file


class FoundTrap(NamedTuple):
    """A row of `problems` for a trap; it belongs to no row of `urls`."""

    url: str  # of a page of the pattern; an odd URL as far as it is kept
    code: str
    found_at: str
    detail: str
    pattern: str | None = None  # that was cut off; None for an odd URL
    is_remembered: bool = False  # whether later runs leave the pattern alone


def file_trap(db: sqlite3.Connection, run_id: int, trap: FoundTrap) -> None:
    """Write the trap's row of `problems`."""
    row = {
        "run_id": run_id, "url": trap.url, "code": trap.code, "found_at": trap.found_at,
        "detail": trap.detail, "field": trap.pattern if trap.is_remembered else None,
    }  # fmt: skip
    insert_row(db, "problems", row)


def give_up(db: sqlite3.Connection, scope: Scope, pattern: str) -> None:
    """Make the new URLs of the pattern a problem, instead of requesting them."""
    _update_new(db, scope, pattern, "state='problem'")


def _hold_back(db: sqlite3.Connection, scope: Scope, pattern: str) -> None:
    """Put the new URLs of the pattern behind all other new ones."""
    _update_new(db, scope, pattern, f"priority={DOUBTFUL}")


def _update_new(db: sqlite3.Connection, scope: Scope, pattern: str, change: str) -> None:
    db.create_function("trapped", 1, lambda url: pattern in url_patterns(url))
    db.execute(
        f"UPDATE urls SET {change} WHERE site=? AND host=? AND state='ready'"
        " AND visited_in IS NULL AND via NOT IN ('start', 'range') AND trapped(url)",
        scope,
    )


@dataclass
class Traps:
    """The traps that this run has detected, and its fruitless pages by URL pattern."""

    db: sqlite3.Connection
    scope: Scope
    run_id: int
    caught: int = 0  # patterns and odd URLs that this run was the first to detect
    found: list[FoundTrap] = field(default_factory=list)  # by the current visit
    _cut_patterns: set[str] = field(default_factory=set)
    _streaks: dict[str, int] = field(default_factory=dict)  # fruitless pages in a row, by pattern
    _narrower: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _linked_bits: dict[str, bytearray] = field(default_factory=dict)  # hash tables, by pattern

    def __post_init__(self) -> None:
        self._idle = IdleParameters(self.db)

    def recall(self) -> None:
        """Load the patterns that earlier runs cut off, but for those that questions have too."""
        rows = self.db.execute(
            "SELECT DISTINCT p.field FROM problems p JOIN runs r ON r.id=p.run_id WHERE p.code=?"
            " AND p.url_id IS NULL AND p.field IS NOT NULL AND r.site=? AND r.host=?",
            (CODE, *self.scope),
        )
        self._cut_patterns = {name for (name,) in rows}

    def without_traps(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """The links that are no part of a trap."""
        return tuple(link for link in links if not self._is_trap(link))

    def suspects(self, links: Iterable[Link]) -> list[str]:
        """The URLs that may be part of a trap, and so are fetched after all others."""
        if not self._streaks:
            return []
        suspect = {pattern for pattern, streak in self._streaks.items() if streak >= _SUSPECT}
        return [link.url for link in links if suspect and self._pattern(link.url) in suspect]

    def watch(self, visit: Visit, parent: int | None, *, new: bool) -> set[str]:
        """Judge a page's first visit; return its links to questions that its like did not have.

        `new`: it gave a question that the archive lacked.
        """
        if visit.outcome not in SOUND or parent is None:
            return set()
        pattern = self._pattern(visit.url)
        if new:
            if self._streaks:
                self._reset_streaks(pattern, parent)
            return set()
        if fresh := self._new_questions(pattern, visit, parent):
            self._streaks.pop(pattern, None)
        elif self._is_fed_by_own(pattern, parent) and self._names_new_url(visit):
            streak = self._streaks[pattern] = self._streaks.get(pattern, 0) + 1
            if streak == LIMIT // 2:
                _hold_back(self.db, self.scope, pattern)
            if streak >= LIMIT and pattern not in self._cut_patterns:
                self._cut_off(pattern, visit.url)
        return fresh

    def _is_trap(self, link: Link) -> bool:
        if odd(link.url):
            self._file_odd_url(link.url)
            return True
        if not self._cut_patterns or link.via in {Via.RANGE, Via.START}:
            return False
        return not self._cut_patterns.isdisjoint(url_patterns(link.url))

    def _pattern(self, url: str) -> str:
        """The URL's narrowest pattern, or the first wider one that has too many narrower ones.

        With an idle parameter it is a wider one at once, that of all pages to which it is given.
        """
        by_folder, by_parameters, by_both, whole = url_patterns(url)
        if self._idle.without(url) != url:
            return by_both
        for wide, narrow in ((by_folder, by_both), (by_parameters, by_both), (by_both, whole)):
            narrower = self._narrower[wide]
            if len(narrower) <= _VARIETY:
                narrower.add(narrow)
            if len(narrower) > _VARIETY:
                return wide
        return whole

    def _reset_streaks(self, pattern: str, parent: int) -> None:
        """Reset the streak of a pattern with a new question, and of the patterns that led to it."""
        for fruitful in {pattern, *self._ancestors(parent)}:
            self._streaks.pop(fruitful, None)

    def _ancestors(self, parent: int) -> set[str]:
        """The patterns of a page and of the page that linked to it."""
        row = self.db.execute(
            "SELECT p.url, g.url FROM urls p LEFT JOIN urls g ON g.id=p.disclosed_by WHERE p.id=?",
            (parent,),
        ).fetchone()
        return {self._pattern(url) for url in row or () if url}

    def _new_questions(self, pattern: str, visit: Visit, parent: int) -> set[str]:
        """The page's links to questions to which no page of its pattern linked before.

        On a page that shows a question otherwise than its record, such as the next page of its
        answers, each parameter counts.
        """
        question = visit.question
        known = question is None or self._idle.note_copy(question, visit.url, parent)
        if pattern not in self._linked_bits and len(self._linked_bits) >= _MOST_TABLES:
            self._linked_bits.pop(next(iter(self._linked_bits)))
        bits = self._linked_bits.setdefault(pattern, bytearray(_BITS // 8))
        fresh = set()
        for link in visit.links:
            if link.kind is Kind.QUESTION:
                url = self._idle.without(link.url) if known else link.url
                place, bit = divmod(crc32(identity(url).encode()) % _BITS, 8)
                if not bits[place] >> bit & 1:
                    fresh.add(link.url)
                bits[place] |= 1 << bit
        return fresh

    def _is_fed_by_own(self, pattern: str, parent: int) -> bool:
        """Whether the page was found on one of its pattern, or of one that is held back or cut."""
        held = {held for held, streak in self._streaks.items() if streak >= LIMIT // 2}
        return not (self._cut_patterns | held | {pattern}).isdisjoint(self._ancestors(parent))

    def _names_new_url(self, visit: Visit) -> bool:
        urls = {link.url for link in visit.links}
        known = self.db.execute(
            "SELECT count(*) FROM urls WHERE url IN (SELECT value FROM json_each(?))",
            (json.dumps(list(urls)),),
        )
        return int(known.fetchone()[0]) < len(urls)

    def _file_odd_url(self, url: str) -> None:
        """File an odd URL as a problem, unless it is on file or there are many."""
        shown = url[:MAX_LENGTH]
        count, is_on_file = self.db.execute(
            "SELECT count(*), ifnull(sum(url=?), 0) FROM problems WHERE code=?", (shown, ODD)
        ).fetchone()
        if count < _MOST_ODD and not is_on_file:
            detail = f"{len(url)} characters, {url.count('/') - 2} path segments"
            self._file(FoundTrap(shown, ODD, timestamp(now()), detail))

    def _file(self, trap: FoundTrap) -> None:
        self.caught += 1
        self.found.append(trap)
        file_trap(self.db, self.run_id, trap)

    def _cut_off(self, pattern: str, url: str) -> None:
        self._cut_patterns.add(pattern)
        give_up(self.db, self.scope, pattern)
        detail = (
            f"{LIMIT} pages of the URL pattern {pattern} in a row held and showed no new question"
        )
        is_sure = self._idle.without(url) == url and self._is_surely_trap(pattern)
        self._file(FoundTrap(url, CODE, timestamp(now()), detail, pattern, is_remembered=is_sure))

    def _is_surely_trap(self, pattern: str) -> bool:
        """Whether later runs may avoid the pattern: it has a path, and led to no question."""
        questions = self.db.execute(
            "SELECT 1 FROM questions WHERE trapped(url)"
            f" UNION ALL SELECT 1 FROM urls WHERE ways & {VIEW} AND trapped(url) LIMIT 1"
        )
        return pattern.startswith("/") and questions.fetchone() is None
