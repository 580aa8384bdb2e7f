"""Signs that stand escaped in scripts, JSON, HTML and URLs."""

import re
from html import unescape

from scraper.reading.redaction.percent import uncoded

TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)

_CODE = r"u(\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})"
_ESCAPED = re.compile(rf"\\(?:{_CODE}|(.))", re.DOTALL)
_NESTED = re.compile(rf"\\+(?:{_CODE}|(?=\W))")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_LAST = 0x10FFFF
_DEEPEST = 3


def of_script(text: str) -> str:
    r"""What a string of a script says.

    >>> of_script(r"n\u00e9e in '\x27 94")
    "née in '' 94"
    """
    return _ESCAPED.sub(lambda match: _coded(match) or _CONTROL.get(match[3], match[3]), text)


def undone(text: str) -> str:
    """Text with every escape of HTML, JSON and URLs undone, whatever it was nested in."""
    return uncoded(of_markup(text))


def of_markup(text: str) -> str:
    """The same but for URLs."""
    for _ in range(_DEEPEST):
        before, text = text, _NESTED.sub(_coded, unescape(text))
        if text == before:
            break
    return text


def _coded(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(min(int(code.strip("{}"), 16), _LAST)) if code else ""
