"""Excerpts around the words that were searched for, and their marks.

SQLite's own snippet() needs an index that stores the text, and ours does not.
"""

import re

from markupsafe import Markup, escape

from pipelines.storing.fulltext import CJK, of_usual_width, search_terms

_BEFORE, _AFTER = 50, 170  # characters shown around the first word found
_SIGNS = re.compile(r"[\W_]+")
_LETTER = rf"(?!{CJK.pattern})[^\W_]"
_BEGIN = f"(?:(?<!{_LETTER})|(?={CJK.pattern}))"  # of a word; a Chinese character is a word
_END = f"(?:(?!{_LETTER})|(?<={CJK.pattern}))"


def snippet(words: str | None, *texts: str | None) -> str:
    """One line of some 220 characters from the first text that has one of the words.

    If none has (the hit may be in the title), the beginning of the first text.
    """
    pattern = _pattern(words or "")
    lines = [" ".join(text.split()) for text in texts if text]
    for text in lines:
        hit = pattern.search(of_usual_width(text)) if pattern else None
        if hit:
            return _cut(text, hit.start())
    return _cut(lines[0], 0) if lines else ""


def marked(text: str, words: str | None) -> Markup:
    """The whole text as HTML, with the words marked."""
    pattern = _pattern(words or "")
    html = Markup()
    end = 0
    for hit in pattern.finditer(of_usual_width(text)) if pattern else ():
        html += escape(text[end : hit.start()])
        end = hit.end()
        html += Markup("<mark>{}</mark>").format(text[hit.start() : end])
    return html + escape(text[end:])


def _pattern(words: str) -> re.Pattern[str] | None:
    """A pattern of whole words or phrases, with any punctuation between a phrase's words."""
    phrases = [
        r"[\W_]*".join(re.escape(part) for part in _SIGNS.split(term) if part)
        for term in search_terms(words).wanted
    ]
    if not phrases:
        return None
    any_of = "|".join(sorted(phrases, key=len, reverse=True))
    return re.compile(f"{_BEGIN}(?:{any_of}){_END}", re.IGNORECASE)


def _cut(text: str, hit: int) -> str:
    start, end = max(0, hit - _BEFORE), hit + _AFTER
    if start:  # begin with a whole word where there are words
        start = text.find(" ", start, hit) + 1 or start
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
