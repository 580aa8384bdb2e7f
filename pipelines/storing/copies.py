"""Pages that show a question once more, at a URL of which its reader made another id, or none."""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from scraper.items import Question
from scraper.reading.sameness import is_distinctive, shared_part

_UNDETERMINED = "und"  # BCP 47
_MUTE_COPY = f"""
SELECT 1 FROM urls u JOIN questions q ON q.id > ?2 || ':' AND q.id < ?2 || ';'
WHERE u.id = ?1 AND u.url <> ?3 AND q.language <> '{_UNDETERMINED}' AND q.gone_since IS NULL
"""
# The latest current records of one person on one day, with the title or text of this one.
_LIKE_IT = """
SELECT q.key, q.id, q.source_id, q.url, q.title, q.question_text,
  (SELECT json_group_array(r.text) FROM replies r WHERE r.question_id = q.id)
FROM (SELECT key FROM questions WHERE site=:site AND asked_on IS :day
  ORDER BY key DESC LIMIT 1000) JOIN questions q USING (key)
WHERE q.id <> :id AND q.language = :language AND q.gone_since IS NULL
  AND q.asker_name IS :asker AND (q.title = :title OR q.question_text = :text)
"""
_HALF = 0.5  # of the shorter text
# Of a place in a list that one came from, or of further answers.
_PLACES = frozenset(("offset", "page", "paged", "pg", "start"))
_SCRIPT = re.compile(r"\.(?:aspx?|cgi|jsp|php)\Z", re.IGNORECASE)


class _Record(NamedTuple):
    """A row of `_LIKE_IT`."""

    key: int
    id: str
    source_id: str
    url: str
    title: str | None
    text: str | None
    replies: str  # their texts, as a JSON list


def is_copy(db: sqlite3.Connection, question: Question, url_id: int) -> bool:
    """Whether a page is to make no record, since that of its question is another page's."""
    return _is_mute_copy(db, question, url_id) or _is_held_elsewhere(db, question)


def retire_copies(db: sqlite3.Connection, question: Question, captured_at: str) -> None:
    """Mark as gone the records that copies of a question made before it was stored or changed."""
    own_key = _key_of(db, question)
    for record, added, missing in _records_of(db, question):
        is_later = own_key < record.key and not record.source_id.isdecimal()
        if not missing and (added or is_later):
            db.execute("UPDATE questions SET gone_since=? WHERE key=?", (captured_at, record.key))


def _is_held_elsewhere(db: sqlite3.Connection, question: Question) -> bool:
    """Whether a page adds no reply to a record of its question, made earlier or under a number."""
    own_key = _key_of(db, question)
    return any(
        not added and (missing or record.key < own_key or record.source_id.isdecimal())
        for record, added, missing in _records_of(db, question)
    )


def _key_of(db: sqlite3.Connection, question: Question) -> float:
    rows = db.execute("SELECT key FROM questions WHERE id=?", (question.id,))
    row = rows.fetchone()
    return row[0] if row else float("inf")


def _records_of(
    db: sqlite3.Connection, question: Question
) -> Iterator[tuple[_Record, set[str], set[str]]]:
    """Yield the records of one question under other ids, with replies that it adds and lacks.

    Only an id that was made of a URL may have others beside it.
    """
    if question.source_id.isdecimal() or not (question.asked_on or question.asker):
        return
    values = {
        "id": question.id, "site": question.site, "language": question.language,
        "day": question.asked_on.isoformat() if question.asked_on else None,
        "title": question.title, "text": question.text,
        "asker": question.asker.name if question.asker else None,
    }  # fmt: skip
    texts = {reply.text for reply in question.replies}
    for row in db.execute(_LIKE_IT, values).fetchall():
        record = _Record(*row)
        if _is_of(record, question):
            others = set(json.loads(record.replies))
            yield record, texts - others, others - texts


def _is_of(record: _Record, question: Question) -> bool:
    """Whether a record by one asker of one day is the question's own, perhaps edited since.

    Who posts a question twice has two, under other numbers; two who fill in one form write alike.
    """
    if not (is_distinctive(question.text or "") and may_be_copy(record.url, question.url)):
        return False
    if (record.title, record.text) == (question.title, question.text):
        return True
    pairs = ((record.title, question.title), (record.text, question.text))
    are_like = all(one and other and shared_part(one, other) >= _HALF for one, other in pairs)
    numbers = (_numbers(_parameters(url)) for url in (record.url, question.url))
    fewer, more = sorted(numbers, key=len)
    return are_like and bool(fewer) and fewer <= more


def may_be_copy(url: str, other: str) -> bool:
    """Whether two URLs may show one question: of one path, or of scripts that take one number.

    >>> may_be_copy("https://a.tw/view.php?no=7&page=3", "https://a.tw/m/print.php?no=7")
    True
    >>> may_be_copy("https://a.tw/view.php?f=2&no=7", "https://a.tw/view.php?f=2&no=8")
    False
    >>> may_be_copy("https://a.tw/ask/pond?lang=1", "https://a.tw/ask/carp?lang=1")
    False
    """
    paths = {urlsplit(each).path for each in (url, other)}
    values, others = _parameters(url), _parameters(other)
    both = {name for name in values.keys() & others.keys() if name.lower() not in _PLACES}
    if _bare(values) != _bare(others) or any(values[name] != others[name] for name in both):
        return False
    are_scripts = all(map(_SCRIPT.search, paths))
    return len(paths) == 1 or (are_scripts and not both.isdisjoint(_numbers(values)))


def _parameters(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _numbers(values: dict[str, str]) -> set[str]:
    """The numbered parameters; any may be that of the question."""
    return {
        name for name, value in values.items() if value.isdecimal() and name.lower() not in _PLACES
    }


def _bare(values: dict[str, str]) -> set[str]:
    """The parameters without a value: `?/topic/7-why-green` may name a page by one."""
    return {name for name, value in values.items() if not value}


def _is_mute_copy(db: sqlite3.Connection, question: Question, url_id: int) -> bool:
    """Whether the page is a copy that declares no language, of a question recorded with one.

    A copy is at another URL than the question's own: a print template, say.
    """
    if question.language != _UNDETERMINED:
        return False
    key = f"{question.site}:{question.source_id}"
    return db.execute(_MUTE_COPY, (url_id, key, question.url)).fetchone() is not None


def retire_mute_copy(db: sqlite3.Connection, question: Question, captured_at: str) -> None:
    """Mark as gone the record of such a copy that was read before the question itself."""
    db.execute(
        "UPDATE questions SET gone_since=?2 WHERE id=?1 AND ?3 <> ?4 AND gone_since IS NULL"
        " AND url <> (SELECT u.url FROM urls u WHERE u.id = url_id)",
        (f"{question.site}:{question.source_id}:{_UNDETERMINED}", captured_at,
         question.language, _UNDETERMINED),
    )  # fmt: skip
