"""Signs that stand escaped in scripts, JSON, HTML and URLs, and texts in base64."""

import re
from base64 import b64decode
from contextlib import suppress
from html import unescape

from scraper.reading.redaction.percent import uncoded

TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)

_CODE = r"u(\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})"
_ESCAPED = re.compile(rf"\\(?:{_CODE}|(.))", re.DOTALL)
_NESTED = re.compile(rf"\\+(?:{_CODE}|(?=\W))")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f]")
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
    return uncoded(_BASE64.sub(lambda code: of_markup(_said_by(code[0])), of_markup(text)))


def of_base64(text: str) -> set[str]:
    """What stands in base64 and is text.

    >>> of_base64('atob("Q29sZCBmZWV0IGF0IG5pZ2h0")')
    {'Cold feet at night'}
    """
    codes = set(_BASE64.findall(text))
    return set(map(_said_by, codes)) - codes


def _said_by(code: str) -> str:
    """The text in base64, or what looks like it, itself."""
    with suppress(ValueError):
        bare = code.rstrip("=")
        inside = b64decode(bare + "=" * (-len(bare) % 4)).decode()
        if _NO_TEXT.search(inside) is None:
            return inside
    return code


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
