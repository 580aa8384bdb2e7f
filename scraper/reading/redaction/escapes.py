"""Undoes the escapes of scripts, JSON, HTML and URLs, and base64."""

import re
from base64 import b64decode
from contextlib import suppress
from html import unescape

from scraper.reading.redaction.urls import percent_decoded

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_CODE = r"u(\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{4})|x([0-9a-fA-F]{2})"
_ESCAPED = re.compile(rf"\\(?:{_CODE}|(.))", re.DOTALL)
_NESTED = re.compile(rf"\\+(?:{_CODE}|(?=\W))")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f]")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_LAST = 0x10FFFF
_MAX_DEPTH = 3


def script_string(text: str) -> str:
    r"""Undo the escapes of a string literal's inside.

    >>> script_string(r"n\u00e9e in '\x27 94")
    "née in '' 94"
    """

    def plain(escape: re.Match[str]) -> str:
        return _decoded_sign(escape) or _CONTROL.get(escape[3], escape[3])

    return _ESCAPED.sub(plain, text)


def unescaped(text: str) -> str:
    """Text with the escapes of HTML, JSON and URLs and base64 undone, nested ones too."""

    def inside(code: re.Match[str]) -> str:
        return unescaped_markup(_base64_decoded(code[0]))

    return percent_decoded(_BASE64.sub(inside, unescaped_markup(text)))


def without_tags(text: str) -> str:
    """Text without the tags and comments in it."""
    return _TAG.sub("", text)


def base64_texts(text: str) -> set[str]:
    """The texts that a text holds in base64.

    >>> base64_texts('atob("Q29sZCBmZWV0IGF0IG5pZ2h0")')
    {'Cold feet at night'}
    """
    codes = set(_BASE64.findall(text))
    return set(map(_base64_decoded, codes)) - codes


def _base64_decoded(code: str) -> str:
    """The text that base64 encodes; `code` itself where that is no text."""
    with suppress(ValueError):
        bare = code.rstrip("=")
        inside = b64decode(bare + "=" * (-len(bare) % 4)).decode()
        if _NO_TEXT.search(inside) is None:
            return inside
    return code


def unescaped_markup(text: str) -> str:
    """Text with the escapes of HTML and JSON undone, nested ones too."""
    for _ in range(_MAX_DEPTH):
        before, text = text, _NESTED.sub(_decoded_sign, unescape(text))
        if text == before:
            break
    return text


def _decoded_sign(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(min(int(code.strip("{}"), 16), _LAST)) if code else ""
