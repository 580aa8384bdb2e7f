"""Tells question ids from other numbers in JSON, such as those of users or departments."""

import re

_QUESTION = r"question|article|post|topic|thread|discussion|qa"
_NAMED = re.compile(rf"(?:{_QUESTION}|q)_?(?:id|no|number)", re.ASCII | re.IGNORECASE)
_PLAIN = re.compile(r"_?id|number", re.ASCII | re.IGNORECASE)
_OF_QUESTIONS = re.compile(_QUESTION, re.IGNORECASE)
_OF_OTHERS = re.compile(
    "user|author|asker|doctor|member|person|people|expert|badge|tag|categor|department|board"
    "|hospital|clinic|menu",
    re.IGNORECASE,
)
_ASKING = frozenset(("title", "headline", "subject", "question", "answers", "replies", "excerpt"))


def is_of_question(key: str, kind: str, container: str, keys: set[str]) -> bool:
    """Whether the number at `key` of a JSON object is a question's id.

    Told by the key, or else by the object's type (`kind`), the key at which the object stands
    (`container`) and its own `keys`.

    >>> is_of_question("q_no", "", "", set())
    True
    >>> is_of_question("id", "", "topUsers", {"id", "title"})
    False
    """
    if _NAMED.fullmatch(key):
        return True
    if not _PLAIN.fullmatch(key):
        return False
    if kind:
        return _OF_QUESTIONS.search(kind) is not None
    return not _OF_OTHERS.search(container) and not keys.isdisjoint(_ASKING)
