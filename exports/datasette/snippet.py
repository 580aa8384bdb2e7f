"""Where in a text the words that were searched for stand.

SQLite's own snippet() needs the text in its index, and ours keeps none.
"""

import re

from pipelines.fulltext import CJK, of_usual_width, terms

OPEN, CLOSE = "⟦", "⟧"  # around each word found; the pages turn them into <mark>
_BEFORE, _AFTER = 50, 170  # characters shown around the first word found
_SIGNS = re.compile(r"[\W_]+")
_LETTER = rf"(?!{CJK.pattern})[^\W_]"
_BEGIN = f"(?:(?<!{_LETTER})|(?={CJK.pattern}))"  # of a word: each Chinese character is one
_END = f"(?:(?!{_LETTER})|(?<={CJK.pattern}))"


def snippet(words: str | None, *texts: str | None) -> str:
    """Some 220 characters of the first text that holds one of the words, on one line.

    The words are read as in `pipelines.fulltext.match_query`. Without a hit (it may be in the
    title) the beginning of the first text.
    """
    pattern = _pattern(words or "")
    held = [" ".join(text.split()) for text in texts if text]
    for text in held:
        hit = pattern.search(of_usual_width(text)) if pattern else None
        if hit and pattern:
            return _marked(pattern, _cut(text, hit.start()))
    return _cut(held[0], 0) if held else ""


def marked(words: str | None, text: str) -> str:
    """The whole text with the words marked, read as in `snippet`."""
    pattern = _pattern(words or "")
    return _marked(pattern, text) if pattern else text


def _marked(pattern: re.Pattern[str], text: str) -> str:
    for hit in reversed(list(pattern.finditer(of_usual_width(text)))):
        start, end = hit.span()
        text = f"{text[:start]}{OPEN}{text[start:end]}{CLOSE}{text[end:]}"
    return text


def _pattern(words: str) -> re.Pattern[str] | None:
    """Any of the words or phrases, whole, whatever signs stand between a phrase's words."""
    found = [_SIGNS.split(of_usual_width(term)) for term in terms(words)]
    phrases = [[re.escape(part) for part in parts if part] for parts in found]
    choices = [r"[\W_]*".join(phrase) for phrase in phrases if phrase]
    if not choices:
        return None
    any_of = "|".join(sorted(choices, key=len, reverse=True))
    return re.compile(f"{_BEGIN}(?:{any_of}){_END}", re.IGNORECASE)


def _cut(text: str, hit: int) -> str:
    start, end = max(0, hit - _BEFORE), hit + _AFTER
    if start:  # begin with a whole word where there are words
        start = text.find(" ", start, hit) + 1 or start
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
