"""What stands percent-encoded in URLs, as in the links by which a page is shared."""

import re
from urllib.parse import unquote_to_bytes

from scraper.reading.big5 import decode_big5

_CODED = re.compile(r"%[0-9a-fA-F]{2}")
_IN_CODE = re.compile(r"%[0-9a-fA-F]{2}|\w\+\w")
_RUN = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}|[\w.~@-])*", re.ASCII)
_PARTS = re.compile(r"[?&=#]")
_DEEPEST = 3  # times over


def uncoded(text: str) -> str:
    """Text with its percent-encoding undone, as UTF-8 or else as Big5.

    >>> uncoded("t=Cold%2520Feet%21")
    't=Cold Feet!'
    """
    for _ in range(_DEEPEST):
        if _CODED.search(text) is None:
            break
        text = _RUN.sub(_plain, text)
    return text


def coded_parts(text: str) -> list[str]:
    """The parts of queries in a text that stand percent-encoded or with `+` for blanks, undone.

    >>> coded_parts("/s?text=Cold+feet&n=1")
    ['Cold feet']
    """
    if "+" not in text and ("%" not in text or _CODED.search(text) is None):
        return []
    return [uncoded(part.replace("+", " ")) for part in _PARTS.split(text) if _IN_CODE.search(part)]


def _plain(run: re.Match[str]) -> str:
    raw = unquote_to_bytes(run[0])
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode_big5(raw, "replace")
