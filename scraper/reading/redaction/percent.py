"""Undoes percent-encoding in URLs, such as those by which a page is shared."""

import re
from urllib.parse import unquote_to_bytes

from scraper.reading.big5 import decode_big5

_CODED = re.compile(r"%[0-9a-fA-F]{2}")
_IN_CODE = re.compile(r"%[0-9a-fA-F]{2}|\+(?<=\w\+)\w")  # by a sign that is rare in pages
_RUN = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}|[\w.~@-])*", re.ASCII)
_PARTS = re.compile(r"[?&=#]")
_MAX_DEPTH = 3  # times that a text is encoded


def percent_decoded(text: str) -> str:
    """Text with its percent-encoding undone, in UTF-8 or else as Big5.

    >>> percent_decoded("t=Cold%2520Feet%21")
    't=Cold Feet!'
    """
    for _ in range(_MAX_DEPTH):
        if _CODED.search(text) is None:
            break
        text = _RUN.sub(_plain, text)
    return text


def decoded_query_parts(text: str) -> list[str]:
    """The encoded values of queries in a text (percent-encoded, or `+` for blanks), decoded.

    >>> decoded_query_parts("/s?text=Cold+feet&n=1")
    ['Cold feet']
    """
    if "+" not in text and ("%" not in text or _CODED.search(text) is None):
        return []
    encoded = filter(_IN_CODE.search, _PARTS.split(text))
    return [percent_decoded(part.replace("+", " ")) for part in encoded]


def _plain(run: re.Match[str]) -> str:
    raw = unquote_to_bytes(run[0])
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode_big5(raw, "replace")
