"""Where in a text the words that were searched for stand.

SQLite's own snippet() needs the text in its index, and ours keeps none.
"""

import re

from markupsafe import Markup, escape

from pipelines.storing.fulltext import CJK, of_usual_width, search_terms

_BEFORE, _AFTER = 50, 170  # characters shown around the first word found
_SIGNS = re.compile(r"[\W_]+")
_LETTER = rf"(?!{CJK.pattern})[^\W_]"
_BEGIN = f"(?:(?<!{_LETTER})|(?={CJK.pattern}))"  # of a word: each Chinese character is one
_END = f"(?:(?!{_LETTER})|(?<={CJK.pattern}))"


def snippet(words: str | None, *texts: str | None) -> str:
    """Some 220 characters of the first text that holds one of the words, on one line.

    Without a hit (it may be in the title) the beginning of the first text.
    """
    pattern = _pattern(words or "")
    held = [" ".join(text.split()) for text in texts if text]
    for text in held:
        hit = pattern.search(of_usual_width(text)) if pattern else None
        if hit:
            return _cut(text, hit.start())
    return _cut(held[0], 0) if held else ""


def marked(text: str, words: str | None) -> Markup:
    """The whole text as HTML, with the words marked."""
    pattern = _pattern(words or "")
    found = Markup()
    done = 0
    for hit in pattern.finditer(of_usual_width(text)) if pattern else ():
        start, end = hit.span()
        found += escape(text[done:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        done = end
    return found + escape(text[done:])


def _pattern(words: str) -> re.Pattern[str] | None:
    """Any of the words or phrases, whole, whatever signs stand between a phrase's words."""
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
