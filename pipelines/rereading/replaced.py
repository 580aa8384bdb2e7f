"""Question pages on which nothing is left of the question: another one came in its place."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipelines.rereading.doubts import Doubts
from pipelines.rows import STAYS
from scraper.items import Problem, Question, Visit
from scraper.reading.sameness import long_enough, without_dots
from scraper.site import Site

REPLACED = Problem(
    code="question-replaced", detail="title, text and asker are those of another question"
)
_LASTING = 1  # days after which it is believed
_PIECE = 4  # characters
_HELD = f"""
SELECT q.title, q.question_text, q.asker_name, q.asked_on, u.url,
  u.id <> h.id AND ({STAYS}), :url NOT IN (q.url, u.url), q.id
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here WHERE q.id = :id
"""


class _Held(NamedTuple):
    """What a record says, and where."""

    title: str | None
    text: str | None
    asker: str | None
    asked_on: str | None
    home: str  # where it was read
    stays: bool  # which is another page, and answers for it
    apart: bool  # the visit's page does not call itself that one
    id: str

    @property
    def elsewhere(self) -> Problem:
        return replace(REPLACED, detail=f"not the question that is {self.id}, at {self.home}")


def replacement(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> Problem | None:
    """The problem that a page says another question than it did, or than is held elsewhere.

    What a cache mixes up is waited out; a number that was given to another question is believed
    when a look on a later day says the same, and more than a title, as "Not found" is one too. Not
    while the record's own page, another one, answers for it: that may be a question of its own.
    """
    now, held = visit.question, _another(db, visit)
    if now is None or held is None:
        return None
    if held.stays:
        return held.elsewhere
    says_more = now.text or now.asker or now.asked_on or now.replies
    doubts = Doubts(db, folder, site, run_id)
    believed = says_more and doubts.outlasted(now, visit.url, REPLACED, _LASTING)
    return None if believed else REPLACED


def held_elsewhere(db: sqlite3.Connection, visit: Visit) -> Problem | None:
    """The problem that another question is held, by the same number, at another page."""
    held = _another(db, visit)
    return held.elsewhere if held is not None and held.stays else None


def _another(db: sqlite3.Connection, visit: Visit) -> _Held | None:
    """The record with the id of the visit's question, if that is another one."""
    now = visit.question
    if now is None:
        return None
    told = {"id": now.id, "url": now.url, "here": visit.url}
    row = db.execute(_HELD, told).fetchone()
    return None if row is None or _is_one(now, held := _Held(*row)) else held


def _is_one(now: Question, held: _Held) -> bool:
    """Whether a title or text is as it was, or asker and day are."""
    asker = now.asker.name if now.asker else None
    if now.asked_on is not None and (asker, now.asked_on.isoformat()) == held[2:4]:
        return True
    if held.stays and held.apart:
        return _is_retold(now, held) and (None in (asker, held.asker) or asker == held.asker)
    pairs = _pairs(now, held)
    return not pairs or any(_share_half(*pair) for pair in pairs)


def _is_retold(now: Question, held: _Held) -> bool:
    """Whether pages that only a number makes one have the same text or, both alike, a same one.

    What is cut is the same.
    """
    pairs = _pairs(now, held)
    same = [_begin_alike(*pair) for pair in pairs]
    if now.text and held.text and long_enough(now.text) and same[-1]:
        return True
    return not pairs or (any(same) and all(_share_half(*pair) for pair in pairs))


def _pairs(now: Question, held: _Held) -> list[tuple[str, str]]:
    pairs = ((now.title, held.title), (now.text, held.text))
    return [(a, b) for a, b in pairs if a and b]


def _begin_alike(text: str, other: str) -> bool:
    few, many = sorted((_folded(without_dots(text)), _folded(without_dots(other))), key=len)
    return few == many or (long_enough(few) and many.startswith(few))


def _share_half(text: str, other: str) -> bool:
    few, many = sorted((_pieces(text), _pieces(other)), key=len)
    return 2 * len(few & many) >= len(few)


def _pieces(text: str) -> set[str]:
    folded = _folded(text)
    return {folded[at : at + _PIECE] for at in range(max(len(folded) - _PIECE, 0) + 1)}


def _folded(text: str) -> str:
    return "".join(text.casefold().split())
