"""Detects question pages on which another question has taken the place of the recorded one."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipelines.queue.days import SETTLED
from pipelines.queue.redirects import STAYS
from pipelines.rereading.earlier_doubts import Doubts
from pipelines.storing.copies import may_be_copy
from scraper.items import Problem, Question, Visit
from scraper.reading.sameness import is_distinctive, shared_part, text_key, without_dots
from scraper.site import Site

REPLACED = Problem(
    code="question-replaced", detail="title, text and asker are those of another question"
)
_LASTING = 1  # days after which it is believed
_HALF, _MOST = 0.5, 0.75  # shares of the shorter text
_RECORD = f"""
SELECT q.title, q.question_text, q.asker_name, q.asked_on, q.id, u.url,
  u.id <> h.id AND ({STAYS}), :url NOT IN (q.url, u.url)
FROM questions q JOIN urls u ON u.id = q.url_id JOIN urls h ON h.url = :here WHERE q.id = :id
"""
# Another question that says the same today, and said not what this record says, as a copy did.
_SAME_ELSEWHERE = """
SELECT url FROM (SELECT id, url, source_id, title, question_text, asker_name FROM questions
  WHERE site=:site AND asked_on IS :day LIMIT 1000) q
WHERE source_id<>:source_id AND title IS :title AND question_text IS :text AND asker_name IS :asker
  AND NOT EXISTS (SELECT 1 FROM question_versions v WHERE v.question_id = q.id
    AND v.record ->> '$.title' IS :held_title AND v.record ->> '$.question.text' IS :held_text)
"""
# Another question of the day by one of that name, such as "Anonymous"; not its page 2.
_SAME_ASKER = """
SELECT 1 FROM questions
WHERE site=:site AND asked_on=:day AND asker_name=:asker AND source_id<>:source_id
  AND (title IS NOT :held_title OR question_text IS NOT :held_text)
  AND (title IS NOT :title OR question_text IS NOT :text) LIMIT 1
"""


class _Content(NamedTuple):
    """The parts of a question of which an edit leaves some as they were."""

    title: str | None
    text: str | None
    asker: str | None
    day: str | None


class _Record(NamedTuple):
    """A record, and where it was read."""

    content: _Content
    id: str
    page_url: str
    stays: bool  # it is read at another page, which still answers for it
    not_claimed: bool  # the visited page does not name the record's URL as its own
    days: float = _LASTING  # for which another question in its place has to be seen

    @property
    def elsewhere(self) -> Problem:
        return replace(REPLACED, detail=f"not the question that is {self.id}, at {self.page_url}")


def replacement(
    db: sqlite3.Connection, folder: Path, site: type[Site], visit: Visit, run_id: int
) -> Problem | None:
    """The problem that a page shows another question than before, or than is recorded elsewhere.

    A mix-up of a cache is waited out. That the number was given to another question is believed
    when a visit on a later day reads the same, and more than a title ("Not found" is one too); if
    a third record has the same content, only after a month. It is never believed while the record
    is read at another page that still answers: the page may be a question of its own.
    """
    question, record = visit.question, _other_record(db, visit)
    if question is None or record is None:
        return None
    if record.stays:
        return record.elsewhere
    has_content = question.text or question.asker or question.asked_on or question.replies
    doubts = Doubts(db, folder, site, run_id)
    if has_content and doubts.outlasted(question, visit.url, REPLACED, record.days):
        return None
    return REPLACED


def held_elsewhere(db: sqlite3.Connection, visit: Visit) -> Problem | None:
    """The problem that another question with the same number is recorded from another page."""
    record = _other_record(db, visit)
    return record.elsewhere if record is not None and record.stays else None


def _other_record(db: sqlite3.Connection, visit: Visit) -> _Record | None:
    """The record with the id of the visit's question, if it is another question's."""
    question = visit.question
    if question is None:
        return None
    place = {"id": question.id, "url": question.url, "here": visit.url}
    row = db.execute(_RECORD, place).fetchone()
    if row is None:
        return None
    content, record = _content(question), _Record(_Content(*row[:4]), *row[4:])
    is_apart = record.stays and record.not_claimed
    if not is_apart and content[:2] == record.content[:2]:  # title and text
        return None
    values = {
        **content._asdict(), "id": question.id, "site": question.site,
        "source_id": question.source_id,
        "held_title": record.content.title, "held_text": record.content.text,
    }  # fmt: skip
    of_one = _is_of_one_asker(db, content, record.content, values)
    if is_apart:
        return None if _is_same_elsewhere(content, record.content, of_one=of_one) else record
    others = db.execute(_SAME_ELSEWHERE, values).fetchall()
    if not all(may_be_copy(url, record.page_url) for (url,) in others):
        return record._replace(days=SETTLED)
    is_edit = (of_one and not record.not_claimed) or _is_edit(content, record.content)
    return None if is_edit else record


def _content(question: Question) -> _Content:
    asker = question.asker.name if question.asker else None
    day = question.asked_on.isoformat() if question.asked_on else None
    return _Content(question.title, question.text, asker, day)


def _is_edit(now: _Content, before: _Content) -> bool:
    """Whether one may be an edit of the other, or they cannot be compared.

    Many titles are alike: where asker or day differ, most of the text has to be the same.
    """
    asker_differs = bool(now.asker and before.asker and now.asker != before.asker)
    day_differs = bool(now.day and before.day and now.day != before.day)
    differs = asker_differs or day_differs
    if not differs and now.title and now.title == before.title:
        return True
    pairs = _pairs(now, before)
    return not pairs or shared_part(*pairs[-1]) >= (_MOST if differs else _HALF)


def _is_same_elsewhere(now: _Content, before: _Content, *, of_one: bool) -> bool:
    """Whether two pages that share only a number show the same question.

    Their text is the same, or both title and text are similar and one of them is the same. Where
    they name two askers, title and text must be the same: one page may name a person otherwise.
    `of_one`: one person asked on one day, and half of the text is enough.
    """
    pairs = _pairs(now, before)
    if of_one and pairs and shared_part(*pairs[-1]) >= _HALF:
        return True
    are_same = [_is_same_but_for_cut(*pair) for pair in pairs]
    is_same_text = bool(now.text and before.text and is_distinctive(now.text) and are_same[-1])
    if now.asker and before.asker and now.asker != before.asker:
        return is_same_text and all(are_same)
    are_similar = any(are_same) and all(shared_part(*pair) >= _HALF for pair in pairs)
    return is_same_text or are_similar or not pairs


def _is_of_one_asker(
    db: sqlite3.Connection, now: _Content, before: _Content, values: dict[str, str | None]
) -> bool:
    """Whether both name one asker and day, which are no other question's."""
    if not (now.asker and now.day and (now.asker, now.day) == (before.asker, before.day)):
        return False
    return db.execute(_SAME_ASKER, values).fetchone() is None


def _pairs(now: _Content, before: _Content) -> list[tuple[str, str]]:
    """Both titles and both texts, where neither is missing; the texts last."""
    pairs = [(now.title, before.title), (now.text, before.text)]
    return [(one, other) for one, other in pairs if one and other]


def _is_same_but_for_cut(text: str, other: str) -> bool:
    """Whether two texts are the same, or one is the other cut short."""
    shorter, longer = sorted((text_key(without_dots(text)), text_key(without_dots(other))), key=len)
    return shorter == longer or (is_distinctive(shorter) and longer.startswith(shorter))
