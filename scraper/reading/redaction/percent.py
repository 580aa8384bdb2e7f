"""What stands percent-encoded in URLs, as in the links by which a page is shared."""

import re
from urllib.parse import unquote_to_bytes

from scraper.reading.big5 import decode_big5

_CODED = re.compile(r"%[0-9a-fA-F]{2}")
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
    """The parts of queries that stand percent-encoded in a text, undone."""
    if "%" not in text or _CODED.search(text) is None:
        return []
    return [uncoded(part) for part in _PARTS.split(text) if _CODED.search(part)]


def _plain(run: re.Match[str]) -> str:
    raw = unquote_to_bytes(run[0])
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return decode_big5(raw, "replace")
