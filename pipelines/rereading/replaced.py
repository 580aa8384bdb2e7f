"""Question pages on which nothing is left of the question: another one came in its place."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from pipelines.queue.days import SETTLED
from pipelines.rereading.doubts import Doubts
from pipelines.rows import STAYS
from scraper.items import Problem, Question, Visit
from scraper.site import Site

REPLACED = Problem(
    code="question-replaced", detail="title, text and asker are those of another question"
)
_LASTING = 1  # days after which it is believed
_PIECE = 4  # characters
_HALF, _MOST = 0.5, 0.75  # of them
_HELD = f"""
SELECT q.title, q.question_text, q.asker_name, q.asked_on, u.id <> h.id AND ({STAYS})
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here WHERE q.id = :id
"""
_SAID_ELSEWHERE = """
SELECT 1 FROM (SELECT id, title, question_text, asker_name FROM questions
  WHERE site=:site AND asked_on IS :day LIMIT 1000)
WHERE id<>:id AND title IS :title AND question_text IS :text AND asker_name IS :asker
"""


class _Said(NamedTuple):
    """What an edit keeps some of."""

    title: str | None
    text: str | None
    asker: str | None
    day: str | None


def is_replaced(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> bool:
    """Whether a page says another question than it did, or than is held elsewhere.

    What a cache mixes up is waited out; a number that was given to another question is believed
    when a look on a later day says the same, and after a month when that is what a third question
    says. Not while the record's own page, another one, answers for it: that one may be no copy but
    a question of its own.
    """
    now = visit.question
    if now is None:
        return False
    row = db.execute(_HELD, {"id": now.id, "url": now.url, "here": visit.url}).fetchone()
    if row is None:
        return False
    held, said = _Said(*row[:4]), _said(now)
    if (said.title, said.text) == (held.title, held.text):
        return False
    told = {**said._asdict(), "id": now.id, "site": now.site}
    elsewhere = db.execute(_SAID_ELSEWHERE, told).fetchone() is not None
    if not elsewhere and _is_edit(said, held):
        return False
    days = SETTLED if elsewhere else _LASTING
    return row[4] or not Doubts(db, folder, site, run_id).outlasted(now, visit.url, REPLACED, days)


def _said(question: Question) -> _Said:
    asker = question.asker.name if question.asker else None
    day = question.asked_on.isoformat() if question.asked_on else None
    return _Said(question.title, question.text, asker, day)


def _is_edit(now: _Said, held: _Said) -> bool:
    """Whether the one may have become the other, or they cannot be compared.

    Titles are made alike: where asker or day are others, most of the text has to be the same.
    """
    if now.day is not None and (now.asker, now.day) == (held.asker, held.day):
        return True
    others = [a != b for a, b in zip(now[2:], held[2:], strict=True) if a and b]
    if not any(others) and now.title and now.title == held.title:
        return True
    pairs = [(a, b) for a, b in ((now.text, held.text), (now.title, held.title)) if a and b]
    return not pairs or _share(*pairs[0]) >= (_MOST if any(others) else _HALF)


def _share(text: str, other: str) -> float:
    """How much of the shorter one is in the other."""
    few, many = sorted((_pieces(text), _pieces(other)), key=len)
    return len(few & many) / len(few)


def _pieces(text: str) -> set[str]:
    folded = "".join(text.casefold().split())
    return {folded[at : at + _PIECE] for at in range(max(len(folded) - _PIECE, 0) + 1)}
