"""Question pages on which nothing is left of the question: another one came in its place."""

import sqlite3
from pathlib import Path

from pipelines.rereading.doubts import Doubts
from pipelines.rows import STAYS
from scraper.items import Problem, Visit
from scraper.site import Site

REPLACED = Problem(
    code="question-replaced", detail="title, text and asker are those of another question"
)
_LASTING = 1  # days after which it is believed
_PIECE = 4  # characters
_HELD = f"""
SELECT q.title, q.question_text, q.asker_name, q.asked_on, u.id <> h.id AND ({STAYS})
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here WHERE q.id = :id
"""


def is_replaced(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> bool:
    """Whether a page says another question than it did, or than is held elsewhere.

    What a cache mixes up is waited out; a number that was given to another question is believed
    when a look on a later day says the same. Not while the record's own page, another one, answers
    for it: that one may be no copy but a question of its own.
    """
    now = visit.question
    if now is None:
        return False
    told = {"id": now.id, "url": now.url, "here": visit.url}
    held = db.execute(_HELD, told).fetchone()
    if held is None or _is_alike((now.title, now.text), held[:2]):
        return False
    asker = now.asker.name if now.asker else None
    if now.asked_on is not None and (asker, now.asked_on.isoformat()) == held[2:4]:
        return False
    return held[4] or not Doubts(db, folder, site, run_id).outlasted(
        now, visit.url, REPLACED, _LASTING
    )


def _is_alike(texts: tuple[str | None, ...], others: tuple[str | None, ...]) -> bool:
    """Whether two of the texts share half of the shorter one, or cannot be compared."""
    pairs = [(a, b) for a, b in zip(texts, others, strict=True) if a and b]
    return not pairs or any(a == b or _share_half(a, b) for a, b in pairs)


def _share_half(text: str, other: str) -> bool:
    few, many = sorted((_pieces(text), _pieces(other)), key=len)
    return 2 * len(few & many) >= len(few)


def _pieces(text: str) -> set[str]:
    folded = "".join(text.casefold().split())
    return {folded[at : at + _PIECE] for at in range(max(len(folded) - _PIECE, 0) + 1)}
