"""Question pages on which nothing is left of the question: another one came in its place."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipelines.queue.days import SETTLED
from pipelines.rereading.earlier_doubts import Doubts
from pipelines.storing.rows import STAYS
from scraper.items import Problem, Question, Visit
from scraper.reading.sameness import long_enough, without_dots
from scraper.site import Site

REPLACED = Problem(
    code="question-replaced", detail="title, text and asker are those of another question"
)
_LASTING = 1  # days after which it is believed
_PIECE = 4  # characters
_HALF, _MOST = 0.5, 0.75  # of them
_HELD = f"""
SELECT q.title, q.question_text, q.asker_name, q.asked_on, q.id, u.url,
  u.id <> h.id AND ({STAYS}), :url NOT IN (q.url, u.url)
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here WHERE q.id = :id
"""
_SAID_ELSEWHERE = """
SELECT 1 FROM (SELECT id, title, question_text, asker_name FROM questions
  WHERE site=:site AND asked_on IS :day LIMIT 1000) q
WHERE id<>:id AND title IS :title AND question_text IS :text AND asker_name IS :asker
  AND NOT EXISTS (SELECT 1 FROM question_versions v WHERE v.question_id = q.id
    AND v.record ->> '$.title' IS :held_title AND v.record ->> '$.question.text' IS :held_text)
"""  # but for a copy, which said what the record says


class _Said(NamedTuple):
    """What an edit keeps some of."""

    title: str | None
    text: str | None
    asker: str | None
    day: str | None


class _Held(NamedTuple):
    """A record, and where it was read."""

    said: _Said
    id: str
    home: str
    stays: bool  # at another page, which answers for it
    apart: bool  # the visit's page does not call itself that one
    days: float = _LASTING  # for which another question in its place has to be seen

    @property
    def elsewhere(self) -> Problem:
        return replace(REPLACED, detail=f"not the question that is {self.id}, at {self.home}")


def replacement(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> Problem | None:
    """The problem that a page says another question than it did, or than is held elsewhere.

    What a cache mixes up is waited out; a number that was given to another question is believed
    when a look on a later day says the same, and more than a title, as "Not found" is one too;
    after a month when that is what a third question says. Not while the record's own page, another
    one, answers for it: that may be a question of its own.
    """
    now, held = visit.question, _another(db, visit)
    if now is None or held is None:
        return None
    if held.stays:
        return held.elsewhere
    says_more = now.text or now.asker or now.asked_on or now.replies
    doubts = Doubts(db, folder, site, run_id)
    believed = says_more and doubts.outlasted(now, visit.url, REPLACED, held.days)
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
    row = db.execute(_HELD, {"id": now.id, "url": now.url, "here": visit.url}).fetchone()
    if row is None:
        return None
    said, held = _said(now), _Held(_Said(*row[:4]), *row[4:])
    if held.stays and held.apart:
        return None if _is_retold(said, held.said) else held
    if said[:2] == held.said[:2]:
        return None
    told = {**said._asdict(), "id": now.id, "site": now.site}
    told |= {"held_title": held.said.title, "held_text": held.said.text}
    if db.execute(_SAID_ELSEWHERE, told).fetchone() is not None:
        return held._replace(days=SETTLED)
    return None if _is_edit(said, held.said) else held


def _said(question: Question) -> _Said:
    asker = question.asker.name if question.asker else None
    day = question.asked_on.isoformat() if question.asked_on else None
    return _Said(question.title, question.text, asker, day)


def _is_edit(now: _Said, held: _Said) -> bool:
    """Whether the one may have become the other, or they cannot be compared.

    Titles are made alike: where asker or day are others, most of the text has to be the same.
    """
    if now.day is not None and now[2:] == held[2:]:
        return True
    others = [a != b for a, b in zip(now[2:], held[2:], strict=True) if a and b]
    if not any(others) and now.title and now.title == held.title:
        return True
    pairs = _pairs(now, held)
    return not pairs or _share(*pairs[-1]) >= (_MOST if any(others) else _HALF)


def _is_retold(now: _Said, held: _Said) -> bool:
    """Whether two pages that only a number makes one say the same.

    Their text is the same, or both title and text are alike and one of them is the same; where
    they name two askers, both are the same: one page may name a person as the other does not.
    """
    if now.day is not None and now[2:] == held[2:]:
        return True
    pairs = _pairs(now, held)
    same = [_begin_alike(*pair) for pair in pairs]
    is_told = bool(now.text and held.text and long_enough(now.text) and same[-1])
    if now.asker and held.asker and now.asker != held.asker:
        return is_told and all(same)
    alike = any(same) and all(_share(*pair) >= _HALF for pair in pairs)
    return is_told or alike or not pairs


def _pairs(now: _Said, held: _Said) -> list[tuple[str, str]]:
    """Titles and texts that both have; the texts last."""
    return [(a, b) for a, b in zip(now[:2], held[:2], strict=True) if a and b]


def _begin_alike(text: str, other: str) -> bool:
    """Whether texts are the same but for the end of one that is cut."""
    few, many = sorted((_folded(without_dots(text)), _folded(without_dots(other))), key=len)
    return few == many or (long_enough(few) and many.startswith(few))


def _share(text: str, other: str) -> float:
    """How much of the shorter one is in the other."""
    few, many = sorted((_pieces(text), _pieces(other)), key=len)
    return len(few & many) / len(few)


def _pieces(text: str) -> set[str]:
    folded = _folded(text)
    return {folded[at : at + _PIECE] for at in range(max(len(folded) - _PIECE, 0) + 1)}


def _folded(text: str) -> str:
    return "".join(text.casefold().split())
